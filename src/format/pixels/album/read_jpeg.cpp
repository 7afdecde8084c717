// JPEG by libjpeg-turbo, at full size and in its own number of colours.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include <jpeglib.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/jpeg_header.h"
#include "format/pixels/album/jpeg_source.h"

namespace keepmum {

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
    open_jpeg(state, bytes);
    Raster& raster = reader.frame->raster;
    raster.width = state.image_width;
    raster.height = state.image_height;
    raster.channels = state.num_components == 1 ? 1 : state.num_components == 4 ? 4 : 3;
    reader.trouble = check_size(raster.width, raster.height, most_pixels);
    if (!reader.trouble) reader.trouble = check_held(0, std::uint64_t{raster.row_size()} * raster.height);
    if (reader.trouble) return;
    reader.frame->orientation = orientation_in(state);
    if (has_our_sampling(state)) reader.frame->sampling = sampling_of(state);
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
    jpeg_finish_decompress(&state);
    reader.fate.lost = is_lost(state);
}

}  // namespace

std::optional<Trouble> read_jpeg(std::string_view bytes, Album& album) {
    Reader reader;
    album.frames.emplace_back();
    reader.frame = &album.frames.back();
    reader.state = {};
    watch(reinterpret_cast<j_common_ptr>(&reader.state), reader.errors, reader.fate);
    decode(reader, bytes);
    jpeg_destroy_decompress(&reader.state);
    if (reader.trouble) return reader.trouble;
    if (std::optional<Trouble> trouble = trouble_of(reader.fate)) return trouble;
    if (reader.fate.lost) return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
    return {};
}

}  // namespace keepmum
