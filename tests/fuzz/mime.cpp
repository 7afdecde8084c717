// A message as a whole, and each decoder of its pieces: byte 0 chooses. Every byte of a message must lie in
// a header, a body, a boundary line or outside; spans stay inside; text is valid UTF-8.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/mime/mime.h"

#include <cstdlib>

#include "base/utf8.h"
#include "extract/registry.h"
#include "extractor.h"

namespace {

void check_structure(std::string_view bytes) {
    keepmum::MimeMessage const message = keepmum::parse_mime(bytes, 200);
    if (message.parts.empty() || message.parts.size() > 200) std::abort();
    for (keepmum::MimePart const& part : message.parts) {
        if (part.body.begin > part.body.end || part.body.end > bytes.size()) std::abort();
        if (!keepmum::is_utf8(part.name)) std::abort();
        for (keepmum::HeaderField const& field : part.fields) {
            if (field.span.begin >= field.span.end || field.span.end > bytes.size() || !keepmum::is_utf8(field.value)) std::abort();
        }
    }
    for (keepmum::Span const& span : message.outside) {
        if (span.begin >= span.end || span.end > bytes.size()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    if (size == 0) return 0;
    std::string_view const bytes(reinterpret_cast<char const*>(data + 1), size - 1);
    switch (data[0] % 8) {
        case 0:
            if (!keepmum::is_utf8(keepmum::decode_header(bytes))) std::abort();
            break;
        case 1:
            if (!keepmum::is_utf8(keepmum::parameter(bytes, "filename"))) std::abort();
            break;
        case 2: (void)keepmum::decode_transfer(bytes, "base64"); break;
        case 3: (void)keepmum::decode_transfer(bytes, "quoted-printable"); break;
        case 4: (void)keepmum::decode_transfer(bytes, "x-uuencode"); break;
        case 5: check_structure(bytes); break;
        default: return keepmum::fuzz_extractor(keepmum::extractor_named(keepmum::extractors_mail(), "mail.message"), bytes);
    }
    return 0;
}
