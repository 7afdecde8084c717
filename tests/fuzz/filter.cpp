// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/filter.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    auto const filter = keepmum::Filter::parse({reinterpret_cast<char const*>(data), size});
    std::string_view const text = "first\nkey = Zk3Tq9Lw0Xb7\nlast";
    if (filter) (void)filter->drops({text, {6, 24}, {12, 24}, "a/b.c"});
    return 0;
}
