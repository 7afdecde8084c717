// What parses prints the same again; what is built from any bytes survives printing and parsing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/place.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    if (auto const parsed = keepmum::parse_place(bytes)) {
        auto const again = keepmum::parse_place(keepmum::print(*parsed));
        if (!again || *again != *parsed) std::abort();
        if (keepmum::before(*parsed, *again)) std::abort();
    }
    keepmum::Place made;
    made.source = std::string(bytes.substr(0, size / 2));
    constexpr unsigned kinds = static_cast<unsigned>(keepmum::How::tail) + 1;
    if (size > 1) made.steps.push_back({static_cast<keepmum::How>(data[size - 1] % kinds), std::string(bytes.substr(size / 2))});
    if (size > 2) made.span = keepmum::Span{data[0], data[0] + 0ull + data[1]};
    auto const back = keepmum::parse_place(keepmum::print(made));
    if (!back || *back != made) std::abort();
    return 0;
}
