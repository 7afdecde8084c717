// How closely an organisation keeps a word or a site.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/tree.h"

namespace keepmum {

enum class Level : std::uint8_t { internal, confidential, secret, top };
std::string_view word(Level level);

// The key `level` of a table, or `fallback` where it is absent.
Result<Level> read_level(Tree const& table, Level fallback);

}  // namespace keepmum
