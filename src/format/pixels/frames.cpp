// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/frames.h"

#include <bit>
#include <variant>
#include <vector>

#include "format/pixels/album/album.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/paper.h"

namespace keepmum {

namespace {

std::vector<std::uint8_t> over_paper(Raster const& shown) {
    std::vector<std::uint8_t> rgba(std::size_t{shown.width} * shown.height * 4), rgb(rgba.size() / 4 * 3);
    // Of 16 bits the high byte, which this machine has last or first.
    std::size_t const high = shown.depth == 1 || std::endian::native == std::endian::big ? 0 : 1;
    for (std::size_t i = 0; i < rgba.size(); ++i) rgba[i] = shown.samples[i * shown.depth + high];
    std::uint8_t const paper = paper_under(rgba);
    for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = lay_over(paper, rgba[i / 3 * 4 + i % 3], rgba[i / 3 * 4 + 3]);
    return rgb;
}

void put(Raster const& size, std::vector<std::uint8_t> const& rgb, std::uint32_t page, Canvas& canvas) {
    std::size_t const row = std::size_t{size.width} * 3;
    canvas.begin(size.width, size.height, page);
    for (std::size_t y = 0; y < size.height; ++y) canvas.row({&rgb[y * row], row});
    canvas.end();
}

// Shows `take` each picture behind the first that is another than the one before.
template <class Take>
void play(Album const& album, Take const& take) {
    // A PNG may show another picture to those who know no animations: then the first frame has not been given.
    bool const first_given = album.left_out.empty() || album.media != "image/png";
    auto const blend = album.media == "image/gif" ? Playback::Blend::over : Playback::Blend::source;
    Playback playback(album.width, album.height, album.frames.front().raster.depth);
    std::vector<std::uint8_t> before;
    for (Frame const& frame : album.frames) {
        playback.draw(frame.raster, frame.left, frame.top, blend);
        std::vector<std::uint8_t> now = over_paper(playback.shown());
        bool const is_first = &frame == &album.frames.front();
        if (now != before && !(is_first && first_given)) take(playback.shown(), now);
        before = std::move(now);
        playback.dispose(frame.dispose, {frame.left, frame.top, frame.raster.width, frame.raster.height});
    }
}

}  // namespace

std::optional<Trouble> decode_later_frames(std::string_view bytes, Canvas& canvas) {
    std::variant<Album, Trouble> read = read_album(bytes);
    if (Trouble const* const trouble = std::get_if<Trouble>(&read)) return *trouble;
    Album const& album = std::get<Album>(read);
    if (album.kind != Album::Kind::animation) return {};
    std::uint32_t pages = 1;
    play(album, [&](Raster const&, std::vector<std::uint8_t> const&) { ++pages; });
    if (pages > most_frames) return Trouble{Cause::unsupported, "a film: only its first picture was looked at"};
    std::uint32_t page = 1;
    play(album, [&](Raster const& shown, std::vector<std::uint8_t> const& rgb) { put(shown, rgb, ++page, canvas); });
    return {};
}

bool is_animated_png(std::string_view png) {
    constexpr std::size_t signature = 8, head = 8, check = 4;
    for (std::size_t at = signature; at + head <= png.size();) {
        std::string_view const type = png.substr(at + 4, 4);
        if (type == "acTL") return true;
        if (type == "IDAT") return false;
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(png[at + i]);
        at += head + size + check;
    }
    return false;
}

}  // namespace keepmum
