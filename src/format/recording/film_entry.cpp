// Sample entries and units of the codings that are taken over: H.264, HEVC, AAC.
//
//     visual   0 (6), 1 (2), 0 (16), width, height (2 each), 72 dpi (4, 4), 0 (4), 1 (2), name (32), depth (2),
//              -1 (2), boxes
//     sound    0 (6), 1 (2), version (2), 0 (6), channels, bits (2 each), 0 (4), rate (4: 16.16)
//              [, version 1: 16 bytes], boxes
//
// Names of encoders stand in the first, bit rates and buffers in "esds"; both are written as if not known.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/recording/film.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using namespace std::string_literals;

Trouble rare() { return {Cause::unsupported, "a rare kind of film or sound: a coding that is not taken over"}; }
Trouble damaged() { return {Cause::malformed, "damaged or cut short: a track cannot be read"}; }

// Version 1, profile (3), 6 bits and length - 1, 3 bits and count of SPS, each behind its length (2), count of PPS,
// each; in high profiles chroma format, depths, count of SPS extensions.
std::string read_avc(std::string_view body, unsigned& length_size) {
    if (body.size() < 7 || body[0] != 1) return {};
    std::size_t at = 5;
    for (unsigned const mask : {31u, 255u}) {
        if (at >= body.size()) return {};
        unsigned const count = static_cast<unsigned char>(body[at++]) & mask;
        for (unsigned i = 0; i < count; ++i) at += 2 + big_endian(body, at, 2);
    }
    if (at > body.size()) return {};
    length_size = (static_cast<unsigned char>(body[4]) & 3u) + 1;
    std::string out(body.substr(0, at));
    out[4] = '\xFF';
    if (body.size() >= at + 4) out.append(body.substr(at, 3)).append(1, '\0');
    return out;
}

// Of the arrays those of VPS, SPS and PPS.
std::string read_hevc(std::string_view body, unsigned& length_size) {
    if (body.size() < 23 || body[0] != 1) return {};
    length_size = (static_cast<unsigned char>(body[21]) & 3u) + 1;
    std::string arrays;
    unsigned kept = 0;
    std::size_t at = 23;
    for (unsigned array = static_cast<unsigned char>(body[22]); array > 0; --array) {
        std::size_t const begin = at;
        std::uint64_t const kind = big_endian(body, at, 1) & 63;
        std::uint64_t const units = big_endian(body, at + 1, 2);
        at += 3;
        for (std::uint64_t i = 0; i < units && at <= body.size(); ++i) at += 2 + big_endian(body, at, 2);
        if (at > body.size()) return {};
        if (kind < 32 || kind > 34) continue;
        arrays.append(body.substr(begin, at - begin));
        ++kept;
    }
    std::string out(body.substr(0, 23));
    out[21] = static_cast<char>(static_cast<unsigned char>(out[21]) | 3);
    out[22] = static_cast<char>(kept);
    return out + arrays;
}

std::optional<Trouble> read_visual(std::string_view file, IsoBox const& entry, FilmTrack& track) {
    if (entry.body_size() < 78) return damaged();
    std::string configuration, further;
    std::uint64_t behind = 0;
    for (IsoBox const& each : read_boxes(file, entry.body + 78, entry.end(), behind)) {
        std::string_view const body = part_of(file, each.body, each.body_size());
        if (each.type == "avcC" && track.coding == "avc1")
            configuration = box_of("avcC", read_avc(body, track.length_size));
        if (each.type == "hvcC" && track.coding != "avc1")
            configuration = box_of("hvcC", read_hevc(body, track.length_size));
        if (each.type == "clap")
            return Trouble{Cause::unsupported,
                           "a part of its picture is hidden and can be shown again; export it anew first"};
        if (each.type == "pasp" && body.size() == 8) further += box_of("pasp", std::string(body));
        if (each.type == "colr" && (body.starts_with("nclx") || body.starts_with("nclc")) && body.size() >= 10) {
            bool const full = body.starts_with("nclx") && (big_endian(body, 10, 1) & 0x80) != 0;
            further += box_of("colr", "nclx" + std::string(body.substr(4, 6)) + (full ? '\x80' : '\0'));
        }
    }
    if (configuration.size() <= 8) return damaged();
    track.entry = number_of(1, 8) + number_of(0, 16) + std::string(part_of(file, entry.body + 24, 4)) +
                  number_of(0x480000, 4) + number_of(0x480000, 4) + number_of(0, 4) + number_of(1, 2) +
                  std::string(32, '\0') + number_of(24, 2) + "\xFF\xFF" + configuration + further;
    return {};
}

// The body of a descriptor of that tag at `at`, which becomes the offset behind its head.
std::uint64_t descriptor(std::string_view body, std::uint64_t& at, std::uint64_t tag) {
    if (big_endian(body, at, 1) != tag) return 0;
    std::uint64_t size = 0;
    ++at;
    for (int i = 0; i < 4; ++i) {
        std::uint64_t const byte = big_endian(body, at++, 1);
        size = size << 7 | (byte & 0x7F);
        if ((byte & 0x80) == 0) break;
    }
    return at < body.size() && size <= body.size() - at ? size : 0;
}

std::string described(std::uint64_t tag, std::string const& body) {
    return number_of(tag, 1) + number_of(body.size(), 1) + body;
}

