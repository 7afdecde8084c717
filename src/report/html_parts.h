// Pieces that the HTML report is put together from. All take plain text and give safe HTML.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "report/exhibit.h"

namespace keepmum {

// The whole style sheet.
std::string_view html_style();

// `text` with everything escaped that means something in HTML; characters that would disguise
// themselves become U+FFFD, tabs spaces; line feeds stay.
std::string escape_html(std::string_view text);

// The same for a name: what disguises itself is written as %XX. Isolated against its surroundings'
// writing direction, and breakable behind each '/'.
std::string html_name(std::string_view name);

// A sign for an outcome: a raised hand, an eye, a tick. Inline SVG.
std::string_view outcome_icon(Outcome outcome);

// A bar that shows how much of `bytes` was read.
std::string html_coverage_bar(std::uint64_t bytes, std::uint64_t read);

// The schematic page of an exhibit, or "" where it has none. `outcomes` holds one word ("hold",
// "warn", "pass") for each finding of the verdict.
std::string html_page_map(Exhibit const& exhibit, std::vector<Outcome> const& outcomes, std::string_view label);

}  // namespace keepmum
