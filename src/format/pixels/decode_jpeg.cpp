// JPEG by libjpeg-turbo. Its errors jump out of the middle of the library, so what must be released lies
// outside of the function that is jumped into.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

#include "format/pixels/decode.h"

namespace keepmum {

namespace {

struct Jpeg {
    jpeg_error_mgr errors;
    std::jmp_buf out;
    int failed = 0;  // the library's number of what went wrong
    jpeg_decompress_struct state;
    std::vector<std::uint8_t> samples, rgb;
    bool begun = false;
    std::optional<Trouble> trouble;
};

void jump_out(j_common_ptr state) {
    auto& jpeg = *static_cast<Jpeg*>(state->client_data);
    jpeg.failed = state->err->msg_code;
    std::longjmp(jpeg.out, 1);
}

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
    if (setjmp(jpeg.out) != 0) return;
    jpeg_decompress_struct& state = jpeg.state;
    jpeg_create_decompress(&state);
    jpeg_mem_src(&state, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    jpeg_read_header(&state, TRUE);
    jpeg.trouble = check_size(state.image_width, state.image_height, most_pixels);
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
    jpeg.state.err = jpeg_std_error(&jpeg.errors);
    jpeg.errors.error_exit = jump_out;
    jpeg.errors.output_message = [](j_common_ptr) {};
    jpeg.state.client_data = &jpeg;
    decode(jpeg, bytes, canvas);
    bool const guessed = jpeg.errors.num_warnings > 0;
    if (jpeg.begun) canvas.end();
    jpeg_destroy_decompress(&jpeg.state);
    if (jpeg.trouble) return jpeg.trouble;
    if (jpeg.failed == JERR_OUT_OF_MEMORY) return Trouble{Cause::too_big, "more memory needed than the limit allows"};
    constexpr int rare[] = {JERR_ARITH_NOTIMPL, JERR_SOF_UNSUPPORTED, JERR_CONVERSION_NOTIMPL, JERR_BAD_PRECISION};
    if (std::find(std::begin(rare), std::end(rare), jpeg.failed) != std::end(rare)) {
        return Trouble{Cause::unsupported, "a rare kind of JPEG"};
    }
    if (jpeg.failed != 0) return Trouble{Cause::malformed, "not a JPEG picture that can be decoded"};
    if (guessed) return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
    return {};
}

}  // namespace keepmum
