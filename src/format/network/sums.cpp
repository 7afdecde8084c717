// Sums with weights: convolutions and products of matrices, in tiles of arithmetic().
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "format/network/operation.h"

namespace keepmum {

namespace {

std::size_t size_of(std::int64_t side) { return static_cast<std::size_t>(side); }
std::size_t round_up(std::size_t size, std::size_t to) { return (size + to - 1) / to * to; }

// Rows of weights, so many at a time, each number beside those of the other rows.
std::vector<float> pack_rows(std::size_t rows, std::size_t depth, auto const& at) {
    std::size_t const tile = arithmetic().rows;
    std::vector<float> packed(round_up(rows, tile) * depth, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        float* const block = &packed[row / tile * tile * depth + row % tile];
        for (std::size_t k = 0; k < depth; ++k) block[k * tile] = at(row, k);
    }
    return packed;
}

// Columns likewise.
std::vector<float> pack_columns(std::size_t columns, std::size_t depth, auto const& at) {
    std::size_t const tile = arithmetic().columns;
    std::vector<float> packed(round_up(columns, tile) * depth, 0);
    for (std::size_t column = 0; column < columns; ++column) {
        float* const block = &packed[column / tile * tile * depth + column % tile];
        for (std::size_t k = 0; k < depth; ++k) block[k * tile] = at(column, k);
    }
    return packed;
}

// Where a window moves over a picture.
struct Window {
    std::size_t channels, height, width;  // of the input
    std::size_t kernel_y, kernel_x, step_y, step_x;
    std::size_t above, left;  // rows and columns of zeros before the first
    std::size_t out_height, out_width;
};

// Whether the window has a place; fills `window`.
bool lay(OnnxNode const& node, Tensor const& input, Shape const& kernel, Window& window) {
    std::vector<std::int64_t> pads = node.wholes("pads"), steps = node.wholes("strides");
    std::vector<std::int64_t> const dilations = node.wholes("dilations");
    if (pads.empty()) pads = {0, 0, 0, 0};
    if (steps.empty()) steps = {1, 1};
    auto const in = [](std::vector<std::int64_t> const& values, std::int64_t least, std::int64_t most) {
        return std::all_of(values.begin(), values.end(),
                           [&](std::int64_t value) { return value >= least && value <= most; });
    };
    if (!input.is_float() || input.shape.size() != 4 || input.shape[0] != 1 || kernel.size() != 2 || pads.size() != 4 ||
        steps.size() != 2 || node.attributes.count("auto_pad") || !in(kernel, 1, 64) || !in(pads, 0, 64) ||
        !in(steps, 1, 16) || !in(dilations, 1, 1) || node.whole("ceil_mode", 0) != 0)
        return false;
    std::int64_t const rows = input.shape[2] + pads[0] + pads[2] - kernel[0],
                       columns = input.shape[3] + pads[1] + pads[3] - kernel[1];
    if (rows < 0 || columns < 0 || input.count() == 0) return false;
    window = {size_of(input.shape[1]),
              size_of(input.shape[2]),
              size_of(input.shape[3]),
              size_of(kernel[0]),
              size_of(kernel[1]),
              size_of(steps[0]),
              size_of(steps[1]),
              size_of(pads[0]),
              size_of(pads[1]),
              size_of(rows / steps[0] + 1),
              size_of(columns / steps[1] + 1)};
    return true;
}

// One row of a tile or of a panel. The sizes of the three kinds of processor are known to the compiler, which copies in place:
// calls for so little take as long as the reckoning.
inline void copy_columns(float const* from, std::size_t columns, float* to) {
    switch (columns) {
        case 32:
            std::memcpy(to, from, 32 * sizeof(float));
            break;
        case 24:
            std::memcpy(to, from, 24 * sizeof(float));
            break;
        case 8:
            std::memcpy(to, from, 8 * sizeof(float));
            break;
        default:
            std::memcpy(to, from, columns * sizeof(float));
    }
}

// A tile's rows into their places, `valid` columns of each.
void finish_tile(Weights const& sums, float* tile, std::size_t first_row, std::size_t valid, float* out,
                 std::size_t plane) {
    Arithmetic const& loops = arithmetic();
    loops.apply(sums.steps, tile, loops.rows * loops.columns);
    std::size_t const end = std::min(sums.bias.size(), first_row + loops.rows);
    for (std::size_t row = first_row; row < end; ++row, tile += loops.columns) copy_columns(tile, valid, out + row * plane);
}

// The numbers that the window meets for some places of one row, place beside place.
void gather(Window const& window, float const* input, std::size_t out_y, std::size_t first, std::size_t valid,
            float* panel) {
    std::size_t const columns = arithmetic().columns;
    for (std::size_t channel = 0; channel < window.channels; ++channel) {
        for (std::size_t ky = 0; ky < window.kernel_y; ++ky) {
            std::size_t const y = out_y * window.step_y + ky;
            bool const outside = y < window.above || y - window.above >= window.height;
            float const* const row =
                outside ? nullptr : input + (channel * window.height + y - window.above) * window.width;
            for (std::size_t kx = 0; kx < window.kernel_x; ++kx, panel += columns) {
                if (!outside && window.step_x == 1 && first + kx >= window.left &&
                    first + kx + columns <= window.left + window.width) {
                    copy_columns(row + first + kx - window.left, columns, panel);
                    continue;
                }
                std::memset(panel, 0, columns * sizeof(float));
                if (outside) continue;
                for (std::size_t i = 0; i < valid; ++i) {
                    std::size_t const x = (first + i) * window.step_x + kx;
                    if (x >= window.left && x - window.left < window.width) panel[i] = row[x - window.left];
                }
            }
        }
    }
}

void convolve_dense(Operation const& operation, Window const& window, float const* input, float* out) {
    Arithmetic const& loops = arithmetic();
    Weights const& sums = operation.sums;
    std::size_t const kernel = window.kernel_y * window.kernel_x, depth = window.channels * kernel,
                      plane = window.out_height * window.out_width;
    bool const pointwise = kernel == 1 && window.step_y == 1 && window.step_x == 1 && window.above == 0 &&
                           window.left == 0 && window.out_height == window.height && window.out_width == window.width;
    std::size_t const lines = pointwise ? 1 : window.out_height, width = pointwise ? plane : window.out_width;
    std::vector<float> panel(depth * loops.columns), tile(loops.rows * loops.columns);
    for (std::size_t y = 0; y < lines; ++y) {
        for (std::size_t x = 0; x < width; x += loops.columns) {
            std::size_t const valid = std::min(loops.columns, width - x);
            if (pointwise) {
                for (std::size_t k = 0; k < depth; ++k) copy_columns(input + k * plane + x, valid, &panel[k * loops.columns]);
            } else {
                gather(window, input, y, x, valid, panel.data());
            }
            for (std::size_t row = 0; row < sums.bias.size(); row += loops.rows) {
                loops.multiply_tile(depth, &sums.packed[row * depth], panel.data(), &sums.starts[row], tile.data());
                finish_tile(sums, tile.data(), row, valid, out + y * width + x, plane);
            }
        }
    }
}

// Each channel by itself. Its plane is laid out with its margins, columns that the window meets together side by side.
void convolve_each(Operation const& operation, Window const& window, float const* input, float* out) {
    Arithmetic const& loops = arithmetic();
    Weights const& sums = operation.sums;
    std::size_t const rows = (window.out_height - 1) * window.step_y + window.kernel_y;
    std::size_t const stride = round_up(window.out_width, 16) + window.kernel_x / window.step_x + 1;
    std::size_t const out_plane = window.out_height * window.out_width, wide = round_up(window.out_width, 16);
    std::vector<float> planes(window.step_x * rows * stride), line(wide);
    // Where each tap of the window lies for its first place: reckoned once, as this takes longer than a row of sums.
    std::vector<std::size_t> first(window.kernel_y * window.kernel_x);
    for (std::size_t t = 0; t < first.size(); ++t) {
        std::size_t const kx = t % window.kernel_x, ky = t / window.kernel_x;
        first[t] = ((kx % window.step_x) * rows + ky) * stride + kx / window.step_x;
    }
    std::vector<float const*> taps(first.size());
    for (std::size_t channel = 0; channel < window.channels; ++channel) {
        float const* const plane = input + channel * window.height * window.width;
        // Every channel fills the same places, so the margins stay zero.
        for (std::size_t y = window.above; y < std::min(rows, window.above + window.height); ++y) {
            float const* const row = plane + (y - window.above) * window.width;
            if (window.step_x == 1) {
                std::size_t const room = stride > window.left ? stride - window.left : 0;
                std::memcpy(&planes[y * stride + window.left], row, std::min(window.width, room) * sizeof(float));
                continue;
            }
            for (std::size_t x = 0; x < window.width; ++x) {
                std::size_t const at = (x + window.left) / window.step_x, phase = (x + window.left) % window.step_x;
                if (at < stride) planes[(phase * rows + y) * stride + at] = row[x];
            }
        }
        float* const sums_of = out + channel * out_plane;
        std::size_t const left = (window.channels - channel) * out_plane;  // numbers from there to the end of the result
        for (std::size_t y = 0; y < window.out_height; ++y) {
            for (std::size_t t = 0; t < taps.size(); ++t) taps[t] = &planes[first[t] + y * window.step_y * stride];
            std::size_t const at = y * window.out_width;
            // What is written beyond the row is the place of later ones; behind the last there is none.
            bool const has_room = left - at >= wide;
            loops.add_taps(taps, &sums.weights.values[channel * taps.size()], sums.bias[channel], has_room ? sums_of + at : line.data(),
                           window.out_width);
            if (!has_room) std::memcpy(sums_of + at, line.data(), window.out_width * sizeof(float));
        }
        loops.apply(sums.steps, sums_of, out_plane);
    }
}

// The product of two matrices.
struct Product {
    std::size_t rows, depth, columns;
};

void multiply_packed(Product const& size, float const* left, std::vector<float> const& packed, Weights const& sums,
                     float* out) {
    Arithmetic const& loops = arithmetic();
    std::vector<float> const rows =
        pack_rows(size.rows, size.depth, [&](std::size_t row, std::size_t k) { return left[row * size.depth + k]; });
    std::vector<float> const start(loops.rows, 0.0F);
    std::vector<float> tile(loops.rows * loops.columns);
    for (std::size_t x = 0; x < size.columns; x += loops.columns) {
        std::size_t const valid = std::min(loops.columns, size.columns - x);
        for (std::size_t first = 0; first < size.rows; first += loops.rows) {
            loops.multiply_tile(size.depth, &rows[first * size.depth], &packed[x * size.depth], start.data(), tile.data());
            if (!sums.bias.empty()) {
                for (std::size_t i = 0; i < tile.size(); i += loops.columns) {
                    for (std::size_t k = 0; k < valid; ++k) tile[i + k] += sums.bias[x + k];
                }
            }
            loops.apply(sums.steps, tile.data(), tile.size());
            for (std::size_t row = first; row < std::min(size.rows, first + loops.rows); ++row)
                copy_columns(&tile[(row - first) * loops.columns], valid, out + row * size.columns + x);
        }
    }
}

}  // namespace

Result<> pack(Operation& operation) {
    Weights& sums = operation.sums;
    Shape const& shape = sums.weights.shape;
    float const* const values = sums.weights.values.get();
    std::int64_t const groups = operation.node.whole("group", 1);
    if (operation.node.operation == "MatMul") {
        std::size_t const depth = size_of(shape[0]), columns = size_of(shape[1]);
        sums.packed = pack_columns(columns, depth,
                                   [&](std::size_t column, std::size_t k) { return values[k * columns + column]; });
    } else if (operation.node.operation == "ConvTranspose") {
        if (groups != 1) return unsupported(operation, "it is in groups");
        std::size_t const depth = size_of(shape[0]), rows = sums.weights.count() / depth;
        sums.packed = pack_rows(rows, depth, [&](std::size_t row, std::size_t k) { return values[k * rows + row]; });
    } else if (groups == 1) {
        std::size_t const rows = size_of(shape[0]), depth = sums.weights.count() / rows;
        sums.packed = pack_rows(rows, depth, [&](std::size_t row, std::size_t k) { return values[row * depth + k]; });
    } else if (groups != shape[0] || shape[1] != 1) {
        return unsupported(operation, "its groups are larger than one channel");
    }
    // A row is a channel, or one of the places that a channel takes in ConvTranspose.
    std::size_t const places = operation.node.operation == "ConvTranspose" ? size_of(shape[2] * shape[3]) : 1;
    sums.starts.assign(round_up(sums.bias.size() * places, arithmetic().rows), 0.0F);
    for (std::size_t row = 0; row < sums.bias.size() * places; ++row) sums.starts[row] = sums.bias[row / places];
    // Of what was packed the shape alone is needed.
    if (!sums.packed.empty()) sums.weights.values = std::make_shared<float[]>(1);
    return {};
}

Result<Tensor> convolve(Operation const& operation, Inputs inputs) {
    if (!operation.is_prepared()) return unsupported(operation, "its weights are not constant");
    Shape const& kernel = operation.sums.weights.shape;
    bool const each = operation.node.whole("group", 1) != 1;
    Window window;
    if (!lay(operation.node, *inputs[0], {kernel[2], kernel[3]}, window))
        return unsupported(operation, "the shape of its input");
    if (window.channels != size_of(each ? kernel[0] : kernel[1]))
        return unsupported(operation, "the channels of its input");
    Shape const shape = {1, kernel[0], static_cast<std::int64_t>(window.out_height),
                         static_cast<std::int64_t>(window.out_width)};
    if (Tensor::count_of(shape) == 0) return unsupported(operation, "too large a result");
    Tensor result = Tensor::of(shape);
    (each ? convolve_each : convolve_dense)(operation, window, inputs[0]->values.get(), result.values.get());
    return result;
}

Result<Tensor> convolve_up(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    OnnxNode const& node = operation.node;
    if (!operation.is_prepared()) return unsupported(operation, "its weights are not constant");
    Shape const& kernel = operation.sums.weights.shape;
    std::vector<std::int64_t> const pads = node.wholes("pads");
    bool const plain = std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad == 0; }) &&
                       node.wholes("strides") == std::vector<std::int64_t>{kernel[2], kernel[3]} &&
                       !node.attributes.count("output_padding");
    if (!plain || !input.is_float() || input.shape.size() != 4 || input.shape[0] != 1 || input.shape[1] != kernel[0] ||
        input.count() == 0)
        return unsupported(operation, "its parts overlap, or the shape of its input");
    Shape const shape = {1, kernel[1], input.shape[2] * kernel[2], input.shape[3] * kernel[3]};
    if (Tensor::count_of(shape) == 0) return unsupported(operation, "too large a result");
    Tensor result = Tensor::of(shape);
    Arithmetic const& loops = arithmetic();
    Weights const& sums = operation.sums;
    std::size_t const width = size_of(input.shape[3]), plane = size_of(input.shape[2]) * width,
                      depth = size_of(kernel[0]);
    std::size_t const tall = size_of(kernel[2]), wide = size_of(kernel[3]), rows = sums.bias.size() * tall * wide;
    std::vector<float> panel(depth * loops.columns), tile(loops.rows * loops.columns);
    for (std::size_t x = 0; x < plane; x += loops.columns) {
        std::size_t const valid = std::min(loops.columns, plane - x);
        for (std::size_t k = 0; k < depth; ++k)
            copy_columns(&input.values[k * plane + x], valid, &panel[k * loops.columns]);
        for (std::size_t first = 0; first < rows; first += loops.rows) {
            loops.multiply_tile(depth, &sums.packed[first * depth], panel.data(), &sums.starts[first], tile.data());
            loops.apply(sums.steps, tile.data(), tile.size());
            for (std::size_t row = first; row < std::min(rows, first + loops.rows); ++row) {
                std::size_t const channel = row / (tall * wide), down = row / wide % tall, along = row % wide;
                float const* const part = &tile[(row - first) * loops.columns];
                std::size_t column = x % width;
                float* out = &result.values[channel * plane * tall * wide + (x / width * tall + down) * width * wide + along];
                for (std::size_t i = 0; i < valid; ++i) {
                    out[column * wide] = part[i];
                    if (++column < width) continue;
                    column = 0;
                    out += tall * width * wide;
                }
            }
        }
    }
    return result;
}

