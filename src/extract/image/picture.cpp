// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/picture.h"

#include <algorithm>
#include <string>
#include <vector>

#include "format/pixels/decode.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {

namespace {

// More than the 64 × 64 samples of a hash need, so that cuts of it have enough too.
constexpr std::uint32_t most_side = 512;

// Averages a picture down to at most 512 pixels a side as its rows come, and signs it.
class SigningCanvas final : public Canvas {
  public:
    explicit SigningCanvas(Outlet& outlet) : outlet_(outlet) {}

    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t page) override {
        width_ = width;
        height_ = height;
        page_ = page;
        next_ = 0;
        grey_.width = std::min(width, most_side);
        grey_.height = std::min(height, most_side);
        grey_.values.assign(std::size_t{grey_.width} * grey_.height, 0);
        rows_.assign(grey_.height, 0);
        columns_.resize(width);
        shares_.assign(grey_.width, 0);
        for (std::uint64_t x = 0; x < width; ++x) {
            columns_[x] = static_cast<std::uint16_t>(x * grey_.width / width);
            shares_[columns_[x]] += 1;
        }
    }

    void row(std::span<std::uint8_t const> rgb) override {
        if (next_ >= height_ || rgb.size() < std::size_t{width_} * 3) return;
        std::uint64_t const into = std::uint64_t{next_++} * grey_.height / height_;
        float* const sums = &grey_.values[into * grey_.width];
        std::uint8_t const* pixel = rgb.data();
        for (std::size_t x = 0; x < width_; ++x, pixel += 3) {
            sums[columns_[x]] += 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
        }
        ++rows_[into];
        if (next_ % 256 == 0) outlet_.progress();
    }

    void end() override {
        // Rows that never came are no part of it.
        std::uint32_t const full = static_cast<std::uint32_t>(std::find(rows_.begin(), rows_.end(), 0u) - rows_.begin());
        grey_.height = full;
        grey_.values.resize(std::size_t{full} * grey_.width);
        for (std::size_t y = 0; y < full; ++y) {
            float* const sums = &grey_.values[y * grey_.width];
            for (std::size_t x = 0; x < grey_.width; ++x) sums[x] /= shares_[x] * static_cast<float>(rows_[y]);
        }
        PictureSignature signature = sign_picture(grey_);
        signature.width = width_;
        signature.height = height_;
        Evidence evidence;
        evidence.kind = Kind::image;
        evidence.media = signature_media;
        evidence.content = Blob::take(write_signature(signature));
        if (page_ > 1) evidence.place.steps.push_back({How::page, std::to_string(page_)});
        outlet_.put(std::move(evidence));
    }

    std::uint32_t enough_side() const override { return most_side; }

  private:
    Outlet& outlet_;
    std::uint32_t width_ = 0, height_ = 0, page_ = 0, next_ = 0;
    Luminance grey_;
    std::vector<std::uint32_t> rows_;     // how many rows went into each
    std::vector<std::uint16_t> columns_;  // which column each pixel goes to
    std::vector<float> shares_;           // how many go to each
};

class PictureExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        SigningCanvas canvas(outlet);
        PictureFormat const format = picture_format(bytes);
        std::optional<Trouble> trouble = Trouble{Cause::unsupported, "no decoder for this kind of picture"};
        if (format.decode) trouble = format.decode(bytes, canvas);
        std::string media(format.media);
        if (!trouble) return Done{bytes.size(), std::move(media)};
        outlet.gap({{}, trouble->cause, Stage::decode, bytes.size(), std::move(media), std::move(trouble->detail)});
        return Done{};
    }
};

}  // namespace

Extractor const* picture_extractor() {
    static PictureExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
