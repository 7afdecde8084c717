// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/charset_score.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "base/utf8.h"
#include "format/text/han.h"

namespace keepmum {

namespace {

constexpr double rounding = 1e-6;  // sums in another order

// The syllables and letters that make up most of Korean and Russian running text.
constexpr std::u16string_view common_hangul =
    u"이다에는을가의로고하지한기은를사도대시어자인리으라나아해서그정수일제부보전들과장주상원스있적유안성관성"
    u"것했구동게년우연만공비면국무조회러진소경여신및계위중용내개생명문방세오니와요합습세요업무";
constexpr std::u16string_view common_cyrillic = u"оеаинтсрвлкмдпуяыьгзбчй";

bool is_common(std::u16string_view set, char32_t c) {
    return c <= 0xFFFF && set.find(static_cast<char16_t>(c)) != std::u16string_view::npos;
}

bool is_cyrillic_set(Charset charset) {
    return charset == Charset::windows_1251 || charset == Charset::koi8_r || charset == Charset::ibm866;
}

struct Neighbours {
    char32_t before = 0;
    char32_t after = 0;
};

bool is_latin_letter(char32_t c) { return (c < 0x80 && is_alpha(static_cast<char>(c))) || (c >= 0xC0 && c < 0x250); }

double score_cyrillic(char32_t c, Neighbours around) {
    // Within a word a capital behind a small letter is the mark of the wrong Cyrillic set.
    if (is_uppercase(c) && is_lowercase(around.before)) return -2;
    if (is_latin_letter(around.before) || is_latin_letter(around.after)) return -1;
    return is_common(common_cyrillic, c) ? 1.6 : is_lowercase(c) ? 0.6 : 0.3;
}

double score_latin(char32_t c, Neighbours around) {
    bool const among_ascii = (around.before < 0x80 && is_alpha(static_cast<char>(around.before))) ||
                             (around.after < 0x80 && is_alpha(static_cast<char>(around.after)));
    if (is_uppercase(c) && is_lowercase(around.before)) return -1.5;
    if (around.before >= 0x80 && around.after >= 0x80) return -1;
    return among_ascii ? 1.4 : -0.3;
}

double score_punctuation(char32_t c, Charset charset) {
    bool const east_asian = (c >= 0x3001 && c <= 0x3011) || (c >= 0xFF01 && c <= 0xFF5E);
    if (east_asian) return 1.2;
    if ((c >= 0x2010 && c <= 0x2026) || c == 0xB7) return 0.6;
    if (c >= 0x2500 && c <= 0x259F) return charset == Charset::ibm866 ? -0.2 : -0.8;
    // The symbols of windows-1252 that do occur in office texts.
    if (c == 0xA0 || c == 0xA7 || c == 0xB0 || c == 0xA9 || c == 0xAE || c == 0xA3 || c == 0x20AC || c == 0xAB ||
        c == 0xBB || c == 0x2122 || c == 0xB1 || c == 0xB2 || c == 0xB3) {
        return 0.5;
    }
    return -0.8;
}

double score_character(char32_t c, Neighbours around, Charset charset) {
    if (c == 0xFFFD || !is_printable(c)) return -4;
    if (is_cjk(c)) {
        if (c >= 0x3041 && c <= 0x30FF) {
            // GB2312 has the kana in the very same cells as EUC-JP; Chinese text hardly uses them.
            return charset == Charset::gb18030 || charset == Charset::big5 ? 0.2 : 1.8;
        }
        if (c >= 0xAC00 && c <= 0xD7A3) return is_common(common_hangul, c) ? 2.2 : 0.7;
        if (is_common_han(c)) return 2.6;
        return c >= 0x4E00 && c <= 0x9FFF ? -0.1 : -1.2;
    }
    if (c >= 0xFF61 && c <= 0xFF9F) return -0.4;
    switch (script_of(c)) {
        case Script::cyrillic: return is_cyrillic_set(charset) ? score_cyrillic(c, around) : -0.3;
        case Script::latin: return score_latin(c, around);
        case Script::common: return score_punctuation(c, charset);
        case Script::greek: return -0.3;
        default: return -0.8;
    }
}

struct Tally {
    double points = 0;
    std::size_t wide = 0;   // characters that are not ASCII
    std::size_t letters = 0;  // ASCII letters, digits and blanks
    std::size_t all = 0;
};

Tally tally(std::u32string_view text, Charset charset) {
    Tally out;
    out.all = text.size();
    char32_t before = ' ';
    for (std::size_t at = 0; at < text.size(); ++at) {
        char32_t const c = text[at];
        if (c >= 0x80) {
            char32_t const after = at + 1 < text.size() ? text[at + 1] : U' ';
            out.points += score_character(c, {before, after}, charset);
            ++out.wide;
        } else if (is_alnum(static_cast<char>(c)) || c == ' ' || c == '\n') {
            ++out.letters;
        } else if (c < 0x20 && c != '\t' && c != '\r') {
            out.points -= 2;
        }
        before = c;
    }
    return out;
}

// Four-byte characters, which no other charset's text looks like, and nothing that GB18030 has not.
bool has_four_byte_characters(std::string_view bytes) {
    auto is_lead = [](char c) { return static_cast<unsigned char>(c) >= 0x81 && static_cast<unsigned char>(c) <= 0xFE; };
    std::size_t found = 0;
    for (std::size_t at = 0; at + 3 < bytes.size() && found < 2; ++at) {
        if (!is_lead(bytes[at])) continue;
        if (!is_digit(bytes[at + 1])) {
            ++at;  // a character of two bytes
        } else if (is_lead(bytes[at + 2]) && is_digit(bytes[at + 3])) {
            ++found;
            at += 3;
        }
    }
    return found == 2 && decode_points(bytes, Charset::gb18030).invalid == 0;
}

bool lies_in(unsigned char byte, unsigned char first, unsigned char last) { return byte >= first && byte <= last; }

// How many bytes the character at `at`, which is not ASCII, may have in that double-byte charset; 0: it breaks the
// charset's grammar. Rather too much is let through than too little.
std::size_t character_size(std::string_view bytes, std::size_t at, Charset charset) {
    auto const byte = [&](std::size_t i) { return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0; };
    unsigned char const lead = byte(0), next = byte(1);
    if (lead == 0x80 || lead == 0xFF) return 1;
    bool const usual = lies_in(next, 0x40, 0x7E) || lies_in(next, 0x80, 0xFE);
    switch (charset) {
        case Charset::gb18030:
            if (usual) return 2;
            return lies_in(next, '0', '9') && lies_in(byte(2), 0x81, 0xFE) && lies_in(byte(3), '0', '9') ? 4 : 0;
        case Charset::big5: return usual ? 2 : 0;
        case Charset::shift_jis:
            if (lies_in(lead, 0xA0, 0xDF) || lead >= 0xFD) return 1;
            return usual && next <= 0xFC ? 2 : 0;
        case Charset::euc_jp:
            if (lead == 0x8F) return lies_in(next, 0xA1, 0xFE) && lies_in(byte(2), 0xA1, 0xFE) ? 3 : 0;
            if (lead <= 0xA0 && lead != 0x8E) return 1;
            return lies_in(next, 0xA1, 0xFE) ? 2 : 0;
        case Charset::euc_kr: return lies_in(next, 0x41, 0x7E) || lies_in(next, 0x81, 0xFE) ? 2 : 0;
        default: return 1;
    }
}

bool keeps_grammar(std::string_view bytes, Charset charset) {
    for (std::size_t at = 0; at < bytes.size();) {
        bool const ascii = static_cast<unsigned char>(bytes[at]) < 0x80;
        std::size_t const size = ascii ? 1 : character_size(bytes, at, charset);
        if (size == 0) return false;
        at += size;
    }
    return true;
}

constexpr Charset candidates[] = {Charset::gb18030, Charset::big5,         Charset::shift_jis,
                                  Charset::euc_jp,  Charset::euc_kr,       Charset::windows_1252,
                                  Charset::windows_1251, Charset::koi8_r,  Charset::ibm866};

// The most that each byte can score in a charset of one byte a character: by itself, and beside an ASCII letter.
struct ByteScores {
    std::array<double, 256> alone{}, beside{};
};

ByteScores const* byte_scores(Charset charset) {
    constexpr Charset first = Charset::windows_1252, last = Charset::ibm866;
    static std::array<ByteScores, 4> const tables = [] {
        std::array<ByteScores, 4> all;
        std::string every(256, '\0');
        for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(i);
        for (std::size_t set = 0; set < all.size(); ++set) {
            auto const charset = static_cast<Charset>(static_cast<std::size_t>(first) + set);
            DecodedPoints const text = decode_points(every, charset);
            for (std::size_t i = 0x80; i < text.points.size(); ++i) {
                // Letters of its own kind around it never make a letter worth more than blanks do.
                all[set].alone[i] = score_character(text.points[i], {U' ', U' '}, charset);
                all[set].beside[i] = score_character(text.points[i], {U'A', U'A'}, charset);
            }
        }
        return all;
    }();
    if (charset < first || charset > last) return nullptr;
    return &tables[static_cast<std::size_t>(charset) - static_cast<std::size_t>(first)];
}

// Whether score_writing() may exceed firm_score in that charset of one byte a character.
bool may_be_writing(std::string_view bytes, ByteScores const& scores) {
    double points = rounding;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto const byte = static_cast<unsigned char>(bytes[at]);
        if (byte < 0x80) continue;
        bool const beside = (at > 0 && is_alpha(bytes[at - 1])) || (at + 1 < bytes.size() && is_alpha(bytes[at + 1]));
        points += (beside ? scores.beside : scores.alone)[byte] - firm_score;
    }
    return points > 0;
}

// The most that a character of that UTF-16 unit can score; see score_character().
double most_points(char32_t unit) {
    if (unit < 0x80) return 1.2;
    if (unit < 0xA0) return -4;
    if (unit >= 0x4E00 && unit <= 0x9FFF) return is_common_han(unit) ? 2.6 : -0.1;
    if (unit >= 0xAC00 && unit <= 0xD7A3) return 2.2;
    if (unit >= 0xE000 && unit <= 0xF8FF) return -4;  // private use
    if (unit >= 0x3400 && unit <= 0x4DBF) return -1.2;
    return unit >= 0x3041 && unit <= 0x30FF ? 1.8 : 1.4;
}

}  // namespace

