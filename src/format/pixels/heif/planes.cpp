// Light and colour differences into red, green and blue (ITU-T H.273, equations 30 to 70), a row at a time. Colour that was coded more
// coarsely than light is taken from the two nearest samples, three parts to one, as if it lay between the samples of light.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/planes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "format/pixels/heif/light.h"

namespace keepmum {

namespace {

constexpr std::uint32_t identity = 0, said_nothing = 2, chroma_derived = 12;

// A sample's value between black and white, and of colour differences from -1/2 to 1/2.
struct Range {
    float black = 0, light = 1, colour = 1;  // light and colour: a step
};

Range range_of(std::uint32_t bits, bool full) {
    float const most = static_cast<float>((1u << bits) - 1), unit = static_cast<float>(1u << (bits - 8));
    return full ? Range{0, 1 / most, 1 / most} : Range{16 * unit, 1 / (219 * unit), 1 / (224 * unit)};
}

// The shares of red and blue in light; nothing for systems that are no matrix of that form.
struct Shares {
    float red = 0, blue = 0;
};

std::optional<Shares> shares_of(CodePoints const& meaning) {
    switch (meaning.matrix) {
        case 1:
            return Shares{0.2126F, 0.0722F};
        case 4:
            return Shares{0.30F, 0.11F};
        case 7:
            return Shares{0.212F, 0.087F};
        case 9:
            return Shares{0.2627F, 0.0593F};
        case said_nothing:
        case 5:
        case 6:
            return Shares{0.299F, 0.114F};
        case chroma_derived: {
            double red = 0, blue = 0;
            light_shares(meaning.primaries, red, blue);
            return Shares{static_cast<float>(red), static_cast<float>(blue)};
        }
        default:
            return {};
    }
}

// Reads samples as numbers.
class Sampler {
  public:
    Sampler(Planes const& planes, int plane) : planes_(planes), plane_(plane) {}

    void read(std::uint32_t y, std::uint32_t count, float* out) const {
        std::uint8_t const* const row =
            planes_.data[plane_] + static_cast<std::ptrdiff_t>(y) * planes_.stride[plane_];
        if (planes_.bits == 8) {
            for (std::uint32_t x = 0; x < count; ++x) out[x] = row[x];
            return;
        }
        for (std::uint32_t x = 0; x < count; ++x) {
            std::uint16_t sample;
            std::memcpy(&sample, row + std::size_t{x} * 2, 2);
            out[x] = sample;
        }
    }

  private:
    Planes const& planes_;
    int plane_;
};

// One plane of colour, at the size of the plane of light.
class ColourRows {
  public:
    ColourRows(Planes const& planes, int plane) : planes_(planes), sampler_(planes, plane) {
        across_ = planes.chroma != Planes::Chroma::full;
        down_ = planes.chroma == Planes::Chroma::halved;
        width_ = across_ ? (planes.width + 1) / 2 : planes.width;
        height_ = down_ ? (planes.height + 1) / 2 : planes.height;
        near_.resize(width_);
        far_.resize(width_);
    }

    void read(std::uint32_t y, float* out) {
        std::uint32_t const row = down_ ? y / 2 : y;
        sampler_.read(row, width_, across_ ? near_.data() : out);
        if (down_) {
            std::uint32_t const other = y % 2 == 0 ? row - (row > 0) : std::min(row + 1, height_ - 1);
            sampler_.read(other, width_, far_.data());
            for (std::uint32_t x = 0; x < width_; ++x) near_[x] = near_[x] * 0.75F + far_[x] * 0.25F;
        }
        if (across_) widen(out);
    }

  private:
    void widen(float* out) const {
        std::uint32_t const width = planes_.width;
        out[0] = near_[0];
        for (std::uint32_t x = 0; x + 1 < width_; ++x) {
            out[2 * x + 1] = near_[x] * 0.75F + near_[x + 1] * 0.25F;
            if (2 * x + 2 < width) out[2 * x + 2] = near_[x] * 0.25F + near_[x + 1] * 0.75F;
        }
        out[width - 1] = near_[width_ - 1];
    }

