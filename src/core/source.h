// Sources: what the user handed in, one item after another, in a fixed order.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/gap.h"

namespace keepmum {

// Something to check, not yet opened. Where it cannot be opened at all, `gap` says why.
struct Item {
    std::string name;  // as it is printed: the path as given, plus the relative path inside a folder
    std::string path;  // to open; empty for standard input
    std::optional<Gap> gap;
};

class Source {
  public:
    virtual ~Source() = default;
    // The next item, or nothing at the end.
    virtual std::optional<Item> next() = 0;
};

}  // namespace keepmum
