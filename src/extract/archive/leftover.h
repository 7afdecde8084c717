// What lies in an archive beside its members: headers, padding, ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

struct Leftover {
    std::string text;
    std::uint64_t at = 0;  // offset of its first byte
};

// Whether the bytes begin like a compressed stream (gzip, bzip2, xz, lzma, lzip, zstd, lz4, compress).
bool is_compressed(std::string_view bytes);

// File name, comment and extra field of a gzip header (RFC 1952), one a line; empty where there is none.
Leftover gzip_header_fields(std::string_view bytes);

// Where the frames of an LZ4 file end by their own word; libarchive swallows what follows.
std::uint64_t lz4_end(std::string_view bytes);

// What tar readers pass over (POSIX ustar): bytes other than zero in the padding behind members, extended
// headers, data of entries that should have none; at most 1 MiB.
Leftover tar_padding(std::string_view bytes);

// Where an archive that lies uncompressed in `bytes` ends by its own word, or `otherwise`.
// `format` is one of ARCHIVE_FORMAT_*.
std::uint64_t end_of_archive(std::string_view bytes, int format, std::uint64_t otherwise);

}  // namespace keepmum
