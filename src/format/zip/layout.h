// The byte structure of a zip file (PKWARE APPNOTE 6.3.10), as plain data: who owns which bytes.
//
//   [anything] { local header, name, extra | packed data | descriptor }… [anything]
//              { central header, name, extra, comment }… [zip64 end, locator] end, comment [anything]
//
// A zip has two lists of its members, and readers differ in which they believe: unpackers go by the
// central directory at the end, streaming readers by the local headers. What is in one list and not
// in the other is a classic place to hide things, and so are the bytes between members. So both lists
// are read, laid over each other, and every byte that neither owns is named. Offsets in the directory
// count from where the zip began; where junk stands before it (a self-extractor, a picture), all are
// off by a constant, which is worked out from where the directory really lies.
// Rejected: libarchive and minizip, which show one list only and hide the rest.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

enum class ZipMethod : std::uint16_t { store = 0, deflate = 8 };

// One member, as far as either list knows it. Views point into the bytes that were read.
struct ZipMember {
    std::string_view name;          // as the directory has it, else the local header; any charset
    std::string_view local_name;    // as the local header has it
    std::string_view comment;       // directory only
    std::string_view extra;         // directory's extra fields
    std::string_view local_extra;   // local header's extra fields
    std::uint16_t method = 0;       // compression method; for AES members the one within
    std::uint16_t local_method = 0;
    std::uint16_t flags = 0;        // general purpose bits
    std::uint16_t made_by = 0;      // high byte: system (3 = Unix)
    std::uint32_t attributes = 0;   // external; the upper half is the Unix mode
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;       // bytes, as declared
    std::uint64_t size = 0;         // bytes once unpacked, as declared
    Span entry;                     // central header with name, extra, comment; empty if not there
    Span header;                    // local header with name and extra; empty if not there
    Span data;                      // packed bytes, cut to what is there
    Span descriptor;                // data descriptor, or empty
    bool in_directory = false;
    bool in_sequence = false;       // a local header stands where one is expected
    bool size_known = true;         // false: the local header leaves sizes to a descriptor nobody found
    bool overlaps = false;          // its bytes belong to an earlier member already: do not unpack
    bool truncated = false;         // the file ends before the packed bytes do
    bool differs = false;           // method or sizes are not the same in both lists
    bool aes = false;               // WinZip AES (extra field 0x9901)

    bool encrypted() const { return (flags & 1u) != 0 || aes; }
    bool utf8() const { return (flags & 0x800u) != 0; }
    bool symlink() const { return made_by >> 8 == 3 && (attributes >> 28) == 0xA; }
};

struct ZipLayout {
    std::vector<ZipMember> members;  // by place in the file; directory-only ones without header last
    std::string_view comment;        // of the whole
    Span directory;                  // the central headers
    Span end;                        // end record with zip64 records and comment; empty if none was found
    std::int64_t bias = 0;           // what to add to the directory's offsets
    std::vector<Span> unowned;       // sorted: before, between, after
    bool directory_damaged = false;  // it breaks off, or holds another count than it says
};

// Looks for a zip in `bytes`; never fails. No member and no end record: there is no zip here. Linear in the size.
ZipLayout read_zip_layout(std::string_view bytes);

// One extra field: its id, and its bytes.
struct ZipExtra {
    std::uint16_t id = 0;
    std::string_view data;
};

// The fields of an extra block; what does not parse comes last with id 0.
std::vector<ZipExtra> split_extra(std::string_view extra);

// "deflate64", "lzma", …; "unknown method" for one without a name.
std::string_view zip_method_name(std::uint16_t method);

}  // namespace keepmum
