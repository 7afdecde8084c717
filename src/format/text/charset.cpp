// Recognising charsets by their bytes; see charset_score.h for the candidates that only their
// writing tells apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/charset.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"
#include "format/text/charset_score.h"
#include "match/byte_set.h"

namespace keepmum {

namespace {

struct Row {
    Charset charset;
    std::string_view name;
    char const* converter;
};
constexpr Row rows[] = {
    {Charset::utf8, "UTF-8", "UTF-8"},
    {Charset::utf16le, "UTF-16LE", "UTF-16LE"},
    {Charset::utf16be, "UTF-16BE", "UTF-16BE"},
    {Charset::utf32le, "UTF-32LE", "UTF-32LE"},
    {Charset::utf32be, "UTF-32BE", "UTF-32BE"},
    {Charset::gb18030, "GB18030", "gb18030"},
    {Charset::big5, "Big5", "Big5-HKSCS"},
    {Charset::shift_jis, "Shift_JIS", "windows-31j"},
    {Charset::euc_jp, "EUC-JP", "EUC-JP"},
    {Charset::euc_kr, "EUC-KR", "windows-949"},
    {Charset::windows_1252, "windows-1252", "windows-1252"},
    {Charset::windows_1251, "windows-1251", "windows-1251"},
    {Charset::koi8_r, "KOI8-R", "KOI8-R"},
    {Charset::ibm866, "IBM866", "IBM866"},
    {Charset::iso_2022_jp, "ISO-2022-JP", "ISO-2022-JP"},
    {Charset::hz, "HZ-GB-2312", "HZ"},
    {Charset::utf7, "UTF-7", "UTF-7"},
    {Charset::ebcdic, "EBCDIC", "ibm-500"},
    {Charset::windows_1250, "windows-1250", "windows-1250"},
    {Charset::iso_8859_2, "ISO-8859-2", "ISO-8859-2"},
    {Charset::iso_8859_5, "ISO-8859-5", "ISO-8859-5"},
    {Charset::iso_8859_6, "ISO-8859-6", "ISO-8859-6"},
    {Charset::windows_1253, "windows-1253", "windows-1253"},
    {Charset::windows_1254, "windows-1254", "windows-1254"},
    {Charset::windows_1255, "windows-1255", "windows-1255"},
    {Charset::windows_1256, "windows-1256", "windows-1256"},
    {Charset::windows_874, "windows-874", "windows-874"},
    {Charset::mac_cyrillic, "x-mac-cyrillic", "x-mac-cyrillic"},
};

struct Alias {
    std::string_view label;
    Charset charset;
};
constexpr Alias aliases[] = {
    {"utf8", Charset::utf8}, {"utf16", Charset::utf16le}, {"utf16le", Charset::utf16le},
    {"utf16be", Charset::utf16be}, {"unicode", Charset::utf16le}, {"utf32", Charset::utf32le},
    {"utf32le", Charset::utf32le}, {"utf32be", Charset::utf32be}, {"gb18030", Charset::gb18030},
    {"gbk", Charset::gb18030}, {"gb2312", Charset::gb18030}, {"xgbk", Charset::gb18030},
    {"cp936", Charset::gb18030}, {"euccn", Charset::gb18030}, {"gb231280", Charset::gb18030},
    {"big5", Charset::big5}, {"big5hkscs", Charset::big5}, {"cp950", Charset::big5}, {"xxbig5", Charset::big5},
    {"shiftjis", Charset::shift_jis}, {"sjis", Charset::shift_jis}, {"xsjis", Charset::shift_jis},
    {"windows31j", Charset::shift_jis}, {"cp932", Charset::shift_jis}, {"mskanji", Charset::shift_jis},
    {"eucjp", Charset::euc_jp}, {"xeucjp", Charset::euc_jp}, {"euckr", Charset::euc_kr},
    {"ksc56011987", Charset::euc_kr}, {"ksc5601", Charset::euc_kr}, {"cp949", Charset::euc_kr},
    {"windows949", Charset::euc_kr}, {"iso88591", Charset::windows_1252}, {"latin1", Charset::windows_1252},
    {"windows1252", Charset::windows_1252}, {"cp1252", Charset::windows_1252},
    {"iso885915", Charset::windows_1252}, {"windows1251", Charset::windows_1251},
    {"cp1251", Charset::windows_1251}, {"koi8r", Charset::koi8_r}, {"koi8u", Charset::koi8_r},
    {"ibm866", Charset::ibm866}, {"cp866", Charset::ibm866}, {"iso2022jp", Charset::iso_2022_jp},
    {"hzgb2312", Charset::hz}, {"hz", Charset::hz}, {"utf7", Charset::utf7}, {"unicode11utf7", Charset::utf7},
    {"cp500", Charset::ebcdic}, {"ibm500", Charset::ebcdic}, {"ibm037", Charset::ebcdic},
    {"windows1250", Charset::windows_1250}, {"cp1250", Charset::windows_1250}, {"iso88592", Charset::iso_8859_2},
    {"latin2", Charset::iso_8859_2}, {"iso88595", Charset::iso_8859_5}, {"iso88596", Charset::iso_8859_6},
    {"iso88597", Charset::windows_1253}, {"windows1253", Charset::windows_1253}, {"cp1253", Charset::windows_1253},
    {"iso88599", Charset::windows_1254}, {"latin5", Charset::windows_1254}, {"windows1254", Charset::windows_1254},
    {"cp1254", Charset::windows_1254}, {"iso88598", Charset::windows_1255}, {"iso88598i", Charset::windows_1255},
    {"windows1255", Charset::windows_1255}, {"cp1255", Charset::windows_1255}, {"windows1256", Charset::windows_1256},
    {"cp1256", Charset::windows_1256}, {"tis620", Charset::windows_874}, {"windows874", Charset::windows_874},
    {"cp874", Charset::windows_874}, {"iso885911", Charset::windows_874}, {"xmaccyrillic", Charset::mac_cyrillic},
    {"maccyrillic", Charset::mac_cyrillic}, {"macintoshcyrillic", Charset::mac_cyrillic},
};

struct Mark {
    std::string_view bytes;
    Charset charset;
};
// Longest first: the mark of UTF-32LE begins as that of UTF-16LE does.
constexpr Mark marks[] = {
    {std::string_view("\xFF\xFE\0\0", 4), Charset::utf32le}, {std::string_view("\0\0\xFE\xFF", 4), Charset::utf32be},
    {"\x84\x31\x95\x33", Charset::gb18030},                  {"\xEF\xBB\xBF", Charset::utf8},
    {"\xFF\xFE", Charset::utf16le},                          {"\xFE\xFF", Charset::utf16be},
};

// GB18030-2022 moved these out of the private use area; ICU 72 still follows the edition of 2005.
char32_t current_gb18030(char32_t c) {
    switch (c) {
        case 0xE78D: return 0xFE10;
        case 0xE78E: return 0xFE12;
        case 0xE78F: return 0xFE11;
        case 0xE790: return 0xFE13;
        case 0xE791: return 0xFE14;
        case 0xE792: return 0xFE15;
        case 0xE793: return 0xFE16;
        case 0xE794: return 0xFE17;
        case 0xE795: return 0xFE18;
        case 0xE796: return 0xFE19;
        case 0xE81E: return 0x9FB4;
        case 0xE826: return 0x9FB5;
        case 0xE82B: return 0x9FB6;
        case 0xE82C: return 0x9FB7;
        case 0xE832: return 0x9FB8;
        case 0xE843: return 0x9FB9;
        case 0xE854: return 0x9FBA;
        case 0xE864: return 0x9FBB;
        default: return c;
    }
}

// Both forms take three bytes in UTF-8, so the text is mended in place and the map stays right.
void update_gb18030(std::string& text) {
    for (std::size_t at = text.find('\xEE'); at != std::string::npos; at = text.find('\xEE', at + 3)) {
        CodePoint const point = decode_utf8(text, at);
        char32_t const current = current_gb18030(point.value);
        if (current == point.value) continue;
        std::string mended;
        append_utf8(mended, current);
        text.replace(at, 3, mended);
    }
}

// Whether every shift of UTF-7 (RFC 2152) is well formed and some shift holds a character: "a + b" and "i++;" are
// not. Source code is full of plus signs, and decoding it only to see that costs more than all the rest of typing it.
bool may_be_utf7(std::string_view bytes) {
    bool holds_any = false;
    for (std::size_t plus = bytes.find('+'); plus != std::string_view::npos;) {
        std::size_t end = plus + 1;
        while (end < bytes.size() && (is_alnum(bytes[end]) || bytes[end] == '+' || bytes[end] == '/')) ++end;
        std::size_t const letters = end - plus - 1;
        bool const cut = end == bytes.size();
        if (letters == 0 && !cut && bytes[end] != '-') return false;
        // Six bits a letter, sixteen a unit: letters left over hold no bits ('A' stands for zero).
        std::string_view const over = bytes.substr(end - letters * 6 % 16 / 6, letters * 6 % 16 / 6);
        if (!cut && over.find_first_not_of('A') != std::string_view::npos) return false;
        holds_any = holds_any || letters >= 3;
        plus = bytes.find('+', end);
    }
    return holds_any;
}

// Escape sequences of the seven-bit sets in otherwise plain ASCII.
std::optional<Charset> escaped_charset(std::string_view bytes) {
    if (bytes.find("\x1B$") != std::string_view::npos &&
        (bytes.find("\x1B$B") != std::string_view::npos || bytes.find("\x1B$@") != std::string_view::npos)) {
        return Charset::iso_2022_jp;
    }
    std::string_view const sample = bytes.substr(0, sample_limit);
    std::size_t const open = bytes.find("~{");
    if (open != std::string_view::npos && bytes.find("~}", open) != std::string_view::npos) {
        DecodedPoints const text = decode_points(sample, Charset::hz);
        if (text.invalid == 0 && score_writing(text.points, Charset::hz) > 0) return Charset::hz;
    }
    std::size_t const plus = bytes.find('+');
    if (plus != std::string_view::npos && bytes.find('-', plus) != std::string_view::npos && may_be_utf7(sample)) {
        DecodedPoints const text = decode_points(sample, Charset::utf7);
        if (text.invalid == 0 && score_writing(text.points, Charset::utf7) > firm_score) return Charset::utf7;
    }
    return std::nullopt;
}

// UTF-16 and UTF-32 without a mark: most characters are below U+0100 or in one script, so NULs or
// high bytes keep step.
std::optional<CharsetGuess> guess_wide(std::string_view bytes) {
    std::string_view const sample = bytes.substr(0, sample_limit);
    std::size_t nul[4] = {};
    for (std::size_t i = 0; i < sample.size(); ++i) nul[i & 3] += sample[i] == '\0';
    std::size_t const quarter = sample.size() / 4;
    std::optional<CharsetGuess> best;
    double best_score = wide_score;
    auto consider = [&](Charset charset, std::size_t unit) {
        std::string_view const whole = sample.substr(0, sample.size() / unit * unit);
        if (whole.empty()) return;
        DecodedPoints const text = decode_points(whole, charset);
        if (text.invalid * 50 > whole.size() / unit) return;
        double const score = score_wide(text.points);
        if (score > best_score) {
            best_score = score;
            best = CharsetGuess{charset, 0, score > firm_score};
        }
    };
    if (quarter >= 2 && nul[3] >= quarter && nul[2] * 10 >= quarter * 9) consider(Charset::utf32le, 4);
    if (quarter >= 2 && nul[0] >= quarter && nul[1] * 10 >= quarter * 9) consider(Charset::utf32be, 4);
    if (best) return best;
    consider(Charset::utf16le, 2);
    consider(Charset::utf16be, 2);
    return best;
}

std::size_t count_controls(std::string_view bytes) { return count_members(unusual_controls, bytes); }

// The sample that candidates are scored on: from a little before the first byte that is not ASCII.
std::string_view sample_of(std::string_view bytes) {
    auto const high = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    std::size_t from = static_cast<std::size_t>(high - bytes.begin());
    // A line start is a character start in every candidate.
    std::size_t const line = from == 0 ? std::string_view::npos : bytes.rfind('\n', from - 1);
    from = line == std::string_view::npos ? (from > 4096 ? from : 0) : std::max(line + 1, from > 4096 ? from - 4096 : 0);
    return bytes.substr(from, sample_limit);
}

// Only the last sequence may be incomplete, and only where the bytes were cut.
bool valid_utf8_but_end(std::string_view bytes, Ending ending) {
    std::size_t const valid = valid_utf8_prefix(bytes);
    if (valid == bytes.size()) return true;
    if (ending == Ending::whole || bytes.size() - valid > 3) return false;
    auto const lead = static_cast<unsigned char>(bytes[valid]);
    return lead >= 0xC2 && lead <= 0xF4;
}

// Damage in a text that is UTF-8 all the same: many good sequences for each bad one.
bool mostly_utf8(std::string_view sample) {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < sample.size();) {
        CodePoint const point = decode_utf8(sample, at);
        good += point.valid && point.length > 1;
        bad += !point.valid;
        at += point.length;
    }
    return good > bad * 4;
}

bool has_one_byte_a_character(Charset charset) {
    return charset >= Charset::windows_1250 || (charset >= Charset::windows_1252 && charset <= Charset::ibm866);
}

// Thai in TIS-620: vowels and tones above and below the line, of which running text is full, stand behind a consonant or one another.
bool looks_thai(std::string_view sample) {
    std::size_t letters = 0, marks = 0, astray = 0;
    for (std::size_t at = 0; at < sample.size(); ++at) {
        auto const byte = static_cast<unsigned char>(sample[at]), before = static_cast<unsigned char>(at > 0 ? sample[at - 1] : ' ');
        if (byte < 0xA1) {
            astray += byte >= 0x80;
            continue;
        }
        ++letters;
        auto const is_mark = [](unsigned char b) { return b == 0xD1 || (b >= 0xD4 && b <= 0xDA) || (b >= 0xE7 && b <= 0xEE); };
        if (is_mark(byte)) {
            ++marks;
            astray += !(before >= 0xA1 && before <= 0xCE) && !is_mark(before);
        } else {
            astray += byte >= 0xFC || (byte >= 0xDB && byte <= 0xDE);
        }
    }
    return letters >= 8 && marks * 16 >= letters && astray * 50 <= letters;
}

// One more opinion where a charset of one byte a character was chosen, or none: by the declaration, or by which letters follow
// one another. Where both may be right, both are to be read.
std::optional<CharsetGuess> hear_another(std::string_view sample, std::optional<CharsetGuess> chosen, std::optional<Charset> declared) {
    constexpr int least = 15, least_against_binary = 25, least_against_another = 30;
    if (chosen && chosen->known && chosen->firm && !has_one_byte_a_character(chosen->charset)) return chosen;
    auto const is_sound = [&](Charset charset) { return decode_points(sample, charset).invalid == 0; };
    if (declared && *declared >= Charset::windows_1250 && is_sound(*declared)) {
        bool const doubted = chosen && chosen->known && chosen->charset != *declared;
        return CharsetGuess{*declared, 0, !doubted, true, doubted ? std::optional(chosen->charset) : std::nullopt};
    }
    std::optional<Charset> other;
    if (looks_thai(sample)) {
        other = Charset::windows_874;
    } else {
        // A few letters tell the detector nothing, and a page of them as much as a book; it takes 0.1 ms a KB.
        constexpr std::ptrdiff_t least_letters = 3;
        std::string_view const page = sample.substr(0, 1024);
        if (std::count_if(page.begin(), page.end(), [](char c) { return (c & 0x80) != 0; }) < least_letters) return chosen;
        CharsetOpinion const opinion = detect_with_icu(page);
        int const wanted = !chosen ? least_against_binary : chosen->other ? least_against_another : least;
        if (opinion.confidence >= wanted) other = charset_named(opinion.name);
    }
    bool const is_known = chosen && chosen->known;
    if (!other || !has_one_byte_a_character(*other) || (is_known && chosen->charset == *other) || !is_sound(*other)) return chosen;
    if (!is_known) return CharsetGuess{*other, 0, false, true, std::nullopt};
    chosen->other = other;
    return chosen;
}

// What each byte stands for, U+FFFD where nothing.
using ByteTable = std::array<char32_t, 256>;

// Of the candidates with one byte a character, as ICU has them; opening a converter costs more than decoding a
// paragraph. Null for other charsets.
ByteTable const* byte_table(Charset charset) {
    constexpr Charset first = Charset::windows_1252, last = Charset::ibm866;
    static std::array<ByteTable, 4> const tables = [] {
        std::array<ByteTable, 4> all{};
        std::string every(256, '\0');
        for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(i);
        for (Row const& row : rows) {
            if (row.charset < first || row.charset > last) continue;
            ByteTable& table = all[static_cast<std::size_t>(row.charset) - static_cast<std::size_t>(first)];
            table.fill(U'\uFFFD');
            std::optional<DecodedPoints> const points = decode_points_with_icu(every, row.converter);
            if (points && points->points.size() == table.size()) std::copy_n(points->points.begin(), 256, table.begin());
        }
        return all;
    }();
    if (charset < first || charset > last) return nullptr;
    return &tables[static_cast<std::size_t>(charset) - static_cast<std::size_t>(first)];
}

}  // namespace

