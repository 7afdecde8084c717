// JPEG by libjpeg-turbo, at full size and in its own number of colours.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/jpeg_errors.h"
#include "format/pixels/album/jpeg_header.h"

namespace keepmum {

void jump_out(jpeg_common_struct* state) {
    auto& fate = *static_cast<JpegFate*>(state->client_data);
    fate.failed = state->err->msg_code;
    std::longjmp(fate.out, 1);
}

void weigh_message(jpeg_common_struct* state, int level) {
    if (level >= 0) return;
    // Bytes between segments and odd markers cost no pixel; a missing end costs none where every row was there.
    constexpr int harmless[] = {JWRN_EXTRANEOUS_DATA, JWRN_ADOBE_XFORM, JWRN_JFIF_MAJOR, JWRN_JPEG_EOF, JWRN_BOGUS_ICC};
    bool const lost = std::find(std::begin(harmless), std::end(harmless), state->err->msg_code) == std::end(harmless);
    if (lost) static_cast<JpegFate*>(state->client_data)->lost = true;
}

namespace {

struct Reader {
    JpegFate fate;
    jpeg_error_mgr errors;
    jpeg_decompress_struct state;
    std::optional<Trouble> trouble;
    Frame* frame = nullptr;
};

// Holds nothing that needs a destructor: it is jumped into.
void decode(Reader& reader, std::string_view bytes) {
    if (setjmp(reader.fate.out) != 0) return;
    jpeg_decompress_struct& state = reader.state;
    jpeg_create_decompress(&state);
    jpeg_mem_src(&state, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    keep_markers(state);
    jpeg_read_header(&state, TRUE);
    Raster& raster = reader.frame->raster;
    raster.width = state.image_width;
    raster.height = state.image_height;
    raster.channels = state.num_components == 1 ? 1 : state.num_components == 4 ? 4 : 3;
    reader.trouble = check_size(raster.width, raster.height, most_pixels);
    if (!reader.trouble) reader.trouble = check_held(0, std::uint64_t{raster.row_size()} * raster.height);
    if (reader.trouble) return;
    reader.frame->orientation = orientation_in(state);
    reader.frame->colours.icc = profile_in(state);
    reader.frame->colours.inks = raster.channels == 4;
    state.out_color_space = raster.channels == 1 ? JCS_GRAYSCALE : raster.channels == 4 ? JCS_CMYK : JCS_RGB;
    state.dct_method = JDCT_ISLOW;
    raster.samples.resize(raster.row_size() * raster.height);
    jpeg_start_decompress(&state);
    while (state.output_scanline < state.output_height) {
        JSAMPROW row = raster.row(state.output_scanline);
        jpeg_read_scanlines(&state, &row, 1);
    }
    bool const one_pass = state.progressive_mode == FALSE;
    jpeg_finish_decompress(&state);
    // What a later scan would have refined cannot be known where the end is missing.
    if (!one_pass && reader.errors.num_warnings > 0) reader.fate.lost = true;
}

}  // namespace

std::optional<Trouble> read_jpeg(std::string_view bytes, Album& album) {
    Reader reader;
    album.frames.emplace_back();
    reader.frame = &album.frames.back();
    reader.state = {};
    reader.state.err = jpeg_std_error(&reader.errors);
    reader.errors.error_exit = jump_out;
    reader.errors.emit_message = weigh_message;
    reader.state.client_data = &reader.fate;
    decode(reader, bytes);
    jpeg_destroy_decompress(&reader.state);
    if (reader.trouble) return reader.trouble;
    if (reader.fate.failed == JERR_OUT_OF_MEMORY) return Trouble{Cause::too_big, "more memory needed than the limit allows"};
    constexpr int rare[] = {JERR_ARITH_NOTIMPL, JERR_SOF_UNSUPPORTED, JERR_CONVERSION_NOTIMPL, JERR_BAD_PRECISION};
    if (std::find(std::begin(rare), std::end(rare), reader.fate.failed) != std::end(rare)) {
        return Trouble{Cause::unsupported, "a rare kind of JPEG"};
    }
    if (reader.fate.failed != 0) return Trouble{Cause::malformed, "not a JPEG picture that can be decoded"};
    if (reader.fate.lost) return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
    return {};
}

}  // namespace keepmum
