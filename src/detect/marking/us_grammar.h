// The grammar of US banner and portion markings: a level, then blocks parted by "//" in a fixed order,
// controls within a block parted by "/". Also CUI, foreign and joint markings, which begin with "//".
// Follows the ISM vocabularies (IC.ISM, DES 10), the CUI registry, and the words that came later.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

enum class UsLevel : std::uint8_t { unclassified, controlled, restricted, confidential, secret, top_secret };
std::string_view word(UsLevel level);

// In the order in which a marking lists them.
enum class UsBlock : std::uint8_t { category, sci, sar, aea, fgi, dissemination, non_ic, date };

struct UsMarking {
    std::size_t length = 0;  // bytes of the text that it takes
    UsLevel level = UsLevel::unclassified;
    bool short_form = false;            // "S" rather than "SECRET"
    bool foreign = false;               // began with "//"
    std::vector<std::string> controls;  // as they stand, in order
    std::vector<UsBlock> blocks;        // one a control
    bool in_order = true;               // blocks stand in the order of UsBlock
    bool known = true;                  // every block was understood
    bool noforn = false;
    bool release = false;  // REL TO …
};

// The longest marking at the start of `text`, one line of it. Linear; allocates per control.
std::optional<UsMarking> parse_us_marking(std::string_view text);

}  // namespace keepmum