    Planes const& planes_;
    Sampler sampler_;
    bool across_ = false, down_ = false;
    std::uint32_t width_ = 0, height_ = 0;
    std::vector<float> near_, far_;
};

std::uint8_t to_byte(float value) { return static_cast<std::uint8_t>(std::clamp(value * 255 + 0.5F, 0.0F, 255.0F)); }

struct Row {
    std::vector<float> light, blueness, redness;
    explicit Row(std::uint32_t width) : light(width), blueness(width), redness(width) {}
    std::size_t size() const { return light.size(); }
};

// Into red (in `redness`), green (in `light`) and blue (in `blueness`), 0 to 1.
void mix(Row& row, Shares const& shares) {
    float const green_share = 1 - shares.red - shares.blue, red = 2 * (1 - shares.red), blue = 2 * (1 - shares.blue),
                green_of_red = red * shares.red / green_share, green_of_blue = blue * shares.blue / green_share;
    float *const y = row.light.data(), *const b = row.blueness.data(), *const r = row.redness.data();
    for (std::size_t x = 0; x < row.size(); ++x) {
        float const light = y[x], bluer = b[x], redder = r[x];
        y[x] = light - green_of_blue * bluer - green_of_red * redder;
        b[x] = light + blue * bluer;
        r[x] = light + red * redder;
    }
}

// Matrix 8, for whole numbers without loss.
void mix_ycgco(Row& row) {
    for (std::size_t x = 0; x < row.size(); ++x) {
        float const light = row.light[x], green = row.blueness[x], orange = row.redness[x], rest = light - green;
        row.light[x] = light + green;
        row.blueness[x] = rest - orange;
        row.redness[x] = rest + orange;
    }
}

void scale(std::vector<float>& samples, float zero, float step) {
    for (float& sample : samples) sample = (sample - zero) * step;
}

}  // namespace

bool is_beyond_screens(CodePoints const& meaning) { return meaning.transfer == 16 || meaning.transfer == 18; }

Raster to_mask(Planes const& planes, CodePoints const& meaning) {
    Raster raster{planes.width, planes.height, 1, 1, {}};
    raster.samples.resize(raster.row_size() * raster.height);
    Range const range = range_of(planes.bits, meaning.full_range);
    Sampler const sampler(planes, 0);
    std::vector<float> light(planes.width);
    for (std::uint32_t y = 0; y < planes.height; ++y) {
        sampler.read(y, planes.width, light.data());
        std::uint8_t* const out = raster.row(y);
        for (std::uint32_t x = 0; x < planes.width; ++x) out[x] = to_byte((light[x] - range.black) * range.light);
    }
    return raster;
}

std::optional<Trouble> to_rgb(Planes const& planes, CodePoints const& meaning, Raster& raster) {
    bool const bright = is_beyond_screens(meaning), plain = planes.chroma == Planes::Chroma::none;
    if (plain && !bright) {
        raster = to_mask(planes, meaning);
        return {};
    }
    bool const direct = meaning.matrix == identity && planes.chroma == Planes::Chroma::full,
               ycgco = meaning.matrix == 8;
    std::optional<Shares> const shares = shares_of(meaning);
    if (!plain && !direct && !ycgco && !shares)
        return Trouble{Cause::unsupported, "a rare kind of HEIF: colours that are mixed in a way not known here"};
    raster = {planes.width, planes.height, 3, 1, {}};
    raster.samples.resize(raster.row_size() * raster.height);
    Range const range = range_of(planes.bits, meaning.full_range);
    float const middle = static_cast<float>(1u << (planes.bits - 1));
    Sampler const sampler(planes, 0);
    std::optional<ColourRows> blueness, redness;
    if (!plain) blueness.emplace(planes, 1), redness.emplace(planes, 2);
    std::optional<Brightness> const brightness = bright ? std::optional<Brightness>(meaning) : std::nullopt;
    Row row(planes.width);
    for (std::uint32_t y = 0; y < planes.height; ++y) {
        sampler.read(y, planes.width, row.light.data());
        scale(row.light, range.black, range.light);
        if (plain) {
            row.blueness = row.redness = row.light;
        } else {
            blueness->read(y, row.blueness.data());
            redness->read(y, row.redness.data());
            scale(row.blueness, direct ? range.black : middle, direct ? range.light : range.colour);
            scale(row.redness, direct ? range.black : middle, direct ? range.light : range.colour);
            if (ycgco)
                mix_ycgco(row);
            else if (!direct)
                mix(row, *shares);
        }
        if (brightness) brightness->bring_into_range(row.redness, row.light, row.blueness);
        std::uint8_t* out = raster.row(y);
        for (std::uint32_t x = 0; x < planes.width; ++x, out += 3) {
            out[0] = to_byte(row.redness[x]);
            out[1] = to_byte(row.light[x]);
            out[2] = to_byte(row.blueness[x]);
        }
    }
    return {};
}

}  // namespace keepmum
