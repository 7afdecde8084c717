// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/grey.h"

#include <algorithm>
#include <cmath>

#include "format/pixels/decode.h"
#include "format/pixels/orientation.h"

namespace keepmum::ocr {

namespace {

// Where a source row or column goes: a share of it into one place, the rest into the next.
struct Share {
    std::uint32_t into = 0;
    float first = 1;
};

// Each of `from` cells onto `to` ≤ `from` cells of the same whole extent.
std::vector<Share> shares(std::uint32_t from, std::uint32_t to) {
    std::vector<Share> all(from);
    double const scale = static_cast<double>(to) / from;
    for (std::uint32_t i = 0; i < from; ++i) {
        double const begin = i * scale, end = (i + 1) * scale;
        auto const into = std::min(static_cast<std::uint32_t>(begin), to - 1);
        double const border = std::min(into + 1.0, end);
        all[i] = {into,
                  static_cast<float>(end > begin ? std::clamp((border - begin) / (end - begin), 0.0, 1.0) : 1.0)};
    }
    return all;
}

// Averages a picture down as its rows come.
class GreyCanvas final : public Canvas {
  public:
    GreyCanvas(Sizing const& sizing, std::uint32_t orientation, PageTaker& taker)
        : sizing_(sizing), orientation_(orientation), taker_(taker) {}

    void reduced_from(std::uint32_t width, std::uint32_t height) override {
        full_width_ = width;
        full_height_ = height;
    }

    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t page) override {
        page_ = {};
        page_.number = page;
        page_.shown_width = full_width_ ? full_width_ : width;
        page_.shown_height = full_height_ ? full_height_ : height;
        full_width_ = full_height_ = 0;
        width_ = width;
        height_ = height;
        next_ = 0;
        double const scale = scale_of(width, height);
        page_.grey.width =
            std::clamp<std::uint32_t>(static_cast<std::uint32_t>(std::lround(width * scale)), 1, width);
        page_.grey.height =
            std::clamp<std::uint32_t>(static_cast<std::uint32_t>(std::lround(height * scale)), 1, height);
        page_.grey.values.assign(std::size_t{page_.grey.width} * page_.grey.height, 255);
        columns_ = shares(width, page_.grey.width);
        rows_ = shares(height, page_.grey.height);
        line_.assign(page_.grey.width + 1, 0);
        sums_.assign(page_.grey.width, 0);
        weight_ = 0;
        column_weight_ = static_cast<float>(page_.grey.width) / static_cast<float>(width);
    }

    void row(std::span<std::uint8_t const> rgb) override {
        if (next_ >= height_ || rgb.size() < std::size_t{width_} * 3) return;
        Share const share = rows_[next_++];
        average(rgb);
        add(share.first);
        if (share.first < 1 || next_ == height_ || rows_[next_].into != share.into) {
            finish(share.into);
            add(1 - share.first);
        }
    }

    void end() override {
        if (orientation_ >= 5) std::swap(page_.shown_width, page_.shown_height);
        page_.grey = turn(std::move(page_.grey), orientation_);
        taker_.take(std::move(page_));
    }

    std::uint32_t enough_side() const override { return sizing_.enough_side; }

  private:
    double scale_of(std::uint32_t width, std::uint32_t height) const {
        double const pixels = static_cast<double>(width) * height;
        if (sizing_.pixels == 0 || pixels <= sizing_.pixels) return 1;
        double const by_side = static_cast<double>(sizing_.least_side) / std::min(width, height);
        return std::min(1.0, std::max(std::sqrt(sizing_.pixels / pixels), by_side));
    }

    void average(std::span<std::uint8_t const> rgb) {
        std::fill(line_.begin(), line_.end(), 0.0F);
        std::uint8_t const* pixel = rgb.data();
        for (Share const& share : columns_) {
            float const light = static_cast<float>(pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) * (1.0F / 256);
            line_[share.into] += light * share.first;
            line_[share.into + 1] += light * (1 - share.first);
            pixel += 3;
        }
    }

