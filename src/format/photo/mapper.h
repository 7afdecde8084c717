// How walkers write a byte map: claims first, whose holes and overlaps are settled at the end.
//
// Formats that point (TIFF, ISO boxes) let two structures point at the same bytes, and at nothing. So a
// walker claims stretches in any order; the first claim keeps its bytes, and what nobody claimed is unknown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/photo/byte_map.h"

namespace keepmum {

// The unsigned number of `size` bytes (at most 8) at `at`; what lies behind the end reads as 0.
inline std::uint64_t big_endian(std::string_view bytes, std::uint64_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8 | (at < bytes.size() && i < bytes.size() - at ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    return value;
}
inline std::uint64_t little_endian(std::string_view bytes, std::uint64_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8 | (at < bytes.size() && i < bytes.size() - at ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    return value;
}

// The part of `bytes` from `at`, cut to what is there; never fails.
inline std::string_view part_of(std::string_view bytes, std::uint64_t at, std::uint64_t size = ~0ull) {
    return at >= bytes.size() ? std::string_view() : bytes.substr(at, size);
}

class Mapper {
  public:
    // `file` must outlive the mapper.
    Mapper(std::string_view file, std::uint64_t most_unpacked) : file_(file), unpack_left_(most_unpacked) {}

    std::string_view file() const { return file_; }
    std::uint64_t size() const { return file_.size(); }

    // Cut to the file. Whoever claims first keeps the bytes.
    void claim(std::uint64_t offset, std::uint64_t size, Owner owner, std::string what);

    // Pieces: as they stand in the file, or made. Copies are bounded by a few times the size of the file and
    // what may be unpacked; beyond that a piece is left out, which is a trouble.
    void piece(Piece::What what, std::string name, std::uint64_t offset, std::uint64_t size);
    void made_piece(Piece::What what, std::string name, std::uint64_t offset, std::uint64_t stored, std::string bytes);

    // A claim and its piece in one.
    void keep(Owner owner, Piece::What piece, std::string const& name, std::uint64_t offset, std::uint64_t size) {
        claim(offset, size, owner, name);
        this->piece(piece, name, offset, size);
    }
    // Metadata text in an unknown charset; its piece is UTF-8.
    void keep_text(std::string const& name, std::uint64_t offset, std::uint64_t size);

    // Each said once, the first hundred.
    void trouble(Cause cause, std::string detail);

    // Unpacks a zlib stream (RFC 1950) or a gzip-less deflate, within what may still be unpacked; what
    // came out before an error stands, the error is a trouble that names `whose`.
    std::string unpack_zlib(std::string_view packed, std::string_view whose);
    // How much may still be unpacked; taking it is the caller's promise to make no more.
    std::uint64_t unpack_left() const { return unpack_left_; }
    void unpacked(std::uint64_t bytes) { unpack_left_ -= bytes < unpack_left_ ? bytes : unpack_left_; }

    // Settles the claims. Bytes that nobody claimed are unknown and called `rest`, and every unknown
    // stretch becomes a piece; a stretch of zero bytes that nobody claimed is structure, "zero
    // padding".
    Walk finish(std::string_view rest = "between the parts");

    Walk walk;  // all but the map, which finish() makes

  private:
    struct Claim {
        std::uint64_t offset = 0, end = 0;
        std::uint32_t what = 0;  // index into names_
        Owner owner = Owner::unknown;
    };
    bool has_room(std::uint64_t size);
    void settle();
    void hand_out_hidden();
    void give(std::uint64_t offset, std::uint64_t end, Owner owner, std::string_view what);
    std::uint32_t name_of(std::string what);

    std::string_view file_;
    std::uint64_t unpack_left_;
    std::uint64_t copied_ = 0;
    std::vector<Claim> claims_;
    std::vector<std::string> names_;
};

// A name from the file itself for people: what is no printable ASCII becomes "?", at most 32 letters.
std::string printable(std::string_view name);

// Text in an unknown charset as UTF-8.
std::string to_utf8(std::string_view bytes);

// A PNM file (Netpbm P6 or P5) of 8-bit rows; `samples` are 1 or 3 a pixel.
std::string to_pnm(std::uint32_t width, std::uint32_t height, std::uint32_t samples, std::string_view rows);

}  // namespace keepmum
