// The folders that a family's libraries need while they parse.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "engine/isolate/confine.h"

namespace keepmum {

// Absolute paths; empty for most families, which then may open no file at all.
std::span<char const* const> readable_folders(std::string_view family);

// Whether the family starts threads, or its libraries do.
Threads threads_of(std::string_view family);

}  // namespace keepmum
