// Texts that are made to hurt a search: what its rules begin with, again and again, so that much is begun and little found.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// The kinds: some that repeat one thing, and some ("mix") thrown together at random from a few pieces.
std::vector<std::string> hostile_kinds();

// A text of `size` bytes or a little more; `keywords` are those of all rules. Another seed gives another text of the same kind.
std::string make_hostile_text(std::string_view kind, std::size_t size, std::span<std::string const> keywords, std::uint32_t seed);

}  // namespace keepmum
