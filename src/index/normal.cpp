// Text goes through in small pieces. A piece of ASCII, Chinese, Latin with accents and ordinary punctuation takes
// the short way; where anything else occurs, the piece is made canonical first (format/text/canonical.h), which undoes
// look-alikes and compatibility forms.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/normal.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/canonical.h"
#include "format/text/han.h"
#include "index/wide.h"
#include "match/lanes.h"

namespace keepmum {

namespace {

constexpr std::size_t piece_size = 4096;

// One byte for a letter of any alphabet. The Turkish i without a dot, which passes for Latin in some words alone, is i in all.
char narrow(char32_t c) {
    c = fold_case(base_letter(fold_case(c)));
    if (c == U'ı') return 'i';
    if (c < 0x80) return plain_letters[c];
    return static_cast<char>(0x80 | (c & 0x7F));
}

// Letters of the common range that the canonical view makes others of: several, or a Latin one in a word of such.
bool wants_long_way(char32_t c) {
    constexpr std::u32string_view pass_for_latin = U"ƄƍƖƦƽǀ";
    return !is_nfkc_plain(c) || pass_for_latin.find(c) != pass_for_latin.npos;
}

// What characters of the common ranges become; made once.
struct Folds {
    static constexpr char long_way = '\x01';
    static constexpr char32_t accents_from = 0xC0, accents_end = 0x250, han_from = 0x3400, han_end = 0xA000;
    std::array<char, accents_end - accents_from> accents{};
    std::array<char16_t, han_end - han_from> han{};

    Folds() {
        for (char32_t c = accents_from; c < accents_end; ++c) {
            accents[c - accents_from] = !is_word(c) ? '\0' : wants_long_way(c) ? long_way : narrow(c);
        }
        for (char32_t c = han_from; c < han_end; ++c) han[c - han_from] = static_cast<char16_t>(fold_han(c));
    }
};

Folds const& folds() {
    static Folds const table;
    return table;
}

bool is_unseen(char32_t c) { return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0xAD || (c >= 0x300 && c <= 0x36F); }
bool is_han(char32_t c) { return c >= Folds::han_from && c < Folds::han_end && (c < 0x4DC0 || c > 0x4DFF); }  // those are hexagrams
// But for voicing marks and what stands for two.
bool is_kana_or_hangul(char32_t c) {
    return (c >= 0x3041 && c < 0x30FF && (c < 0x3097 || c > 0x309C) && c != 0x309F) || (c >= 0xAC00 && c <= 0xD7A3);
}
char16_t cjk_unit(char32_t c) {
    if (is_han(c)) return folds().han[c - Folds::han_from];
    return static_cast<char16_t>(c > 0xFFFF ? 0xD800 + c % 0x800 : c);
}

// Writes letters behind what is there; room is made for a piece beforehand.
class Appender {
  public:
    Appender(Letters& out, std::size_t most) : out_(out), latin_(out.latin.letters.size()) {
        out.latin.letters.resize(latin_ + most + 1);
        out.latin.begins.resize(latin_ + most + 1);
    }
    ~Appender() {
        out_.latin.letters.resize(latin_);
        out_.latin.begins.resize(latin_);
    }

    // ASCII from `at` on; where it ends. `base` is added to each place.
    std::size_t ascii(std::string_view text, std::size_t at, std::size_t base) {
        std::size_t const length = ascii_prefix_length(text.substr(at)), end = at + length, whole = length / letter_lanes * letter_lanes;
        char* const letters = out_.latin.letters.data() + latin_;
        std::uint32_t* const begins = out_.latin.begins.data() + latin_;
        if (whole > 0) latin_ += wide().letters(text.data() + at, whole, static_cast<std::uint32_t>(base + at), letters, begins);
        for (at += whole; at < end; ++at) latin(plain_letters[static_cast<unsigned char>(text[at])], base + at);
        return end;
    }

    // 0 is no letter and leaves nothing. There is room for one more than there are bytes.
    void latin(char letter, std::size_t at) {
        out_.latin.letters[latin_] = letter;
        out_.latin.begins[latin_] = static_cast<std::uint32_t>(at);
        latin_ += letter != 0;
    }
    void cjk(char32_t c, std::size_t at) {
        out_.cjk.letters.push_back(cjk_unit(c));
        out_.cjk.begins.push_back(static_cast<std::uint32_t>(at));
    }