DecodedPoints decode_wide(std::string_view bytes, Charset charset) {
    std::size_t const unit = unit_of(charset);
    bool const little = charset == Charset::utf16le || charset == Charset::utf32le;
    DecodedPoints out;
    out.points.reserve(bytes.size() / unit);
    auto put = [&](char32_t c) {
        bool const valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        out.invalid += !valid;
        out.points += valid ? c : U'\uFFFD';
    };
    auto unit_at = [&](std::size_t at) {
        char32_t value = 0;
        for (std::size_t i = 0; i < unit; ++i) {
            std::size_t const shift = 8 * (little ? i : unit - 1 - i);
            value |= static_cast<char32_t>(static_cast<unsigned char>(bytes[at + i])) << shift;
        }
        return value;
    };
    for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
        char32_t const first = unit_at(at);
        if (unit == 2 && first >= 0xD800 && first <= 0xDBFF && at + 4 <= bytes.size()) {
            char32_t const second = unit_at(at + 2);
            if (second >= 0xDC00 && second <= 0xDFFF) {
                put(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
                at += 2;
                continue;
            }
        }
        put(first);
    }
    return out;
}

double score_writing(std::u32string_view text, Charset charset) {
    Tally const counts = tally(text, charset);
    return counts.wide == 0 ? 0 : counts.points / static_cast<double>(counts.wide);
}

