// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "format/text/canonical.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string text;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    for (size_t at = 0; at < size;) {
        CodePoint const point = decode_utf8(bytes, at);
        append_utf8(text, point.value);
        at += point.length;
    }
    for (auto const& view : {canonical_view(text), numerals_view(text), smuggled_view(text), spread_view(text)}) {
        if (!view) continue;
        if (!is_utf8(view->text) || view->map.to_source({0, view->text.size()}).end > text.size()) std::abort();
        for (auto const& change : view->changes) {
            if (change.span.end > view->text.size() || change.span.begin > change.span.end) std::abort();
        }
        view->reasons_in({0, view->text.size()});
    }
    return 0;
}
