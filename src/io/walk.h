// The user's paths as a sorted stream of files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/source.h"

namespace keepmum {

// Each path in the order given; a folder gives every regular file below it, sorted by bytes of the
// path, printed as given plus the relative path. A path that is missing, unreadable, a device, or a
// link to nowhere becomes an item with a gap; so does a folder that cannot be listed. Links, sockets
// and pipes inside folders are passed over: what a link points to is checked where it lies, if that
// was handed in. "-" is standard input.
std::unique_ptr<Source> walk(std::vector<std::string> paths);

}  // namespace keepmum
