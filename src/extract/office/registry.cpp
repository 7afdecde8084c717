// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"

#include "extract/office/extractors.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_office() {
    static constexpr ExtractorRow rows[] = {
        {"office.package", &package_extractor},
        {"office.rtf", &rtf_extractor},
    };
    return rows;
}

}  // namespace keepmum
