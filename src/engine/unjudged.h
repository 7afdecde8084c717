// What a rule with too many findings was not followed to (core/detector.h, most_findings): lines of a
// text, of which nothing may be shown because nobody has looked at what is secret in them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// The whole lines of `text` that `spans` touch: sorted, none touching the next. Linear in both.
std::vector<Span> lines_of(std::string_view text, std::vector<Span> spans);

// Whether `span` reaches into one of `lines`, which are sorted and apart.
bool touches(std::span<Span const> lines, Span span);

}  // namespace keepmum
