// Pictures out of what an editor left behind the end of the one it saved (CVE-2023-21036, "aCropalypse").
//
// Tools that cut a screenshot and wrote it over the old file without shortening that left the old
// file's tail standing. It holds the rest of the old picture, less its beginning: how wide it was,
// where its codes begin, all that is gone. Each is found again by trying, and only what explains the
// tail to its last byte is believed. So there are two levels: "trailing picture data", which looks like
// the tail of a picture, and "cropped away", which is one that anybody can look at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "format/photo/mapper.h"

namespace keepmum {

// Rows that were found again, to the old picture's last one; the rows above them are lost.
struct Recovered {
    std::uint32_t width = 0, height = 0;
    std::string rgb;
};

// `tail` is what stands behind IEND; `width` the visible picture's, which is no more than the old
// one's; `pixel` its bytes a pixel. Makes at most `most` bytes. Linear in the tail, with a large factor
// in its first megabytes.
std::optional<Recovered> recover_png_tail(std::string_view tail, std::uint32_t width, unsigned pixel, std::uint64_t most);

// `tail` is what stands behind the end mark; `code_size` what the visible picture's data begins with,
// `palette` its colours.
std::optional<Recovered> recover_gif_tail(std::string_view tail, std::uint32_t width, unsigned code_size,
                                          std::string_view palette, std::uint64_t most);

// Bytes of a GIF's codes, sub-blocks joined, up to its end code; all of them where it has none.
std::uint64_t gif_data_end(std::string_view codes, unsigned code_size);

// Claims what stands from `begin` to the end of the file, where it is the tail of an older picture;
// false, and nothing claimed, where it is not.
bool claim_png_tail(Mapper& mapper, std::uint64_t begin, unsigned pixel);
bool claim_gif_tail(Mapper& mapper, std::uint64_t begin, unsigned code_size, std::string_view palette);

}  // namespace keepmum
