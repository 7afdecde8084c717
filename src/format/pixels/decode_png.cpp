// PNG by libpng's simplified interface, which knows interlacing, palettes, depths and gamma, and never jumps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include <png.h>

#include "format/pixels/decode.h"
#include "format/pixels/frames.h"
#include "format/pixels/paper.h"

namespace keepmum {

std::optional<Trouble> decode_png(std::string_view bytes, Canvas& canvas) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        return Trouble{Cause::malformed, "not a PNG picture that can be decoded"};
    }
    std::size_t const channels = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0 ? 4 : 3;
    if (std::optional<Trouble> const trouble = check_size(image.width, image.height, most_pixels_held * 3 / channels)) {
        png_image_free(&image);
        return trouble;
    }
    image.format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    std::size_t const stored = std::size_t{image.width} * channels;
    std::vector<std::uint8_t> pixels(stored * image.height);
    bool const good = png_image_finish_read(&image, nullptr, pixels.data(), static_cast<png_int_32>(stored), nullptr) != 0;
    std::uint32_t const width = image.width, height = image.height;
    png_image_free(&image);
    if (!good) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    bool const animated = is_animated_png(bytes);
    if (channels == 4) {
        put_over_paper(pixels, width, animated ? 1 : 0, canvas);
    } else {
        canvas.begin(width, height, animated ? 1 : 0);
        for (std::size_t y = 0; y < height; ++y) canvas.row({&pixels[y * stored], stored});
        canvas.end();
    }
    return animated ? decode_later_frames(bytes, canvas) : std::nullopt;
}

}  // namespace keepmum
