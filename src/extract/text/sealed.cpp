// Files that say of themselves that they are encrypted: nothing to read, and the gap says why.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/extractors.h"

namespace keepmum {

namespace {

class SealedFile final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        Gap gap;
        gap.cause = Cause::encrypted;
        gap.stage = Stage::extract;
        gap.bytes = evidence.size();
        gap.media = evidence.media;
        gap.detail = "the file is encrypted";
        outlet.gap(std::move(gap));
        return Done{0, evidence.media};
    }
};

}  // namespace

Extractor const* sealed_file() {
    static SealedFile const instance;
    return &instance;
}

}  // namespace keepmum
