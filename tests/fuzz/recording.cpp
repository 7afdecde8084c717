// Recordings written anew: what comes out is written anew to the same bytes, whatever went in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/recording/recording.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    Rewriter const rewriter = rewriter_of(input);
    if (!rewriter) return 0;
    Rewritten const done = rewriter(input);
    Recording const* const once = std::get_if<Recording>(&done);
    if (!once) return 0;
    Rewriter const again = rewriter_of(once->bytes);
    if (!again) std::abort();
    Rewritten const twice = again(once->bytes);
    Recording const* const same = std::get_if<Recording>(&twice);
    if (!same || same->bytes != once->bytes) std::abort();
    return 0;
}