Result<Tensor> multiply(Operation const& operation, Inputs inputs) {
    Tensor const& left = *inputs[0];
    std::size_t const sides = left.shape.size();
    if (!left.is_float() || sides < 2) return unsupported(operation, "the shape of its input");
    Product size{size_of(left.shape[sides - 2]), size_of(left.shape[sides - 1]), 0};
    Shape shape = left.shape;
    if (operation.is_prepared()) {
        Shape const& weights = operation.sums.weights.shape;
        size.rows = size.depth == 0 ? 0 : left.count() / size.depth;
        shape[sides - 1] = weights[1];
        size.columns = size_of(weights[1]);
        if (weights[0] != left.shape[sides - 1] || Tensor::count_of(shape) == 0)
            return unsupported(operation, "shapes that do not fit");
        Tensor result = Tensor::of(std::move(shape));
        multiply_packed(size, left.values.get(), operation.sums.packed, operation.sums, result.values.get());
        return result;
    }
    if (inputs.size() < 2 || !inputs[1] || !inputs[1]->is_float() || inputs[1]->shape.size() != sides)
        return unsupported(operation, "shapes that do not fit");
    Tensor const& right = *inputs[1];
    size.columns = size_of(right.shape[sides - 1]);
    shape[sides - 1] = right.shape[sides - 1];
    bool const fits = right.shape[sides - 2] == left.shape[sides - 1] &&
                      std::equal(shape.begin(), shape.end() - 2, right.shape.begin());
    if (!fits || Tensor::count_of(shape) == 0 || left.count() == 0)
        return unsupported(operation, "shapes that do not fit");
    Tensor result = Tensor::of(std::move(shape));
    std::size_t const times = left.count() / (size.rows * size.depth);
    for (std::size_t i = 0; i < times; ++i) {
        float const* const second = right.values.get() + i * size.depth * size.columns;
        std::vector<float> const packed =
            pack_columns(size.columns, size.depth,
                         [&](std::size_t column, std::size_t k) { return second[k * size.columns + column]; });
        multiply_packed(size, left.values.get() + i * size.rows * size.depth, packed, {},
                        result.values.get() + i * size.rows * size.columns);
    }
    return result;
}

}  // namespace keepmum
