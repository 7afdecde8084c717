// Which of the known programs are here, and what they take away.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/machine.h"
#include "host/programs/programs.h"
#include "host/snapshot.h"

namespace keepmum::linux_host {

// programs and folders. After read_listeners.
void read_programs(Snapshot const& snapshot, Programs const& programs, Machine& machine);

}  // namespace keepmum::linux_host
