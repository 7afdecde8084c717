// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/brotli.h"

#include <brotli/decode.h>

#include <algorithm>
#include <array>

namespace keepmum {

Inflated unpack_brotli(std::string_view packed, std::uint64_t limit) {
    Inflated out;
    BrotliDecoderState* const state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    if (!state) {
        out.end = InflateEnd::corrupt;
        return out;
    }
    auto const* next = reinterpret_cast<std::uint8_t const*>(packed.data());
    std::size_t left = packed.size();
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    std::array<std::uint8_t, 65536> part;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out.bytes.size() <= limit) {
        std::uint8_t* to = part.data();
        std::size_t room = part.size();
        result = BrotliDecoderDecompressStream(state, &left, &next, &room, &to, nullptr);
        out.bytes.append(reinterpret_cast<char const*>(part.data()), part.size() - room);
    }
    BrotliDecoderDestroyInstance(state);
    out.consumed = packed.size() - left;
    if (out.bytes.size() > limit) out.end = InflateEnd::limit, out.bytes.resize(limit);
    else if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) out.end = InflateEnd::cut;
    else if (result != BROTLI_DECODER_RESULT_SUCCESS) out.end = InflateEnd::corrupt;
    return out;
}

}  // namespace keepmum
