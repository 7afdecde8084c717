// Photoshop's PSD and PSB:
//
//     "8BPS", version (1, PSB: 2), 6 zeros, channels (2), height (4), width (4), depth (2), mode (2)
//     colour data      length (4), data
//     resources        length (4), blocks "8BIM"
//     layers           length (4, PSB: 8); layer information: length (4 or 8), count (2), records, then the
//                      data of their channels; masks; more
//     picture          packing (2), all layers in one
//
// A record: place (4 × 4: top, left, bottom, right), channels (2), each with its kind (2) and size (4
// or 8); blend mode (12); length of what follows (4): mask, ranges, name. A viewer shows the picture;
// each layer can stand for what was painted over.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using What = Piece::What;

constexpr std::size_t most_layers = 256;  // handed out
constexpr std::uint64_t most_side = 30000;

struct Channel {
    int kind = 0;  // 0 to 2: red, green, blue; below 0: alpha and masks
    std::uint64_t size = 0;
};
struct Layer {
    std::int32_t top = 0, left = 0, bottom = 0, right = 0;
    std::vector<Channel> channels;
    std::string name;
};

class PsdWalk {
  public:
    explicit PsdWalk(Mapper& mapper) : mapper_(mapper), large_(big_endian(mapper.file(), 4, 2) == 2) {}

    void walk() {
        Walk& walk = mapper_.walk;
        walk.media = "image/vnd.adobe.photoshop";
        walk.height = static_cast<std::uint32_t>(number(14, 4));
        walk.width = static_cast<std::uint32_t>(number(18, 4));
        walk.pictures = 1;
        depth_ = number(22, 2);
        mapper_.claim(0, 26, Owner::structure, "header");
        at_ = 26;
        std::uint64_t size = section(4, "colour data");
        mapper_.claim(at_, size, Owner::structure, "colour data");
        at_ += size;
        size = section(4, "resources");
        map_photoshop(mapper_, at_, size);
        at_ += size;
        size = section(large_ ? 8 : 4, "layers");
        take_layers(at_, at_ + size);
        at_ += size;
        take_picture();
    }

  private:
    std::uint64_t number(std::uint64_t at, std::size_t size) const { return big_endian(mapper_.file(), at, size); }
    std::int32_t side(std::uint64_t at) const { return static_cast<std::int32_t>(number(at, 4)); }

    // Goes behind the length, and gives it, cut to the file.
    std::uint64_t section(std::size_t length_size, char const* what) {
        std::uint64_t size = number(at_, length_size);
        mapper_.claim(at_, length_size, Owner::structure, std::string("length of ") + what);
        at_ = std::min<std::uint64_t>(at_ + length_size, mapper_.size());
        if (size > mapper_.size() - at_) {
            mapper_.trouble(Cause::malformed, std::string(what) + " cut short");
            size = mapper_.size() - at_;
        }
        return size;
    }

    void take_picture() {
        std::uint64_t const left = mapper_.size() - at_;
        std::uint64_t const rows = number(12, 2) * mapper_.walk.height, packing = number(at_, 2);
        std::uint64_t size = left;
        if (packing == 0 && left > 2) {
            std::uint64_t const row = (std::uint64_t{mapper_.walk.width} * depth_ + 7) / 8;
            if (rows <= left && row <= left) size = std::min(left, 2 + rows * row);
        } else if (packing == 1) {
            std::size_t const count_size = large_ ? 4 : 2;
            std::uint64_t sum = 2 + rows * count_size;
            for (std::uint64_t i = 0; i < rows && sum <= left; ++i) sum += number(at_ + 2 + i * count_size, count_size);
            size = std::min(left, sum);
        }
        if (size == left && (packing > 3 || left < 2)) mapper_.trouble(Cause::malformed, "its picture is cut short");
        mapper_.claim(at_, size, Owner::picture, "picture");
        walk_trailer(mapper_, at_ + size, mapper_.size());
    }

    void take_layers(std::uint64_t begin, std::uint64_t end) {
        if (end - begin < 4) return mapper_.claim(begin, end - begin, Owner::structure, "layers");
        std::size_t const length_size = large_ ? 8 : 4;
        std::uint64_t const size =
            std::min(number(begin, length_size), end - begin - std::min<std::uint64_t>(length_size, end - begin));
        std::uint64_t at = begin + length_size;
        mapper_.claim(begin, length_size, Owner::structure, "layers");
        if (size >= 2) {
            auto const declared = static_cast<std::int16_t>(number(at, 2));
            std::vector<Layer> layers;
            std::uint64_t const info_end = at + size;
            std::uint64_t const records = at;
            at += 2;
            for (int i = 0; i < std::abs(declared) && at + 18 <= info_end; ++i)
                layers.push_back(read_record(at, info_end));
            mapper_.claim(records, at - records, Owner::metadata, "layer records");
            mapper_.piece(What::other, "layer records", records, at - records);
            for (Layer const& layer : layers) take_layer(layer, at, info_end);
            mapper_.claim(at, info_end - at, Owner::structure, "padding of layers");
            at = info_end;
        }
        // Masks and further information: Photoshop's own, some of it needed, all of it about layers.
        if (at >= end) return;
        mapper_.claim(at, end - at, Owner::metadata, "masks and settings of layers");
        mapper_.piece(What::other, "masks and settings of layers", at, end - at);
    }

