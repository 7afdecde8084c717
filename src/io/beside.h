// Work of many equal parts, which a second thread takes from where there is a processor for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace keepmum {

class Work {
  public:
    virtual ~Work() = default;
    virtual void do_part(std::size_t number) = 0;  // by any thread, each number once
    virtual bool is_to_go_on() = 0;                // by the calling thread, before each part that it takes
};

// Does all `count` parts, or stops taking them. Where no thread can begin, the calling one does it alone.
void share_work(Work& work, std::size_t count);

// Whether the machine has a processor for it; asked once.
bool can_share_work();

}  // namespace keepmum
