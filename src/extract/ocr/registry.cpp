// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"
#include "extract/ocr/codes.h"
#include "extract/ocr/text.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_ocr() {
    static ExtractorRow const rows[] = {{"ocr.about", picture_reader_about},
                                        {"ocr.codes", picture_code_extractor},
                                        {"ocr.text", picture_text_extractor}};
    return rows;
}

}  // namespace keepmum
