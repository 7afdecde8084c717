// Colours by Little CMS: whatever profile a file carries, what is written is sRGB, as every screen takes it
// where nothing is said. So no profile need be written, whose maker, date and serial would tell of the camera.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <lcms2.h>

#include <cmath>
#include <memory>

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
