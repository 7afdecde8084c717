// Words in bytes that have no better reader: printer settings, fonts, unknown fields.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keepmum {

// Runs of at least `least` printable ASCII characters, also where they stand as UTF-16 of either byte
// order, one a line; the whole as it is where it is UTF-8 text without controls. Linear.
std::string printable_strings(std::string_view bytes, std::size_t least = 4);

}  // namespace keepmum
