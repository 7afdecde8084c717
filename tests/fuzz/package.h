// For the fuzz targets of this folder: runs one extractor of the office family on the input.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/extractor.h"

namespace keepmum {

class CountingOutlet final : public Outlet {
  public:
    void put(Evidence evidence) override { left_ -= std::min(left_, evidence.size()); }
    void gap(Gap) override {}
    void progress() override {}
    bool enough() const override { return left_ == 0; }
    std::uint64_t allowance() const override { return left_; }

  private:
    std::uint64_t left_ = 16u << 20;
};

inline int fuzz_extractor(Extractor const* extractor, std::string bytes) {
    CountingOutlet outlet;
    Evidence evidence;
    evidence.content = Blob::take(std::move(bytes));
    if (Result<Done> const done = extractor->extract(evidence, outlet); done && done->read > evidence.content.size()) __builtin_trap();
    return 0;
}

}  // namespace keepmum
