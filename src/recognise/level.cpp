// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/level.h"

namespace keepmum {

bool is_level(std::string_view level) {
    return level == "internal" || level == "confidential" || level == "secret" || level == "top";
}

}  // namespace keepmum
