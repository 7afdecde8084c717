// Rich Text Format.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "extract/office/rtf_reader.h"

namespace keepmum {

namespace {

class RtfExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        return Done{RtfReader(evidence, outlet).read(), "application/rtf"};
    }
};

}  // namespace

Extractor const* rtf_extractor() {
    static RtfExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
