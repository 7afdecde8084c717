// OFD, the fixed-layout document of GB/T 33190-2016.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/office/package.h"

namespace keepmum {

bool is_ofd(Package& package);
void read_ofd(Package& package);

}  // namespace keepmum
