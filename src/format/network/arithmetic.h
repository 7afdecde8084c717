// The loops in which a network spends its time, in the widest vectors that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace keepmum {

// What is done to each number of a result, one step after the other.
struct Finish {
    enum class Kind : unsigned char {
        affine,        // a·x + b
        clip,          // at least a, at most b
        times_clip,    // x · clip(x + 3, 0, 6)
        sigmoid,       // 1 / (1 + e^-x)
        times_sigmoid  // x · sigmoid(x)
    };
    Kind kind;
    float a = 1, b = 0;
};

// The loops for this processor.
struct Arithmetic {
    std::size_t rows, columns;  // of a tile
    // tile[rows][columns] = start[rows] + sum over `depth` of a[depth][rows] · b[depth][columns].
    void (*multiply_tile)(std::size_t depth, float const* a, float const* b, float const* start, float* tile);
    // out[x] = bias + sum over taps of weights[t] · taps[t][x]. `width` rounded up to 16 numbers are read and written.
    void (*add_taps)(std::span<float const* const> taps, float const* weights, float bias, float* out,
                     std::size_t width);
    void (*apply)(std::span<Finish const> steps, float* values, std::size_t count);
    // e^(x - most) of each; returns their sum.
    float (*exponentials)(float const* values, float most, float* out, std::size_t count);
};

Arithmetic const& arithmetic();

}  // namespace keepmum
