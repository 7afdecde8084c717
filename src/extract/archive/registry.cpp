// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/archive/archive.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_archive() {
    static ExtractorRow const rows[] = {{"archive.libarchive", archive_extractor}};
    return rows;
}

}  // namespace keepmum
