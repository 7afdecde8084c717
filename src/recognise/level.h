// Levels of protection: what a directive goes by.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keepmum {

// In rising order, as the command line and words.toml have them.
inline constexpr std::string_view protection_levels = "internal|confidential|secret|top";

bool is_level(std::string_view level);

// The labels of a finding about something of that level are "protected" (of the rule) and this: "protected-secret".
inline std::string label_of_level(std::string_view level) { return "protected-" + std::string(level); }

}  // namespace keepmum
