// Two searches. Base64 and hex: 64 bytes a step, one bit for each byte of the alphabet, and a run
// of 20 shows when the bits are laid over themselves, shifted. Escapes: the few bytes that start
// one (\ % & = and the x of 0x), each looked at where it stands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/encoded.h"

#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "match/escapes.h"
#include "match/lanes.h"

namespace keepmum {
namespace {

constexpr std::size_t shortest_base64 = 20;
constexpr std::size_t shortest_hex = 24;

bool is_base64(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::uint64_t base64_bits(char const* at) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 4; ++i) {
        Lane const lane = load_lane(at + 16 * i);
        Lane const letters = lane_between(lane | 0x20, 'a', 'z');
        Lane const rest = lane_between(lane, '/', '9') | lane_equals(lane, '+') | lane_equals(lane, '-') |
                          lane_equals(lane, '_');
        bits |= bits_of(letters | rest) << (16 * i);
    }
    return bits;
}

bool holds_twenty(std::uint64_t bits) {
    bits &= bits >> 1;
    bits &= bits >> 2;
    bits &= bits >> 4;
    bits &= bits >> 8;
    return (bits & (bits >> 4)) != 0;
}

// What a run is made of; found in one pass.
struct Texture {
    std::size_t changes = 0;  // between capitals, small letters and digits
    bool hex = true;
};

class Feeler {
  public:
    void feel(std::string_view part) {
        for (char c : part) {
            char const kind = is_digit(c) ? 'd' : is_upper(c) ? 'u' : is_lower(c) ? 'l' : 0;
            if (!is_hex(c)) texture_.hex = false;
            if (!kind) continue;
            if (before_ && kind != before_) ++texture_.changes;
            before_ = kind;
        }
    }
    Texture const& texture() const { return texture_; }

  private:
    Texture texture_;
    char before_ = 0;
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

std::size_t end_of_line_run(std::string_view text, std::size_t at) {
    while (at < text.size() && is_base64(text[at])) ++at;
    return at;
}

// The run that begins at `begin`, of which `end` ends the first line, with the lines it goes on over.
void add_run(std::string_view text, std::size_t begin, std::size_t end, std::vector<EncodedRun>& out,
             std::size_t& resume) {
    Feeler feeler;
    feeler.feel(text.substr(begin, end - begin));
    std::size_t const length = end - begin;
    std::size_t characters = length;
    // Only what looks encoded by itself goes on over lines.
    bool const starts_well = feeler.texture().hex || feeler.texture().changes * 4 >= length;
    for (std::size_t line = next_line(text, end); starts_well && line < text.size(); line = next_line(text, end)) {
        std::size_t const line_end = end_of_line_run(text, line);
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
    if (texture.changes * 4 < characters) return;
    for (int i = 0; i < 2 && end < text.size() && text[end] == '='; ++i) ++end;
    put(Encoding::base64);
}

void find_base64(std::string_view text, std::vector<EncodedRun>& out) {
    std::size_t at = 0, run = 0;  // `run`: characters of the alphabet just before `at`
    while (at < text.size()) {
        bool found = false;
        if (at + 64 <= text.size()) {
            std::uint64_t const bits = base64_bits(text.data() + at);
            auto const leading = static_cast<std::size_t>(std::countr_one(bits));
            found = run + leading >= shortest_base64 || holds_twenty(bits);
            if (!found) {
                run = static_cast<std::size_t>(std::countl_one(bits));
                at += 64;
                continue;
            }
        }
        // Byte by byte up to the run's end, or through the last few bytes of the text.
        std::size_t begin = at - run, end = at;
        while (end < text.size()) {
            end = end_of_line_run(text, begin);
            if (end - begin >= shortest_base64) break;
            while (end < text.size() && !is_base64(text[end])) ++end;
            begin = end;
        }
        if (end - begin < shortest_base64) return;
        std::size_t resume = end;
        add_run(text, begin, end, out, resume);
        at = resume;
        run = 0;
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
