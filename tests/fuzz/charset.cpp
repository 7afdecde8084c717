// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "base/utf8.h"
#include "extract/kinds.h"
#include "extract/registry.h"
#include "format/text/charset.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    Head const head = head_of(bytes, bytes, size, "a.csv");
    for (FileType const& type : filetypes()) {
        Claim const claim = type.claims(head);
        if (claim != type.claims({bytes, bytes, size, "a.csv"})) std::abort();
        auto const row = static_cast<std::size_t>(&type - filetypes().data());
        if (size > 0 && claim != Claim::none && !kinds_beginning_with(bytes[0]).has(row)) std::abort();
    }
    guess_charset(bytes);
    for (int set = 0; set <= static_cast<int>(Charset::ebcdic); ++set) {
        DecodedText const text = decode_charset(bytes, static_cast<Charset>(set));
        if (!is_utf8(text.text) || text.map.to_source({0, text.text.size()}).end > size) std::abort();
    }
    return 0;
}
