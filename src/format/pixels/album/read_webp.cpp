// WebP by libwebp: stills, and animations as a viewer shows them frame by frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <webp/decode.h>
#include <webp/demux.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/orientation.h"

namespace keepmum {

namespace {

std::optional<Trouble> decode(std::string_view bytes, Raster& raster) {
    auto const* const data = reinterpret_cast<std::uint8_t const*>(bytes.data());
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK || features.width <= 0 || features.height <= 0) {
        return Trouble{Cause::malformed, "not a WebP picture that can be decoded"};
    }
    raster.width = static_cast<std::uint32_t>(features.width);
    raster.height = static_cast<std::uint32_t>(features.height);
    raster.channels = features.has_alpha ? 4 : 3;
    if (std::optional<Trouble> trouble = check_size(raster.width, raster.height, most_pixels_held)) return trouble;
    raster.samples.resize(raster.row_size() * raster.height);
    auto const stride = static_cast<int>(raster.row_size());
    bool const good = features.has_alpha ? WebPDecodeRGBAInto(data, bytes.size(), raster.samples.data(), raster.samples.size(),
        stride) != nullptr
                                         : WebPDecodeRGBInto(data, bytes.size(), raster.samples.data(), raster.samples.size(),
                                             stride) != nullptr;
    if (!good) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    return {};
}

std::string_view fragment(WebPIterator const& frame) { return {reinterpret_cast<char const*>(frame.fragment.bytes), frame.fragment.size}; }

std::optional<Trouble> play(WebPDemuxer* demuxer, Album& album) {
    album.kind = Album::Kind::animation;
    album.width = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH);
    album.height = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT);
    album.loops = WebPDemuxGetI(demuxer, WEBP_FF_LOOP_COUNT);
    if (std::optional<Trouble> trouble = check_size(album.width, album.height, most_pixels_held)) return trouble;
    std::uint64_t const size = std::uint64_t{album.width} * album.height * 4;
    std::uint64_t held = 2 * size;
    Playback playback(album.width, album.height, 1);
    WebPIterator frame{};
    for (int more = WebPDemuxGetFrame(demuxer, 1, &frame); more != 0; more = WebPDemuxNextFrame(&frame)) {
        std::optional<Trouble> trouble = check_held(held, size);
        held += size;
        Raster raster;
        if (!trouble) trouble = decode(fragment(frame), raster);
        if (trouble) {
            WebPDemuxReleaseIterator(&frame);
            return trouble;
        }
        Box const box{static_cast<std::uint32_t>(frame.x_offset), static_cast<std::uint32_t>(frame.y_offset), raster.width, raster.height};
        playback.draw(raster, box.left, box.top, frame.blend_method == WEBP_MUX_BLEND ? Playback::Blend::over : Playback::Blend::source);
        Frame shown;
        shown.raster = playback.shown();
        shown.delay = static_cast<std::uint32_t>(std::max(frame.duration, 0));
        album.frames.push_back(std::move(shown));
        playback.dispose(frame.dispose_method == WEBP_MUX_DISPOSE_BACKGROUND ? Dispose::clear : Dispose::keep, box);
    }
    WebPDemuxReleaseIterator(&frame);
    if (album.frames.size() != WebPDemuxGetI(demuxer, WEBP_FF_FRAME_COUNT)) return Trouble{Cause::malformed,
        "damaged or cut short: frames are missing"};
    return {};
}

std::string chunk(WebPDemuxer* demuxer, char const* name) {
    WebPChunkIterator found{};
    std::string out;
    if (WebPDemuxGetChunk(demuxer, name, 1, &found)) out.assign(reinterpret_cast<char const*>(found.chunk.bytes), found.chunk.size);
    WebPDemuxReleaseChunkIterator(&found);
    return out;
}

std::optional<Trouble> read(WebPDemuxer* demuxer, Album& album) {
    bool const animated = (WebPDemuxGetI(demuxer, WEBP_FF_FORMAT_FLAGS) & ANIMATION_FLAG) != 0;
    WebPIterator first{};
    std::optional<Trouble> trouble;
    if (animated) {
        trouble = play(demuxer, album);
    } else if (WebPDemuxGetFrame(demuxer, 1, &first)) {
        album.frames.emplace_back();
        trouble = decode(fragment(first), album.frames.back().raster);
    }
    WebPDemuxReleaseIterator(&first);
    if (trouble) return trouble;
    if (album.frames.empty()) return Trouble{Cause::malformed, "a WebP file without a frame"};
    std::string const profile = chunk(demuxer, "ICCP"), exif = chunk(demuxer, "EXIF");
    using namespace std::string_view_literals;
    std::string_view const plain = std::string_view(exif).starts_with("Exif\0\0"sv) ? std::string_view(exif).substr(6) : exif;
    for (Frame& frame : album.frames) {
        frame.colours.icc = profile;
        frame.orientation = animated ? 1 : orientation_of(plain);
    }
    return {};
}

}  // namespace

std::optional<Trouble> read_webp(std::string_view bytes, Album& album) {
    WebPData const whole{reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()};
    WebPDemuxer* const demuxer = WebPDemux(&whole);
    if (!demuxer) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    std::optional<Trouble> trouble = read(demuxer, album);
    WebPDemuxDelete(demuxer);
    return trouble;
}

}  // namespace keepmum