double score_wide(std::u32string_view text) {
    Tally const counts = tally(text, Charset::utf16le);
    if (counts.all == 0) return 0;
    return (counts.points + static_cast<double>(counts.letters) * 1.2) / static_cast<double>(counts.all);
}

bool looks_ebcdic(std::string_view bytes) {
    if (bytes.size() < 32) return false;
    std::size_t letters = 0, spaces = 0;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        unsigned const low = byte & 0x0F;
        bool const letter = (byte >= 0x81 && byte <= 0xA9 && low >= 1 && low <= 9) ||
                            (byte >= 0xC1 && byte <= 0xE9 && low >= 1 && low <= 9) || (byte >= 0xF0 && byte <= 0xF9);
        letters += letter;
        spaces += byte == 0x40;
    }
    return (letters + spaces) * 100 > bytes.size() * 80 && spaces * 25 > bytes.size() && spaces * 2 < bytes.size();
}

std::optional<CharsetGuess> choose_by_writing(std::string_view sample, std::optional<Charset> declared) {
    if (has_four_byte_characters(sample)) return CharsetGuess{Charset::gb18030, 0, true, true, std::nullopt};
    double best = -100, second = -100;
    Charset chosen = Charset::windows_1252, next = chosen;
    for (Charset const charset : candidates) {
        double score = score_writing(decode_points(sample, charset).points, charset);
        if (declared == charset) score += 0.4;
        if (score > best) {
            second = best;
            next = chosen;
            best = score;
            chosen = charset;
        } else if (score > second) {
            second = score;
            next = charset;
        }
    }
    // Nothing reads like writing: the bytes may still be a text of a script that is not modelled
    // here, where most of it is ASCII; a declaration says so as well.
    if (best < 0.2) {
        auto const high = static_cast<std::size_t>(
            std::count_if(sample.begin(), sample.end(), [](char c) { return (c & 0x80) != 0; }));
        if (high * 10 > sample.size() * 3 && !declared) return std::nullopt;
        if (high * 10 > sample.size() * 3 && best < -1) return std::nullopt;
        return CharsetGuess{declared.value_or(chosen), 0, false, false, std::nullopt};
    }
    bool const close = second > 0.2 && second > best - 0.5;
    return CharsetGuess{chosen, 0, best > firm_score && best > second + 0.15, true,
                        close ? std::optional(next) : std::nullopt};
}

