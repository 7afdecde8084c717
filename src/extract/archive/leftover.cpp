// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/archive/leftover.h"

#include <archive.h>

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t length) {
    if (at > bytes.size() || length > bytes.size() - at) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

// A number field of a tar header: octal digits, or base 256 behind a set top bit (GNU).
std::uint64_t tar_number(std::string_view field) {
    std::uint64_t value = 0;
    if (static_cast<unsigned char>(field[0]) & 0x80) {
        for (std::size_t i = field.size() - 8; i < field.size(); ++i) value = value << 8 | static_cast<unsigned char>(field[i]);
        return value;
    }
    for (char c : field) {
        if (c >= '0' && c <= '7') value = value * 8 + static_cast<std::uint64_t>(c - '0');
        else if (value != 0) break;
    }
    return value;
}

}  // namespace

bool is_compressed(std::string_view bytes) {
    for (std::string_view magic : {std::string_view("\x1F\x8B", 2), std::string_view("BZh", 3), std::string_view("\xFD" "7zXZ", 5),
                                   std::string_view("\x28\xB5\x2F\xFD", 4), std::string_view("\x04\x22\x4D\x18", 4),
                                   std::string_view("\x1F\x9D", 2), std::string_view("LZIP", 4), std::string_view("\x5D\0\0", 3)}) {
        if (bytes.starts_with(magic)) return true;
    }
    return false;
}

Leftover gzip_header_fields(std::string_view bytes) {
    Leftover fields;
    if (bytes.size() < 10 || !bytes.starts_with("\x1F\x8B")) return fields;
    auto const flags = static_cast<unsigned char>(bytes[3]);
    std::size_t at = 10;
    if (flags & 4) {
        auto const length = static_cast<std::size_t>(little(bytes, at, 2));
        if (at + 2 + length > bytes.size()) return fields;
        fields.text += "Extra: " + std::string(bytes.substr(at + 2, length)) + "\n";
        at += 2 + length;
    }
    for (auto const& [bit, name] : {std::pair<int, char const*>{8, "Name: "}, {16, "Comment: "}}) {
        if (!(flags & bit)) continue;
        std::size_t const end = bytes.find('\0', at);
        if (end == std::string_view::npos) return fields;
        fields.text += name + std::string(bytes.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return fields;
}

std::uint64_t lz4_end(std::string_view bytes) {
    std::uint64_t at = 0;
    while (little(bytes, at, 4) == 0x184D2204 && at + 7 <= bytes.size()) {
        auto const flags = static_cast<unsigned char>(bytes[at + 4]);
        std::uint64_t next = at + 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
        for (;;) {
            if (next + 4 > bytes.size()) return bytes.size();
            std::uint64_t const size = little(bytes, next, 4) & 0x7FFFFFFF;
            next += 4;
            if (size == 0) break;
            next += size + (flags & 16 ? 4 : 0);
        }
        at = next + (flags & 4 ? 4 : 0);
    }
    return std::min<std::uint64_t>(at, bytes.size());
}

Leftover tar_padding(std::string_view bytes) {
    constexpr std::size_t block = 512, most = 1u << 20;
    Leftover padding;
    std::uint64_t at = 0;
    while (at + block <= bytes.size()) {
        std::string_view const header = bytes.substr(static_cast<std::size_t>(at), block);
        if (header.substr(257, 5) != "ustar") break;
        std::uint64_t const size = tar_number(header.substr(124, 12));
        std::uint64_t const data = at + block;
        if (size > bytes.size() - data) break;
        std::uint64_t const next = data + (size + block - 1) / block * block;
        std::uint64_t const end = std::min<std::uint64_t>(next, bytes.size());
        // Extended headers, with their comments; and what stands behind entries that have no content by
        // right (links, devices, folders).
        std::string_view const beside = std::string_view("xgX123456").find(header[156]) != std::string_view::npos
            ? bytes.substr(static_cast<std::size_t>(data), static_cast<std::size_t>(size)) : std::string_view();
        if (!beside.empty() && padding.text.size() + beside.size() < most) {
            if (padding.text.empty()) padding.at = data;
            padding.text.append(beside).append("\n");
        }
        std::string_view const slack = bytes.substr(static_cast<std::size_t>(data + size), static_cast<std::size_t>(end - data - size));
        if (slack.find_first_not_of('\0') != std::string_view::npos && padding.text.size() + slack.size() < most) {
            if (padding.text.empty()) padding.at = data + size;
            padding.text.append(slack.substr(0, slack.find_last_not_of('\0') + 1)).append("\n");
        }
        at = next;
    }
    return padding;
}

std::uint64_t end_of_archive(std::string_view bytes, int format, std::uint64_t otherwise) {
    if (format == ARCHIVE_FORMAT_7ZIP && bytes.size() >= 32) {
        // The start header: next header's offset (from byte 32) and size.
        std::uint64_t const offset = little(bytes, 12, 8), size = little(bytes, 20, 8);
        if (offset <= bytes.size() && size <= bytes.size() && 32 + offset + size <= bytes.size()) return 32 + offset + size;
        return bytes.size();
    }
    if (format == ARCHIVE_FORMAT_RAR || format == ARCHIVE_FORMAT_RAR_V5) {
        // The block that ends an archive, the same in every one of its version.
        std::string_view const last = format == ARCHIVE_FORMAT_RAR ? std::string_view("\xC4\x3D\x7B\x00\x40\x07\x00", 7)
                                                                   : std::string_view("\x1D\x77\x56\x51\x03\x05\x04\x00", 8);
        constexpr std::uint64_t back = 32;
        std::size_t const at = bytes.find(last, static_cast<std::size_t>(otherwise > back ? otherwise - back : 0));
        if (at != std::string_view::npos && at <= otherwise + back) return std::max<std::uint64_t>(otherwise, at + last.size());
        return otherwise;
    }
    if (format == ARCHIVE_FORMAT_CAB && bytes.size() >= 36) return std::max<std::uint64_t>(little(bytes, 8, 4), 36);
    if (format == ARCHIVE_FORMAT_ISO9660) {
        // Volume size in the primary descriptor: blocks of 2048 bytes, little-endian copy first.
        std::uint64_t const blocks = little(bytes, 16 * 2048 + 80, 4);
        return blocks ? std::max(blocks * 2048, otherwise) : bytes.size();
    }
    return otherwise;
}

}  // namespace keepmum
