// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/checks/list.h"

namespace keepmum {

std::span<Check const> host_checks() {
    static std::vector<Check> const all = [] {
        std::vector<Check> checks;
        for (std::span<Check const> const part : {connection_checks(), exit_checks()})
            checks.insert(checks.end(), part.begin(), part.end());
        return checks;
    }();
    return all;
}

}  // namespace keepmum
