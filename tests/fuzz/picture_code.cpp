// Codes looked for in pictures, and what their payload would do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/codes.h"
#include "format/link/payload.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    Payload const payload = read_payload(bytes);
    if (payload.does.empty() || !is_utf8(payload.host)) std::abort();
    if (is_utf8(bytes) && (!is_utf8(payload.network) || !is_utf8(payload.password))) std::abort();
    return fuzz_extractor(*picture_code_extractor(), bytes, Unread::is_allowed);
}
