// PDF (ISO 32000-2): pages by poppler, structure by qpdf, bytes by our own map.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum::pdf {

class DocumentExtractor final : public Extractor {
  public:
    DocumentExtractor();
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override;
};

}  // namespace keepmum::pdf
