// How long a 12-megapixel JPEG takes to be cleaned, with its proof, beside a plain decode by libjpeg-turbo in the same run: bench_clean.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

#include "clean/canary.h"
#include "clean/cleaner.h"
#include "clean/proof.h"
#include "format/photo/byte_map.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"

namespace {

class Nowhere final : public keepmum::Canvas {
  public:
    void begin(std::uint32_t, std::uint32_t, std::uint32_t) override {}
    void row(std::span<std::uint8_t const>) override {}
    void end() override {}
};

// Milliseconds, the median of five.
template <class Work>
double measure(Work const& work) {
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        auto const start = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    return times[2];
}

}  // namespace

int main() {
    using namespace keepmum;
    Pixels scene = draw_scene(1, 4000, 3000);
    std::mt19937 draw(1);
    for (std::uint8_t& value : scene.rgb) value = static_cast<std::uint8_t>(std::clamp(int{value} + int(draw() % 13) - 6, 0, 255));
        // as a sensor's
    std::string const jpeg = to_jpeg(scene, 90);
    double const decode = measure([&] {
        Nowhere nowhere;
        decode_jpeg(jpeg, nowhere);
    });
    std::string copy;
    double const clean = measure([&] {
        auto done = clean_picture(jpeg, {});
        if (Cleaned* const cleaned = std::get_if<Cleaned>(&done)) copy = std::move(cleaned->bytes);
    });
    double const walk = measure([&] { harvest(walk_picture(jpeg, 1u << 26), {}); });
    double const proof = measure([&] { prove(copy, {}, Kept::nothing); });
    std::printf("12 megapixels, %.1f MB; the copy %.1f MB\n", double(jpeg.size()) / 1e6, double(copy.size()) / 1e6);
    std::printf("%-28s %8.0f ms\n", "plain decode", decode);
    for (auto const& [name, time] : {std::pair{"walk and harvest", walk}, {"decode, write, compare", clean}, {"proof", proof},
        {"all", walk + clean + proof}}) {
        std::printf("%-28s %8.0f ms %6.1f decodes\n", name, time, time / decode);
    }
    return copy.empty();
}