// 0 (4); stream: number (2), flags (1) …; coding: kind (1), 12 more bytes; its own configuration.
std::string read_esds(std::string_view body, bool& has_elements) {
    std::uint64_t at = 4;
    if (descriptor(body, at, 3) == 0) return {};
    std::uint64_t const flags = big_endian(body, at + 2, 1);
    if ((flags & 0xE0) != 0) return {};
    at += 3;
    if (descriptor(body, at, 4) < 13) return {};
    std::uint64_t const kind = big_endian(body, at, 1);
    at += 13;
    std::uint64_t const size = descriptor(body, at, 5);
    bool const aac = kind == 0x40 || (kind >= 0x66 && kind <= 0x68);
    if (!aac || size < 2 || size > 64) return {};
    // AAC of the usual kinds, and with SBR or PS beside it.
    std::uint64_t const form = big_endian(body, at, 1) >> 3;
    has_elements = (form >= 1 && form <= 4) || form == 5 || form == 29;
    std::string const own = described(5, std::string(part_of(body, at, size)));
    return number_of(0, 4) +
           described(3, number_of(0, 3) + described(4, number_of(kind, 1) + "\x15" + number_of(0, 11) + own) +
                            described(6, "\2"));
}

std::optional<Trouble> read_sound(std::string_view file, IsoBox const& entry, FilmTrack& track) {
    std::uint64_t const version = big_endian(file, entry.body + 8, 2);
    if (entry.body_size() < 28 || version > 1) return rare();
    std::string configuration;
    std::uint64_t behind = 0;
    std::vector<IsoBox> boxes = read_boxes(file, entry.body + (version == 0 ? 28 : 44), entry.end(), behind);
    for (std::size_t i = 0; i < boxes.size() && boxes.size() < 100; ++i) {
        if (boxes[i].type == "wave") {
            std::vector<IsoBox> const more = read_boxes(file, boxes[i].body, boxes[i].end(), behind);
            boxes.insert(boxes.end(), more.begin(), more.end());
        } else if (boxes[i].type == "esds") {
            configuration = read_esds(part_of(file, boxes[i].body, boxes[i].body_size()), track.has_elements);
        }
    }
    if (configuration.empty()) return rare();
    track.entry = number_of(1, 8) + number_of(0, 8) + std::string(part_of(file, entry.body + 16, 2)) +
                  number_of(16, 2) + number_of(0, 4) + std::string(part_of(file, entry.body + 24, 4)) +
                  box_of("esds", configuration);
    return {};
}

class SampleBits {
  public:
    explicit SampleBits(std::string& bytes) : bytes_(bytes) {}
    unsigned take(std::size_t count) {
        unsigned value = 0;
        for (; count > 0; --count, ++at_)
            value =
                value << 1 |
                (at_ / 8 < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ / 8]) >> (7 - at_ % 8) & 1u : 0u);
        return value;
    }
    void blank(std::size_t bits) {
        for (; bits > 0 && at_ / 8 < bytes_.size(); --bits, ++at_) {
            bytes_[at_ / 8] = static_cast<char>(static_cast<unsigned char>(bytes_[at_ / 8]) & ~(0x80u >> at_ % 8));
        }
    }
    void align() { at_ = (at_ + 7) / 8 * 8; }
    void back(std::size_t bits) { at_ -= bits; }
    bool done() const { return at_ / 8 >= bytes_.size(); }

  private:
    std::string& bytes_;
    std::size_t at_ = 0;
};

// Element (3 bits): data: number (4), aligned (1), size (8, and 8 more); filling: size (4, and 8 more), kind (4).
void blank_filling(std::string& sample) {
    constexpr unsigned data = 4, filling = 6, least_needed = 11;  // kinds from there on belong to the sound
    SampleBits bits(sample);
    while (!bits.done()) {
        unsigned const element = bits.take(3);
        if (element == data) {
            bool const aligned = (bits.take(5) & 1) != 0;
            unsigned size = bits.take(8);
            if (size == 255) size += bits.take(8);
            if (aligned) bits.align();
            bits.blank(std::size_t{size} * 8);
        } else if (element == filling) {
            unsigned size = bits.take(4);
            if (size == 15) size += bits.take(8) - 1;
            if (size > 0 && bits.take(4) >= least_needed) return;
            if (size > 0) bits.back(4);
            bits.blank(std::size_t{size} * 8);
        } else {
            return;
        }
    }
}

bool is_shown(std::string_view unit, bool hevc) {
    auto const head = static_cast<unsigned char>(unit[0]);
    if (!hevc) {
        unsigned const kind = head & 31;
        return (kind >= 1 && kind <= 5) || (kind >= 7 && kind <= 11) || kind == 13;
    }
    unsigned const kind = head >> 1 & 63,
                   layer = (head & 1u) << 5 | (unit.size() > 1 ? static_cast<unsigned char>(unit[1]) >> 3 : 0u);
    return layer == 0 && kind <= 37;
}

}  // namespace

std::optional<Trouble> read_sample_entry(std::string_view file, IsoBox const& entry, FilmTrack& track) {
    track.coding = entry.type;
    if (track.is_sound) return entry.type == "mp4a" ? read_sound(file, entry, track) : std::optional(rare());
    bool const known = entry.type == "avc1" || entry.type == "hvc1" || entry.type == "hev1";
    return known ? read_visual(file, entry, track) : std::optional(rare());
}

std::string shown_units(std::string_view sample, FilmTrack const& track) {
    std::string out;
    if (track.length_size == 0) {
        out = sample;
        if (track.has_elements) blank_filling(out);
        return out;
    }
    while (!sample.empty()) {
        std::uint64_t const size = big_endian(sample, 0, track.length_size);
        if (sample.size() < track.length_size || size > sample.size() - track.length_size) return {};
        std::string_view const unit = sample.substr(track.length_size, size);
        if (!unit.empty() && is_shown(unit, track.coding != "avc1")) out.append(number_of(size, 4)).append(unit);
        sample.remove_prefix(track.length_size + size);
    }
    return out;
}

}  // namespace keepmum