std::string_view name_of(Charset charset) {
    for (Row const& row : rows) {
        if (row.charset == charset) return row.name;
    }
    return "";
}

std::size_t unit_of(Charset charset) {
    switch (charset) {
        case Charset::utf16le:
        case Charset::utf16be: return 2;
        case Charset::utf32le:
        case Charset::utf32be: return 4;
        default: return 1;
    }
}

DecodedPoints decode_points(std::string_view bytes, Charset charset) {
    if (unit_of(charset) > 1) return decode_wide(bytes, charset);
    if (ByteTable const* const table = byte_table(charset)) {
        DecodedPoints out;
        out.points.reserve(bytes.size());
        for (char const c : bytes) out.points += (*table)[static_cast<unsigned char>(c)];
        out.invalid = static_cast<std::uint64_t>(std::count(out.points.begin(), out.points.end(), U'\uFFFD'));
        return out;
    }
    char const* converter = "UTF-8";
    for (Row const& row : rows) {
        if (row.charset == charset) converter = row.converter;
    }
    DecodedPoints points = decode_points_with_icu(bytes, converter).value_or(DecodedPoints());
    if (charset == Charset::gb18030) {
        for (char32_t& c : points.points) c = current_gb18030(c);
    }
    return points;
}

std::optional<Charset> charset_named(std::string_view label) {
    std::string plain;
    for (char const c : label) {
        if (is_alnum(c)) plain += to_lower(c);
    }
    for (Alias const& alias : aliases) {
        if (alias.label == plain) return alias.charset;
    }
    return std::nullopt;
}

