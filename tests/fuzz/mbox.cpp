// A mailbox: the messages lie one behind the other, and leave nothing out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "extract/registry.h"
#include "extractor.h"
#include "format/mime/mime.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    std::uint64_t at = 0;
    for (keepmum::Span const& span : keepmum::split_mbox(bytes)) {
        if (span.begin != at || span.end <= span.begin) std::abort();
        at = span.end;
    }
    if (at != size) std::abort();
    return keepmum::fuzz_extractor(keepmum::extractor_named(keepmum::extractors_mail(), "mail.mbox"), bytes);
}
