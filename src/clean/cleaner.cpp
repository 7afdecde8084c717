// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/cleaner.h"

#include <algorithm>

#include "format/photo/byte_map.h"
#include "format/pixels/album/jpeg_coded.h"
#include "format/pixels/album/jpeg_planes.h"
#include "format/pixels/album/write_album.h"
#include "format/pixels/orientation.h"
#include "format/recording/recording.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {

namespace {

struct Target {
    std::string_view media, extension;
    std::string (*write)(Album const&);
};

std::string write_jpeg_of(Album const& album) {
    Frame const& frame = album.frames.front();
    Raster const& raster = frame.raster;
    if (raster.channels % 2 == 0 || raster.depth != 1) return {};
    return write_jpeg(raster, raster.channels == 3 ? frame.sampling : Sampling{});
}

constexpr Target targets[] = {
    {"image/jpeg", "jpg", write_jpeg_of}, {"image/png", "png", write_png}, {"image/gif", "gif", write_gif},
        {"image/webp", "webp", write_webp},
    {"image/tiff", "tif", write_tiff}, {"image/bmp", "bmp", write_bmp}, {"image/x-portable-bitmap", "pbm", write_pnm},
    {"image/x-portable-graymap", "pgm", write_pnm}, {"image/x-portable-pixmap", "ppm", write_pnm},
        {"image/x-portable-arbitrarymap", "pam", write_pnm},
};

Target const* target_of(std::string_view media) {
    auto const* const found = std::find_if(std::begin(targets), std::end(targets),
        [&](Target const& target) { return target.media == media; });
    return found == std::end(targets) ? nullptr : found;
}

void say_once(std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

bool is_inside(Box const& box, Raster const& raster) {
    return box.left < raster.width && box.top < raster.height && box.width <= raster.width - box.left
        && box.height <= raster.height - box.top;
}

std::optional<Trouble> fulfil(Wishes const& wishes, Frame& frame, Cleaned& cleaned) {
    Raster& raster = frame.raster;
    if (wishes.crop) {
        if (!is_inside(*wishes.crop, raster)) return Trouble{Cause::unsupported, "the part to be cut out lies outside of the picture"};
        raster = crop(raster, *wishes.crop);
        say_once(cleaned.changed, "cut to a part of the picture");
    }
    for (auto const& [boxes, paint, done] : {std::tuple{&wishes.blur, &blur, "a part made unreadable"},
        {&wishes.blot, &blot, "a part painted over"}}) {
        for (Box const& box : *boxes) {
            if (box.left >= raster.width || box.top >= raster.height) return Trouble{Cause::unsupported,
                "a part to be made unreadable lies outside of the picture"};
            paint(raster, box);
            say_once(cleaned.changed, done);
        }
    }
    if (wishes.coarser > 0 && std::max(raster.width, raster.height) > wishes.coarser) {
        frame.sampling = {};
        raster = coarsen(std::move(raster), wishes.coarser);
        say_once(cleaned.changed, "made coarser");
    }
    return {};
}

bool reshapes(Wishes const& wishes) { return wishes.crop || wishes.coarser > 0 || !wishes.blur.empty() || !wishes.blot.empty(); }

// A GIF that is to be changed becomes a PNG: means of colours would be more than its palette holds.
void leave_gif(Album& album) {
    Playback playback(album.width, album.height, 1);
    Frame& only = album.frames.front();
    playback.draw(only.raster, only.left, only.top, Playback::Blend::source);
    only = Frame{};
    only.raster = playback.shown();
    album.media = "image/png";
}

// The frames as they are to be seen.
std::optional<Trouble> prepare(Album& album, Wishes const& wishes, Cleaned& cleaned) {
    if (album.kind == Album::Kind::animation && reshapes(wishes)) return Trouble{Cause::unsupported,
        "parts of an animation cannot be changed"};
    if (album.media == "image/gif" && reshapes(wishes)) leave_gif(album);
    for (Frame& frame : album.frames) {
        std::string why_not;
        Colours const colours = std::move(frame.colours);
        std::uint32_t const channels = frame.raster.channels;
        bool const converted = !colours.icc.empty() && !is_srgb(colours.icc);
        frame.raster = to_srgb(std::move(frame.raster), colours, why_not);
        if (!why_not.empty()) say_once(cleaned.changed, why_not);
        else if (converted || colours.inks || channels != frame.raster.channels) say_once(cleaned.changed, "colours converted to sRGB");
        if (frame.orientation != 1) say_once(cleaned.changed, "turned upright");
        if (turned_by(frame.orientation).across) std::swap(frame.sampling.across, frame.sampling.down);
        frame.raster = turn(std::move(frame.raster), frame.orientation);
        frame.orientation = 1;
        if (std::optional<Trouble> trouble = fulfil(wishes, frame, cleaned)) return trouble;
        if (album.media == "image/gif") frame.raster = to_rgba(frame.raster);
        else blank_unseen(frame.raster);
    }
    // Frames of one animation share one kind of pixel.
    bool const alpha = std::any_of(album.frames.begin(), album.frames.end(), [](Frame const& frame) { return frame.raster.has_alpha(); });
    if (album.kind == Album::Kind::animation && alpha) {
        for (Frame& frame : album.frames) frame.raster = to_rgba(frame.raster);
    }
    return {};
}

bool same_frame(Frame const& left, Frame const& right) {
    Raster const a = to_rgba(left.raster), b = to_rgba(right.raster);
    if (a.depth == b.depth) return a == b && left.left == right.left && left.top == right.top && left.dispose == right.dispose;
    // 16 bits that said no more than 8 were written as 8.
    Raster const &wide = a.depth == 2 ? a : b, &narrow = a.depth == 2 ? b : a;
    for (std::size_t i = 0; i < narrow.samples.size(); ++i) {
        if (wide.samples[2 * i] != narrow.samples[i] || wide.samples[2 * i + 1] != narrow.samples[i]) return false;
    }
    return wide.width == narrow.width && wide.height == narrow.height;
}

// The brightness of every so many pixels, at most 512 a side: the likeness of pictures is taken from averages of these.
std::uint32_t step_of(std::uint32_t width, std::uint32_t height) {
    constexpr std::uint32_t side = 512;
    return (std::max(width, height) + side - 1) / side;
}

Luminance luminance_of(Raster const& raster) {
    std::uint32_t const step = step_of(raster.width, raster.height);
    Luminance out{(raster.width + step - 1) / step, (raster.height + step - 1) / step, {}};
    out.values.reserve(std::size_t{out.width} * out.height);
    std::size_t const pixel = raster.pixel_size(), next = raster.channels >= 3 ? raster.depth : 0;
    for (std::size_t y = 0; y < raster.height; y += step) {
        for (std::size_t x = 0; x < raster.width; x += step) {
            std::uint8_t const* const p = raster.row(y) + x * pixel + raster.depth - 1;
            out.values.push_back(0.299F * p[0] + 0.587F * p[next] + 0.114F * p[2 * next]);
        }
    }
    return out;
}

int looks_apart(Raster const& left, Raster const& right) {
    std::optional<PictureView> const a = view_picture(luminance_of(left)), b = view_picture(luminance_of(right));
    if (!a || !b || a->quality < least_quality || b->quality < least_quality) return 0;
    return distance(a->hash, b->hash);
}

bool is_alike(Cleaned const& cleaned) { return cleaned.db >= least_db && cleaned.apart <= most_apart; }

// Whether the file that was written shows the album.
std::optional<Trouble> compare(Album const& album, Cleaned& cleaned) {
    Trouble const other{Cause::unsupported, "what was written does not show the same picture"};
    std::variant<Album, Trouble> const read = read_album(cleaned.bytes);
    Album const* const again = std::get_if<Album>(&read);
    if (!again || again->frames.size() != album.frames.size()) return other;
    if (album.media == "image/jpeg") {
        Raster const &before = album.frames.front().raster, &after = again->frames.front().raster;
        cleaned.db = likeness_db(before, after);
        if (cleaned.db < 99) cleaned.apart = looks_apart(before, after);
        return is_alike(cleaned) ? std::nullopt : std::optional(other);
    }
    for (std::size_t i = 0; i < album.frames.size(); ++i) {
        Frame const &before = album.frames[i], &after = again->frames[i];
        bool const timed = album.kind != Album::Kind::animation
            || std::uint64_t{before.delay} * after.delay_unit == std::uint64_t{after.delay} * before.delay_unit;
        if (!timed || !same_frame(before, after)) return other;
    }
    return {};
}

void describe(Album const& album, Cleaned& cleaned) {
    bool const screen = album.kind == Album::Kind::animation || album.media == "image/gif";
    cleaned.width = screen ? album.width : album.frames.front().raster.width;
    cleaned.height = screen ? album.height : album.frames.front().raster.height;
    cleaned.frames = album.frames.size();
    for (std::string const& what : album.left_out) say_once(cleaned.left_out, what);
    for (std::string const& what : album.changed) say_once(cleaned.changed, what);
}

// A JPEG that was cleaned before, whatever is wrapped around it now.
std::optional<Cleaned> clean_again(std::string_view bytes) {
    std::optional<std::string> kept = keep_coefficients(bytes);
    if (!kept) return {};
    Cleaned cleaned;
    cleaned.bytes = std::move(*kept);
    cleaned.media = "image/jpeg";
    cleaned.extension = "jpg";
    auto const size = [&](std::size_t at) {
        auto const high = static_cast<unsigned char>(cleaned.bytes[at]), low = static_cast<unsigned char>(cleaned.bytes[at + 1]);
        return std::uint32_t{high} << 8 | low;
    };
    std::size_t const frame = cleaned.bytes.find("\xFF\xC0");
    if (frame == std::string::npos || frame + 9 > cleaned.bytes.size()) return {};
    cleaned.height = size(frame + 5);
    cleaned.width = size(frame + 7);
    return cleaned;
}

// A JPEG whose colours are sRGB's already: its samples are coded anew without being made pixels of. Nothing where that does not do.
std::optional<Cleaned> clean_planes(std::string_view bytes) {
    std::optional<JpegPlanes> planes = read_planes(bytes);
    bool const turned = planes && planes->orientation != 1;
    if (planes) planes = turn_upright(std::move(*planes));
    if (!planes) return {};
    Cleaned cleaned;
    cleaned.media = "image/jpeg";
    cleaned.extension = "jpg";
    cleaned.width = planes->width;
    cleaned.height = planes->height;
    if (turned) say_once(cleaned.changed, "turned upright");
    cleaned.bytes = write_planes(*planes);
    std::optional<PlanesSeen> const again = compare_planes(cleaned.bytes, *planes, step_of(planes->width, planes->height));
    if (!again) return {};
    cleaned.db = again->db;
    if (cleaned.db < 99) cleaned.apart = looks_apart(planes->planes.front(), again->light);
    if (!is_alike(cleaned)) return {};
    return cleaned;
}

// Sound and film, whose coded pieces stay what they are.
std::variant<Cleaned, Trouble> clean_recording(Rewriter rewrite, std::string_view bytes, Wishes const& wishes) {
    if (reshapes(wishes)) return Trouble{Cause::unsupported, "parts of a recording cannot be changed"};
    if (bytes.size() > most_recorded) return Trouble{Cause::too_big, "a recording of more than 240 MB"};
    Rewritten rewritten = rewrite(bytes);
    if (Trouble* const trouble = std::get_if<Trouble>(&rewritten)) return std::move(*trouble);
    Recording& recording = std::get<Recording>(rewritten);
    Cleaned cleaned;
    cleaned.bytes = std::move(recording.bytes);
    cleaned.media = recording.media;
    cleaned.extension = recording.extension;
    cleaned.width = recording.width;
    cleaned.height = recording.height;
    cleaned.seconds = recording.seconds;
    cleaned.left_out = std::move(recording.left_out);
    return cleaned;
}

}  // namespace

std::variant<Cleaned, Trouble> clean_picture(std::string_view bytes, Wishes const& wishes) {
    if (Rewriter const rewrite = rewriter_of(bytes)) return clean_recording(rewrite, bytes, wishes);
    if (wishes.none() && bytes.starts_with("\xFF\xD8")) {
        if (std::optional<Cleaned> cleaned = clean_again(bytes)) return std::move(*cleaned);
        if (std::optional<Cleaned> cleaned = clean_planes(bytes)) return std::move(*cleaned);
    }
    std::variant<Album, Trouble> read = read_album(bytes);
    if (Trouble const* const trouble = std::get_if<Trouble>(&read)) return *trouble;
    Album& album = std::get<Album>(read);
    Cleaned cleaned;
    if (std::optional<Trouble> trouble = prepare(album, wishes, cleaned)) return *trouble;
    Target const* const target = target_of(album.media);
    if (!target) return Trouble{Cause::unsupported, "not a kind of picture that can be written anew"};
    cleaned.media = target->media;
    cleaned.extension = target->extension;
    describe(album, cleaned);
    cleaned.bytes = target->write(album);
    if (cleaned.bytes.empty()) return Trouble{Cause::too_big, "too large for its own format"};
    std::optional<Trouble> trouble = compare(album, cleaned);
    // Colours that were converted, cut or painted over may need the resolution that those of the file did not have.
    if (Sampling& sampling = album.frames.front().sampling; trouble && sampling != Sampling{}) {
        sampling = {};
        cleaned.bytes = target->write(album);
        trouble = compare(album, cleaned);
    }
    if (trouble) return *trouble;
    return cleaned;
}

}  // namespace keepmum
