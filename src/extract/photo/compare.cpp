// Pearson's correlation of 24 × 24 averages decides. Thumbnails are often padded with black bars to 4:3, and stay as they were
// when a viewer turns the picture: without turning, every tenth honest thumbnail of a phone would be called different.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/compare.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "format/pixels/decode.h"

namespace keepmum {

namespace {

constexpr std::uint32_t most_side = 64, side = 24;
constexpr double alike_from = 0.85;
constexpr std::uint32_t spot = 3;     // samples a side
constexpr double spot_from = 48;      // grey levels on average
constexpr float dark = 24;  // a bar is no brighter than this, on average

class GlanceCanvas final : public Canvas {
  public:
    GlanceCanvas(Outlet& outlet, Glancing look) : outlet_(outlet), look_(look) {}

    void reduced_from(std::uint32_t width, std::uint32_t height) override {
        if (pictures > 0) return;
        glance.width = width;
        glance.height = height;
    }

    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override {
        if (glance.width == 0) reduced_from(width, height);
        ++pictures;
        if (pictures > 1) return;
        width_ = width;
        height_ = height;
        glance.columns = std::min(width, most_side);
        glance.rows = std::min(height, most_side);
        glance.grey.assign(std::size_t{glance.columns} * glance.rows, 0);
        counts_.assign(glance.rows, 0);
        next_ = 0;
    }

    void row(std::span<std::uint8_t const> rgb) override {
        if (rows_++ % 256 == 0) outlet_.progress();
        if (look_ == Glancing::decode_only || pictures != 1 || next_ >= height_ || rgb.size() < std::size_t{width_} * 3) return;
        std::uint64_t const into = std::uint64_t{next_++} * glance.rows / height_;
        float* const sums = &glance.grey[into * glance.columns];
        std::uint8_t const* pixel = rgb.data();
        for (std::uint32_t column = 0, x = 0; column < glance.columns; ++column) {
            auto const end =
                static_cast<std::uint32_t>(std::uint64_t{width_} * (column + 1) / glance.columns);
            std::uint32_t const count = end - x;
            std::uint32_t sum = 0;
            for (; x < end; ++x, pixel += 3) sum += 77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2];
            sums[column] += static_cast<float>(sum) / (256.0F * static_cast<float>(std::max(count, 1u)));
        }
        ++counts_[into];
    }

    void end() override {
        if (pictures != 1) return;
        for (std::uint32_t y = 0; y < glance.rows; ++y) {
            for (std::uint32_t x = 0; x < glance.columns; ++x)
                glance.grey[std::size_t{y} * glance.columns + x] /=
                    static_cast<float>(std::max(counts_[y], 1u));
        }
    }

    std::uint32_t enough_side() const override { return most_side; }

    Glance glance;
    std::uint32_t pictures = 0;

  private:
    Outlet& outlet_;
    Glancing look_;
    std::uint32_t rows_ = 0;
    std::vector<std::uint32_t> counts_;
    std::uint32_t width_ = 0, height_ = 0;  // as it is given: a decoder may make it smaller
    std::uint32_t next_ = 0;
};

struct Window {
    std::uint32_t left = 0, top = 0, right = 0, bottom = 0;
};

// `side` × `side` averages of a window.
std::vector<float> sample(Glance const& glance, Window window) {
    std::vector<float> out(std::size_t{side} * side);
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            // Bilinear between the middles of the samples.
            double const fx = window.left + (x + 0.5) * (window.right - window.left) / side - 0.5;
            double const fy = window.top + (y + 0.5) * (window.bottom - window.top) / side - 0.5;
            auto const at = [&](double px, double py) {
                auto const cx =
                    static_cast<std::uint32_t>(std::clamp(px, double(window.left), double(window.right - 1)));
                auto const cy =
                    static_cast<std::uint32_t>(std::clamp(py, double(window.top), double(window.bottom - 1)));
                return glance.grey[std::size_t{cy} * glance.columns + cx];
            };
            double const bx = std::floor(fx), by = std::floor(fy), wx = fx - bx, wy = fy - by;
            out[std::size_t{y} * side + x] =
                static_cast<float>((at(bx, by) * (1 - wx) + at(bx + 1, by) * wx) * (1 - wy) +
                                   (at(bx, by + 1) * (1 - wx) + at(bx + 1, by + 1) * wx) * wy);
        }
    }
    return out;
}

std::vector<float> quarter_turn(std::vector<float> const& in) {
    std::vector<float> out(in.size());
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x)
            out[std::size_t{x} * side + (side - 1 - y)] = in[std::size_t{y} * side + x];
    }
    return out;
}

