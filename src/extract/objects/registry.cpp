// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/objects.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_objects() {
    static ExtractorRow const rows[] = {{"objects.picture", picture_objects_extractor}};
    return rows;
}

}  // namespace keepmum
