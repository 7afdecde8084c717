// Pictures found again: recall for each kind of change, false likeness among different pictures, and the cost
// of one picture and of one question to a million.
//
//   bench_pictures [-n QUESTIONS] [-p PICTURES] [FOLDER…]    up to PICTURES below the folders, beside 60 made ones
//
// What is the same picture is judged apart from the hash: by how well grey values of both, 64 × 64, go together
// (correlation over 0.9 in some position).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "extract/collect.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "extract/image/picture.h"
#include "index/likeness/picture_search.h"
#include "index/likeness/picture_store.h"
#include "io/file.h"

namespace keepmum {
namespace {

constexpr std::uint32_t most_pixels_here = 1'000'000, made = 60;

class First final : public Canvas {
  public:
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override {
        wanted_ = pixels.width == 0 && std::uint64_t{width} * height <= most_pixels_here;
        if (wanted_) pixels = {width, height, {}};
    }
    void row(std::span<std::uint8_t const> rgb) override {
        if (wanted_) pixels.rgb.insert(pixels.rgb.end(), rgb.begin(), rgb.end());
    }
    void end() override { wanted_ = false; }
    Pixels pixels;

  private:
    bool wanted_ = false;
};

PictureSignature sign_file(std::string file) {
    Collect outlet;
    Result<Done> const done = picture_extractor()->extract(input_of(std::move(file)), outlet);
    if (!done || outlet.all.empty()) return {};
    return read_signature(outlet.all.front().content.view()).value_or(PictureSignature{});
}
PictureSignature sign(Pixels const& pixels) { return sign_file(to_bmp(pixels)); }

// Takes each pixel of a picture of that size from a place in `from`, 0 to 1 across and down.
template <class Where>
Pixels draw(Pixels const& from, std::uint32_t width, std::uint32_t height, Where where) {
    Pixels to{width, height, std::vector<std::uint8_t>(std::size_t{width} * height * 3, 255)};
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            auto const [u, v] = where((static_cast<double>(x) + 0.5) / width, (static_cast<double>(y) + 0.5) / height);
            if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
            double const px = std::clamp(u * from.width - 0.5, 0.0, from.width - 1.0),
                         py = std::clamp(v * from.height - 0.5, 0.0, from.height - 1.0);
            auto const x0 = static_cast<std::size_t>(px), y0 = static_cast<std::size_t>(py);
            std::size_t const x1 = std::min<std::size_t>(x0 + 1, from.width - 1), y1 = std::min<std::size_t>(y0 + 1, from.height - 1);
            double const a = px - static_cast<double>(x0), b = py - static_cast<double>(y0);
            for (std::size_t c = 0; c < 3; ++c) {
                auto const at = [&](std::size_t column, std::size_t row) { return from.rgb[(row * from.width + column) * 3 + c]; };
                to.rgb[(y * width + x) * 3 + c] = static_cast<std::uint8_t>(
                    (1 - b) * ((1 - a) * at(x0, y0) + a * at(x1, y0)) + b * ((1 - a) * at(x0, y1) + a * at(x1, y1)) + 0.5);
            }
        }
    }
    return to;
}

using Spot = std::pair<double, double>;

Pixels halve(Pixels const& from) {
    Pixels to{from.width / 2, from.height / 2, {}};
    for (std::size_t y = 0; y < to.height; ++y) {
        for (std::size_t x = 0; x < std::size_t{to.width} * 3; ++x) {
            std::size_t const at = 2 * y * from.width * 3 + x / 3 * 6 + x % 3, below = at + std::size_t{from.width} * 3;
            to.rgb.push_back(static_cast<std::uint8_t>((from.rgb[at] + from.rgb[at + 3] + from.rgb[below] + from.rgb[below + 3] + 2) / 4));
        }
    }
    return to;
}

Pixels resize(Pixels const& from, double scale) {
    auto const side = [&](std::uint32_t pixels) { return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(pixels * scale)); };
    if (scale == 0.25) return halve(halve(from));
    if (scale == 0.5) return halve(from);
    return draw(from, side(from.width), side(from.height), [](double u, double v) { return Spot{u, v}; });
}
Pixels rotate(Pixels const& from) {
    return draw(from, from.height, from.width, [](double u, double v) { return Spot{v, 1 - u}; });
}
Pixels mirror(Pixels const& from) {
    return draw(from, from.width, from.height, [](double u, double v) { return Spot{1 - u, v}; });
}
Pixels crop(Pixels const& from, double left, double top, double right, double bottom) {
    double const w = 1 - left - right, h = 1 - top - bottom;
    return draw(from, static_cast<std::uint32_t>(from.width * w), static_cast<std::uint32_t>(from.height * h),
                [=](double u, double v) { return Spot{left + u * w, top + v * h}; });
}
Pixels frame(Pixels const& from, double share) {
    double const whole = 1 + 2 * share;
    return draw(from, static_cast<std::uint32_t>(from.width * whole), static_cast<std::uint32_t>(from.height * whole),
                [=](double u, double v) { return Spot{u * whole - share, v * whole - share}; });
}
Pixels grey(Pixels from) {
    for (std::size_t i = 0; i + 2 < from.rgb.size(); i += 3) {
        auto const value = static_cast<std::uint8_t>(0.299 * from.rgb[i] + 0.587 * from.rgb[i + 1] + 0.114 * from.rgb[i + 2]);
        from.rgb[i] = from.rgb[i + 1] = from.rgb[i + 2] = value;
    }
    return from;
}
Pixels jpeg(Pixels const& from, int quality) {
    First first;
    (void)decode_jpeg(to_jpeg(from, quality), first);
    return std::move(first.pixels);
}

