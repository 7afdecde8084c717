// The list is included twice: once to declare each row, once to collect them. A line without its
// detector fails at link time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/registry.h"

namespace keepmum {

#define ROW(family, name) extern DetectorRow const row_##family##_##name;
#include "detect/registry.inc"
#undef ROW

std::span<DetectorRow const> detectors() {
    static DetectorRow const rows[] = {
#define ROW(family, name) row_##family##_##name,
#include "detect/registry.inc"
#undef ROW
    };
    return rows;
}

}  // namespace keepmum
