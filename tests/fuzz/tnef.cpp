// winmail.dat behind its signature, or compressed RTF behind its: byte 0 chooses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/tnef/tnef.h"

#include <cstdlib>

#include "extract/registry.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    if (size == 0) return 0;
    std::string const bytes(reinterpret_cast<char const*>(data + 1), size - 1);
    if (data[0] % 4 == 0) {
        std::string const header("\x40\0\0\0\0\0\1\0LZFu\0\0\0\0", 16);
        auto const rtf = keepmum::decompress_rtf(header + bytes, 4096);
        if (rtf && rtf->read > bytes.size() + 16) std::abort();
        if (rtf && rtf->bytes.size() > 4096) std::abort();
        (void)keepmum::decompress_rtf(bytes, 4096);
        return 0;
    }
    return keepmum::fuzz_extractor(keepmum::extractor_named(keepmum::extractors_mail(), "mail.tnef"), "\x78\x9F\x3E\x22" + bytes);
}
