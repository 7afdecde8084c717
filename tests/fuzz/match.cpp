// What looks for codes and encoded runs: byte 0 says in how large parts codes are looked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "match/codes.h"
#include "match/encoded.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    if (size == 0) return 0;
    std::string_view const text(reinterpret_cast<char const*>(data + 1), size - 1);
    for (keepmum::EncodedRun const& run : keepmum::find_encoded(text)) {
        if (run.begin >= run.end || run.end > text.size()) std::abort();
    }
    keepmum::CodeScanner scanner;
    scanner.add({.what = keepmum::Trigger::What::code, .shape = keepmum::Trigger::Shape::digits_check, .min = 4, .max = 30});
    scanner.add({.what = keepmum::Trigger::What::code, .shape = keepmum::Trigger::Shape::alphanumeric, .min = 5, .max = 255});
    keepmum::CodeWindows whole, parts;
    scanner.scan(text, 0, text.size(), ~size_t{0}, whole);
    for (size_t at = 0; at < text.size();) at = scanner.scan(text, at, text.size(), parts.windows.size() + 1 + data[0], parts);
    if (whole.windows.size() != parts.windows.size()) std::abort();
    for (keepmum::CodeWindow const& window : whole.windows) {
        if (window.end > text.size() || window.compact + window.length > whole.compacts.size()) std::abort();
    }
    return 0;
}
