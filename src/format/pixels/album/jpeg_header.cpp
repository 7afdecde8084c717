// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/jpeg_header.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/orientation.h"

namespace keepmum {

void keep_markers(jpeg_decompress_struct& state) {
    jpeg_save_markers(&state, JPEG_APP0 + 1, 0xFFFF);
    jpeg_save_markers(&state, JPEG_APP0 + 2, 0xFFFF);
}

std::uint32_t orientation_in(jpeg_decompress_struct const& state) {
    using namespace std::string_view_literals;
    for (jpeg_saved_marker_ptr marker = state.marker_list; marker; marker = marker->next) {
        std::string_view const data(reinterpret_cast<char const*>(marker->data), marker->data_length);
        if (marker->marker == JPEG_APP0 + 1 && data.starts_with("Exif\0"sv) && data.size() >= 6) return orientation_of(data.substr(6));
    }
    return 1;
}

Sampling sampling_of(jpeg_decompress_struct const& state) {
    return {static_cast<std::uint32_t>(state.max_h_samp_factor), static_cast<std::uint32_t>(state.max_v_samp_factor)};
}

std::string profile_in(jpeg_decompress_struct& state) {
    JOCTET* profile = nullptr;
    unsigned int size = 0;
    if (jpeg_read_icc_profile(&state, &profile, &size) == FALSE) return "";
    std::string out(reinterpret_cast<char const*>(profile), size);
    std::free(profile);
    return out;
}

bool is_in_srgb(jpeg_decompress_struct& state) {
    std::string const profile = profile_in(state);
    return profile.empty() || (state.num_components == 3 && is_srgb(profile));
}

bool has_our_sampling(jpeg_decompress_struct const& state) {
    if (state.data_precision != 8) return false;
    jpeg_component_info const* const parts = state.comp_info;
    auto const has = [&](int part, int most) { return parts[part].h_samp_factor <= most && parts[part].v_samp_factor <= most; };
    if (state.num_components == 1) return state.jpeg_color_space == JCS_GRAYSCALE && has(0, 1);
    return state.num_components == 3 && state.jpeg_color_space == JCS_YCbCr && has(0, 2) && has(1, 1) && has(2, 1);
}

}  // namespace keepmum
