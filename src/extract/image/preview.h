// A picture as small as a report shows it (core/preview.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// Puts one preview of the first picture in a file, upright. Says no gap: what cannot be decoded is not shown, and
// readers of contents say why.
Extractor const* preview_extractor();

}  // namespace keepmum
