// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"

#include "extract/pdf/document.h"

namespace keepmum {

namespace {

// Made when the registry is first asked, which the worker's server does before it forks: children
// then find poppler set up.
Extractor const* document_extractor() {
    static pdf::DocumentExtractor const extractor;
    return &extractor;
}

constexpr ExtractorRow rows[] = {{"pdf.document", document_extractor}};

}  // namespace

std::span<ExtractorRow const> extractors_pdf() {
    document_extractor();
    return rows;
}

}  // namespace keepmum
