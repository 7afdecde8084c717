// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/packs.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    auto const set = keepmum::load_packs({.texts = {{"fuzz", text, keepmum::PackLayer::local}}});
    if (set) (void)set->list().size();
    return 0;
}
