// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/zip/inflate.h"

#include <zlib.h>

#include <algorithm>

namespace keepmum {

namespace {

constexpr std::size_t step = 256 * 1024;
constexpr std::size_t largest_input = 1u << 30;  // zlib counts in 32 bits

}  // namespace

Inflated inflate_raw(std::string_view packed, std::uint64_t limit) {
    Inflated out;
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        out.end = InflateEnd::corrupt;
        return out;
    }
    std::size_t made = 0;
    int status = Z_OK;
    while (status == Z_OK) {
        if (stream.avail_in == 0) {
            std::size_t const left = packed.size() - out.consumed;
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + out.consumed));
            stream.avail_in = static_cast<uInt>(std::min(left, largest_input));
        }
        // One byte more than allowed is asked for: that tells "exactly the limit" from "more than it".
        std::size_t const room = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(step, made), limit - made + 1));
        out.bytes.resize(made + room);
        stream.next_out = reinterpret_cast<Bytef*>(out.bytes.data() + made);
        stream.avail_out = static_cast<uInt>(std::min(room, largest_input));
        uInt const in_before = stream.avail_in, out_before = stream.avail_out;
        status = inflate(&stream, Z_NO_FLUSH);
        out.consumed += in_before - stream.avail_in;
        made += out_before - stream.avail_out;
        if (made > limit) break;
        if (status == Z_OK && stream.avail_in == 0 && out.consumed == packed.size() && stream.avail_out > 0) break;
    }
    inflateEnd(&stream);
    if (made > limit) out.end = InflateEnd::limit, made = limit;
    else if (status == Z_STREAM_END) out.end = InflateEnd::complete;
    else if (status == Z_OK || status == Z_BUF_ERROR) out.end = InflateEnd::cut;
    else out.end = InflateEnd::corrupt;
    out.bytes.resize(made);
    out.bytes.shrink_to_fit();
    return out;
}

std::string deflate_raw(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::uint32_t crc32_of(std::string_view bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size()));
}

}  // namespace keepmum
