// What the byte map of a photo costs beside a plain decode of it: bench_photo_walk [FILE…]
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "format/photo/byte_map.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "io/file.h"

namespace keepmum {
namespace {

class Nowhere final : public Canvas {
  public:
    void begin(std::uint32_t, std::uint32_t, std::uint32_t) override {}
    void row(std::span<std::uint8_t const> rgb) override { sum += rgb[0]; }
    void end() override {}
    unsigned sum = 0;
};

template <class Work>
double milliseconds(Work work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Both in turn, so that a busy machine slows both.
void compare(std::string const& name, std::string const& file) {
    PictureFormat const format = picture_format(file);
    if (!format.decode) return;
    std::vector<double> walks, decodes, ratios;
    Nowhere nowhere;
    for (int i = 0; i < 11; ++i) {
        walks.push_back(milliseconds([&] { nowhere.sum += static_cast<unsigned>(walk_picture(file, 512u << 20).map.size()); }));
        decodes.push_back(milliseconds([&] { (void)format.decode(file, nowhere); }));
        ratios.push_back(walks.back() / decodes.back());
    }
    std::printf("%-40s %9zu bytes  map %8.2f ms  decode %8.2f ms  %.3f of it\n", name.c_str(), file.size(),
                median(walks), median(decodes), median(ratios));
}

// Grain, as a sensor has: drawn scenes alone pack too well.
Pixels photo(std::uint32_t width, std::uint32_t height) {
    Pixels out = draw_scene(1, width, height);
    std::uint32_t state = 1;
    for (std::uint8_t& sample : out.rgb) {
        state = state * 1664525 + 1013904223;
        sample = static_cast<std::uint8_t>(std::min<unsigned>(255, sample * 15 / 16 + (state >> 28)));
    }
    return out;
}

}  // namespace
}  // namespace keepmum

int main(int argc, char** argv) {
    using namespace keepmum;
    if (argc < 2) {
        Pixels const pixels = photo(4000, 3000);
        compare("12 megapixels, JPEG", to_jpeg(pixels));
        compare("12 megapixels, JPEG of a smooth scene", to_jpeg(draw_scene(1, 4000, 3000)));
        compare("12 megapixels, PNG", to_png(pixels));
    }
    for (int i = 1; i < argc; ++i) {
        if (Result<std::string> const file = read_file(argv[i])) compare(argv[i], *file);
    }
    return 0;
}
