// Which passages of the registered documents are boilerplate: counted on the plain letters, every run of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "index/normal.h"

// A run of 12 Latin letters or 5 Chinese characters that more than 30 documents have, or the public background, is nobody's own.
// docs/register.md promises nothing for such; recall is measured over quotes of which at least four fifths of the letters lie in runs
// that fewer have.
class Boilerplate {
  public:
    Boilerplate();
    void add(keepmum::Letters const& document);
    void add_background(keepmum::Letters const& text);
    bool leaves_most(keepmum::Letters const& quote) const;

  private:
    template <class Change>
    void visit(keepmum::Letters const& text, Change change);  // the slot of each run of it

    // By hash, without a list of collisions: two runs in one slot add up, which seldom comes to 30.
    std::vector<std::uint8_t> counts_;
    std::vector<std::uint16_t> last_;
    std::uint16_t documents_ = 0;
};
