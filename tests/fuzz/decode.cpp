// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "format/text/decode.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto check = [&](EncodedRun const& run) {
        auto const decoded = decode_run(text, run);
        if (!decoded || decoded->what == DecodedRun::What::bytes) return;
        if (!is_utf8(decoded->content)) std::abort();
        if (decoded->map.to_source({0, decoded->content.size()}).end > size) std::abort();
    };
    for (EncodedRun const& run : find_encoded(text)) check(run);
    for (int kind = 0; kind <= static_cast<int>(Encoding::quoted_printable); ++kind) {
        check({0, static_cast<std::uint32_t>(size), static_cast<Encoding>(kind)});
    }
    decode_data_uri(text);
    return 0;
}