    void add(float weight) {
        if (weight <= 0) return;
        for (std::size_t x = 0; x < sums_.size(); ++x) sums_[x] += line_[x] * weight;
        weight_ += weight;
    }

    void finish(std::uint32_t into) {
        if (weight_ <= 0 || into >= page_.grey.height) return;
        float const factor = column_weight_ / weight_;
        std::uint8_t* const out = page_.grey.row(into);
        for (std::size_t x = 0; x < sums_.size(); ++x) {
            out[x] = static_cast<std::uint8_t>(std::clamp(sums_[x] * factor + 0.5F, 0.0F, 255.0F));
        }
        std::fill(sums_.begin(), sums_.end(), 0.0F);
        weight_ = 0;
    }

    Sizing sizing_;
    std::uint32_t orientation_;
    PageTaker& taker_;
    Page page_;
    std::uint32_t width_ = 0, height_ = 0, next_ = 0;
    std::uint32_t full_width_ = 0, full_height_ = 0;
    std::vector<Share> columns_, rows_;
    std::vector<float> line_, sums_;
    float weight_ = 0, column_weight_ = 1;
};

}  // namespace

bool is_icon(Page const& page) {
    constexpr std::uint32_t least_side = 10, least_longer_side = 40;  // pixels
    return std::min(page.shown_width, page.shown_height) < least_side || std::max(page.shown_width, page.shown_height) < least_longer_side;
}

float light_at(Grey const& picture, float x, float y) {
    float const right = static_cast<float>(picture.width - 1), bottom = static_cast<float>(picture.height - 1);
    x = std::clamp(x, 0.0F, right);
    y = std::clamp(y, 0.0F, bottom);
    auto const left = static_cast<std::uint32_t>(x), top = static_cast<std::uint32_t>(y);
    std::uint32_t const next = std::min(left + 1, picture.width - 1), below = std::min(top + 1, picture.height - 1);
    float const along = x - static_cast<float>(left), down = y - static_cast<float>(top);
    std::uint8_t const *upper = picture.row(top), *lower = picture.row(below);
    float const first = static_cast<float>(upper[left]) * (1 - along) + static_cast<float>(upper[next]) * along;
    float const second = static_cast<float>(lower[left]) * (1 - along) + static_cast<float>(lower[next]) * along;
    return first * (1 - down) + second * down;
}

Grey turn(Grey picture, std::uint32_t orientation) {
    if (orientation < 2 || orientation > 8) return picture;
    Turned const from = turned_by(orientation);
    Grey out;
    out.width = from.across ? picture.height : picture.width;
    out.height = from.across ? picture.width : picture.height;
    out.values.resize(picture.values.size());
    for (std::uint32_t y = 0; y < out.height; ++y) {
        std::uint8_t* const row = out.row(y);
        for (std::uint32_t x = 0; x < out.width; ++x) {
            std::uint32_t column = from.across ? y : x, line = from.across ? x : y;
            if (from.from_right) column = picture.width - 1 - column;
            if (from.from_below) line = picture.height - 1 - line;
            row[x] = picture.row(line)[column];
        }
    }
    return out;
}

std::optional<Trouble> decode_grey(std::string_view bytes, Sizing const& sizing, PageTaker& taker) {
    PictureFormat const format = picture_format(bytes);
    if (!format.decode) return Trouble{Cause::unsupported, "no decoder for this kind of picture"};
    std::uint32_t orientation = picture_orientation(bytes);
    // The library has mirrored scans already, but turned none.
    constexpr std::uint32_t left_to_do[] = {1, 1, 1, 1, 5, 7, 5, 7};
    if (format.media == "image/tiff") orientation = left_to_do[orientation - 1];
    GreyCanvas canvas(sizing, orientation, taker);
    return format.decode(bytes, canvas);
}

}  // namespace keepmum::ocr
