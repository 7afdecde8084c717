// Texts that are made to hurt a search: what its rules begin with, again and again, so that much is begun and little found.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace keepmum {

struct HostileText {
    char const* name;
    std::function<std::string(std::size_t size)> make;  // of `size` bytes or a little more
};

// Some that repeat one thing, and some thrown together at random from a few pieces; `keywords` are those of all rules. Other
// seeds give other texts of the same kinds.
std::vector<HostileText> make_hostile_texts(std::vector<std::string> keywords, std::uint32_t seed);

}  // namespace keepmum
