// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/drawing/drawing.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_drawing() {
    static ExtractorRow const rows[] = {{"drawing.picture", drawing_extractor}};
    return rows;
}

}  // namespace keepmum
