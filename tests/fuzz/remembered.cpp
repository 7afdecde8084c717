// A remembered check and a sketch as they are once unsealed: whatever the bytes, they are refused or read without harm.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/remembered.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    if (auto const check = read_check(input)) {
        // What reads is written back to something that reads the same.
        std::string const printed = print_check(*check);
        auto const again = read_check(printed);
        if (!again || print_check(*again) != printed) std::abort();
        if (check->id().size() > 14) std::abort();
    }
    if (auto const sketch = read_sketch(input)) {
        if (!read_sketch(print_sketch(*sketch))) std::abort();
    }
    return 0;
}
