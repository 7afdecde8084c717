// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"

#include "extract/text/extractors.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_text() {
    static constexpr ExtractorRow rows[] = {
        {"text.html", html_page},
        {"text.plain", plain_text},
        {"text.sealed", sealed_file},
        {"text.strings", strings_in_binary},
    };
    return rows;
}

}  // namespace keepmum
