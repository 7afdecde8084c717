// What photo readers say in words of their own ("preview 1", "differs", "camera.serial"), in the language of the reader.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/bilingual.h"

namespace keepmum {

// "MPF picture 2", "between the parts"; as it is where it is no name that keepmum gives.
std::string name_piece(Language language, std::string_view name);

// The name of a fact (core/photo.h): "camera.serial"; as it is where it is none.
std::string name_photo_fact(Language language, std::string_view name);

// The value of a fact under its name in findings: "picture", "unknown", "judged"; any other as it is.
std::string say_photo_value(Language language, std::string_view key, std::string_view value);

// The excerpt of a finding of that rule.
std::string say_photo_excerpt(Language language, std::string_view rule, std::string_view excerpt);

}  // namespace keepmum