    Layer read_record(std::uint64_t& at, std::uint64_t end) {
        Layer layer{side(at), side(at + 4), side(at + 8), side(at + 12), {}, {}};
        std::uint64_t const channels = std::min<std::uint64_t>(number(at + 16, 2), 64);
        std::size_t const length_size = large_ ? 8 : 4;
        at += 18;
        for (std::uint64_t i = 0; i < channels && at < end; ++i, at += 2 + length_size) {
            layer.channels.push_back({static_cast<std::int16_t>(number(at, 2)), number(at + 2, length_size)});
        }
        std::uint64_t const extra = number(at + 12, 4);
        std::uint64_t name = at + 16;
        for (int i = 0; i < 2; ++i) name += 4 + number(name, 4);  // mask, ranges
        layer.name = to_utf8(part_of(mapper_.file(), name + 1, std::min(number(name, 1), extra)));
        at = std::min(end, at + 16 + extra);
        return layer;
    }

    // The data of a layer's channels stands in the order of the records.
    void take_layer(Layer const& layer, std::uint64_t& at, std::uint64_t end) {
        std::uint64_t const width =
            layer.right > layer.left ? static_cast<std::uint64_t>(std::int64_t{layer.right} - layer.left) : 0;
        std::uint64_t const height =
            layer.bottom > layer.top ? static_cast<std::uint64_t>(std::int64_t{layer.bottom} - layer.top) : 0;
        std::uint64_t const begin = at, pixels = width * height;
        bool const shows = depth_ == 8 && pixels > 0 && width <= most_side && height <= most_side &&
                           handed_out_ < most_layers && pixels * 6 <= mapper_.unpack_left();
        std::string planes[3];
        for (Channel const& channel : layer.channels) {
            std::uint64_t const size = std::min(channel.size, end - at);
            if (shows && channel.kind >= 0 && channel.kind < 3)
                planes[channel.kind] = unpack(part_of(mapper_.file(), at, size), width, height);
            at += size;
        }
        std::string const name = "layer " + (layer.name.empty() ? "without name" : layer.name);
        mapper_.claim(begin, at - begin, Owner::hidden_picture, "layers");
        if (pixels > 0 && handed_out_ >= most_layers) return mapper_.trouble(Cause::too_big, "more layers than are handed out");
        if (pixels > 0 && (!shows || planes[0].empty())) return mapper_.trouble(Cause::unsupported, "a layer that cannot be unpacked");
        if (pixels == 0) return;
        ++handed_out_;
        mapper_.unpacked(pixels * 6);
        std::string rgb;
        for (std::uint64_t i = 0; i < pixels; ++i) {
            for (std::string const& plane : planes) rgb += plane.empty() ? planes[0][i] : plane[i];
        }
        mapper_.made_piece(What::picture, name, begin, at - begin,
                           to_pnm(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 3, rgb));
    }

    // Packing (2): 0 none, 1 runs (PackBits), the size of each row first. Always as many bytes as there
    // are pixels, "" for other packings.
    std::string unpack(std::string_view data, std::uint64_t width, std::uint64_t height) const {
        std::uint64_t const packing = big_endian(data, 0, 2);
        std::string out;
        if (packing == 0) out = part_of(data, 2, width * height);
        else if (packing != 1) return {};
        std::string_view runs = packing == 1 ? part_of(data, 2 + height * (large_ ? 4 : 2)) : std::string_view();
        while (!runs.empty() && out.size() < width * height) {
            int const head = static_cast<signed char>(runs.front());
            runs.remove_prefix(1);
            if (head >= 0) {
                out += runs.substr(0, static_cast<std::size_t>(head) + 1);
                runs = part_of(runs, static_cast<std::size_t>(head) + 1);
            } else if (head != -128 && !runs.empty()) {
                out.append(static_cast<std::size_t>(1 - head), runs.front());
                runs.remove_prefix(1);
            }
        }
        out.resize(width * height);
        return out;
    }

    Mapper& mapper_;
    bool large_;
    std::uint64_t at_ = 0, depth_ = 8;
    std::size_t handed_out_ = 0;
};

}  // namespace

void walk_psd(Mapper& mapper) {
    PsdWalk(mapper).walk();
}

}  // namespace keepmum
