// Mail messages and mailboxes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* message_extractor();
Extractor const* mbox_extractor();
Extractor const* tnef_extractor();

}  // namespace keepmum
