// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/recording/recording.h"

#include "format/photo/walkers.h"
#include "format/pixels/heif/still.h"

namespace keepmum {

namespace {

// Two frames in a row, or tags and then whatever.
bool is_mp3(std::string_view file) {
    if (file.starts_with("ID3")) return true;
    auto const frame_at = [&](std::uint64_t at) {
        return mpeg_frame_size(static_cast<std::uint32_t>(big_endian(file, at, 4)));
    };
    std::uint64_t const first = frame_at(0);
    return first > 0 && (first == file.size() || frame_at(first) > 0);
}

}  // namespace

Rewriter rewriter_of(std::string_view file) {
    if (file.starts_with("RIFF") && part_of(file, 8, 4) == "WAVE") return rewrite_wav;
    if (file.starts_with("fLaC")) return rewrite_flac;
    bool const boxes = is_bmff(file) && !is_still(file) && part_of(file, 8, 4) != "crx ";
    if (boxes) return rewrite_film;
    if (is_mp3(file)) return rewrite_mp3;
    return nullptr;
}

}  // namespace keepmum
