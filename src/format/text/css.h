// As much of CSS as it takes to say whether a text is meant not to be seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepmum {

struct StyleFacts {
    std::string_view hidden;  // how: "display-none", "invisible", "tiny", "transparent", "off-page", "same-colour"; or ""
    std::optional<std::uint32_t> colour;      // 0xRRGGBB
    std::optional<std::uint32_t> background;
};

// Facts of a declaration list ("display:none; color:#fff"). Later declarations win.
StyleFacts read_style(std::string_view declarations);

// A colour as HTML and CSS write it: #fff, #ffffff, rgb(…), and the common names.
std::optional<std::uint32_t> read_colour(std::string_view text);

// Whether a reader could not tell text of one colour from the other as its ground.
bool is_same_colour(std::uint32_t left, std::uint32_t right);

// Selectors of one class or id (".note", "#x") whose rule hides, with how. Rules inside @media and
// the like are left out: they hide from some readers only.
std::vector<std::pair<std::string, std::string_view>> hiding_selectors(std::string_view sheet);

}  // namespace keepmum
