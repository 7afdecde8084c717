// From a snapshot to what is known of the computer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/machine.h"
#include "host/snapshot.h"

namespace keepmum {

class Programs;  // host/programs/programs.h

// By the reader of the snapshot's system. Any snapshot, however hostile; what makes no sense is unseen (damaged).
Machine read_machine(Snapshot const& snapshot, Programs const& programs);

// A snapshot with the paths of a Linux computer (host/linux).
Machine read_linux(Snapshot const& snapshot, Programs const& programs);

// Files that another system's own commands wrote (docs/formats/snapshot.md): Windows, macOS, Android, osquery; which is
// told by their content. Their paths are names, or FOLDER/NAME, without a slash in front. Where none of them is known,
// Machine::system is "" and there is nothing to judge.
Machine read_foreign(Snapshot const& snapshot, Programs const& programs);

}  // namespace keepmum
