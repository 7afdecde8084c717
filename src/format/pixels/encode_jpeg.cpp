// JPEG by libjpeg-turbo. Its errors jump out of the middle of the library, so what must be released lies
// outside of the function that is jumped into.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>

#include "format/pixels/encode.h"

namespace keepmum {

namespace {

constexpr int quality = 80;

struct Writing {
    jpeg_error_mgr errors;
    std::jmp_buf out;
    jpeg_compress_struct state;
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    bool whole = false;
};

void write(Writing& writing, std::vector<unsigned char>& samples, std::uint32_t width, std::uint32_t height) {
    if (setjmp(writing.out) != 0) return;
    jpeg_compress_struct& state = writing.state;
    jpeg_create_compress(&state);
    jpeg_mem_dest(&state, &writing.bytes, &writing.size);
    state.image_width = width;
    state.image_height = height;
    state.input_components = 3;
    state.in_color_space = JCS_RGB;
    jpeg_set_defaults(&state);
    jpeg_set_quality(&state, quality, TRUE);
    jpeg_start_compress(&state, TRUE);
    while (state.next_scanline < height) {
        JSAMPROW row = samples.data() + std::size_t{3} * width * state.next_scanline;
        jpeg_write_scanlines(&state, &row, 1);
    }
    jpeg_finish_compress(&state);
    writing.whole = true;
}

}  // namespace

std::string encode_jpeg(std::string_view rgb, std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0 || rgb.size() != std::size_t{3} * width * height) return "";
    std::vector<unsigned char> samples(rgb.begin(), rgb.end());
    Writing writing;
    writing.state = {};
    writing.state.err = jpeg_std_error(&writing.errors);
    writing.errors.error_exit = [](j_common_ptr state) { std::longjmp(static_cast<Writing*>(state->client_data)->out, 1); };
    writing.errors.output_message = [](j_common_ptr) {};
    writing.state.client_data = &writing;
    write(writing, samples, width, height);
    jpeg_destroy_compress(&writing.state);
    std::string out;
    if (writing.whole) out.assign(reinterpret_cast<char const*>(writing.bytes), writing.size);
    std::free(writing.bytes);
    return out;
}

}  // namespace keepmum
