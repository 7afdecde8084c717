// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/database/sqlite.h"
#include "extract/registry.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_database() {
    static ExtractorRow const rows[] = {{"database.sqlite", sqlite_extractor}};
    return rows;
}

}  // namespace keepmum
