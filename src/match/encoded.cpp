// Two searches. Base64 and hex: 64 bytes a step, one bit for each byte of the alphabet, and a run
// of 20 shows when the bits are laid over themselves, shifted. Escapes: the few bytes that start
// one (\ % & = and the x of 0x), each looked at where it stands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/encoded.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.h"
#include "match/byte_set.h"
#include "match/escapes.h"

namespace keepmum {
namespace {

constexpr std::size_t shortest_base64 = 20;
constexpr std::size_t shortest_hex = 24;

// What a character is: in the alphabet of base64, a hex digit, and of which kind of change.
enum : std::uint8_t { in_base64 = 1, in_hex = 2, small = 4, capital = 8, digit = 16, any_kind = 28 };

constexpr auto characters = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = 0; c < 256; ++c) {
        bool const is_small = c >= 'a' && c <= 'z', is_capital = c >= 'A' && c <= 'Z', is_number = c >= '0' && c <= '9';
        bool const hex = is_number || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        bool const sign = c == '+' || c == '/' || c == '-' || c == '_';
        table[c] = static_cast<std::uint8_t>((is_small || is_capital || is_number || sign ? in_base64 : 0) |
                                             (hex ? in_hex : 0) | (is_small ? small : 0) | (is_capital ? capital : 0) |
                                             (is_number ? digit : 0));
    }
    return table;
}();

std::uint8_t character(char c) { return characters[static_cast<unsigned char>(c)]; }
bool is_base64(char c) { return (character(c) & in_base64) != 0; }
bool is_hex(char c) { return (character(c) & in_hex) != 0; }

constexpr ByteSet base64_set("A-Za-z0-9+/_-");

// The bits at which twenty or more in a row begin.
std::uint64_t starts_of_twenty(std::uint64_t bits) {
    bits &= bits >> 1;
    bits &= bits >> 2;
    bits &= bits >> 4;
    bits &= bits >> 8;
    return bits & (bits >> 4);
}

// Whether one of the eight bytes of the word has all its bits.
bool has_full_eight(std::uint64_t bits) {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    return ((~bits - ones) & bits & ones << 7) != 0;
}

// What a run is made of; found in one pass.
struct Texture {
    std::size_t changes = 0;  // between capitals, small letters and digits
    std::size_t varied = 0;   // characters that differ from the one before: files hold long runs of zeros
    bool hex = true;
};

class Feeler {
  public:
    void feel(std::string_view part) {
        for (char c : part) {
            std::uint8_t const what = character(c), kind = what & any_kind;
            texture_.hex &= (what & in_hex) != 0;
            texture_.changes += (kind != 0) & (before_ != 0) & (kind != before_);
            before_ = kind ? kind : before_;
            texture_.varied += c != last_;
            last_ = c;
        }
    }
    Texture const& texture() const { return texture_; }

  private:
    Texture texture_;
    std::uint8_t before_ = 0;
    char last_ = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Where the next line of a wrapped run begins, after the line break at `at`; text.size() if it does not.
std::size_t next_line(std::string_view text, std::size_t at) {
    std::size_t const limit = std::min(text.size(), at + 32);
    while (at < limit && is_blank(text[at])) ++at;
    if (at < limit && text[at] == '\r') ++at;
    if (at >= limit || text[at] != '\n') return text.size();
    ++at;
    while (at < limit && is_blank(text[at])) ++at;
    return at < limit && is_base64(text[at]) ? at : text.size();
}

// The part of a run that lies on one line: where it ends, and what any and all of its characters are.
struct Line {
    std::size_t end = 0;
    std::uint8_t any = 0, all = 0xFF;
    // Words and what joins them, as in most names and paths: nothing changes, and they are no digits.
    bool is_plain() const { return !(all & in_hex) && std::popcount(static_cast<unsigned>(any & any_kind)) < 2; }
};

Line line_at(std::string_view text, std::size_t at) {
    Line line{.end = at};
    for (; line.end < text.size(); ++line.end) {
        std::uint8_t const what = character(text.data()[line.end]);
        if (!(what & in_base64)) break;
        line.any |= what;
        line.all &= what;
    }
    return line;
}

// The run that begins at `begin`, with the lines it goes on over; `resume` becomes its end.
void add_run(std::string_view text, std::size_t begin, std::vector<EncodedRun>& out, std::size_t& resume) {
    Line const first = line_at(text, begin);
    resume = first.end;
    if (first.is_plain()) return;
    std::size_t end = first.end;
    Feeler feeler;
    feeler.feel(text.substr(begin, end - begin));
    std::size_t const length = end - begin;
    std::size_t characters = length;
    // Only what looks encoded by itself goes on over lines.
    bool const starts_well = feeler.texture().hex || feeler.texture().changes * 4 >= feeler.texture().varied;
    for (std::size_t line = next_line(text, end); starts_well && line < text.size(); line = next_line(text, end)) {
        std::size_t const line_end = line_at(text, line).end;
        if (line_end - line > length) break;
        // A word of the next paragraph is no last line.
        bool const whole = line_end - line == length;
        std::string_view const part = text.substr(line, line_end - line);
        bool const digits = feeler.texture().hex && std::all_of(part.begin(), part.end(), is_hex);
        if (!whole && !digits && line_end < text.size() && is_blank(text[line_end])) break;
        feeler.feel(part);
        characters += line_end - line;
        end = line_end;
        if (!whole) break;
    }
    resume = end;
    Texture const& texture = feeler.texture();
    auto const put = [&](Encoding encoding) {
        out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), encoding});
    };
    if (texture.hex) {
        if (characters >= shortest_hex && characters % 2 == 0) put(Encoding::hex);
        return;
    }
    if (texture.changes * 4 < texture.varied) return;
    for (int i = 0; i < 2 && end < text.size() && text[end] == '='; ++i) ++end;
    put(Encoding::base64);
}

// Where the next run of twenty or more begins, at or after `at`, or text.size().
std::size_t next_run(std::string_view text, ByteSetWords& words, std::size_t at) {
    std::size_t run = 0;  // characters of the alphabet just before the word
    std::uint64_t mask = ~std::uint64_t{0} << at % 64;
    for (std::size_t number = at / 64; 64 * number < text.size(); ++number) {
        std::uint64_t const bits = words.word(number) & mask;
        mask = ~std::uint64_t{0};
        // Twenty in a row fill one of the eights that 64 bytes fall into: where none is full, only a run from the word before counts.
        if (run < 8 && !has_full_eight(bits)) {
            run = static_cast<std::size_t>(std::countl_one(bits));
            continue;
        }
        if (run + static_cast<std::size_t>(std::countr_one(bits)) >= shortest_base64) return 64 * number - run;
        if (std::uint64_t const starts = starts_of_twenty(bits)) {
            return 64 * number + static_cast<std::size_t>(std::countr_zero(starts));
        }
        run = static_cast<std::size_t>(std::countl_one(bits));
    }
    return text.size();
}

void find_base64(std::string_view text, std::vector<EncodedRun>& out) {
    ByteSetWords words(base64_set, text);
    for (std::size_t at = next_run(text, words, 0); at < text.size(); at = next_run(text, words, at)) {
        add_run(text, at, out, at);
    }
}

}  // namespace

std::vector<EncodedRun> find_encoded(std::string_view text) {
    std::vector<EncodedRun> runs;
    find_base64(text, runs);
    find_escapes(text, runs);
    std::sort(runs.begin(), runs.end(), [](EncodedRun const& a, EncodedRun const& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    return runs;
}

}  // namespace keepmum
