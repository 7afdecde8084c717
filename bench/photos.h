// What the benches of photos share: photos, and times beside a plain decode.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "format/photo/byte_map.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "io/file.h"

namespace keepmum {

struct NamedFile {
    std::string name, bytes;
};

// A segment of Exif with two tags, so that there is something to be harvested and looked for.
inline std::string with_exif_segment(std::string const& jpeg) {
    std::string tiff("II*\0\x08\0\0\0\x02\0", 10);
    auto const number = [&](std::uint32_t value, int bytes) {
        for (; bytes > 0; --bytes, value >>= 8) tiff.push_back(static_cast<char>(value));
    };
    for (auto const& [tag, offset] : {std::pair{0x010Fu, 38u}, {0x0110u, 54u}}) {  // maker, model
        number(tag, 2), number(2, 2), number(16, 4), number(offset, 4);
    }
    number(0, 4);
    tiff += std::string("Somebody Camera\0Pocket X100 4711", 32);
    std::string const body = std::string("Exif\0\0", 6) + tiff;
    return jpeg.substr(0, 2) + "\xFF\xE1" + std::string{'\0', static_cast<char>(body.size() + 2)} + body + jpeg.substr(2);
}

// The profile Display P3 (ICC.1:2010): its three primaries, adapted to D50, and the curve of sRGB.
inline std::string display_p3() {
    auto const number = [](std::uint32_t value) {
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
        return out;
    };
    auto const fixed = [&](double value) { return number(static_cast<std::uint32_t>(static_cast<std::int32_t>(value * 65536))); };
    auto const xyz = [&](double x, double y, double z) { return "XYZ " + number(0) + fixed(x) + fixed(y) + fixed(z); };
    std::string const curve = "para" + number(0) + number(3u << 16) + fixed(2.4) + fixed(1 / 1.055) + fixed(0.055 / 1.055)
        + fixed(1 / 12.92) + fixed(0.04045);
    std::pair<char const*, std::string> const tags[] = {{"rXYZ", xyz(0.51512, 0.2412, -0.00105)}, {"gXYZ", xyz(0.29198, 0.69225, 0.04189)},
        {"bXYZ", xyz(0.1571, 0.06657, 0.78407)}, {"wtpt", xyz(0.9642, 1, 0.82491)}, {"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve}};
    std::string table = number(std::size(tags)), data;
    std::size_t const head = 128, begin = head + 4 + 12 * std::size(tags);
    for (auto const& [name, value] : tags) {
        table += name + number(static_cast<std::uint32_t>(begin + data.size())) + number(static_cast<std::uint32_t>(value.size()));
        data += value;
    }
    std::string out = number(static_cast<std::uint32_t>(begin + data.size())) + number(0) + number(0x04000000) + "mntrRGB XYZ "
        + std::string(12, '\0') + "acsp" + std::string(28, '\0') + fixed(0.9642) + fixed(1) + fixed(0.82491);
    out.resize(head);
    return out + table + data;
}

inline std::string with_profile(std::string const& jpeg, std::string const& icc) {
    std::string const body = std::string("ICC_PROFILE\0\1\1", 14) + icc;
    std::size_t const size = body.size() + 2;
    return jpeg.substr(0, 2) + "\xFF\xE2" + std::string{static_cast<char>(size >> 8), static_cast<char>(size)} + body + jpeg.substr(2);
}

// The files that are named, else drawn ones of 12 megapixels: of a smooth scene with grain, which packs better than a photo does, and
// with detail as telephones (colour at a quarter, now also in the colours of their screens) and other cameras (at half) write it.
inline std::vector<NamedFile> photos(int count, char** names) {
    std::vector<NamedFile> out;
    for (int i = 1; i < count; ++i) {
        Result<std::string> file = read_file(names[i]);
        if (file && picture_format(*file).decode) out.push_back({names[i], std::move(*file)});
    }
    if (count > 1) return out;
    Pixels smooth = draw_scene(1, 4000, 3000);
    std::uint32_t state = 1;
    for (std::uint8_t& sample : smooth.rgb) {
        state = state * 1664525 + 1013904223;
        sample = static_cast<std::uint8_t>(std::clamp(int{sample} + int(state >> 24) % 13 - 6, 0, 255));
    }
    Pixels const detailed = add_detail(draw_scene(1, 4000, 3000));
    out.push_back({"smooth, 4:2:0", with_exif_segment(to_jpeg(smooth))});
    out.push_back({"detailed, 4:2:0", with_exif_segment(to_jpeg(detailed))});
    out.push_back({"detailed, 4:2:2", with_exif_segment(to_jpeg(detailed, 90, Colour::half))});
    out.push_back({"detailed, 4:4:4", with_exif_segment(to_jpeg(detailed, 90, Colour::full))});
    out.push_back({"detailed, 4:2:0, Display P3", with_exif_segment(with_profile(to_jpeg(detailed), display_p3()))});
    return out;
}

class Nowhere final : public Canvas {
  public:
    void begin(std::uint32_t, std::uint32_t, std::uint32_t) override {}
    void row(std::span<std::uint8_t const>) override {}
    void end() override {}
};

// Milliseconds of this process's processor time, which other programs lengthen less than the clock's.
template <class Work>
double milliseconds(Work const& work) {
    auto const now = [] {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    };
    double const start = now();
    work();
    return now() - start;
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Times of several works on one file and of its plain decode, taken in turn, so that a busy machine slows all.
class Beside {
  public:
    explicit Beside(std::size_t works) : times_(works), ratios_(works) {}
    void decode(std::string const& file) {
        Nowhere nowhere;
        decodes_.push_back(milliseconds([&] { (void)picture_format(file).decode(file, nowhere); }));
    }
    void add(std::size_t work, double time) {
        times_[work].push_back(time);
        ratios_[work].push_back(time / decodes_.back());
    }
    void print(std::size_t work, char const* name) const {
        std::printf("    %-28s %8.1f ms %6.2f decodes\n", name, median(times_[work]), median(ratios_[work]));
    }
    void print_decode() const { std::printf("    %-28s %8.1f ms\n", "plain decode", median(decodes_)); }

  private:
    std::vector<double> decodes_;
    std::vector<std::vector<double>> times_, ratios_;
};

}  // namespace keepmum
