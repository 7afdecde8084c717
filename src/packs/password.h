// Is this value a password, or a stand-in for one?
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "packs/validators.h"

namespace keepmum {

// changeme, ${NAME}, <your password>, ****, xxxx, None, 请输入 and the like.
bool is_placeholder(std::string_view value);

// Code that will yield a value rather than the value: calls, member chains, paths, types, URLs.
bool is_expression(std::string_view value);

enum class Said : std::uint8_t { quoted, bare, in_prose };

// Likely where it mixes letters with digits or signs, or is too rare for words; a hint where it is
// made of words and stands in quotes; nothing else is kept.
Validation judge_password(std::string_view value, Said said);

}  // namespace keepmum
