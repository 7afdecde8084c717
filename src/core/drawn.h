// Drawings made a picture for a copy of them, between the program and the worker that draws.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// The reason (Evidence::reason) with which a drawing is handed to `drawing.picture` where its picture is to become a copy.
inline constexpr std::string_view drawn_for_copy = "copy";

}  // namespace keepmum
