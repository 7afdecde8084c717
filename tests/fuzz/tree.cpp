// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tree.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    (void)keepmum::parse_toml(text, "fuzz").has_value();
    (void)keepmum::parse_json(text, "fuzz").has_value();
    return 0;
}
