// RAF, Fujifilm's raw photos.
//
//   "FUJIFILMCCD-RAW " (16) · version (4) · camera's number (8) · camera's name (32) · version (4) · unknown (20)
//   JPEG: offset, size (4 each) · head of the sensor's data: offset, size · sensor's data: offset, size · further ones of some models
//
// Big-endian. No standard: as LibRaw and exiftool read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/walkers.h"

namespace keepmum {

void walk_raf(Mapper& mapper) {
    constexpr std::uint64_t tables = 84;
    std::string_view const file = mapper.file();
    mapper.walk.media = "image/x-fujifilm-raf";
    mapper.walk.pictures = 1;
    std::uint64_t const preview = big_endian(file, tables, 4), preview_size = big_endian(file, tables + 4, 4);
    // What stands between the table and the preview are offsets of further parts, or zeroes.
    std::uint64_t const first = preview >= tables + 8 && preview <= 512 ? preview : tables + 24;
    mapper.claim(0, std::min<std::uint64_t>(first, file.size()), Owner::structure, "header");
    if (preview_size > 0) mapper.keep(Owner::hidden_picture, Piece::What::picture, "preview", preview, preview_size);
    std::uint64_t const head = big_endian(file, tables + 8, 4), head_size = big_endian(file, tables + 12, 4);
    mapper.keep(Owner::metadata, Piece::What::other, "settings of the sensor", head, head_size);
    std::uint64_t const light = big_endian(file, tables + 16, 4), light_size = big_endian(file, tables + 20, 4);
    mapper.claim(light, light_size, Owner::picture, "sensor's data");
    if (file.size() < tables + 24 || light >= file.size() || light_size > file.size() - light)
        mapper.trouble(Cause::malformed, "the sensor's data are cut short");
}

}  // namespace keepmum
