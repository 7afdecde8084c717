// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/frames.h"

#include <bit>
#include <variant>
#include <vector>

#include "format/pixels/album/reshape.h"
#include "format/pixels/paper.h"

namespace keepmum {

namespace {

// As it is seen: of 16 bits the high byte, which this machine has last or first.
std::vector<std::uint8_t> seen(Raster const& shown) {
    if (shown.depth == 1) return over_paper(shown.samples);
    std::size_t const high = std::endian::native == std::endian::big ? 0 : 1;
    std::vector<std::uint8_t> rgba(shown.samples.size() / 2);
    for (std::size_t i = 0; i < rgba.size(); ++i) rgba[i] = shown.samples[2 * i + high];
    return over_paper(rgba);
}

void put(Raster const& size, std::vector<std::uint8_t> const& rgb, std::uint32_t page, Canvas& canvas) {
    std::size_t const row = std::size_t{size.width} * 3;
    canvas.begin(size.width, size.height, page);
    for (std::size_t y = 0; y < size.height; ++y) canvas.row({&rgb[y * row], row});
    canvas.end();
}

// Draws frame after frame as a viewer does, until `take` wants no more.
template <class Take>
void play(Album const& album, Take const& take) {
    auto const blend = album.media == "image/gif" ? Playback::Blend::over : Playback::Blend::source;
    Playback playback(album.width, album.height, album.frames.front().raster.depth);
    for (std::size_t i = 0; i < album.frames.size(); ++i) {
        Frame const& frame = album.frames[i];
        playback.draw(frame.raster, frame.left, frame.top, blend);
        if (!take(i, playback.shown())) return;
        playback.dispose(frame.dispose, {frame.left, frame.top, frame.raster.width, frame.raster.height});
    }
}

// The frames behind the first picture that show another one than the frame before, and no more than tell a film.
std::vector<std::size_t> find_pictures(Album const& album) {
    // A PNG may show another picture to those who know no animations: then the first frame has not been given.
    bool const first_given = album.left_out.empty() || album.media != "image/png";
    std::vector<std::size_t> found;
    std::vector<std::uint8_t> before;
    play(album, [&](std::size_t i, Raster const& shown) {
        std::vector<std::uint8_t> now = seen(shown);
        if (now != before && !(i == 0 && first_given)) found.push_back(i);
        before = std::move(now);
        return found.size() < most_frames;
    });
    return found;
}

}  // namespace

std::optional<Trouble> show_later_frames(Album const& album, Canvas& canvas) {
    if (album.kind != Album::Kind::animation) return {};
    if (std::optional<Trouble> trouble = check_size(album.width, album.height, most_pixels_held)) return trouble;
    std::vector<std::size_t> const pictures = find_pictures(album);
    if (pictures.empty()) return {};
    if (pictures.size() >= most_frames) return Trouble{Cause::unsupported, std::string(is_film)};
    std::size_t next = 0;
    play(album, [&](std::size_t i, Raster const& shown) {
        if (i != pictures[next]) return true;
        put(shown, seen(shown), static_cast<std::uint32_t>(++next + 1), canvas);
        return next < pictures.size();
    });
    return {};
}

std::optional<Trouble> decode_later_frames(std::string_view bytes, Canvas& canvas) {
    std::variant<Album, Trouble> const read = read_album(bytes);
    if (Trouble const* const trouble = std::get_if<Trouble>(&read)) return *trouble;
    return show_later_frames(std::get<Album>(read), canvas);
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
