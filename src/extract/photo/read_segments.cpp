// Two old forms in JPEG segments:
//
//     Ducky  "Ducky", then: kind (2), size (2), value; kind 2 is a comment and 3 a copyright: count (4), UTF-16
//     CIFF   "II", header size (4), "HEAPJPGM", …; a heap ends in the offset (4) of its directory: count (2), rows of kind (2),
//            size (4), offset (4); kinds of 0x28.. and 0x30.. are heaps themselves (Canon, before Exif)
//
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/read_notes.h"

#include "base/utf8.h"
#include "extract/photo/containers.h"

namespace keepmum {

namespace {

std::uint64_t little(std::string_view bytes, std::uint64_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

std::uint64_t big(std::string_view bytes, std::uint64_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

void read_heap(std::string_view heap, TagSource source, Tags& tags, int depth) {
    if (heap.size() < 6 || depth > 4) return;
    std::uint64_t const directory = little(heap, heap.size() - 4, 4);
    if (directory + 2 > heap.size()) return;
    std::uint64_t const count = little(heap, directory, 2);
    for (std::uint64_t i = 0; i < count && directory + 2 + i * 10 + 10 <= heap.size(); ++i) {
        std::uint64_t const row = directory + 2 + i * 10, size = little(heap, row + 2, 4),
                            offset = little(heap, row + 6, 4);
        auto const kind = static_cast<unsigned>(little(heap, row, 2));
        if (offset > heap.size() || size > heap.size() - offset) continue;
        std::string_view const value = heap.substr(offset, size);
        unsigned const form = kind & 0x3800;
        if (form == 0x2800 || form == 0x3000) read_heap(value, source, tags, depth + 1);
        if (kind == 0x0805 || kind == 0x0815) tags.add(source, "File.Comment", value);
        if (kind == 0x080A) {
            tags.add(source, "File.Make", value);
            tags.add(source, "File.Model", value.substr(std::min(value.find('\0') + 1, value.size())));
        }
        if (kind == 0x080B) tags.add(source, "File.Software", value);
        if (kind == 0x0810) tags.add(source, "File.Owner", value);
        constexpr std::uint64_t from_1904_to_1970 = 2'082'844'800;
        std::string time = kind == 0x180E ? say_mac_time(little(value, 0, 4) + from_1904_to_1970) : "";
        if (!time.empty()) tags.add(source, "File.Created", time.substr(0, time.size() - 1));  // local time
        // A small value stands in the row itself, in place of size and offset.
        if ((kind & 0x4000) != 0 && (kind & 0x3FFF) == 0x180B)
            tags.add(source, "File.Serial", std::to_string(little(heap, row + 2, 4)));
    }
}

}  // namespace

void read_ciff(std::string_view bytes, TagSource source, Tags& tags) {
    std::size_t const mark = bytes.find("HEAPJPGM");
    if (mark == std::string_view::npos || mark < 6) return;
    bytes.remove_prefix(mark - 6);
    std::uint64_t const head = little(bytes, 2, 4);
    if (head < bytes.size()) read_heap(bytes.substr(head), source, tags, 0);
}

void read_ducky(std::string_view bytes, TagSource source, Tags& tags) {
    if (!bytes.starts_with("Ducky")) return;
    for (std::uint64_t at = 5; at + 4 <= bytes.size();) {
        std::uint64_t const kind = big(bytes, at, 2), size = big(bytes, at + 2, 2);
        std::string text;
        for (std::uint64_t i = 4; i + 1 < size && at + 4 + i + 1 < bytes.size(); i += 2) {
            auto const unit = static_cast<char32_t>(big(bytes, at + 4 + i, 2));
            if (unit != 0) append_utf8(text, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
        }
        if (kind == 2) tags.add(source, "File.Comment", text);
        if (kind == 3) tags.add(source, "File.Copyright", text);
        if (kind == 0) return;
        at += 4 + size;
    }
}

}  // namespace keepmum