struct Registered {
    std::string name;
    Pixels pixels;
    PictureSignature signature;
};

std::vector<Registered> collect(std::vector<std::string> const& folders, std::size_t most) {
    std::vector<Registered> all;
    std::set<Hash128> seen;
    auto const take = [&](std::string name, Pixels pixels) {
        if (std::min(pixels.width, pixels.height) < least_registered_side) return;
        std::string_view const bytes(reinterpret_cast<char const*>(pixels.rgb.data()), pixels.rgb.size());
        if (!seen.insert(content_hash(bytes)).second) return;  // the same pixels under another name
        PictureSignature signature = sign(pixels);
        if (!signature.shown.empty()) all.push_back({std::move(name), std::move(pixels), std::move(signature)});
    };
    for (std::uint32_t seed = 1; seed <= made; ++seed)
        take("made " + std::to_string(seed), draw_scene(seed, 300 + seed * 7 % 500, 240 + seed * 13 % 400));
    for (std::string const& folder : folders) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file() || all.size() >= made + most) continue;
            Result<std::string> const file = read_file(entry.path().string());
            First first;
            if (!file || !picture_format(*file).decode) continue;
            (void)picture_format(*file).decode(*file, first);
            if (first.pixels.rgb.size() == std::size_t{first.pixels.width} * first.pixels.height * 3)
                take(entry.path().filename().string(), std::move(first.pixels));
        }
    }
    return all;
}

// The least distance that the register would see.
int likeness(PictureSignature const& registered, PictureSignature const& asked) {
    std::vector<StoredPicture> stored;
    append_pictures(1, registered, stored);
    int least = 256;
    for (auto const& all : asked.shown) {
        for (PictureHash const& hash : all) {
            for (StoredPicture const& each : stored) least = std::min(least, distance(each.hash, hash));
        }
    }
    return least;
}

void print_recall(std::vector<Registered> const& all) {
    std::mt19937 random(1);
    auto const upto = [&](double most) { return most * (random() % 1000) / 1000.0; };
    auto const cut_all = [](double share) { return [share](Pixels const& p) { return crop(p, share, share, share, share); }; };
    std::pair<char const*, std::function<Pixels(Pixels const&)>> const changes[] = {
        {"none", [](Pixels const& p) { return p; }},
        {"JPEG 90", [](Pixels const& p) { return jpeg(p, 90); }},
        {"JPEG 60", [](Pixels const& p) { return jpeg(p, 60); }},
        {"JPEG 30", [](Pixels const& p) { return jpeg(p, 30); }},
        {"quarter turn, JPEG 80", [](Pixels const& p) { return jpeg(rotate(p), 80); }},
        {"half turn", [](Pixels const& p) { return rotate(rotate(p)); }},
        {"mirrored, quarter turn", [](Pixels const& p) { return rotate(mirror(p)); }},
        {"25 %", [](Pixels const& p) { return resize(p, 0.25); }},
        {"50 %", [](Pixels const& p) { return resize(p, 0.5); }},
        {"70 %, JPEG 60", [](Pixels const& p) { return jpeg(resize(p, 0.7), 60); }},
        {"200 %", [](Pixels const& p) { return resize(p, 2); }},
        {"400 % (up to a million pixels)",
         [](Pixels const& p) {
             return std::uint64_t{p.width} * p.height * 16 > most_pixels_here ? resize(p, 2) : resize(p, 4);
         }},
        {"grey", [](Pixels const& p) { return grey(p); }},
        {"white frame of 10 %", [](Pixels const& p) { return frame(p, 0.1); }},
        {"white frame of 30 %, JPEG 70", [](Pixels const& p) { return jpeg(frame(p, 0.3), 70); }},
        {"2 % cut off all around", cut_all(0.02)},
        {"5 % cut off all around", cut_all(0.05)},
        {"10 % cut off all around", cut_all(0.1)},
        {"5 % cut off below", [](Pixels const& p) { return crop(p, 0, 0, 0, 0.05); }},
        {"10 % cut off at the left", [](Pixels const& p) { return crop(p, 0.1, 0, 0, 0); }},
        {"up to 3 % cut off each side",
         [&](Pixels const& p) { return crop(p, upto(0.03), upto(0.03), upto(0.03), upto(0.03)); }},
        {"up to 6 % cut off each side",
         [&](Pixels const& p) { return crop(p, upto(0.06), upto(0.06), upto(0.06), upto(0.06)); }},
    };
    std::printf("%-34s %8s %8s\n", "change", "found", "median");
    for (auto const& [name, change] : changes) {
        std::vector<int> least;
        for (Registered const& each : all) least.push_back(likeness(each.signature, sign(change(each.pixels))));
        std::sort(least.begin(), least.end());
        auto const found = std::upper_bound(least.begin(), least.end(), alike_within) - least.begin();
        std::printf("%-34s %6.1f %% %8d bits\n", name,
                    100.0 * static_cast<double>(found) / static_cast<double>(least.size()), least[least.size() / 2]);
    }
}