std::optional<CharsetGuess> guess_charset(std::string_view bytes, Ending ending, std::optional<Charset> declared) {
    for (Mark const& mark : marks) {
        if (bytes.starts_with(mark.bytes)) {
            return CharsetGuess{mark.charset, static_cast<std::uint8_t>(mark.bytes.size()), true};
        }
    }
    std::string_view const look = bytes.substr(0, sample_limit);
    std::size_t const controls = count_controls(look);
    bool const clean = controls == 0;
    bool const nul = !clean && look.find('\0') != std::string_view::npos;
    if (clean && is_ascii(bytes)) {
        if (declared == Charset::utf7) return CharsetGuess{Charset::utf7, 0, true};
        std::optional<Charset> const escaped = escaped_charset(bytes);
        return CharsetGuess{escaped.value_or(Charset::utf8), 0, true};
    }
    bool const utf8 = valid_utf8_but_end(bytes, ending);
    if (clean && utf8) return CharsetGuess{Charset::utf8, 0, true};
    std::optional<CharsetGuess> const wide = utf8 && !nul ? std::nullopt : guess_wide(bytes);
    if (wide && nul) return wide;
    // A few stray controls are a log with terminal codes; more is a binary file.
    if (controls * 50 > look.size()) {
        if (wide && wide->firm) return wide;
        return looks_ebcdic(look) ? std::optional(CharsetGuess{Charset::ebcdic, 0, true}) : std::nullopt;
    }
    if (utf8) return CharsetGuess{Charset::utf8, 0, false};
    std::string_view const sample = sample_of(bytes);
    if (mostly_utf8(sample)) return CharsetGuess{Charset::utf8, 0, false};
    if (looks_ebcdic(look)) return CharsetGuess{Charset::ebcdic, 0, true};
    std::optional<CharsetGuess> const chosen = hear_another(sample, choose_by_writing(sample, declared), declared);
    // A text with something else behind it is the text, and damage.
    bool const sound = clean && valid_utf8_but_end(look, Ending::cut);
    if ((!chosen || !chosen->known) && sound && look.size() < bytes.size()) return CharsetGuess{Charset::utf8, 0, false};
    // UTF-16 of Chinese without a line end or a space has no NUL either.
    return wide && wide->firm && (!chosen || !chosen->firm) ? wide : chosen;
}

