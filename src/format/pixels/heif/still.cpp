// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/still.h"

#include <algorithm>
#include <cmath>

#include "format/photo/bmff.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/heif/coded.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t most_coded = 4096;
constexpr int deepest = 6;  // pictures put together from pictures

Trouble damaged() { return {Cause::malformed, "damaged or cut short: the picture cannot be decoded"}; }
Trouble rare(std::string_view what) { return {Cause::unsupported, "a rare kind of HEIF: " + std::string(what)}; }

// Exif's number for what a quarter turn or a mirror does.
constexpr std::uint32_t turned[] = {1, 8, 3, 6};  // counter-clockwise, by quarters
constexpr std::uint32_t mirrored_upside_down = 4, mirrored = 2;

class Composer {
  public:
    Composer(MediaItems const& items, Still& still) : items_(items), still_(still) {}

    std::optional<Trouble> run() {
        MediaItem const* const primary = items_.find(items_.primary());
        if (!primary) return damaged();
        if (std::optional<Trouble> trouble = compose(*primary, Use::colours, 0, still_.raster)) return trouble;
        MediaItem const* const alpha = items_.transparency_of(primary->id);
        if (alpha) {
            Raster mask;
            if (std::optional<Trouble> trouble = compose(*alpha, Use::mask, 0, mask)) return trouble;
            if (std::optional<Trouble> trouble = add_alpha(mask, items_.refers("prem", primary->id, alpha->id)))
                return trouble;
        }
        note_colours(*primary);
        return {};
    }

  private:
    enum class Use : std::uint8_t { colours, mask };

    std::optional<Trouble> compose(MediaItem const& item, Use use, int depth, Raster& raster) {
        if (depth > deepest) return Trouble{Cause::too_deep, "pictures put together from pictures"};
        std::optional<Trouble> trouble;
        if (item.type == "grid")
            trouble = compose_grid(item, use, depth, raster);
        else if (item.type == "iden")
            trouble = compose_same(item, use, depth, raster);
        else
            trouble = decode(item, use, raster);
        return trouble ? trouble : transform(item, raster);
    }

    // --- coded pictures ---

    std::optional<Trouble> decode(MediaItem const& item, Use use, Raster& raster) {
        if (++coded_ > most_coded) return Trouble{Cause::too_big, "more pixels than are decoded"};
        std::string const data = items_.bytes_of(item);
        if (item.type == "jpeg") return decode_as_jpeg(data, use, raster);
        Taking taking(*this, item, use, raster);
        if (item.type == "hvc1") {
            IsoBox const* const configuration = items_.property(item, "hvcC");
            if (!configuration) return damaged();
            return decode_hevc(part_of(items_.file(), configuration->body, configuration->body_size()), data,
                               pixels_left_, taking);
        }
        if (item.type == "av01") {
            IsoBox const* const point = items_.property(item, "a1op");
            return decode_av1(data, point ? static_cast<std::uint32_t>(big_endian(items_.file(), point->body, 1)) : 0,
                              pixels_left_, taking);
        }
        if (item.type == "iovl") return rare("pictures laid over each other");
        return rare("a coding that is not read here");
    }

    class Taking final : public PlanesTaker {
      public:
        Taking(Composer& composer, MediaItem const& item, Use use, Raster& raster)
            : composer_(composer), item_(item), use_(use), raster_(raster) {}
        std::optional<Trouble> take(Planes const& planes) override {
            std::uint64_t const pixels = std::uint64_t{planes.width} * planes.height;
            if (pixels > composer_.pixels_left_) return Trouble{Cause::too_big, "more pixels than are decoded"};
            composer_.pixels_left_ -= pixels;
            CodePoints const meaning = composer_.meaning_of(item_, planes.said);
            composer_.deep_ = composer_.deep_ || planes.bits > 8;
            if (use_ == Use::colours) composer_.meaning_ = meaning;
            if (use_ == Use::colours) return to_rgb(planes, meaning, raster_);
            raster_ = to_mask(planes, meaning);
            return {};
        }

      private:
        Composer& composer_;
        MediaItem const& item_;
        Use use_;
        Raster& raster_;
    };

    // "colr": "nclx", primaries (2), transfer (2), matrix (2), full range (1 bit). What the item says goes before what its coding says.
    CodePoints meaning_of(MediaItem const& item, CodePoints said) const {
        for (MediaItems::Property const& each : items_.properties_of(item)) {
            std::string_view const body = part_of(items_.file(), each.box->body, each.box->body_size());
            if (each.box->type != "colr" || !body.starts_with("nclx") || body.size() < 11) continue;
            auto const number = [&](std::size_t at) { return static_cast<std::uint32_t>(big_endian(body, at, 2)); };
            said = {number(4), number(6), number(8), (big_endian(body, 10, 1) & 0x80) != 0};
        }
        return said;
    }