std::vector<double> small_grey(Pixels const& from) {
    Pixels const small = grey(draw(from, 64, 64, [](double u, double v) { return Spot{u, v}; }));
    std::vector<double> values;
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < small.rgb.size(); i += 3) values.push_back(small.rgb[i]);
    for (double value : values) sum += value;
    for (double& value : values) {
        value -= sum / 4096;
        squares += value * value;
    }
    for (double& value : values) value /= std::sqrt(std::max(squares, 1e-9));
    return values;
}

bool is_same(Pixels const& left, Pixels const& right) {
    std::vector<double> const a = small_grey(left);
    Pixels turned = right;
    for (int position = 0; position < 8; ++position, turned = position == 4 ? mirror(right) : rotate(turned)) {
        std::vector<double> const b = small_grey(turned);
        double together = 0;
        for (std::size_t i = 0; i < a.size(); ++i) together += a[i] * b[i];
        if (together > 0.9) return true;
    }
    return false;
}

void print_false(std::vector<Registered> const& all) {
    std::size_t pairs = 0, alike = 0, wrong = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (i == k) continue;
            ++pairs;
            int const bits = likeness(all[i].signature, all[k].signature);
            if (bits > alike_within) continue;
            ++alike;
            if (is_same(all[i].pixels, all[k].pixels)) continue;
            ++wrong;
            std::printf("  not the same, %d bits: %s, %s\n", bits, all[i].name.c_str(), all[k].name.c_str());
        }
    }
    std::printf("%zu pictures, %zu pairs of different files: %zu alike, of these not the same picture: %zu\n", all.size(),
                pairs, alike, wrong);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void print_search(std::size_t count, std::size_t questions) {
    std::mt19937_64 random(1);
    std::vector<PictureHash> hashes(count);
    for (PictureHash& hash : hashes) hash = {random(), random(), random(), random()};
    auto start = std::chrono::steady_clock::now();
    PictureSearch const search(hashes);
    double const build = seconds_since(start);
    std::vector<PictureHash> asked;
    for (std::size_t i = 0; i < questions * turns; ++i) {
        PictureHash hash = hashes[random() % count];
        for (std::uint32_t flip = 0; flip < i % 32; ++flip) hash[random() % 4] ^= std::uint64_t{1} << (random() % 64);
        asked.push_back(hash);
    }
    std::size_t found = 0, there = 0;
    start = std::chrono::steady_clock::now();
    for (PictureHash const& hash : asked) found += search.find(hash).size();
    double const indexed = seconds_since(start) / static_cast<double>(questions);
    start = std::chrono::steady_clock::now();
    for (PictureHash const& hash : asked) there += search.compare_all(hash).size();
    double const one_by_one = seconds_since(start) / static_cast<double>(questions);
    std::printf(
        "a picture in its %zu positions among %zu hashes: %.2f ms, one by one %.2f ms (%.1f times); tables built in %.0f "
        "ms; found %zu of %zu\n",
        turns, count, indexed * 1e3, one_by_one * 1e3, one_by_one / indexed, build * 1e3, found, there);
}

void print_cost() {
    for (auto const& [width, height] : {std::pair(640u, 480u), std::pair(4000u, 3000u)}) {
        Pixels const scene = draw_scene(1, width, height);
        for (MadeFile const& file : {MadeFile{"image/jpeg", to_jpeg(scene)}, MadeFile{"image/png", to_png(scene)}}) {
            auto start = std::chrono::steady_clock::now();
            First first;
            (void)picture_format(file.bytes).decode(file.bytes, first);
            double const decode = seconds_since(start);
            start = std::chrono::steady_clock::now();
            (void)sign_file(file.bytes);
            std::printf("%u × %u %s: decoded and signed in %.0f ms; the plain decode alone %.0f ms\n", width, height,
                        std::string(file.media).c_str(), seconds_since(start) * 1e3, decode * 1e3);
        }
    }
}

}  // namespace
}  // namespace keepmum

int main(int argc, char** argv) {
    using namespace keepmum;
    std::vector<std::string> folders;
    std::size_t questions = 20, most = 1000;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "-n" && i + 1 < argc) questions = std::max<std::size_t>(1, std::strtoul(argv[++i], nullptr, 10));
        else if (std::string(argv[i]) == "-p" && i + 1 < argc) most = std::strtoul(argv[++i], nullptr, 10);
        else folders.emplace_back(argv[i]);
    }
    print_cost();
    print_search(1'000'000, questions);
    std::vector<Registered> const all = collect(folders, most);
    print_recall(all);
    print_false(all);
    return 0;
}
