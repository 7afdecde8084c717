// Exports of the Windows registry.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "format/registry_file/registry_file.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const file = keepmum::read_registry_file(text);
    std::size_t values = 0, bytes = 0;
    for (auto const& key : file.keys) {
        if (!keepmum::is_utf8(key.path)) __builtin_trap();
        values += key.values.size();
        for (auto const& value : key.values) {
            bytes += value.bytes.size();
            if (!keepmum::is_utf8(value.text) || !keepmum::is_utf8(value.name)) __builtin_trap();
            keepmum::time_of_systemtime(value.bytes);
            keepmum::time_of_filetime(keepmum::quad_of(value.bytes));
        }
    }
    if (values > size || bytes > size) __builtin_trap();  // nothing comes out that did not go in
    return 0;
}
