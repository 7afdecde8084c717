// BMP: "BM", file size (4), reserved (4), offset of the pixels (4); then a header that begins with its
// own size: 12 (core), 40 to 124 (information, to version 5); masks and palette; perhaps a gap; pixels,
// rows padded to 4 bytes; a colour profile (version 5).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/walkers.h"

namespace keepmum {

void walk_bmp(Mapper& mapper) {
    std::string_view const file = mapper.file();
    Walk& walk = mapper.walk;
    walk.media = "image/bmp";
    auto const number = [&](std::uint64_t at, std::size_t size) { return little_endian(file, at, size); };
    std::uint64_t const header = number(14, 4);
    bool const core = header < 16;
    auto const height = static_cast<std::int32_t>(core ? number(20, 2) : number(22, 4));
    walk.width = static_cast<std::uint32_t>(core ? number(18, 2) : number(18, 4));
    walk.height = height < 0 ? static_cast<std::uint32_t>(-static_cast<std::int64_t>(height))
                             : static_cast<std::uint32_t>(height);
    std::uint64_t const depth = number(core ? 24 : 28, 2), packing = core ? 0 : number(30, 4),
                        stored = core ? 0 : number(34, 4);
    std::uint64_t const pixels = number(10, 4);
    mapper.claim(0, 14 + std::min<std::uint64_t>(header, 1024), Owner::structure, "header");
    std::uint64_t at = 14 + std::min<std::uint64_t>(header, 1024);
    if (header == 40 && (packing == 3 || packing == 6)) {
        mapper.claim(at, packing == 3 ? 12 : 16, Owner::structure, "colour masks");
        at += packing == 3 ? 12 : 16;
    }
    std::uint64_t const declared = core ? 0 : number(46, 4);
    std::uint64_t const colours = declared != 0 ? std::min<std::uint64_t>(declared, 256)
                                  : depth <= 8  ? 1ull << depth
                                                : 0;
    std::uint64_t const palette = std::min(colours * (core ? 3 : 4), pixels > at ? pixels - at : 0);
    mapper.claim(at, palette, Owner::structure, "palette");
    at += palette;
    bool const plain = packing == 0 || packing == 3 || packing == 6;
    std::uint64_t const row = (std::uint64_t{walk.width} * depth + 31) / 32 * 4;
    // Run lengths end where they say; embedded JPEG and PNG as well.
    std::uint64_t const size = !plain
                                   ? (stored != 0 ? stored : file.size() - std::min<std::uint64_t>(pixels, file.size()))
                               : walk.height == 0 || row < (1ull << 40) / walk.height ? row * walk.height
                                                                                      : ~0ull >> 1;
    if (pixels >= at && pixels < file.size()) {
        mapper.claim(at, pixels - at, Owner::unknown, "between header and pixels");
        mapper.claim(pixels, size, Owner::picture, "pixels");
        walk.pictures = 1;
    }
    if (pixels < at || pixels >= file.size() || size > file.size() - pixels)
        mapper.trouble(Cause::malformed, "its pixels are cut short");
    at = std::max(at, size < file.size() && pixels < file.size() ? std::min<std::uint64_t>(pixels + size, file.size())
                                                                 : file.size());
    if (header >= 124 && number(14 + 116, 4) != 0) {
        std::uint64_t const profile = 14 + number(14 + 112, 4), bytes = number(14 + 116, 4);
        if (profile >= at && profile < file.size()) {
            mapper.keep(Owner::structure, Piece::What::icc, "ICC profile", profile, bytes);
            walk_trailer(mapper, at, profile);
            at = profile + std::min<std::uint64_t>(bytes, file.size() - profile);
        }
    }
    // Rounded up to a multiple of 4 by some writers.
    walk_trailer(mapper, at, file.size());
}

}  // namespace keepmum
