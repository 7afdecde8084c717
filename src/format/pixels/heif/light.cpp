// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/light.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace keepmum {

namespace {

constexpr double paper_white = 203, peak = 1000;  // cd/m²

struct Primaries {
    std::uint32_t number;
    double xy[8];  // white, red, green, blue
};

constexpr Primaries srgb = {1, {0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06}};
constexpr Primaries known[] = {
    srgb,
    {4, {0.31, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08}},
    {5, {0.3127, 0.329, 0.64, 0.33, 0.29, 0.6, 0.15, 0.06}},
    {6, {0.3127, 0.329, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07}},
    {7, {0.3127, 0.329, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07}},
    {8, {0.31, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049}},
    {9, {0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046}},
    {11, {0.314, 0.351, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06}},
    {12, {0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06}},
    {22, {0.3127, 0.329, 0.63, 0.34, 0.295, 0.605, 0.155, 0.077}},
};

Primaries const& find(std::uint32_t number) {
    for (Primaries const& one : known) {
        if (one.number == number) return one;
    }
    return srgb;
}

struct Matrix {
    double m[3][3];
};

Matrix inverse(Matrix const& a) {
    Matrix out;
    double const determinant = a.m[0][0] * (a.m[1][1] * a.m[2][2] - a.m[1][2] * a.m[2][1]) -
                               a.m[0][1] * (a.m[1][0] * a.m[2][2] - a.m[1][2] * a.m[2][0]) +
                               a.m[0][2] * (a.m[1][0] * a.m[2][1] - a.m[1][1] * a.m[2][0]);
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            int const r = (j + 1) % 3, s = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out.m[i][j] = (a.m[r][c] * a.m[s][d] - a.m[r][d] * a.m[s][c]) / determinant;
        }
    }
    return out;
}

// Red, green and blue into X, Y and Z, so that all three together are the white.
Matrix to_xyz(Primaries const& primaries) {
    double const* const p = primaries.xy;
    Matrix lights;
    for (int i = 0; i < 3; ++i) {
        double const x = p[2 + 2 * i], y = p[3 + 2 * i];
        lights.m[0][i] = x / y;
        lights.m[1][i] = 1;
        lights.m[2][i] = (1 - x - y) / y;
    }
    double const white[3] = {p[0] / p[1], 1, (1 - p[0] - p[1]) / p[1]};
    Matrix const back = inverse(lights);
    for (int i = 0; i < 3; ++i) {
        double const amount = back.m[i][0] * white[0] + back.m[i][1] * white[1] + back.m[i][2] * white[2];
        for (auto& row : lights.m) row[i] *= amount;
    }
    return lights;
}

// SMPTE ST 2084, of 10,000 cd/m².
double pq_light(double value) {
    constexpr double m1 = 2610.0 / 16384, m2 = 2523.0 / 32, c1 = 3424.0 / 4096, c2 = 2413.0 / 128, c3 = 2392.0 / 128;
    double const power = std::pow(value, 1 / m2);
    return 10'000 * std::pow(std::max(power - c1, 0.0) / (c2 - c3 * power), 1 / m1);
}

// ARIB STD-B67, seen on a screen of 1,000 cd/m².
double hlg_light(double value) {
    constexpr double a = 0.17883277, b = 0.28466892, c = 0.55991073;
    double const scene = value <= 0.5 ? value * value / 3 : (std::exp((value - c) / a) + b) / 12;
    return peak * std::pow(scene, 1.2);
}

double srgb_value(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

float look_up(float const* table, std::size_t steps, float value) {
    float const at = std::clamp(value, 0.0F, 1.0F) * static_cast<float>(steps);
    auto const low = std::min(static_cast<std::size_t>(at), steps - 1);
    float const part = at - static_cast<float>(low);
    return table[low] * (1 - part) + table[low + 1] * part;
}

}  // namespace

void light_shares(std::uint32_t primaries, double& red, double& blue) {
    Matrix const xyz = to_xyz(find(primaries));
    red = xyz.m[1][0];
    blue = xyz.m[1][2];
}

Colours colours_of(CodePoints const& meaning) {
    Colours colours;
    if (is_beyond_screens(meaning)) return colours;
    Primaries const& primaries = find(meaning.primaries);
    if (primaries.number != srgb.number)
        std::memcpy(colours.chromaticities, primaries.xy, sizeof colours.chromaticities);
    if (meaning.transfer == 4) colours.gamma = 1 / 2.2;
    if (meaning.transfer == 5) colours.gamma = 1 / 2.8;
    if (meaning.transfer == 8) colours.gamma = 1;
    return colours;
}

Brightness::Brightness(CodePoints const& meaning) {
    bool const pq = meaning.transfer == 16;
    for (std::size_t i = 0; i <= steps; ++i) {
        double const value = static_cast<double>(i) / steps;
        to_light_[i] = static_cast<float>((pq ? pq_light(value) : hlg_light(value)) / paper_white);
        to_srgb_[i] = static_cast<float>(srgb_value(value));
    }
    Matrix const from = to_xyz(find(meaning.primaries)), back = inverse(to_xyz(srgb));
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            double sum = 0;
            for (int k = 0; k < 3; ++k) sum += back.m[i][k] * from.m[k][j];
            matrix_[3 * i + j] = static_cast<float>(sum);
        }
    }
}

void Brightness::bring_into_range(std::vector<float>& red, std::vector<float>& green,
                                  std::vector<float>& blue) const {
    constexpr float knee = 0.6F;
    for (std::size_t x = 0; x < red.size(); ++x) {
        float const r = look_up(to_light_.data(), steps, red[x]), g = look_up(to_light_.data(), steps, green[x]),
                    b = look_up(to_light_.data(), steps, blue[x]);
        float out[3];
        for (int i = 0; i < 3; ++i)
            out[i] = std::max(matrix_[3 * i] * r + matrix_[3 * i + 1] * g + matrix_[3 * i + 2] * b, 0.0F);
        float const most = std::max({out[0], out[1], out[2]});
        float const factor =
            most <= knee ? 1 : (knee + (1 - knee) * (1 - std::exp(-(most - knee) / (1 - knee)))) / most;
        red[x] = look_up(to_srgb_.data(), steps, out[0] * factor);
        green[x] = look_up(to_srgb_.data(), steps, out[1] * factor);
        blue[x] = look_up(to_srgb_.data(), steps, out[2] * factor);
    }
}

}  // namespace keepmum