  private:
    Letters& out_;
    std::size_t latin_;
};

// A character beyond ASCII that needs no canonical view; false where it is another one.
bool add_common(char32_t c, std::size_t at, Appender& out) {
    if (is_han(c) || is_kana_or_hangul(c)) {
        out.cjk(c, at);
        return true;
    }
    if (c >= Folds::accents_from && c < Folds::accents_end) {
        char const letter = folds().accents[c - Folds::accents_from];
        if (letter != Folds::long_way) out.latin(letter, at);
        return letter != Folds::long_way;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {  // full-width ASCII
        out.latin(plain_letters[c - 0xFEE0], at);
        return true;
    }
    bool const punctuation = (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x301F) ||
                             (c >= 0xA0 && c <= 0xB1 && c != 0xAA) || c == 0xB7 || c == 0xBB;
    return punctuation || is_unseen(c);
}

CodePoint read_character(std::string_view text, std::size_t at) {
    auto const lead = static_cast<unsigned char>(text[at]);
    if (lead >= 0xE1 && lead < 0xED && at + 2 < text.size()) {  // three bytes, the case of Chinese
        auto const second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
        return {static_cast<char32_t>((lead & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)), 3, true};
    }
    return decode_utf8(text, at);
}

// False where the piece holds a character that wants the long way; `out` then holds a part of it.
bool add_short_way(std::string_view text, std::size_t base, Letters& letters) {
    Appender out(letters, text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            at = out.ascii(text, at, base);
            continue;
        }
        CodePoint const point = read_character(text, at);
        if (!add_common(point.value, base + at, out)) return false;
        at += point.length;
    }
    return true;
}

void add_long_way(std::string_view text, std::size_t base, Letters& letters) {
    std::optional<TextView> const view = canonical_view(text);
    std::string_view const plain = view ? std::string_view(view->text) : text;
    std::vector<OffsetMap::Segment> const none;
    std::vector<OffsetMap::Segment> const& segments = view ? view->map.segments() : none;
    std::size_t segment = 0;
    Appender out(letters, plain.size());
    for (std::size_t at = 0; at < plain.size();) {
        CodePoint const point = decode_utf8(plain, at);
        while (segment + 1 < segments.size() && segments[segment + 1].text <= at) ++segment;
        std::size_t source = at;
        if (!segments.empty()) {
            OffsetMap::Segment const& from = segments[segment];
            source = from.source + (at - from.text) / from.text_unit * from.source_unit;
        }
        char32_t const c = point.value;
        if (c < 0x80) out.latin(plain_letters[c], base + source);
        else if (is_cjk(c)) out.cjk(c, base + source);
        else if (!is_unseen(c) && is_word(c)) out.latin(narrow(c), base + source);
        at += point.length;
    }
}

}  // namespace

std::size_t piece_end(std::string_view text, std::size_t from, std::size_t size) {
    if (text.size() - from <= size) return text.size();
    std::size_t const last = from + size;
    std::size_t const reach = std::min<std::size_t>(size / 2, 256);
    for (std::size_t end = last; end > last - reach; --end) {
        char const c = text[end - 1];
        if (c == '\n' || c == ' ') return end;
    }
    std::size_t end = last;
    while (end > from + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return end;
}

void normalise(std::string_view text, std::uint32_t base, Letters& out) {
    for (std::size_t from = 0; from < text.size();) {
        std::size_t const end = piece_end(text, from, piece_size);
        std::string_view const piece = text.substr(from, end - from);
        std::size_t const latin = out.latin.letters.size(), cjk = out.cjk.letters.size();
        if (!add_short_way(piece, base + from, out)) {
            out.latin.letters.resize(latin), out.latin.begins.resize(latin);
            out.cjk.letters.resize(cjk), out.cjk.begins.resize(cjk);
            add_long_way(piece, base + from, out);
        }
        from = end;
    }
}

Letters normalise(std::string_view text) {
    Letters out;
    normalise(text, 0, out);
    return out;
}

}  // namespace keepmum