    std::optional<Trouble> decode_as_jpeg(std::string_view data, Use use, Raster& raster) {
        Album album;
        if (std::optional<Trouble> trouble = read_jpeg(data, album)) return trouble;
        Frame& frame = album.frames.front();
        if (frame.colours.inks || (use == Use::mask && frame.raster.channels != 1))
            return rare("a JPEG of four inks");
        std::uint64_t const pixels = std::uint64_t{frame.raster.width} * frame.raster.height;
        if (pixels > pixels_left_) return Trouble{Cause::too_big, "more pixels than are decoded"};
        pixels_left_ -= pixels;
        if (use == Use::colours) meaning_ = {1, 13, 5, true};
        raster = std::move(frame.raster);
        return {};
    }

    // --- put together ---

    std::optional<Trouble> compose_same(MediaItem const& item, Use use, int depth, Raster& raster) {
        std::vector<std::uint32_t> const parts = items_.parts_of(item.id);
        MediaItem const* const same = parts.size() == 1 ? items_.find(parts.front()) : nullptr;
        return same ? compose(*same, use, depth + 1, raster) : std::optional(damaged());
    }

    // Version 0 (1), flags (1; 1: sizes of 4 bytes), rows - 1 (1), columns - 1 (1), width, height (2 or 4 each).
    std::optional<Trouble> compose_grid(MediaItem const& item, Use use, int depth, Raster& raster) {
        std::string const body = items_.bytes_of(item);
        std::size_t const size = big_endian(body, 1, 1) & 1 ? 4 : 2;
        auto const rows = static_cast<std::uint32_t>(big_endian(body, 2, 1)) + 1,
                   columns = static_cast<std::uint32_t>(big_endian(body, 3, 1)) + 1;
        std::uint64_t const width = big_endian(body, 4, size), height = big_endian(body, 4 + size, size);
        std::vector<std::uint32_t> const parts = items_.parts_of(item.id);
        if (body.size() < 4 + 2 * size || parts.size() != std::size_t{rows} * columns) return damaged();
        if (std::optional<Trouble> trouble = check_size(width, height, most_pixels_held)) return trouble;
        Raster tile;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            MediaItem const* const part = items_.find(parts[i]);
            Raster next;
            if (!part) return damaged();
            if (std::optional<Trouble> trouble = compose(*part, use, depth + 1, next)) return trouble;
            if (i == 0) {
                bool const covers = std::uint64_t{next.width} * columns >= width &&
                                    std::uint64_t{next.width} * (columns - 1) < width &&
                                    std::uint64_t{next.height} * rows >= height &&
                                    std::uint64_t{next.height} * (rows - 1) < height;
                if (!covers) return damaged();
                raster = {
                    static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), next.channels, 1, {}};
                if (std::optional<Trouble> trouble = check_held(0, std::uint64_t{raster.row_size()} * height))
                    return trouble;
                raster.samples.resize(raster.row_size() * raster.height);
            } else if (next.width != tile.width || next.height != tile.height || next.channels != tile.channels) {
                return damaged();
            }
            tile = std::move(next);
            place(tile, static_cast<std::uint32_t>(i) % columns * tile.width,
                  static_cast<std::uint32_t>(i) / columns * tile.height, raster);
        }
        return {};
    }

    // What lies beyond the edge is cut off.
    static void place(Raster const& tile, std::uint32_t left, std::uint32_t top, Raster& raster) {
        std::size_t const columns = std::min(tile.width, raster.width - left) * tile.pixel_size();
        for (std::uint32_t y = 0; y < tile.height && top + y < raster.height; ++y) {
            std::copy_n(tile.row(y), columns, raster.row(top + y) + left * raster.pixel_size());
        }
    }

    std::optional<Trouble> add_alpha(Raster const& mask, bool multiplied) {
        Raster& raster = still_.raster;
        if (mask.width != raster.width || mask.height != raster.height) return rare("transparency of another size");
        if (std::optional<Trouble> trouble =
                check_held(0, std::uint64_t{raster.row_size()} * raster.height + mask.samples.size()))
            return trouble;
        Raster out{raster.width, raster.height, raster.channels + 1, 1, {}};
        out.samples.resize(out.row_size() * out.height);
        for (std::size_t i = 0; i < mask.samples.size(); ++i) {
            unsigned const alpha = mask.samples[i];
            for (std::size_t c = 0; c < raster.channels; ++c) {
                unsigned const value = raster.samples[i * raster.channels + c];
                out.samples[i * out.channels + c] = static_cast<std::uint8_t>(
                    !multiplied || alpha == 0 ? value : std::min(255u, (value * 255 + alpha / 2) / alpha));
            }
            out.samples[i * out.channels + raster.channels] = static_cast<std::uint8_t>(alpha);
        }
        raster = std::move(out);
        return {};
    }

    // --- properties ---

    std::optional<Trouble> transform(MediaItem const& item, Raster& raster) const {
        constexpr std::string_view understood[] = {"hvcC"sv, "av1C"sv, "jpgC"sv, "ispe"sv, "pixi"sv, "pasp"sv,
                                                   "colr"sv, "auxC"sv, "a1op"sv, "a1lx"sv, "lsel"sv, "clli"sv,
                                                   "mdcv"sv, "cclv"sv, "amve"sv, "udes"sv, "rloc"sv};
        for (MediaItems::Property const& each : items_.properties_of(item)) {
            IsoBox const& box = *each.box;
            std::uint64_t const value = big_endian(items_.file(), box.body, 1);
            if (box.type == "irot") {
                raster = turn(std::move(raster), turned[value & 3]);
            } else if (box.type == "imir") {
                raster = turn(std::move(raster), value & 1 ? mirrored : mirrored_upside_down);
            } else if (box.type == "clap") {
                std::optional<Box> const part = aperture(box, raster);
                if (!part) return damaged();
                raster = crop(raster, *part);
            } else if (box.type == "lsel" && big_endian(items_.file(), box.body, 2) != 0xFFFF) {
                return rare("one of several layers");
            } else if (each.essential &&
                       std::find(std::begin(understood), std::end(understood), box.type) == std::end(understood)) {
                return rare("it must be changed in a way not known here before it is shown");
            }
        }
        return {};
    }

    // Width, height, and how far the middle lies right of and below the picture's: a fraction each, of two numbers of 4 bytes.
    std::optional<Box> aperture(IsoBox const& box, Raster const& raster) const {
        double values[4];
        for (std::size_t i = 0; i < 4; ++i) {
            auto const above = static_cast<std::int32_t>(big_endian(items_.file(), box.body + 8 * i, 4)),
                       below = static_cast<std::int32_t>(big_endian(items_.file(), box.body + 8 * i + 4, 4));
            if (box.body_size() < 32 || below == 0) return {};
            values[i] = static_cast<double>(above) / below;
        }
        double const left = std::round(values[2] + (raster.width - values[0]) / 2),
                     top = std::round(values[3] + (raster.height - values[1]) / 2), width = std::round(values[0]),
                     height = std::round(values[1]);
        bool const inside = left >= 0 && top >= 0 && width >= 1 && height >= 1 && left + width <= raster.width &&
                            top + height <= raster.height;
        if (!inside) return {};
        return Box{static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(top),
                   static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
    }

    // A profile in "colr" ("prof", "rICC"), of the picture or of the first one that it is put together from; else what the numbers mean.
    void note_colours(MediaItem const& primary) {
        MediaItem const* item = &primary;
        for (int depth = 0; item && depth <= deepest && still_.colours.icc.empty(); ++depth) {
            for (MediaItems::Property const& each : items_.properties_of(*item)) {
                std::string_view const body = part_of(items_.file(), each.box->body, each.box->body_size());
                if (each.box->type == "colr" && (body.starts_with("prof") || body.starts_with("rICC")))
                    still_.colours.icc = body.substr(4);
            }
            std::vector<std::uint32_t> const parts = items_.parts_of(item->id);
            item = parts.empty() ? nullptr : items_.find(parts.front());
        }
        bool const bright = is_beyond_screens(meaning_);
        if (bright) still_.changed.push_back("light brighter than a screen's white brought into its range");
        if (bright)
            still_.colours.icc.clear();
        else if (still_.colours.icc.empty())
            still_.colours = colours_of(meaning_);
        if (deep_) still_.left_out.push_back("shades beyond 8 bits a colour");
        // A profile of three colours for a picture that has none.
        bool const plain = still_.raster.channels <= 2, grey = part_of(still_.colours.icc, 16, 4) == "GRAY";
        if (plain && !still_.colours.icc.empty() && !grey) still_.colours = {};
    }

    MediaItems const& items_;
    Still& still_;
    CodePoints meaning_;
    bool deep_ = false;
    std::uint32_t coded_ = 0;
    // Tiles may overlap the edge, so more is decoded than is shown; and there is the mask.
    std::uint64_t pixels_left_ = 3 * most_pixels_held;
};

}  // namespace

bool is_still(std::string_view file) {
    if (file.size() < 16 || file.substr(4, 4) != "ftyp") return false;
    std::uint64_t const end = std::min<std::uint64_t>({big_endian(file, 0, 4), file.size(), 256});
    for (std::uint64_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
        for (std::string_view const brand :
             {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "hevx"sv, "mif1"sv, "msf1"sv, "avif"sv, "avis"sv}) {
            if (file.substr(at, 4) == brand) return file.substr(8, 4) != "crx ";
        }
    }
    return false;
}

std::optional<Trouble> read_still(std::string_view file, Still& still) {
    std::uint64_t behind = 0;
    bool found = false;
    for (IsoBox const& box : read_boxes(file, 0, file.size(), behind)) {
        if (box.type == "moov") still.left_out.push_back("frames of an animation");
        if (box.type != "meta" || found) continue;
        MediaItems const items(file, box);
        if (items.empty()) continue;
        if (std::optional<Trouble> trouble = Composer(items, still).run()) return trouble;
        found = true;
    }
    if (!found) return rare("frames alone, no picture");
    return {};
}

}  // namespace keepmum
