// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/near_codes.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

// Both differ, and by one edit.
bool is_one_away(std::string_view one, std::string_view other) {
    if (one.size() < other.size()) std::swap(one, other);
    if (one.size() - other.size() > 1 || one == other) return false;
    std::size_t at = 0;
    while (at < other.size() && one[at] == other[at]) ++at;
    if (one.size() > other.size()) return one.substr(at + 1) == other.substr(at);
    if (one.substr(at + 1) == other.substr(at + 1)) return true;
    return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at] &&
           one.substr(at + 2) == other.substr(at + 2);
}

template <class Use>
void for_each_key(std::string const& text, Use const& use) {
    use(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && text[i] == text[i - 1]) continue;  // the same key again
        std::string shorter = text;
        shorter.erase(i, 1);
        use(shorter);
    }
}

}  // namespace

bool is_near_code(std::u32string_view letters) {
    std::size_t digits = 0;
    for (char32_t c : letters) {
        if (c >= 0x80 || !is_alnum(static_cast<char>(c))) return false;
        digits += is_digit(static_cast<char>(c));
    }
    return letters.size() >= 6 && letters.size() <= 60 && digits >= 4;
}

void NearCodes::add(std::u32string_view letters, std::uint32_t word) {
    std::string text;
    for (char32_t c : letters) text += to_upper(static_cast<char>(c));
    shortest_ = std::min(shortest_, text.size());
    longest_ = std::max(longest_, text.size());
    auto const number = static_cast<std::uint32_t>(codes_.size());
    for_each_key(text, [&](std::string const& key) { keys_.emplace(key, number); });
    codes_.push_back({std::move(text), word});
}

std::uint8_t NearCodes::shortest() const { return static_cast<std::uint8_t>(shortest_ - 1); }
std::uint8_t NearCodes::longest() const { return static_cast<std::uint8_t>(longest_ + 1); }

std::optional<std::uint32_t> NearCodes::find(std::string_view compact) const {
    std::optional<std::uint32_t> near;
    bool exact = false;
    for_each_key(std::string(compact), [&](std::string const& key) {
        auto const [first, last] = keys_.equal_range(key);
        for (auto at = first; at != last; ++at) {
            Code const& code = codes_[at->second];
            if (code.text == compact) exact = true;
            else if (is_one_away(code.text, compact) && (!near || code.word < *near)) near = code.word;
        }
    });
    return exact ? std::nullopt : near;
}

}  // namespace keepmum
