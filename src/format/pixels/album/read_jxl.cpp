// JPEG XL by libjxl: the picture upright, in 8 bits, with the profile of what the decoder gives (ISO/IEC 18181).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <jxl/decode.h>

#include "format/pixels/album/album.h"

namespace keepmum {

namespace {

struct Destroyer {
    void operator()(JxlDecoder* decoder) const { JxlDecoderDestroy(decoder); }
};
using Decoder = std::unique_ptr<JxlDecoder, Destroyer>;

std::optional<Trouble> begin(JxlDecoder* decoder, Album& album, JxlPixelFormat& format) {
    JxlBasicInfo info;
    if (JxlDecoderGetBasicInfo(decoder, &info) != JXL_DEC_SUCCESS) return Trouble{Cause::malformed,
        "damaged or cut short: the picture cannot be decoded"};
    if (info.have_animation) return Trouble{Cause::unsupported, "a rare kind of JPEG XL: an animation"};
    Raster& raster = album.frames.back().raster;
    raster.width = info.xsize;
    raster.height = info.ysize;
    raster.channels = (info.num_color_channels == 1 ? 1u : 3u) + (info.alpha_bits > 0 ? 1u : 0u);
    if (std::optional<Trouble> trouble = check_size(raster.width, raster.height, most_pixels_held)) return trouble;
    if (std::optional<Trouble> trouble = check_held(0, std::uint64_t{raster.row_size()} * raster.height)) return trouble;
    if (info.bits_per_sample > 8) album.left_out.push_back("shades beyond 8 bits a colour");
    if (info.num_extra_channels > (info.alpha_bits > 0 ? 1u : 0u)) album.left_out.push_back("further channels of the picture");
    format = {raster.channels, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    album.media = raster.has_alpha() ? "image/png" : "image/jpeg";
    return {};
}

void read_profile(JxlDecoder* decoder, JxlPixelFormat const& format, Colours& colours) {
    std::size_t size = 0;
    if (JxlDecoderGetICCProfileSize(decoder, &format, JXL_COLOR_PROFILE_TARGET_DATA, &size) != JXL_DEC_SUCCESS || size > 16u << 20) return;
    colours.icc.resize(size);
    auto* const bytes = reinterpret_cast<std::uint8_t*>(colours.icc.data());
    if (JxlDecoderGetColorAsICCProfile(decoder, &format, JXL_COLOR_PROFILE_TARGET_DATA, bytes,
        size) != JXL_DEC_SUCCESS) colours.icc.clear();
}

}  // namespace

std::optional<Trouble> read_jxl(std::string_view bytes, Album& album) {
    Trouble const damaged{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    Decoder const decoder(JxlDecoderCreate(nullptr));
    if (!decoder) return Trouble{Cause::too_big, "more pixels than are decoded"};
    JxlDecoderSubscribeEvents(decoder.get(), JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | JXL_DEC_FULL_IMAGE);
    JxlDecoderSetInput(decoder.get(), reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    JxlDecoderCloseInput(decoder.get());
    album.frames.emplace_back();
    Raster& raster = album.frames.back().raster;
    JxlPixelFormat format{};
    bool whole = false;
    // Each turn is one event of those asked for, so there are few; a decoder that goes on for ever is stopped all the same.
    for (int turn = 0; turn < 1000; ++turn) {
        JxlDecoderStatus const status = JxlDecoderProcessInput(decoder.get());
        if (status == JXL_DEC_SUCCESS) break;
        if (status == JXL_DEC_BASIC_INFO) {
            if (std::optional<Trouble> trouble = begin(decoder.get(), album, format)) return trouble;
        } else if (status == JXL_DEC_COLOR_ENCODING) {
            read_profile(decoder.get(), format, album.frames.back().colours);
        } else if (status == JXL_DEC_NEED_IMAGE_OUT_BUFFER) {
            std::size_t size = 0;
            if (JxlDecoderImageOutBufferSize(decoder.get(), &format, &size) != JXL_DEC_SUCCESS
                || size != raster.row_size() * raster.height) return damaged;
            raster.samples.resize(size);
            if (JxlDecoderSetImageOutBuffer(decoder.get(), &format, raster.samples.data(), size) != JXL_DEC_SUCCESS) return damaged;
        } else if (status == JXL_DEC_FULL_IMAGE) {
            whole = true;
        } else {
            return damaged;
        }
    }
    if (!whole || raster.samples.empty()) return damaged;
    return {};
}

}  // namespace keepmum
