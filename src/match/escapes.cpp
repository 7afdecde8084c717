// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/escapes.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.h"
#include "match/byte_set.h"

namespace keepmum {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool are_hex(std::string_view text, std::size_t at, std::size_t count) {
    if (at > text.size() || text.size() - at < count) return false;
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                       text.begin() + static_cast<std::ptrdiff_t>(at + count), is_hex);
}

// Runs being gathered; 0x41, 0x42 and \x41\x42 are one encoding and two ways to write it.
enum Way : std::uint8_t { backslash_x, zero_x, percent, unicode, entity, quoted, ways };

struct Escape {
    Way way = ways;
    std::size_t size = 0;  // 0: none
    bool telling = false;  // could hardly be anything else
};

Escape backslash_at(std::string_view text, std::size_t at) {
    char const kind = text[at + 1];
    if (kind == 'x' && are_hex(text, at + 2, 2)) return {backslash_x, 4, true};
    if (kind == 'u' && are_hex(text, at + 2, 4)) return {unicode, 6, true};
    if (kind == 'U' && are_hex(text, at + 2, 8)) return {unicode, 10, true};
    if (kind != 'u' || at + 2 >= text.size() || text[at + 2] != '{') return {};
    std::size_t end = at + 3;
    while (end < text.size() && end < at + 9 && is_hex(text[end])) ++end;
    if (end == at + 3 || end >= text.size() || text[end] != '}') return {};
    return {unicode, end + 1 - at, true};
}

Escape entity_at(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    bool const number = text[end] == '#';
    if (number) ++end;
    bool const hex = number && end < text.size() && to_lower(text[end]) == 'x';
    if (hex) ++end;
    std::size_t const first = end;
    std::size_t const limit = std::min(text.size(), at + 34);  // the longest name in HTML has 31 letters
    while (end < limit && (hex ? is_hex(text[end]) : number ? is_digit(text[end]) : is_alnum(text[end]))) ++end;
    if (end == first || end >= limit || text[end] != ';') return {};
    return {entity, end + 1 - at, true};
}

Escape quoted_at(std::string_view text, std::size_t at) {
    if (text[at + 1] == '\n') return {quoted, 2, true};
    if (text.substr(at + 1, 2) == "\r\n") return {quoted, 3, true};
    if (!are_hex(text, at + 1, 2)) return {};
    bool const one_more = at + 3 < text.size() && text[at + 3] == '=' && are_hex(text, at + 4, 2);
    return {quoted, 3, one_more || equal_ascii_case(text.substr(at + 1, 2), "3d")};
}

Escape escape_at(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return {};
    switch (text[at]) {
        case '\\': return backslash_at(text, at);
        case '%': return are_hex(text, at + 1, 2) ? Escape{percent, 3, true} : Escape{};
        case '&': return entity_at(text, at);
        case '=': return quoted_at(text, at);
        case '0': {
            bool const two = to_lower(text[at + 1]) == 'x' && are_hex(text, at + 2, 2);
            return two && (at + 4 >= text.size() || !is_alnum(text[at + 4])) ? Escape{zero_x, 4, true} : Escape{};
        }
        default: return {};
    }
}

bool parts_bytes(char c) { return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool stays_in_address(char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\'' && c != '<' && c != '>' && c != '`';
}

struct WayRule {
    Encoding encoding;
    std::size_t fewest, widest_gap;
    bool (*allowed_between)(char);  // nullptr: anything
};

constexpr std::array<WayRule, ways> rules = {{
    {Encoding::hex_escapes, 3, 0, nullptr},
    {Encoding::hex_escapes, 8, 24, parts_bytes},
    {Encoding::percent, 3, 256, stays_in_address},
    {Encoding::unicode_escapes, 2, 32, nullptr},
    {Encoding::entities, 2, 32, nullptr},
    {Encoding::quoted_printable, 3, 80, nullptr},
}};

class Gatherer {
  public:
    Gatherer(std::string_view text, std::vector<EncodedRun>& out) : text_(text), out_(out) {}

    // Looks at the byte at `at`, which may start an escape.
    void look(std::size_t at) {
        Escape const escape = escape_at(text_, at);
        if (!escape.size) return;
        Run& run = runs_[escape.way];
        if (at < run.end) return;  // inside the one before, as the second 0x of 0x0x41
        if (run.count > 0 && !goes_on(rules[escape.way], run.end, at)) close(escape.way);
        if (run.count == 0) run.begin = at;
        run.end = at + escape.size;
        run.telling |= escape.telling;
        ++run.count;
    }

    void close_all() {
        for (std::uint8_t way = 0; way < ways; ++way) close(static_cast<Way>(way));
    }

  private:
    struct Run {
        std::size_t begin = 0, end = 0, count = 0;
        bool telling = false;
    };

    bool goes_on(WayRule const& rule, std::size_t from, std::size_t to) const {
        if (to - from > rule.widest_gap) return false;
        if (!rule.allowed_between) return true;
        return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(from),
                           text_.begin() + static_cast<std::ptrdiff_t>(to), rule.allowed_between);
    }

    void close(Way way) {
        Run& run = runs_[way];
        if (run.count >= rules[way].fewest && run.telling) {
            out_.push_back({static_cast<std::uint32_t>(run.begin), static_cast<std::uint32_t>(run.end),
                            rules[way].encoding});
        }
        run = {};
    }

    std::string_view text_;
    std::vector<EncodedRun>& out_;
    std::array<Run, ways> runs_{};
};

// What may start an escape, and what may follow it: a bit for each start.
constexpr ByteSet starts("0\\%&=");
enum : std::uint8_t { of_zero = 1, of_backslash = 2, of_percent = 4, of_ampersand = 8, of_equals = 16 };

constexpr std::uint8_t kind_of(char c) {
    switch (c) {
        case '0': return of_zero;
        case '\\': return of_backslash;
        case '%': return of_percent;
        case '&': return of_ampersand;
        default: return of_equals;
    }
}

constexpr auto may_follow = [] {
    std::array<std::uint8_t, 256> table{};
    for (char c : std::string_view("xX")) table[static_cast<unsigned char>(c)] |= of_zero | of_backslash;
    for (char c : std::string_view("uU")) table[static_cast<unsigned char>(c)] |= of_backslash;
    for (char c : std::string_view("0123456789abcdefABCDEF")) table[static_cast<unsigned char>(c)] |= of_percent | of_equals;
    for (char c : std::string_view("\n\r")) table[static_cast<unsigned char>(c)] |= of_equals;
    table['#'] |= of_ampersand;
    for (int c = 'A'; c <= 'Z'; ++c) {
        table[static_cast<std::size_t>(c)] |= of_ampersand;
        table[static_cast<std::size_t>(c + 32)] |= of_ampersand;
    }
    return table;
}();

}  // namespace

void find_escapes(std::string_view text, std::vector<EncodedRun>& out) {
    Gatherer gatherer(text, out);
    ByteSetWords words(starts, text);
    for (std::size_t number = 0; 64 * number < text.size(); ++number) {
        for (std::uint64_t bits = words.word(number); bits; bits &= bits - 1) {
            std::size_t const at = 64 * number + static_cast<std::size_t>(std::countr_zero(bits));
            if (at + 1 < text.size() && (may_follow[static_cast<unsigned char>(text[at + 1])] & kind_of(text[at]))) gatherer.look(at);
        }
    }
    gatherer.close_all();
}

}  // namespace keepmum
