// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/mask.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::size_t most_bullets = 12;
constexpr std::string_view bullet = "\u2022";

bool is_printable_ascii(std::string_view character) {
    return character.size() == 1 && character[0] > ' ' && character[0] < 0x7F;
}

std::vector<std::string_view> split_characters(std::string_view value) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < value.size();) {
        CodePoint const code = decode_utf8(value, at);
        characters.push_back(value.substr(at, code.length));
        at += code.length;
    }
    return characters;
}

// How many characters of one end may stay; `first` runs inwards.
template <class Iterator>
std::size_t count_shown(Iterator first, std::size_t total, std::size_t allowed) {
    if (allowed == 0) return 0;
    if (!is_printable_ascii(*first)) {
        CodePoint const code = decode_utf8(*first, 0);
        return total >= 4 && code.valid && is_word(code.value) ? 1 : 0;
    }
    std::size_t shown = 0;
    while (shown < allowed && is_printable_ascii(*(first + shown))) ++shown;
    return shown;
}

}  // namespace

std::string mask(std::string_view value) {
    // The ends and a little more are enough: a long value is not split as a whole.
    if (value.size() > 256) return mask(std::string(value.substr(0, 100)) + std::string(value.substr(value.size() - 100)));
    auto const characters = split_characters(value);
    std::size_t const total = characters.size();
    std::size_t const at_start = total >= 16 ? 4 : total >= 8 ? 2 : total >= 3 ? 1 : 0;
    std::size_t const at_end = total >= 16 ? 4 : total >= 8 ? 2 : 0;
    bool const wide_end = total >= 4 && !is_printable_ascii(characters.back());
    std::size_t const head = total ? count_shown(characters.begin(), total, at_start) : 0;
    std::size_t const tail = total ? count_shown(characters.rbegin(), total, wide_end ? 1 : at_end) : 0;
    std::string out;
    for (std::size_t i = 0; i < head; ++i) out += characters[i];
    for (std::size_t i = 0; i < std::min(most_bullets, total - head - tail); ++i) out += bullet;
    for (std::size_t i = total - tail; i < total; ++i) out += characters[i];
    return out;
}

std::string mask_passage(std::string_view value) {
    constexpr std::size_t most_words = 24;
    std::string out;
    std::size_t words = 0;
    enum class After { nothing, word, clause } after = After::nothing;
    for (std::size_t at = 0; at < value.size();) {
        CodePoint const code = decode_utf8(value, at);
        at += code.length;
        After const now = is_cjk(code.value) ? After::clause : is_word(code.value) ? After::word : After::nothing;
        if (now != After::nothing && now != after && words++ == most_words) return out + "…";
        if (now == After::word && after != now) out += "\u2022\u2022\u2022";
        else if (now == After::clause && after != now) out += "\u2022\u2022\u2022\u2022";
        bool const joins = code.value == '\'' || code.value == '-' || code.value == 0x2019;  // within a word
        if (now == After::nothing && joins && after == After::word) continue;
        after = now;
        if (now != After::nothing) continue;
        if (code.value == '\n') {
            if (!out.empty() && out.back() != '\n') out += '\n';
        } else if (code.value < 0x80 ? std::string_view(".,;:?!").find(static_cast<char>(code.value)) != std::string_view::npos
                                     : std::u32string_view(U"。，；：？！、").find(code.value) != std::u32string_view::npos) {
            append_utf8(out, code.value);
        } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
            out += ' ';
        }
    }
    return out;
}

}  // namespace keepmum
