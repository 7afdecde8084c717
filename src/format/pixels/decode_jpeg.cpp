// JPEG by libjpeg-turbo, row by row, in red, green and blue, at the size that is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include "format/pixels/album/jpeg_source.h"
#include "format/pixels/decode.h"

namespace keepmum {

namespace {

struct Jpeg {
    jpeg_error_mgr errors;
    JpegFate fate;
    jpeg_decompress_struct state;
    std::vector<std::uint8_t> samples, rgb;
    bool begun = false;
    std::optional<Trouble> trouble;
};

// A picture as large as is enough: the transform gives halves, quarters and eighths for less work.
void scale(jpeg_decompress_struct& state, std::uint32_t enough) {
    std::uint32_t const shorter = std::min(state.image_width, state.image_height);
    state.scale_num = 1;
    state.scale_denom = 1;
    while (enough > 0 && state.scale_denom < 8 && shorter / (state.scale_denom * 2) >= enough) state.scale_denom *= 2;
}

// Inks to light. Adobe writes inks inverted, and nobody else writes them.
void mix_inks(std::vector<std::uint8_t> const& inks, std::vector<std::uint8_t>& rgb) {
    for (std::size_t i = 0, pixels = rgb.size() / 3; i < pixels; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            rgb[i * 3 + c] = static_cast<std::uint8_t>(inks[i * 4 + c] * inks[i * 4 + 3] / 255);
        }
    }
}

// Whether nearly all of the picture is missing, as in files that were damaged on purpose: each block takes a bit at least, and there is not
// one for every eighth. Room for all of it, and rows of nothing, would take longer than all else that is done with the file.
bool is_empty_claim(jpeg_decompress_struct const& state, std::size_t bytes) {
    std::uint64_t blocks = 0;
    for (int c = 0; c < state.num_components; ++c) {
        blocks += std::uint64_t{state.comp_info[c].width_in_blocks} * state.comp_info[c].height_in_blocks;
    }
    return state.arith_code == FALSE && blocks / 64 > bytes;
}

void read_rows(Jpeg& jpeg, Canvas& canvas) {
    jpeg_decompress_struct& state = jpeg.state;
    while (state.output_scanline < state.output_height) {
        JSAMPROW row = state.out_color_space == JCS_CMYK ? jpeg.samples.data() : jpeg.rgb.data();
        jpeg_read_scanlines(&state, &row, 1);
        if (state.out_color_space == JCS_CMYK) mix_inks(jpeg.samples, jpeg.rgb);
        canvas.row(jpeg.rgb);
    }
}

// Holds nothing that needs a destructor: it is jumped into.
void decode(Jpeg& jpeg, std::string_view bytes, Canvas& canvas) {
    if (setjmp(jpeg.fate.out) != 0) return;
    jpeg_decompress_struct& state = jpeg.state;
    open_jpeg(state, bytes);
    jpeg.trouble = check_size(state.image_width, state.image_height, most_pixels);
    if (!jpeg.trouble && is_empty_claim(state, bytes.size())) {
        jpeg.trouble = Trouble{Cause::malformed, "damaged or cut short: nearly all of the picture is missing"};
    }
    if (jpeg.trouble) return;
    state.out_color_space = state.num_components == 4 ? JCS_CMYK : JCS_RGB;
    scale(state, canvas.enough_side());
    state.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&state);
    jpeg.samples.resize(std::size_t{state.output_width} * 4);
    jpeg.rgb.resize(std::size_t{state.output_width} * 3);
    if (state.scale_denom > 1) canvas.reduced_from(state.image_width, state.image_height);
    canvas.begin(state.output_width, state.output_height, 0);
    jpeg.begun = true;
    read_rows(jpeg, canvas);
}

}  // namespace

std::optional<Trouble> decode_jpeg(std::string_view bytes, Canvas& canvas) {
    Jpeg jpeg;
    jpeg.state = {};
    watch(reinterpret_cast<j_common_ptr>(&jpeg.state), jpeg.errors, jpeg.fate);
    decode(jpeg, bytes, canvas);
    bool const guessed = jpeg.errors.num_warnings > 0;
    if (jpeg.begun) canvas.end();
    jpeg_destroy_decompress(&jpeg.state);
    if (jpeg.trouble) return jpeg.trouble;
    if (std::optional<Trouble> trouble = trouble_of(jpeg.fate)) return trouble;
    if (guessed) return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
    return {};
}

}  // namespace keepmum
