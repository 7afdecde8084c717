// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <lcms2.h>

#include <algorithm>
#include <cmath>

#include "format/pixels/album/reshape.h"

namespace keepmum {
namespace {

struct Lights {
    char const* name;
    cmsCIExyYTRIPLE primaries;
    double gamma;  // 0: the curve of sRGB
};
constexpr Lights known[] = {
    {"Display P3", {{0.68, 0.32, 1}, {0.265, 0.69, 1}, {0.15, 0.06, 1}}, 0},
    {"Adobe RGB", {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}}, 2.2},
    {"a wide one", {{0.7347, 0.2653, 1}, {0.1596, 0.8404, 1}, {0.0366, 0.0001, 1}}, 1.8},
};

std::string profile_of(Lights const& lights) {
    constexpr double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve* const curve = lights.gamma > 0 ? cmsBuildGamma(nullptr, lights.gamma) : cmsBuildParametricToneCurve(nullptr, 4, srgb);
    cmsToneCurve* const curves[3] = {curve, curve, curve};
    cmsCIExyY const white{0.3127, 0.329, 1};
    cmsHPROFILE const profile = cmsCreateRGBProfile(&white, &lights.primaries, curves);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    std::string out(size, '\0');
    cmsSaveProfileToMem(profile, out.data(), &size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return out;
}

// What Little CMS makes of the same, in numbers that do not round.
std::vector<float> exact(std::string const& icc, std::vector<std::uint8_t> const& rgb) {
    cmsHPROFILE const from = cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size())), to = cmsCreate_sRGBProfile();
    cmsHTRANSFORM const transform = cmsCreateTransform(from, TYPE_RGB_FLT, to, TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
        cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
    std::vector<float> in, out(rgb.size());
    for (std::uint8_t const value : rgb) in.push_back(static_cast<float>(value) / 255);
    cmsDoTransform(transform, in.data(), out.data(), static_cast<cmsUInt32Number>(rgb.size() / 3));
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    for (float& value : out) value = std::clamp(value, 0.0F, 1.0F) * 255;
    return out;
}

TEST(Colour, IsWhatTheLibrarySaysToLessThanAStep) {
    Raster raster{52 * 52, 52, 3, 1, {}};
    for (unsigned r = 0; r < 256; r += 5) {
        for (unsigned g = 0; g < 256; g += 5) {
            for (unsigned b = 0; b < 256; b += 5) {
                for (unsigned const value : {r, g, b}) raster.samples.push_back(static_cast<std::uint8_t>(value));
            }
        }
    }
    for (Lights const& lights : known) {
        Colours colours;
        colours.icc = profile_of(lights);
        std::string why_not;
        Raster const out = to_srgb(raster, colours, why_not);
        EXPECT_EQ(why_not, "");
        ASSERT_EQ(out.samples.size(), raster.samples.size());
        std::vector<float> const wanted = exact(colours.icc, raster.samples);
        float most = 0;
        double sum = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            most = std::max(most, std::abs(wanted[i] - static_cast<float>(out.samples[i])));
            sum += std::abs(wanted[i] - static_cast<float>(out.samples[i]));
        }
        EXPECT_LT(most, 1.0F) << lights.name;
        EXPECT_LT(sum / double(wanted.size()), 0.3) << lights.name;  // what rounding costs is a quarter
    }
}

TEST(Colour, TransparencyStaysWhatItIs) {
    Colours colours;
    colours.icc = profile_of(known[0]);
    std::string why_not;
    Raster const out = to_srgb(Raster{2, 1, 4, 1, {255, 0, 0, 7, 0, 200, 0, 250}}, colours, why_not);
    ASSERT_EQ(out.channels, 4u);
    EXPECT_EQ(out.samples[3], 7);
    EXPECT_EQ(out.samples[7], 250);
    EXPECT_EQ(out.samples[0], 255);
    EXPECT_GT(out.samples[5], 200);
}

}  // namespace
}  // namespace keepmum
