// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/network/arithmetic.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace keepmum {

namespace {

// Each loop stands once, and is inlined into a function for each kind of processor; the compiler makes vectors of that
// kind.
#define ALWAYS_INLINE [[gnu::always_inline]] inline

using Four [[gnu::vector_size(16)]] = float;
using Eight [[gnu::vector_size(32)]] = float;
using Sixteen [[gnu::vector_size(64)]] = float;

template <class Vector, std::size_t Rows, std::size_t Vectors>
ALWAYS_INLINE void multiply_tile(std::size_t depth, float const* a, float const* b, float const* start, float* tile) {
    constexpr std::size_t lanes = sizeof(Vector) / sizeof(float);
    Vector sums[Rows][Vectors] = {};
#pragma GCC unroll 16
    for (std::size_t row = 0; row < Rows; ++row) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < Vectors; ++i) sums[row][i] += start[row];
    }
    for (std::size_t k = 0; k < depth; ++k) {
        Vector inputs[Vectors];
#pragma GCC unroll 4
        for (std::size_t i = 0; i < Vectors; ++i) std::memcpy(&inputs[i], b + i * lanes, sizeof(Vector));
#pragma GCC unroll 16
        for (std::size_t row = 0; row < Rows; ++row) {
            Vector const weight = a[row] - Vector{};
#pragma GCC unroll 4
            for (std::size_t i = 0; i < Vectors; ++i) sums[row][i] += weight * inputs[i];
        }
        a += Rows;
        b += Vectors * lanes;
    }
    // One by one: an array that is copied whole is kept in memory all along, and not in registers.
#pragma GCC unroll 16
    for (std::size_t row = 0; row < Rows; ++row) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < Vectors; ++i)
            std::memcpy(tile + (row * Vectors + i) * lanes, &sums[row][i], sizeof(Vector));
    }
}

// `Vectors` at a time: each sum waits for the one before it, so that several go on beside one another.
template <class Vector, std::size_t Vectors>
ALWAYS_INLINE void add_taps_at(std::span<float const* const> taps, float const* weights, float bias, std::size_t x,
                               float* out) {
    constexpr std::size_t lanes = sizeof(Vector) / sizeof(float);
    Vector sums[Vectors] = {};
#pragma GCC unroll 16
    for (std::size_t i = 0; i < Vectors; ++i) sums[i] += bias;
    for (std::size_t t = 0; t < taps.size(); ++t) {
        float const* const from = taps[t] + x;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < Vectors; ++i) {
            Vector input;
            std::memcpy(&input, from + i * lanes, sizeof input);
            sums[i] += weights[t] * input;
        }
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < Vectors; ++i) std::memcpy(out + x + i * lanes, &sums[i], sizeof(Vector));
}

template <class Vector>
ALWAYS_INLINE void add_taps(std::span<float const* const> taps, float const* weights, float bias, float* out,
                            std::size_t width) {
    constexpr std::size_t each = 16 / (sizeof(Vector) / sizeof(float)), many = 4;
    std::size_t x = 0;
    for (; x + 16 * many / each <= width; x += 16 * many / each) add_taps_at<Vector, many>(taps, weights, bias, x, out);
    for (; x < width; x += 16) add_taps_at<Vector, each>(taps, weights, bias, x, out);
}

// e^x by a power of two and a polynomial (relative error below 2e-7, of numbers between -87 and 88; beyond, as at
// those).
ALWAYS_INLINE float exponential(float x) {
    x = std::min(88.0F, std::max(-87.0F, x));
    float const turns = x * 1.44269504F;
    auto const whole = static_cast<std::int32_t>(turns + (turns < 0 ? -0.5F : 0.5F));
    float const rest = (x - static_cast<float>(whole) * 0.693145752F) - static_cast<float>(whole) * 1.42860677e-6F;
    float power = 1.0F / 5040;
    power = power * rest + 1.0F / 720;
    power = power * rest + 1.0F / 120;
    power = power * rest + 1.0F / 24;
    power = power * rest + 1.0F / 6;
    power = power * rest + 0.5F;
    power = power * rest + 1;
    power = power * rest + 1;
    return power * std::bit_cast<float>((whole + 127) << 23);
}

ALWAYS_INLINE void apply(std::span<Finish const> steps, float* values, std::size_t count) {
    for (Finish const& step : steps) {
        float const a = step.a, b = step.b;
        switch (step.kind) {
            case Finish::Kind::affine:
                for (std::size_t i = 0; i < count; ++i) values[i] = a * values[i] + b;
                break;
            case Finish::Kind::clip:
                for (std::size_t i = 0; i < count; ++i) values[i] = std::min(b, std::max(a, values[i]));
                break;
            case Finish::Kind::times_clip:
                for (std::size_t i = 0; i < count; ++i) values[i] *= std::min(6.0F, std::max(0.0F, values[i] + 3));
                break;
            case Finish::Kind::sigmoid:
                for (std::size_t i = 0; i < count; ++i) values[i] = 1 / (1 + exponential(-values[i]));
                break;
            case Finish::Kind::times_sigmoid:
                for (std::size_t i = 0; i < count; ++i) values[i] /= 1 + exponential(-values[i]);
                break;
        }
    }
}

ALWAYS_INLINE float exponentials(float const* values, float most, float* out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) out[i] = exponential(values[i] - most);
    float sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += out[i];
    return sum;
}

#define LOOPS(suffix, target, Vector, ROWS, VECTORS)                                                                \
    target void multiply_tile_##suffix(std::size_t depth, float const* a, float const* b, float const* start,       \
                                       float* tile) {                                                               \
        multiply_tile<Vector, ROWS, VECTORS>(depth, a, b, start, tile);                                             \
    }                                                                                                               \
    target void add_taps_##suffix(std::span<float const* const> taps, float const* weights, float bias, float* out, \
                                  std::size_t width) {                                                              \
        add_taps<Vector>(taps, weights, bias, out, width);                                                          \
    }                                                                                                               \
    target void apply_##suffix(std::span<Finish const> steps, float* values, std::size_t count) {                   \
        apply(steps, values, count);                                                                                \
    }                                                                                                               \
    target float exponentials_##suffix(float const* values, float most, float* out, std::size_t count) {            \
        return exponentials(values, most, out, count);                                                              \
    }                                                                                                               \
    constexpr Arithmetic arithmetic_##suffix{ROWS,                                                                  \
                                             VECTORS * sizeof(Vector) / sizeof(float),                              \
                                             multiply_tile_##suffix,                                                \
                                             add_taps_##suffix,                                                     \
                                             apply_##suffix,                                                        \
                                             exponentials_##suffix};

LOOPS(plain, , Four, 4, 2)
#ifdef __x86_64__
LOOPS(avx2, [[gnu::target("avx2,fma")]], Eight, 4, 3)
LOOPS(avx512, [[gnu::target("avx512f,avx512dq,avx512vl,fma")]], Sixteen, 8, 2)
#endif

}  // namespace

Arithmetic const& arithmetic() {
#ifdef __x86_64__
    static Arithmetic const& chosen =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
            ? arithmetic_avx512
        : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? arithmetic_avx2
                                                                          : arithmetic_plain;
    return chosen;
#else
    return arithmetic_plain;
#endif
}

}  // namespace keepmum
