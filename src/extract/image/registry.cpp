// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/picture.h"
#include "extract/image/preview.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_image() {
    static ExtractorRow const rows[] = {
        {"image.picture", picture_extractor}, {kept_likeness, kept_picture_extractor}, {"image.preview", preview_extractor}};
    return rows;
}

}  // namespace keepmum
