// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/permit.h"

#include <string_view>

namespace keepmum {

std::string_view word(Standing standing) {
    static constexpr std::string_view words[] = {"valid", "expired", "overused", "revoked"};
    return words[static_cast<int>(standing)];
}

Standing standing(Permit const& permit, std::string_view today) {
    if (permit.revoked) return Standing::revoked;
    if (today > permit.until) return Standing::expired;
    if (permit.uses != 0 && permit.used >= permit.uses) return Standing::overused;
    return Standing::valid;
}

}  // namespace keepmum
