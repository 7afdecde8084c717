// The extractors of this family.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* package_extractor();  // office.package
Extractor const* rtf_extractor();      // office.rtf

}  // namespace keepmum