bool may_be_firm_by_writing(std::string_view sample) {
    if (has_four_byte_characters(sample)) return true;
    return std::any_of(std::begin(candidates), std::end(candidates), [&](Charset charset) {
        ByteScores const* const scores = byte_scores(charset);
        if (scores ? !may_be_writing(sample, *scores) : !keeps_grammar(sample, charset)) return false;
        DecodedPoints const text = decode_points(sample, charset);
        return text.invalid == 0 && score_writing(text.points, charset) > firm_score;
    });
}

bool may_be_wide(std::string_view bytes, Charset charset, double least) {
    std::size_t const low = charset == Charset::utf16le ? 0 : 1;
    auto const unit_at = [&](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(bytes[at + low]) |
                                     static_cast<unsigned char>(bytes[at + 1 - low]) << 8);
    };
    double points = 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2, ++count) {
        char32_t const unit = unit_at(at);
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            char32_t const second = at + 4 <= bytes.size() ? unit_at(at + 2) : 0;
            if (unit > 0xDBFF || second < 0xDC00 || second > 0xDFFF) return false;
            at += 2;
        }
        points += most_points(unit);
    }
    if (points + rounding <= least * static_cast<double>(count)) return false;
    return score_wide(decode_wide(bytes, charset).points) > least;
}

}  // namespace keepmum
