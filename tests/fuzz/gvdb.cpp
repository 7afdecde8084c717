// dconf's settings, Flatpak's permissions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/gvdb/gvdb.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    auto const entries = keepmum::read_gvdb(bytes);
    if (!entries) return 0;
    for (keepmum::GvdbEntry const& entry : *entries) {
        std::string_view const text = keepmum::gvdb_text(entry);
        if (entry.type == "s" && text.find('\0') != text.npos) std::abort();
        for (std::string_view const word : keepmum::gvdb_words(entry)) {
            if (word.empty()) std::abort();
        }
    }
    return 0;
}