bool may_be_firm(std::string_view bytes) {
    constexpr std::size_t most = 1024;
    if (bytes.size() > most) return true;
    for (Mark const& mark : marks) {
        if (bytes.starts_with(mark.bytes)) return true;
    }
    bool const whole_units = bytes.size() % 2 == 0;
    if (whole_units && may_be_wide(bytes, Charset::utf16le, firm_score)) return true;
    if (whole_units && may_be_wide(bytes, Charset::utf16be, firm_score)) return true;
    // UTF-32 has NUL bytes, one in four at least.
    auto const nuls = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
    if (nuls >= 2 && nuls * 4 + 3 >= bytes.size()) return true;
    if (looks_ebcdic(bytes)) return true;
    return count_controls(bytes) * 50 <= bytes.size() && may_be_firm_by_writing(sample_of(bytes));
}

DecodedText decode_charset(std::string_view bytes, Charset charset, std::uint64_t base) {
    char const* converter = "UTF-8";
    for (Row const& row : rows) {
        if (row.charset == charset) converter = row.converter;
    }
    std::optional<DecodedText> text = decode_with_icu(bytes, converter, base);
    if (!text) text.emplace();
    if (charset == Charset::gb18030) update_gb18030(text->text);
    return std::move(*text);
}

}  // namespace keepmum
