// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/exif_block.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "core/photo.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t byte_type = 1, ascii_type = 2, long_type = 4, rational_type = 5;

void append(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

struct Entry {
    std::uint16_t tag, type;
    std::uint32_t count;
    std::string value;  // little endian
};

Entry text(std::uint16_t tag, std::string_view value) {
    return {tag, ascii_type, static_cast<std::uint32_t>(value.size() + 1), std::string(value) + '\0'};
}

Entry rationals(std::uint16_t tag, std::initializer_list<std::pair<double, std::uint32_t>> values) {
    Entry entry{tag, rational_type, static_cast<std::uint32_t>(values.size()), {}};
    for (auto const& [value, unit] : values) {
        append(entry.value, static_cast<std::uint32_t>(std::llround(std::clamp(value, 0.0, 4e9 / unit) * unit)), 4);
        append(entry.value, unit, 4);
    }
    return entry;
}

Entry degrees(std::uint16_t tag, double value) {
    double const whole = std::abs(value), minutes = (whole - std::floor(whole)) * 60;
    return rationals(tag, {{std::floor(whole), 1}, {std::floor(minutes), 1}, {(minutes - std::floor(minutes)) * 60, 10'000}});
}

// "2024-05-03T14:22:07" as Exif has it.
std::string exif_time(std::string value) {
    value = value.substr(0, 19);
    for (std::size_t at : {4u, 7u}) {
        if (value.size() > at) value[at] = ':';
    }
    if (value.size() > 10) value[10] = ' ';
    return value;
}

struct Directories {
    std::vector<Entry> main, camera, place;
};

void add(std::string const& name, std::string const& value, Directories& out) {
    namespace fact = photo_fact;
    if (name == fact::taken) out.camera.push_back(text(0x9003, exif_time(value)));
    else if (name == fact::zone) out.camera.push_back(text(0x9011, value));
    else if (name == fact::make) out.main.push_back(text(0x10F, value));
    else if (name == fact::model) out.main.push_back(text(0x110, value));
    else if (name == fact::owner) out.main.push_back(text(0x13B, value));
    else if (name == fact::caption) out.main.push_back(text(0x10E, value));
    else if (name == fact::lens) out.camera.push_back(text(0xA434, value));
    else if (name == fact::direction) {
        out.place.push_back(text(0x10, "T"));
        out.place.push_back(rationals(0x11, {{std::atof(value.c_str()), 100}}));
    } else if (name == fact::altitude) {
        double const metres = std::atof(value.c_str());
        out.place.push_back({5, byte_type, 1, std::string(1, metres < 0 ? '\1' : '\0')});
        out.place.push_back(rationals(6, {{std::abs(metres), 100}}));
    } else if (name == fact::position) {
        std::size_t const comma = value.find(',');
        if (comma == std::string::npos) return;
        double const north = std::atof(value.c_str()), east = std::atof(value.c_str() + comma + 1);
        out.place.push_back(text(1, north < 0 ? "S" : "N"));
        out.place.push_back(degrees(2, north));
        out.place.push_back(text(3, east < 0 ? "W" : "E"));
        out.place.push_back(degrees(4, east));
    }
}

// Entries sorted, each once, then the offset of no further directory, then the values that do not fit.
std::string print_directory(std::vector<Entry> entries, std::uint32_t at) {
    std::stable_sort(entries.begin(), entries.end(), [](Entry const& left, Entry const& right) { return left.tag < right.tag; });
    entries.erase(std::unique(entries.begin(), entries.end(),
        [](Entry const& left, Entry const& right) { return left.tag == right.tag; }), entries.end());
    std::string out, values;
    std::size_t const values_at = at + 2 + entries.size() * 12 + 4;
    append(out, entries.size(), 2);
    for (Entry const& entry : entries) {
        append(out, entry.tag, 2);
        append(out, entry.type, 2);
        append(out, entry.count, 4);
        if (entry.value.size() <= 4) {
            out += entry.value;
            out.append(4 - entry.value.size(), '\0');
            continue;
        }
        append(out, values_at + values.size(), 4);
        values += entry.value;
        if (values.size() % 2 != 0) values.push_back(0);
    }
    append(out, 0, 4);
    return out + values;
}

Entry pointer(std::uint16_t tag, std::size_t to) {
    Entry entry{tag, long_type, 1, {}};
    append(entry.value, to, 4);
    return entry;
}

constexpr std::string_view jpeg_mark = "\xFF\xD8\xFF\xE0"sv, png_mark = "\x89PNG\r\n\x1A\n"sv, exif_mark = "Exif\0\0"sv;

std::size_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

// Where the block is, or would be: behind JFIF's segment, behind IHDR.
std::size_t block_at(std::string_view file) {
    if (file.starts_with(jpeg_mark)) return 4 + big_endian(file, 4, 2);
    if (file.starts_with(png_mark)) return png_mark.size() + 12 + big_endian(file, 8, 4);
    return std::string_view::npos;
}

}  // namespace

std::string write_exif(std::vector<std::pair<std::string, std::string>> const& facts) {
    Directories directories;
    for (auto const& [name, value] : facts) add(name, value, directories);
    if (directories.main.empty() && directories.camera.empty() && directories.place.empty()) return {};
    std::string out("II*\0\x08\0\0\0", 8);
    constexpr std::uint16_t camera_tag = 0x8769, place_tag = 0x8825;
    // The main directory is printed twice: first to know its size.
    std::vector<Entry> main = directories.main;
    if (!directories.camera.empty()) main.push_back(pointer(camera_tag, 0));
    if (!directories.place.empty()) main.push_back(pointer(place_tag, 0));
    std::size_t const camera_at = out.size() + print_directory(main, 8).size();
    std::string const camera = directories.camera.empty() ? "" : print_directory(directories.camera, static_cast<std::uint32_t>(camera_at));
    std::size_t const place_at = camera_at + camera.size();
    for (Entry& entry : main) {
        if (entry.tag == camera_tag) entry = pointer(camera_tag, camera_at);
        else if (entry.tag == place_tag) entry = pointer(place_tag, place_at);
    }
    out += print_directory(main, 8) + camera;
    if (!directories.place.empty()) out += print_directory(directories.place, static_cast<std::uint32_t>(place_at));
    return out;
}

std::optional<std::string> with_exif(std::string_view file, std::string_view exif) {
    std::size_t const at = block_at(file);
    if (at > file.size() || exif.size() > 60'000) return {};
    auto const append_size = [](std::string& out, std::size_t value, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
    };
    std::string block;
    if (file.starts_with(jpeg_mark)) {
        block = "\xFF\xE1";
        append_size(block, exif.size() + exif_mark.size() + 2, 2);
        block.append(exif_mark).append(exif);
    } else {
        append_size(block, exif.size(), 4);
        block.append("eXIf").append(exif);
        append_size(block, crc32_of(std::string_view(block).substr(4)), 4);
    }
    return std::string(file.substr(0, at)) + block + std::string(file.substr(at));
}

std::string without_exif(std::string_view file) {
    std::size_t const at = block_at(file);
    if (at >= file.size()) return std::string(file);
    std::string_view const rest = file.substr(at);
    std::string_view const name = rest.substr(std::min<std::size_t>(4, rest.size()));
    std::size_t size = 0;
    if (file.starts_with(jpeg_mark) && rest.starts_with("\xFF\xE1") && name.starts_with(exif_mark)) size = 2 + big_endian(rest, 2, 2);
    if (file.starts_with(png_mark) && name.starts_with("eXIf")) size = 12 + big_endian(rest, 0, 4);
    return std::string(file.substr(0, at)) + std::string(rest.substr(std::min(size, rest.size())));
}

}  // namespace keepmum
