// WebP by libwebp; of an animation, the first frame here, and what it shows behind that in frames.cpp.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include <webp/decode.h>
#include <webp/demux.h>

#include "format/pixels/decode.h"
#include "format/pixels/frames.h"
#include "format/pixels/paper.h"

namespace keepmum {

namespace {

std::optional<Trouble> decode_frame(std::string_view bytes, std::uint32_t page, Canvas& canvas) {
    auto const* const data = reinterpret_cast<std::uint8_t const*>(bytes.data());
    int width = 0, height = 0;
    if (WebPGetInfo(data, bytes.size(), &width, &height) == 0 || width <= 0 || height <= 0) {
        return Trouble{Cause::malformed, "not a WebP picture that can be decoded"};
    }
    auto const w = static_cast<std::uint32_t>(width), h = static_cast<std::uint32_t>(height);
    if (std::optional<Trouble> trouble = check_size(w, h, most_pixels_held)) return trouble;
    std::size_t const row = std::size_t{w} * 4;
    std::vector<std::uint8_t> pixels(row * h);
    if (!WebPDecodeRGBAInto(data, bytes.size(), pixels.data(), pixels.size(), static_cast<int>(row))) {
        return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    }
    put_over_paper(pixels, w, page, canvas);
    return {};
}

}  // namespace

std::optional<Trouble> decode_webp(std::string_view bytes, Canvas& canvas) {
    WebPBitstreamFeatures features;
    auto const* const data = reinterpret_cast<std::uint8_t const*>(bytes.data());
    if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK) {
        return Trouble{Cause::malformed, "not a WebP picture that can be decoded"};
    }
    if (!features.has_animation) return decode_frame(bytes, 0, canvas);
    WebPData const whole{data, bytes.size()};
    WebPDemuxer* const demuxer = WebPDemux(&whole);
    WebPIterator frame{};
    std::optional<Trouble> trouble = Trouble{Cause::malformed, "an animation without a frame that can be decoded"};
    if (demuxer && WebPDemuxGetFrame(demuxer, 1, &frame)) {
        trouble = decode_frame({reinterpret_cast<char const*>(frame.fragment.bytes), frame.fragment.size}, 1, canvas);
        WebPDemuxReleaseIterator(&frame);
    }
    WebPDemuxDelete(demuxer);
    return trouble ? trouble : decode_later_frames(bytes, canvas);
}

}  // namespace keepmum
