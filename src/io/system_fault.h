// What the system refused, as an error in the reader's language.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "base/message.h"

namespace keepmum {

// `doing` has a place for {why} ("cannot open: {why}"); `code` is the errno. The fault goes by it.
tl::unexpected<Error> fail_system(Message doing, int code, std::string where);

}  // namespace keepmum
