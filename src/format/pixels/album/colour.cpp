// Colours by Little CMS: whatever profile a file carries, what is written is sRGB, as every screen takes it
// where nothing is said. So no profile need be written, whose maker, date and serial would tell of the camera.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "format/pixels/album/reshape.h"

namespace keepmum {

namespace {

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;
struct DeleteTransform {
    void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using Transform = std::unique_ptr<void, DeleteTransform>;

std::uint32_t layout_of(std::uint32_t space, std::uint32_t colours, Raster const& raster, bool inks) {
    bool const alpha = !inks && raster.has_alpha();
    return COLORSPACE_SH(space) | CHANNELS_SH(colours) | BYTES_SH(raster.depth) | EXTRA_SH(alpha ? 1u : 0u) | FLAVOR_SH(inks ? 1u : 0u);
}

// A profile from what a PNG says of its gamma and primaries; none where that is sRGB's own or nothing.
Profile from_numbers(Colours const& colours, bool grey) {
    double const* const c = colours.chromaticities;
    static constexpr double srgb[8] = {0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06};
    bool const primaries = !grey && c[1] > 0 && c[3] > 0 && c[5] > 0 && c[7] > 0;
    bool same = colours.gamma == 0 || std::abs(colours.gamma - 0.45455) < 0.01;
    for (int i = 0; i < 8 && primaries; ++i) same = same && std::abs(c[i] - srgb[i]) < 0.005;
    if (same || colours.gamma > 10 || colours.gamma < 0) return {};
    constexpr double srgb_curve[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve* const curve = colours.gamma > 0 ? cmsBuildGamma(nullptr, 1 / colours.gamma)
        : cmsBuildParametricToneCurve(nullptr, 4, srgb_curve);
    double const* const p = primaries ? c : srgb;
    cmsCIExyY const white{p[0], p[1], 1};
    cmsCIExyYTRIPLE const lights{{p[2], p[3], 1}, {p[4], p[5], 1}, {p[6], p[7], 1}};
    cmsToneCurve* const curves[3] = {curve, curve, curve};
    Profile out(grey ? cmsCreateGrayProfile(&white, curve) : cmsCreateRGBProfile(&white, &lights, curves));
    cmsFreeToneCurve(curve);
    return out;
}

// Whether the transform leaves every colour as it is, but for rounding.
bool changes_nothing(cmsHPROFILE profile, cmsHPROFILE srgb) {
    Transform const transform(cmsCreateTransform(profile, TYPE_RGB_8, srgb, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
        cmsFLAGS_BLACKPOINTCOMPENSATION));
    if (!transform) return false;
    constexpr int steps = 9, step = 255 / (steps - 1);
    for (int i = 0; i < steps * steps * steps; ++i) {
        std::uint8_t const in[3] = {std::uint8_t(i % steps * step), std::uint8_t(i / steps % steps * step),
            std::uint8_t(i / steps / steps * step)};
        std::uint8_t out[3];
        cmsDoTransform(transform.get(), in, out, 1);
        for (int c = 0; c < 3; ++c) {
            if (std::abs(in[c] - out[c]) > 2) return false;
        }
    }
    return true;
}

// Inks to light without a profile.
Raster mix_inks(Raster const& raster) {
    Raster out{raster.width, raster.height, 3, 1, {}};
    out.samples.resize(out.row_size() * out.height);
    for (std::size_t i = 0, pixels = out.samples.size() / 3; i < pixels; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            out.samples[i * 3 + c] = static_cast<std::uint8_t>(raster.samples[i * 4 + c] * raster.samples[i * 4 + 3] / 255);
        }
    }
    return out;
}

using Matrix = std::array<std::array<double, 3>, 3>;

// The colours of a profile's three lights, as columns; nothing where it is described otherwise (ICC.1:2022, 8.3.3 and F.3).
std::optional<Matrix> lights_of(cmsHPROFILE profile) {
    for (cmsTagSignature const table : {cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigDToB0Tag, cmsSigDToB1Tag}) {
        if (cmsIsTag(profile, table) != 0) return {};
    }
    Matrix out{};
    constexpr cmsTagSignature lights[] = {cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
    for (std::size_t c = 0; c < 3; ++c) {
        auto const* const xyz = static_cast<cmsCIEXYZ const*>(cmsReadTag(profile, lights[c]));
        if (!xyz) return {};
        out[0][c] = xyz->X, out[1][c] = xyz->Y, out[2][c] = xyz->Z;
    }
    return out;
}

Matrix inverse(Matrix const& m) {
    Matrix out{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            std::size_t const a = (j + 1) % 3, b = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
        }
    }
    double const determinant = m[0][0] * out[0][0] + m[0][1] * out[1][0] + m[0][2] * out[2][0];
    for (auto& row : out) {
        for (double& value : row) value /= determinant;
    }
    return out;
}

// Colours of 8 bits by three curves and a matrix, as most profiles have them: what each value of a channel gives of linear red, green and
// blue stands in one number of three fields, so that two additions make a colour, and one look into a table each its samples.
class Shaper {
  public:
    // Nothing for other profiles, and for those whose colours lie far outside of sRGB.
    static std::unique_ptr<Shaper> make(cmsHPROFILE profile, cmsHPROFILE srgb) {
        std::optional<Matrix> const lights = lights_of(profile), ours = lights_of(srgb);
        if (!lights || !ours) return nullptr;
        Matrix const back = inverse(*ours);
        auto out = std::unique_ptr<Shaper>(new Shaper);
        double least[3] = {}, most[3] = {};
        constexpr cmsTagSignature curves[] = {cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
        for (std::size_t c = 0; c < 3; ++c) {
            auto const* const curve = static_cast<cmsToneCurve const*>(cmsReadTag(profile, curves[c]));
            // Where black is no black, the library moves it there.
            if (!curve || cmsEvalToneCurveFloat(curve, 0) > 0) return nullptr;
            double share[3];
            for (std::size_t to = 0; to < 3; ++to) {
                share[to] = back[to][0] * (*lights)[0][c] + back[to][1] * (*lights)[1][c] + back[to][2] * (*lights)[2][c];
                least[to] += std::min(share[to], 0.0);
                most[to] += std::max(share[to], 0.0);
            }
            for (std::size_t i = 0; i < 256; ++i) {
                double const light = cmsEvalToneCurveFloat(curve, static_cast<float>(i) / 255);
                if (!(light >= 0 && light <= 1)) return nullptr;
                for (std::size_t to = 0; to < 3; ++to) out->shares_[c][i] += field(light * share[to] + (c == 0 ? below : 0), to);
            }
        }
        for (std::size_t to = 0; to < 3; ++to) {
            if (!(least[to] > -0.9 * below && most[to] < above - 0.1)) return nullptr;
        }
        return out;
    }

    // `size`: bytes a pixel, 3 or 4; a fourth is taken over.
    void convert(std::uint8_t const* from, std::uint8_t* to, std::size_t pixels, std::size_t size) const {
        for (; pixels > 0; --pixels, from += size, to += size) {
            std::uint64_t const light = shares_[0][from[0]] + shares_[1][from[1]] + shares_[2][from[2]];
            for (std::size_t c = 0; c < 3; ++c) to[c] = coded_[light >> (c * field_bits + unseen_bits) & (coded_.size() - 1)];
            if (size == 4) to[3] = from[3];
        }
    }

  private:
    // A field holds what is between -0.5 and 1.5 of full light, 2^20 of it full light; the table knows it to 2^14.
    static constexpr unsigned field_bits = 21, unseen_bits = 6;
    static constexpr double below = 0.5, above = 1.5, full = 1 << 20, steps = 1 << 14;

    Shaper() {
        for (std::size_t i = 0; i < coded_.size(); ++i) {
            double const light = std::clamp((double(i) + 0.5) / steps - below, 0.0, 1.0);
            double const coded = light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;  // IEC 61966-2-1
            coded_[i] = static_cast<std::uint8_t>(std::lround(255 * coded));
        }
    }
    // Fields of less than nothing borrow from those above, which is undone once the sums, none of which is, are added.
    static std::uint64_t field(double light, std::size_t which) {
        return static_cast<std::uint64_t>(std::llround(light * full)) << (which * field_bits);
    }

    std::array<std::array<std::uint64_t, 256>, 3> shares_{};
    std::array<std::uint8_t, 1 << (field_bits - unseen_bits)> coded_{};
};

}  // namespace

bool is_srgb(std::string_view icc) {
    Profile const profile(cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size()))), srgb(cmsCreate_sRGBProfile());
    return profile && cmsGetColorSpace(profile.get()) == cmsSigRgbData && changes_nothing(profile.get(), srgb.get());
}

Raster to_srgb(Raster raster, Colours const& colours, std::string& why_not) {
    bool const inks = colours.inks, grey = !inks && raster.channels <= 2;
    cmsSetLogErrorHandler([](cmsContext, cmsUInt32Number, char const*) {});
    Profile profile;
    if (!colours.icc.empty()) {
        profile.reset(cmsOpenProfileFromMem(colours.icc.data(), static_cast<cmsUInt32Number>(colours.icc.size())));
        cmsColorSpaceSignature const space = profile ? cmsGetColorSpace(profile.get()) : cmsSigXYZData;
        bool const fits = space == (inks ? cmsSigCmykData : grey ? cmsSigGrayData : cmsSigRgbData);
        if (!fits) {
            why_not = "its colour profile does not fit, and was not applied";
            profile.reset();
        }
    } else if (!inks) {
        profile = from_numbers(colours, grey);
    }
    if (!profile) return inks ? mix_inks(raster) : std::move(raster);
    Profile const srgb(cmsCreate_sRGBProfile());
    if (!grey && !inks && changes_nothing(profile.get(), srgb.get())) return raster;
    if (std::unique_ptr<Shaper> const shaper = !grey && !inks && raster.depth == 1 ? Shaper::make(profile.get(), srgb.get()) : nullptr) {
        std::uint8_t* const samples = raster.samples.data();
        shaper->convert(samples, samples, raster.samples.size() / raster.channels, raster.channels);
        return raster;
    }
    std::uint32_t const from = inks ? layout_of(PT_CMYK, 4, raster, true) : grey ? layout_of(PT_GRAY, 1, raster, false)
        : layout_of(PT_RGB, 3, raster, false);
    Raster out{raster.width, raster.height, !inks && raster.has_alpha() ? 4u : 3u, raster.depth, {}};
    Transform const transform(cmsCreateTransform(profile.get(), from, srgb.get(), layout_of(PT_RGB, 3, out, false),
        INTENT_RELATIVE_COLORIMETRIC,
                                                 cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA));
    if (!transform) {
        why_not = "its colour profile cannot be applied";
        return inks ? mix_inks(raster) : std::move(raster);
    }
    out.samples.resize(out.row_size() * out.height);
    for (std::size_t y = 0; y < raster.height; ++y) cmsDoTransform(transform.get(), raster.row(y), out.row(y), raster.width);
    return out;
}

}  // namespace keepmum
