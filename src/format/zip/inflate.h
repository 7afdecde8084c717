// Raw deflate streams (RFC 1951) in and out, and CRC-32.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

enum class InflateEnd : std::uint8_t {
    complete,  // the stream ended by itself
    cut,       // the packed bytes ran out first
    corrupt,   // what follows is no deflate
    limit,     // `limit` bytes were made and there is more
};

struct Inflated {
    std::string bytes;           // what came out before the end, whatever that was
    std::uint64_t consumed = 0;  // packed bytes used
    InflateEnd end = InflateEnd::complete;
};

// At most `limit` bytes come out; memory grows with what comes out, not with what is declared.
Inflated inflate_raw(std::string_view packed, std::uint64_t limit);

std::string deflate_raw(std::string_view bytes);

std::uint32_t crc32_of(std::string_view bytes);

}  // namespace keepmum