double correlation(std::vector<float> const& left, std::vector<float> const& right) {
    double sl = 0, sr = 0, sll = 0, srr = 0, slr = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        sl += left[i];
        sr += right[i];
        sll += double(left[i]) * left[i];
        srr += double(right[i]) * right[i];
        slr += double(left[i]) * right[i];
    }
    auto const n = static_cast<double>(left.size());
    double const vl = sll / n - sl / n * (sl / n), vr = srr / n - sr / n * (sr / n);
    // Plain surfaces have no course to compare, only brightness.
    if (vl < 4 || vr < 4) return vl < 16 && vr < 16 && std::fabs(sl - sr) / n < 16 ? 1 : 0;
    return (slr / n - sl / n * (sr / n)) / std::sqrt(vl * vr);
}

// Whether some spot of one is not in the other, though on the whole they agree: what was retouched or painted over. Brightness and
// contrast may differ by a factor and an amount, which are fitted first.
bool has_spot(std::vector<float> const& left, std::vector<float> const& right) {
    double sl = 0, sr = 0, sll = 0, slr = 0;
    auto const n = static_cast<double>(left.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        sl += left[i];
        sr += right[i];
        sll += double(left[i]) * left[i];
        slr += double(left[i]) * right[i];
    }
    double const spread = sll / n - sl / n * (sl / n);
    if (spread < 4) return false;
    double const factor = (slr / n - sl / n * (sr / n)) / spread, amount = sr / n - factor * sl / n;
    for (std::uint32_t y = 0; y + spot <= side; ++y) {
        for (std::uint32_t x = 0; x + spot <= side; ++x) {
            double sum = 0;
            for (std::uint32_t i = 0; i < spot * spot; ++i) {
                std::size_t const at = std::size_t{y + i / spot} * side + x + i % spot;
                sum += right[at] - (factor * left[at] + amount);
            }
            if (std::fabs(sum) > spot_from * spot * spot) return true;
        }
    }
    return false;
}

double row_mean(Glance const& glance, std::uint32_t y) {
    double sum = 0;
    for (std::uint32_t x = 0; x < glance.columns; ++x) sum += glance.grey[std::size_t{y} * glance.columns + x];
    return sum / glance.columns;
}

double column_mean(Glance const& glance, std::uint32_t x) {
    double sum = 0;
    for (std::uint32_t y = 0; y < glance.rows; ++y) sum += glance.grey[std::size_t{y} * glance.columns + x];
    return sum / glance.rows;
}

Window without_bars(Glance const& glance) {
    Window window{0, 0, glance.columns, glance.rows};
    while (window.top + 8 < window.bottom && row_mean(glance, window.top) < dark) ++window.top;
    while (window.top + 8 < window.bottom && row_mean(glance, window.bottom - 1) < dark) --window.bottom;
    while (window.left + 8 < window.right && column_mean(glance, window.left) < dark) ++window.left;
    while (window.left + 8 < window.right && column_mean(glance, window.right - 1) < dark) --window.right;
    return window;
}

}  // namespace

Glanced glance_at(std::string_view file, Outlet& outlet, Glancing look) {
    PictureFormat const format = picture_format(file);
    if (!format.decode) return {{}, 0, Trouble{Cause::unsupported, "no decoder for this kind of picture"}};
    GlanceCanvas canvas(outlet, look);
    std::optional<Trouble> trouble = format.decode(file, canvas);
    Glanced out;
    if (look == Glancing::compare && canvas.glance.columns > 0) out.glance = std::move(canvas.glance);
    out.pictures = canvas.pictures;
    out.trouble = std::move(trouble);
    return out;
}

Glanced glance_at(Walk const& walk, Outlet& outlet) {
    FarView const& far = walk.far;
    GlanceCanvas canvas(outlet, Glancing::compare);
    canvas.reduced_from(walk.width, walk.height);
    canvas.begin(far.width, far.height, 0);
    std::vector<std::uint8_t> rgb(std::size_t{3} * far.width);
    for (std::size_t y = 0; y < far.height; ++y) {
        for (std::size_t x = 0; x < far.width; ++x) std::fill_n(&rgb[3 * x], 3, far.grey[y * far.width + x]);
        canvas.row(rgb);
    }
    canvas.end();
    return {std::move(canvas.glance), 1, {}};
}

bool look_alike(Glance const& left, Glance const& right) {
    Window const whole_left{0, 0, left.columns, left.rows}, whole_right{0, 0, right.columns, right.rows};
    std::vector<float> const lefts[] = {sample(left, whole_left), sample(left, without_bars(left))};
    std::vector<float> rights[] = {sample(right, whole_right), sample(right, without_bars(right))};
    for (int turn = 0; turn < 4; ++turn) {
        for (auto const& one : lefts) {
            for (auto& other : rights) {
                if (correlation(one, other) >= alike_from && !has_spot(one, other)) return true;
            }
        }
        for (auto& other : rights) other = quarter_turn(other);
    }
    return false;
}

}  // namespace keepmum
