// Files of formats for which no encoder is at hand, put together byte by byte, each with something hidden in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

std::string big(std::uint64_t value, std::size_t size);
std::string little(std::uint64_t value, std::size_t size);
std::string make_box(std::string_view type, std::string const& body);
std::string make_segment(unsigned marker, std::string const& body);  // JPEG
std::string make_chunk(std::string_view type, std::string const& body);  // PNG

// A TIFF structure with a make, and a second directory whose thumbnail is `thumbnail`.
std::string make_exif(std::string const& thumbnail);
// A picture of 64 × 48 with clap, a thumbnail item, Exif, XMP, text left in free, unclaimed bytes in mdat.
std::string make_heif();
// A film of ten seconds, one of which its edit list shows; dates, udta, unclaimed bytes in mdat.
std::string make_film();
// Boxes with Exif packed by Brotli and a box of no known kind.
std::string make_jxl();
// 4 × 3 pixels and a layer of 2 × 2 called "secret".
std::string make_psd();
std::string make_flac();
std::string make_mp3();
std::string make_matroska();
// All of the above and of the formats that have encoders.
std::vector<std::string> make_all();

}  // namespace keepmum
