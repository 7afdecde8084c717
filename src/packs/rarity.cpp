// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/rarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr char const table[] =
#include "packs/rarity.inc"
    ;
constexpr int edge = 26;
static_assert(sizeof table == 27 * 27 * 27 + 1);

double bits_of(int before, int last, int next) {
    char const c = table[(before * 27 + last) * 27 + next];
    return ((c == '!' ? '\\' : c) - '#') / 8.0;
}

class Reader {
  public:
    void take(char c) {
        if (is_alpha(c)) {
            take_letter(c);
        } else if (is_digit(c)) {
            take_digit(c);
        } else {
            end_word();
            bool const separator = c == '_' || c == '-' || c == '.' || c == ' ' || c == '/' || c == ':';
            bits_ += static_cast<unsigned char>(c) >= 0x80 ? 1.0 : separator ? 1.5 : 5.0;
        }
        last_byte_ = c;
    }
    double finish() {
        end_word();
        return bits_;
    }

  private:
    void take_letter(char c) {
        // A capital after a small letter begins the next word of an identifier.
        if (is_upper(c) && is_lower(last_byte_)) {
            end_word();
            bits_ += 1.0;
        } else if (is_digit(last_byte_)) {
            bits_ += 1.0;
        }
        int const next = to_lower(c) - 'a';
        // A letter held down says nothing, however rare it is in words.
        bits_ += next == last_ ? std::min(bits_of(before_, last_, next), 2.0) : bits_of(before_, last_, next);
        before_ = last_;
        last_ = next;
    }
    // Counting up, counting down and repeating are what people do; anything else is any digit.
    void take_digit(char c) {
        end_word();
        int const step = is_digit(last_byte_) ? c - last_byte_ : 9;
        bits_ += is_digit(last_byte_) && step >= -1 && step <= 1 ? 1.0 : 3.32;
    }
    void end_word() {
        if (last_ != edge) bits_ += bits_of(before_, last_, edge);
        before_ = last_ = edge;
    }

    double bits_ = 0;
    int before_ = edge, last_ = edge;
    char last_byte_ = 0;
};

}  // namespace

double rarity(std::string_view text) {
    if (text.empty()) return 0;
    Reader reader;
    for (char c : text) reader.take(c);
    return reader.finish() / static_cast<double>(text.size());
}

double entropy(std::string_view text) {
    if (text.empty()) return 0;
    std::array<std::uint32_t, 256> counts{};
    std::array<unsigned char, 256> met;  // secrets are short: few of all bytes are met
    std::size_t different = 0;
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (counts[byte]++ == 0) met[different++] = byte;
    }
    double bits = 0;
    for (std::size_t i = 0; i < different; ++i) {
        double const share = static_cast<double>(counts[met[i]]) / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

bool looks_random(std::string_view text) {
    // 4.9 keeps 99 of 100 random strings of eight letters and digits and drops four of five words
    // of a dictionary; identifiers and passwords made of words lie lower still.
    constexpr double rare = 4.9;
    if (text.size() < 8) return false;
    if (rarity(text) >= rare) return true;
    if (text.size() < 16) return false;
    std::size_t digits = 0, letters = 0, turns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        digits += is_digit(text[i]);
        letters += is_alpha(text[i]);
        turns += i > 0 && is_digit(text[i]) != is_digit(text[i - 1]);
    }
    return digits + letters >= text.size() - 4 && letters * 8 >= text.size() && turns * 5 >= text.size() &&
           entropy(text) >= 2.8;
}

}  // namespace keepmum
