// The directive as a one-page checklist in English and Chinese: to be followed without any program.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/verdict.h"

namespace keepmum {

// Plain UTF-8 text, lines of at most 100 columns.
std::string checklist_text(Directive const& directive);

// One HTML page that prints on one side of A4; no scripts, nothing from outside.
std::string checklist_html(Directive const& directive);

}  // namespace keepmum
