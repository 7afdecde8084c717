// The walkers, one a format, and what several of them share.
//
// Each claims what its format owns; the dispatcher (walk.cpp) settles the rest. None trusts a length,
// each ends where its format ends and leaves what stands behind to walk_trailer().
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "format/photo/mapper.h"

namespace keepmum {

void walk_jpeg(Mapper& mapper);  // ITU-T T.81, JFIF, Exif, MPF (CIPA DC-007)
void walk_png(Mapper& mapper);   // PNG, W3C, third edition, with APNG
void walk_gif(Mapper& mapper);   // GIF87a, GIF89a
void walk_riff(Mapper& mapper);  // RIFF: WebP (RFC 9649), WAVE, AVI
void walk_bmp(Mapper& mapper);   // BITMAPCOREHEADER, BITMAPINFOHEADER and successors
void walk_pnm(Mapper& mapper);   // Netpbm PBM, PGM, PPM, PAM; PFM
void walk_tiff(Mapper& mapper);  // TIFF 6.0, BigTIFF, raw files that are TIFF
bool is_tiff(std::string_view bytes);
void walk_bmff(Mapper& mapper);  // ISO 14496-12: MP4, MOV, HEIF, AVIF, CR3
bool is_bmff(std::string_view bytes);
void walk_jxl(Mapper& mapper);       // ISO 18181-2
void walk_raf(Mapper& mapper);       // Fujifilm raw
void walk_psd(Mapper& mapper);       // Adobe Photoshop file formats
void walk_mp3(Mapper& mapper);       // ISO 11172-3, ID3, APE
void walk_flac(Mapper& mapper);      // RFC 9639
// Bytes of the MPEG sound frame with that header; 0 where it is none. Layers I to III of MPEG 1, 2 and 2.5.
std::uint64_t mpeg_frame_size(std::uint32_t header);
// Bytes of the FLAC frame header at `at`, with its CRC-8; 0 where none stands there.
std::uint64_t flac_header_size(std::string_view file, std::uint64_t at);
void walk_matroska(Mapper& mapper);  // RFC 9559
void walk_svg(Mapper& mapper);       // SVG, W3C

// What stands from `begin` to `end` stands behind the end of the picture. What it is is told by its own
// marks (a film of a motion photo, Samsung's directory, AFCP, a second picture, an archive …); what has
// none is unknown.
void walk_trailer(Mapper& mapper, std::uint64_t begin, std::uint64_t end);

// Bytes of the JPEG, PNG or RIFF file that begins at `offset`, up to its end mark; 0 where none does or
// it has no end.
std::uint64_t picture_size_at(std::string_view file, std::uint64_t offset);

// Claims a TIFF structure with Exif from `offset` of the file: metadata, and in it the thumbnail and
// makers' previews.
void map_exif(Mapper& mapper, std::uint64_t offset, std::uint64_t size);

// Photoshop's resource blocks, which begin at `offset` of the file: claims them; IPTC, thumbnails and
// the like in them become pieces.
void map_photoshop(Mapper& mapper, std::uint64_t offset, std::uint64_t size);

// Thumbnails and pictures that an XMP packet carries as base64 (xmp:Thumbnails, GImage, GDepth), as pieces.
void find_xmp_pictures(Mapper& mapper, std::string_view packet, std::uint64_t offset, std::uint64_t stored);

// Thumbnails in a C2PA store (JUMBF, ISO 19566-5) and the store itself as pieces; nothing is claimed.
// `store` is the store put together, which may stand in several places of the file.
void map_c2pa(Mapper& mapper, std::string_view store, std::uint64_t offset, std::uint64_t stored);

}  // namespace keepmum
