// FLAC: its frames, each with a right checksum, and one block that tells what they are.
//
// Frames are counted and sized here; the checksum of the samples in STREAMINFO is left out (zeros, "not known"), as
// are all other blocks. A frame: sync and form (2), block size and rate (1), channels and bits (1), its number as
// UTF-8 writes numbers, further sizes, CRC-8; sub-frames; CRC-16 (RFC 9639, 9).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/byte_map.h"
#include "format/photo/walkers.h"
#include "format/recording/recording.h"

namespace keepmum {

namespace {

constexpr std::array<std::uint16_t, 256> make_crc_table() {
    std::array<std::uint16_t, 256> table{};
    for (unsigned i = 0; i < 256; ++i) {
        unsigned crc = i << 8;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000 ? crc << 1 ^ 0x8005 : crc << 1) & 0xFFFF;
        table[i] = static_cast<std::uint16_t>(crc);
    }
    return table;
}
constexpr std::array<std::uint16_t, 256> crc_table = make_crc_table();

struct Head {
    std::uint64_t size = 0;    // bytes, CRC-8 included
    std::uint64_t number = 0;  // of the frame, or of its first sample
    std::uint64_t samples = 0;
    bool by_samples = false;
    unsigned form = 0;  // rate, channels and bits
};

std::optional<Head> read_head(std::string_view file, std::uint64_t at) {
    Head head;
    head.size = flac_header_size(file, at);
    if (head.size == 0) return {};
    unsigned const sizes = static_cast<unsigned char>(file[at + 2]) >> 4,
                   rate = static_cast<unsigned char>(file[at + 2]) & 15;
    head.by_samples = (file[at + 1] & 1) != 0;
    head.form = rate << 8 | static_cast<unsigned char>(file[at + 3]);
    std::uint64_t next = at + 4;
    auto const first = static_cast<unsigned char>(file[next++]);
    unsigned more = 0;
    while (more < 7 && (first & 0x80 >> more) != 0) ++more;
    if (more == 1 || more > 7) return {};
    head.number = more == 0 ? first : first & ((0x80u >> more) - 1);
    for (unsigned i = 1; i < more; ++i)
        head.number = head.number << 6 | (static_cast<unsigned char>(file[next++]) & 0x3F);
    if (sizes == 1)
        head.samples = 192;
    else if (sizes <= 5)
        head.samples = 576u << (sizes - 2);
    else if (sizes == 6)
        head.samples = big_endian(file, next, 1) + 1;
    else if (sizes == 7)
        head.samples = big_endian(file, next, 2) + 1;
    else
        head.samples = 256u << (sizes - 8);
    return head;
}

void put(std::string& to, std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) to += static_cast<char>(value >> 8 * i & 0xFF);
}

struct Frames {
    std::uint64_t begin = 0, end = 0;
    std::uint64_t samples = 0, count = 0;
    std::uint64_t least_block = ~0ull, most_block = 0, least_size = ~0ull, most_size = 0;
};

// Frame behind frame from `begin` on; what follows the last whole one is none of it. Linear: each byte goes into one
// checksum.
std::optional<Frames> read_frames(std::string_view file, std::uint64_t begin) {
    Frames frames{begin, begin, 0, 0};
    std::optional<Head> head = read_head(file, begin);
    if (!head) return {};
    Head const first = *head;
    while (head) {
        bool const follows = head->by_samples == first.by_samples && head->form == first.form &&
                             head->number == (head->by_samples ? frames.samples : frames.count);
        if (!follows) return {};
        // The end is where the checksum comes out and another frame begins, or the file ends.
        std::uint64_t const at = frames.end;
        unsigned crc = 0;
        std::uint64_t whole = 0;
        std::optional<Head> next;
        for (std::uint64_t k = at; k < file.size(); ++k) {
            crc = (crc << 8 & 0xFF00) ^ crc_table[(crc >> 8 ^ static_cast<unsigned char>(file[k])) & 0xFF];
            if (crc != 0 || k < at + head->size + 2) continue;
            if (whole == 0 || k + 1 == file.size()) whole = k + 1;
            next = read_head(file, k + 1);
            if (next && next->number == (next->by_samples ? frames.samples + head->samples : frames.count + 1)) {
                whole = k + 1;
                break;
            }
            next.reset();
        }
        if (whole == 0) break;
        frames.end = whole;
        frames.samples += head->samples;
        ++frames.count;
        if (next || frames.count == 1) frames.least_block = std::min(frames.least_block, head->samples);
        frames.most_block = std::max(frames.most_block, head->samples);
        frames.least_size = std::min(frames.least_size, whole - at);
        frames.most_size = std::max(frames.most_size, whole - at);
        head = next;
    }
    // Sound behind a frame that is damaged is not left out in silence.
    for (std::uint64_t k = frames.end; (k = file.find('\xFF', k)) != std::string_view::npos; ++k) {
        std::optional<Head> const later = read_head(file, k);
        if (later && later->form == first.form && later->by_samples == first.by_samples) return {};
    }
    return frames.count > 0 ? std::optional(frames) : std::nullopt;
}

}  // namespace

Rewritten rewrite_flac(std::string_view file) {
    Trouble const damaged{Cause::malformed, "damaged or cut short: no whole sound in it"};
    // STREAMINFO comes first: block sizes (2, 2), frame sizes (3, 3), rate (20 bits), channels - 1
    // (3), bits - 1 (5), samples (36), MD5 (16).
    if (file.size() < 42 || (file[4] & 0x7F) != 0 || big_endian(file, 5, 3) != 34) return damaged;
    std::uint64_t const packed = big_endian(file, 18, 8), said = packed & 0xFFFFFFFFFull, rate = packed >> 44;
    std::uint64_t at = 4;
    for (bool last = false; !last;) {
        if (at + 4 > file.size()) return damaged;
        last = (file[at] & 0x80) != 0;
        at += 4 + big_endian(file, at + 1, 3);
    }
    if (at >= file.size()) return damaged;
    std::optional<Frames> const frames = read_frames(file, at);
    if (!frames || rate == 0 || (said != 0 && said != frames->samples)) return damaged;
    Recording out;
    out.bytes = "fLaC\x80";
    put(out.bytes, 34, 3);
    put(out.bytes, std::min<std::uint64_t>(frames->least_block, 0xFFFF), 2);
    put(out.bytes, std::min<std::uint64_t>(frames->most_block, 0xFFFF), 2);
    put(out.bytes, std::min<std::uint64_t>(frames->least_size, 0xFFFFFF), 3);
    put(out.bytes, std::min<std::uint64_t>(frames->most_size, 0xFFFFFF), 3);
    put(out.bytes, (packed & ~0xFFFFFFFFFull) | frames->samples, 8);
    out.bytes.append(16, '\0');
    out.bytes.append(file.substr(frames->begin, frames->end - frames->begin));
    out.media = "audio/flac";
    out.extension = "flac";
    out.seconds = (frames->samples + rate / 2) / rate;
    return out;
}

}  // namespace keepmum
