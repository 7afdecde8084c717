// Words are bucketed by their first two bytes; a text is walked once and each position looks into
// one small bucket. An automaton would be faster on long texts, which never come here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/words.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t slots = 1024;

std::size_t slot_of(char first, char second) {
    auto const a = static_cast<unsigned char>(first), b = static_cast<unsigned char>(second);
    return (a * 33u + b) % slots;
}

}  // namespace

WordSet::WordSet(std::vector<std::string> words) : words_(std::move(words)) {
    for (std::string& word : words_) word = ascii_lower(word);
    std::erase_if(words_, [](std::string const& word) { return word.empty(); });
    // A word of one byte goes into each slot that its second byte might choose: its own slot, by
    // a second byte of zero, is looked into at every position as well.
    auto const slot = [](std::string const& word) {
        return slot_of(word[0], word.size() > 1 ? word[1] : '\0');
    };
    std::sort(words_.begin(), words_.end(), [&](std::string const& a, std::string const& b) {
        return slot(a) != slot(b) ? slot(a) < slot(b) : a < b;
    });
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
    if (words_.empty()) return;
    starts_.assign(slots + 1, 0);
    for (std::string const& word : words_) {
        ++starts_[slot(word) + 1];
        filled_[slot(word) / 64] |= std::uint64_t{1} << slot(word) % 64;
    }
    for (std::size_t i = 0; i < slots; ++i) starts_[i + 1] += starts_[i];
    for (std::string const& word : words_) {
        thirds_.push_back(word.size() > 2 ? word[2] : '\0');
        has_single_ = has_single_ || word.size() == 1;
    }
}

std::string_view WordSet::find_in(std::string_view text) const {
    if (words_.empty()) return {};
    std::array<char, 256> few;  // most texts are short
    std::string many;
    char* lower = few.data();
    if (text.size() > few.size()) {
        many.resize(text.size());
        lower = many.data();
    }
    std::transform(text.begin(), text.end(), lower, to_lower);
    std::string_view const view(lower, text.size());
    auto const look = [&](std::size_t slot, std::size_t at) -> std::string_view {
        char const third = at + 2 < view.size() ? view[at + 2] : '\0';
        for (std::uint32_t i = starts_[slot]; i < starts_[slot + 1]; ++i) {
            if (thirds_[i] != third && thirds_[i] != '\0') continue;
            if (view.substr(at).starts_with(words_[i])) return words_[i];
        }
        return {};
    };
    for (std::size_t at = 0; at < view.size(); ++at) {
        if (has_single_) {
            if (std::string_view const found = look(slot_of(view[at], '\0'), at); !found.empty()) return found;
        }
        if (at + 1 == view.size()) break;
        std::size_t const slot = slot_of(view[at], view[at + 1]);
        if (!(filled_[slot / 64] >> slot % 64 & 1)) continue;
        if (std::string_view const found = look(slot, at); !found.empty()) return found;
    }
    return {};
}

bool has_word(std::string_view text, std::string_view word) {
    if (word.empty()) return false;
    bool const bordered = is_alnum(word.front()), closed = is_alnum(word.back());
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
        if (to_lower(text[at]) != word[0] || !equal_ascii_case(text.substr(at, word.size()), word)) continue;
        std::size_t const end = at + word.size();
        bool const starts =
            !bordered || at == 0 || !is_alnum(text[at - 1]) || (is_upper(text[at]) && is_lower(text[at - 1]));
        bool const ends = !closed || end == text.size() || !is_alnum(text[end]) ||
                          (is_upper(text[end]) && is_lower(text[end - 1]));
        if (starts && ends) return true;
    }
    return false;
}

}  // namespace keepmum
