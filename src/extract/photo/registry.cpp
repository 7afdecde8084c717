// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/photo.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_photo() {
    static ExtractorRow const rows[] = {{"photo.facts", photo_extractor}};
    return rows;
}

}  // namespace keepmum
