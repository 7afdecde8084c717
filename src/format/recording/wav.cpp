// WAVE: the format in one of two forms, and the samples.
//
//     "RIFF", size (4), "WAVE"
//     "fmt ", size (4), coding (2), channels (2), samples a second (4), bytes a second (4), bytes of all channels'
//             samples (2), bits (2) [, 22 (2), bits that count (2), where each channel comes from (4), coding (16)]
//     "data", size (4), samples
//
// Numbers are little-endian. The longer form is kept where there are more than two channels, or more bits than are
// used.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/mapper.h"
#include "format/recording/recording.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t whole_numbers = 1, floating = 3, a_law = 6, mu_law = 7, in_long_form = 0xFFFE;
// Behind the coding's two bytes of a GUID.
constexpr std::string_view rest_of_guid = "\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71"sv;

void put(std::string& to, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to += static_cast<char>(value >> 8 * i & 0xFF);
}

struct Format {
    std::uint64_t coding = 0, channels = 0, rate = 0, bits = 0, used = 0, mask = 0;
    bool is_long = false;
    std::uint64_t block() const { return channels * bits / 8; }
};

std::optional<Format> read_format(std::string_view body) {
    auto const number = [&](std::size_t at, std::size_t size) { return little_endian(body, at, size); };
    Format format{number(0, 2), number(2, 2), number(4, 4), number(14, 2), number(14, 2), 0, false};
    if (format.coding == in_long_form) {
        if (body.size() < 40 || body.substr(26, 14) != rest_of_guid) return {};
        format.coding = number(24, 2);
        format.used = number(18, 2);
        format.mask = number(20, 4);
        format.is_long = format.channels > 2 || format.used != format.bits;
    }
    bool const law = format.coding == a_law || format.coding == mu_law;
    bool const known = (format.coding == whole_numbers && format.bits >= 8 && format.bits <= 32) ||
                       (law && format.bits == 8) ||
                       (format.coding == floating && (format.bits == 32 || format.bits == 64));
    bool const fits = body.size() >= 16 && format.bits % 8 == 0 && format.channels >= 1 && format.channels <= 64 &&
                      format.rate >= 1 && format.rate <= 10'000'000 && format.block() == number(12, 2) &&
                      format.used >= 1 && format.used <= format.bits;
    return known && fits ? std::optional(format) : std::nullopt;
}

std::string write_format(Format const& format) {
    std::string out = "fmt ";
    put(out, format.is_long ? 40 : 16, 4);
    put(out, format.is_long ? in_long_form : format.coding, 2);
    put(out, format.channels, 2);
    put(out, format.rate, 4);
    put(out, format.rate * format.block(), 4);
    put(out, format.block(), 2);
    put(out, format.bits, 2);
    if (!format.is_long) return out;
    put(out, 22, 2);
    put(out, format.used, 2);
    put(out, format.mask, 4);
    put(out, format.coding, 2);
    return out.append(rest_of_guid);
}

}  // namespace

Rewritten rewrite_wav(std::string_view file) {
    Trouble const damaged{Cause::malformed, "damaged or cut short: no whole sound in it"},
        rare{Cause::unsupported, "a rare kind of WAVE"};
    std::optional<Format> format;
    std::string_view samples;
    bool heard = false;
    std::uint64_t const end = std::min<std::uint64_t>(little_endian(file, 4, 4) + 8, file.size());
    for (std::uint64_t at = 12; at + 8 <= end;) {
        std::string_view const type = file.substr(at, 4);
        std::uint64_t const size = little_endian(file, at + 4, 4);
        if (size > end - at - 8) return damaged;
        std::string_view const body = file.substr(at + 8, size);
        if (type == "wavl" || type == "slnt" || (type == "data" && heard) || (type == "fmt " && format)) return rare;
        if (type == "fmt " && !(format = read_format(body))) return rare;
        if (type == "data") samples = body, heard = true;
        at += 8 + size + size % 2;
    }
    if (!format || !heard) return damaged;
    samples = samples.substr(0, samples.size() - samples.size() % format->block());
    std::string const head = write_format(*format);
    Recording out;
    out.bytes = "RIFF";
    put(out.bytes, 4 + head.size() + 8 + samples.size() + samples.size() % 2, 4);
    out.bytes.append("WAVE").append(head).append("data");
    put(out.bytes, samples.size(), 4);
    out.bytes.append(samples);
    if (samples.size() % 2 != 0) out.bytes += '\0';
    out.media = "audio/wav";
    out.extension = "wav";
    std::uint64_t const second = format->rate * format->block();
    out.seconds = (samples.size() + second / 2) / second;
    return out;
}

}  // namespace keepmum
