// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/read.h"

namespace keepmum {

Machine read_machine(Snapshot const& snapshot, Programs const& programs) {
    // Paths of a file system begin with a slash; files of a foreign snapshot do not.
    bool const rooted = snapshot.list("/").present();
    Machine machine = rooted && snapshot.system == "linux" ? read_linux(snapshot, programs) : read_foreign(snapshot, programs);
    if (machine.taken.empty()) machine.taken = snapshot.taken;
    return machine;
}

}  // namespace keepmum
