// Numbers in a box of some dimensions: what goes into a network, through it and out of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace keepmum {

using Shape = std::vector<std::int64_t>;

// Copies share their numbers.
struct Tensor {
    Shape shape;                      // outermost first: for pictures 1, channels, rows, columns
    std::shared_ptr<float[]> values;  // null where it holds whole numbers
    std::vector<std::int64_t> whole;

    bool is_float() const { return values != nullptr; }
    std::size_t count() const { return count_of(shape); }
    // 0 for a shape that no tensor may have: more than eight dimensions, a negative one, more than 2^26 numbers.
    static std::size_t count_of(Shape const& shape);
    // Its numbers are not set.
    static Tensor of(Shape shape);
};

}  // namespace keepmum
