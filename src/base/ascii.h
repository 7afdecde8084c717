// ASCII, found at memory speed: what walks a text character by character passes over it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace keepmum {

// Length in bytes of the longest prefix of `text` that is ASCII.
std::size_t ascii_prefix_length(std::string_view text);

}  // namespace keepmum
