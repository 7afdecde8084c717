// Pictures of every format that is decoded; faults in their libraries show here too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/preview.h"
#include "extract/image/picture.h"
#include "extract/image/preview.h"
#include "extractor.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {

// What comes out is a signature or a preview that can be read, or a gap.
class SignatureOutlet final : public Outlet {
  public:
    void put(Evidence evidence) override {
        std::string_view const content = evidence.content.view();
        if (evidence.kind != Kind::image || !(read_signature(content) || read_preview(content))) std::abort();
        ++said_;
    }
    void gap(Gap) override { ++said_; }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 64u << 20; }
    int said() const { return said_; }

  private:
    int said_ = 0;
};

}  // namespace keepmum

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    Evidence input;
    input.content = Blob::copy(bytes);
    SignatureOutlet outlet;
    if (!kept_picture_extractor()->extract(input, outlet) || outlet.said() == 0) std::abort();
    if (!picture_extractor()->extract(input, outlet)) std::abort();
    if (!preview_extractor()->extract(input, outlet)) std::abort();
    read_signature(bytes);
    read_preview(bytes);
    return 0;
}
