// The whole PDF extractor: byte map, pages, objects. Faults in poppler and qpdf show here too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/extractor.h"
#include "extract/registry.h"
#include "extractor.h"

namespace {

class Sink final : public keepmum::Outlet {
  public:
    void put(keepmum::Evidence evidence) override { left_ -= std::min<std::uint64_t>(left_, evidence.size() + 1); }
    void gap(keepmum::Gap) override {}
    void progress() override {}
    bool enough() const override { return left_ == 0; }
    std::uint64_t allowance() const override { return left_; }

  private:
    std::uint64_t left_ = 4 << 20;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    keepmum::Evidence evidence;
    evidence.content = keepmum::Blob::copy({reinterpret_cast<char const*>(data), size});
    Sink sink;
    auto const done = keepmum::extractor_named(keepmum::extractors_pdf(), "pdf.document").extract(evidence, sink);
    if (done && done->read > size) __builtin_trap();
    return 0;
}
