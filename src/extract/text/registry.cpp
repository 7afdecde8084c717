// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"

#include "extract/text/extractors.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_text() {
    static constexpr ExtractorRow rows[] = {
        {"text.accounted", accounted_file},
        {"text.calendar", calendar_or_card},
        {"text.csv", table_of_text},
        {"text.html", html_page},
        {"text.json", json_data},
        {"text.latex", latex_document},
        {"text.notebook", notebook},
        {"text.plain", plain_text},
        {"text.sealed", sealed_file},
        {"text.strings", strings_in_binary},
        {"text.svg", svg_drawing},
        {"text.xml", xml_document},
    };
    return rows;
}

}  // namespace keepmum
