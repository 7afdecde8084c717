// Byte maps of pictures and recordings: whatever the bytes are, each of them is labelled once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <cstring>

#include "format/photo/byte_map.h"
#include "format/photo/made_files_test.h"
#include "format/pixels/decode.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

// Seeds are made here: now and then the input becomes one of the files that the unit tests put together.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    static std::vector<std::string> const files = keepmum::make_all();
    if (size < 16 || seed % 64 == 0) {
        std::string const& file = files[seed / 64 % files.size()];
        size = std::min(file.size(), most);
        std::memcpy(data, file.data(), size);
    }
    return LLVMFuzzerMutate(data, size, most);
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    keepmum::Walk const walk = keepmum::walk_picture({reinterpret_cast<char const*>(data), size}, 8u << 20);
    std::uint64_t at = 0;
    for (keepmum::Owned const& part : walk.map) {
        if (part.offset != at || part.size == 0 || part.what.empty()) std::abort();
        at += part.size;
    }
    if (at != size) std::abort();
    for (keepmum::Piece const& piece : walk.pieces) {
        if (piece.name.empty() || piece.bytes.empty() || piece.offset > size) std::abort();
    }
    // What is seen from afar any decoder shows.
    class Nowhere final : public keepmum::Canvas {
        void begin(std::uint32_t, std::uint32_t, std::uint32_t) override {}
        void row(std::span<std::uint8_t const>) override {}
        void end() override {}
    } nowhere;
    if (!walk.far.grey.empty() && keepmum::decode_jpeg({reinterpret_cast<char const*>(data), size}, nowhere)) std::abort();
    return 0;
}
