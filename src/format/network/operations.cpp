// Operations that reckon with each number, or with rows of them; and the list of all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "format/network/operation.h"

namespace keepmum {

namespace {

std::size_t size_of(std::int64_t side) { return static_cast<std::size_t>(side); }

// The steps from number to number of `tensor` along each side of `shape`: 0 where its one number stands for all. Empty
// where it does not fit.
std::vector<std::size_t> strides_in(Tensor const& tensor, Shape const& shape) {
    std::vector<std::size_t> strides(shape.size(), 0);
    std::size_t stride = 1;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        std::int64_t const side = tensor.shape[tensor.shape.size() - 1 - i], wanted = shape[shape.size() - 1 - i];
        if (side != 1 && side != wanted) return {};
        strides[shape.size() - 1 - i] = side == 1 ? 0 : stride;
        stride *= size_of(side);
    }
    return strides;
}

template <class Reckon>
Result<Tensor> pairwise(Operation const& operation, Inputs inputs, Reckon reckon) {
    if (inputs.size() != 2 || !inputs[1] || !inputs[0]->is_float() || !inputs[1]->is_float())
        return unsupported(operation, "whole numbers");
    Tensor const &one = *inputs[0], &other = *inputs[1];
    Shape shape(std::max<std::size_t>({one.shape.size(), other.shape.size(), 1}), 1);
    for (Tensor const* tensor : {&one, &other}) {
        for (std::size_t i = 0; i < tensor->shape.size(); ++i) {
            std::int64_t& side = shape[shape.size() - 1 - i];
            side = std::max(side, tensor->shape[tensor->shape.size() - 1 - i]);
        }
    }
    std::vector<std::size_t> const left = strides_in(one, shape), right = strides_in(other, shape);
    std::size_t const count = Tensor::count_of(shape), width = size_of(shape.back());
    if (left.empty() || right.empty() || count == 0) return unsupported(operation, "shapes that do not fit");
    Tensor result = Tensor::of(shape);
    std::vector<std::size_t> place(shape.size(), 0);
    std::size_t a = 0, b = 0;
    for (std::size_t at = 0; at < count; at += width) {
        float const *const x = &one.values[a], *const y = &other.values[b];
        float* const out = &result.values[at];
        if (left.back() == 1 && right.back() == 1) {
            for (std::size_t i = 0; i < width; ++i) out[i] = reckon(x[i], y[i]);
        } else {
            for (std::size_t i = 0; i < width; ++i) out[i] = reckon(x[i * left.back()], y[i * right.back()]);
        }
        for (std::size_t side = shape.size() - 1; side-- > 0;) {
            a += left[side];
            b += right[side];
            if (++place[side] < size_of(shape[side])) break;
            a -= left[side] * size_of(shape[side]);
            b -= right[side] * size_of(shape[side]);
            place[side] = 0;
        }
    }
    return result;
}

Result<Tensor> add(Operation const& operation, Inputs inputs) {
    return pairwise(operation, inputs, [](float a, float b) { return a + b; });
}
Result<Tensor> subtract(Operation const& operation, Inputs inputs) {
    return pairwise(operation, inputs, [](float a, float b) { return a - b; });
}
Result<Tensor> times(Operation const& operation, Inputs inputs) {
    return pairwise(operation, inputs, [](float a, float b) { return a * b; });
}
Result<Tensor> divide(Operation const& operation, Inputs inputs) {
    return pairwise(operation, inputs, [](float a, float b) { return a / b; });
}
Result<Tensor> raise(Operation const& operation, Inputs inputs) {
    return pairwise(operation, inputs, [](float a, float b) { return b == 2 ? a * a : std::pow(a, b); });
}

template <class Change>
Result<Tensor> change_each(Operation const& operation, Inputs inputs, Change change) {
    Tensor const& input = *inputs[0];
    if (!input.is_float()) return unsupported(operation, "whole numbers");
    Tensor result = Tensor::of(input.shape);
    std::copy_n(input.values.get(), input.count(), result.values.get());
    change(result.values.get(), input.count());
    return result;
}

Result<Tensor> with_steps(Operation const& operation, Inputs inputs, std::vector<Finish> const& steps) {
    return change_each(operation, inputs,
                       [&](float* values, std::size_t count) { arithmetic().apply(steps, values, count); });
}

Result<Tensor> take_root(Operation const& operation, Inputs inputs) {
    return change_each(operation, inputs, [](float* values, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) values[i] = std::sqrt(values[i]);
    });
}
Result<Tensor> rectify(Operation const& operation, Inputs inputs) {
    return with_steps(operation, inputs, {{Finish::Kind::clip, 0, std::numeric_limits<float>::max()}});
}
Result<Tensor> sigmoid(Operation const& operation, Inputs inputs) {
    return with_steps(operation, inputs, {{Finish::Kind::sigmoid}});
}
Result<Tensor> hard_sigmoid(Operation const& operation, Inputs inputs) {
    return with_steps(
        operation, inputs,
        {{Finish::Kind::affine, operation.node.number("alpha", 0.2F), operation.node.number("beta", 0.5F)},
         {Finish::Kind::clip, 0, 1}});
}
Result<Tensor> hard_swish(Operation const& operation, Inputs inputs) {
    return with_steps(operation, inputs, {{Finish::Kind::times_clip}, {Finish::Kind::affine, 1.0F / 6, 0}});
}

Result<Tensor> clip(Operation const& operation, Inputs inputs) {
    float bounds[] = {operation.node.number("min", -std::numeric_limits<float>::max()),
                      operation.node.number("max", std::numeric_limits<float>::max())};
    for (std::size_t i = 1; i < std::min<std::size_t>(inputs.size(), 3); ++i) {
        if (!inputs[i]) continue;
        if (!inputs[i]->is_float() || inputs[i]->count() != 1) return unsupported(operation, "its bounds");
        bounds[i - 1] = inputs[i]->values[0];
    }
    return with_steps(operation, inputs, {{Finish::Kind::clip, bounds[0], bounds[1]}});
}

Result<Tensor> soften(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    std::int64_t const sides = static_cast<std::int64_t>(input.shape.size());
    std::int64_t const axis = operation.node.whole("axis", -1);
    if (sides == 0 || (axis != -1 && axis != sides - 1) || input.count() == 0)
        return unsupported(operation, "another axis than the last");
    return change_each(operation, inputs, [&](float* values, std::size_t count) {
        std::size_t const width = size_of(input.shape.back());
        for (std::size_t at = 0; at < count; at += width) {
            float const most = *std::max_element(values + at, values + at + width);
            float const sum = arithmetic().exponentials(values + at, most, values + at, width);
            for (std::size_t i = 0; i < width; ++i) values[at + i] /= sum;
        }
    });
}

Result<Tensor> average_last(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    std::vector<std::int64_t> const axes = operation.node.wholes("axes");
    std::int64_t const sides = static_cast<std::int64_t>(input.shape.size());
    if (!input.is_float() || input.count() == 0 || sides == 0 || axes.size() != 1 ||
        (axes[0] != -1 && axes[0] != sides - 1))
        return unsupported(operation, "another axis than the last");
    Shape shape = input.shape;
    std::size_t const width = size_of(shape.back());
    shape.back() = 1;
    if (operation.node.whole("keepdims", 1) == 0) shape.pop_back();
    Tensor result = Tensor::of(shape);
    for (std::size_t i = 0, rows = input.count() / width; i < rows; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < width; ++k) sum += static_cast<double>(input.values[i * width + k]);
        result.values[i] = static_cast<float>(sum / static_cast<double>(width));
    }
    return result;
}

Result<Tensor> average_plane(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    if (!input.is_float() || input.shape.size() != 4 || input.count() == 0)
        return unsupported(operation, "the shape of its input");
    Tensor result = Tensor::of({input.shape[0], input.shape[1], 1, 1});
    std::size_t const plane = size_of(input.shape[2] * input.shape[3]);
    for (std::size_t channel = 0; channel < input.count() / plane; ++channel) {
        // Sixteen sums side by side, so that they are vectors.
        float sums[16] = {};
        float const* const values = &input.values[channel * plane];
        std::size_t at = 0;
        for (; at + 16 <= plane; at += 16) {
            for (std::size_t i = 0; i < 16; ++i) sums[i] += values[at + i];
        }
        double sum = 0;
        for (float part : sums) sum += static_cast<double>(part);
        for (; at < plane; ++at) sum += static_cast<double>(values[at]);
        result.values[channel] = static_cast<float>(sum / static_cast<double>(plane));
    }
    return result;
}

// Windows side by side or over one another, none beyond the edge.
template <class Pool>
Result<Tensor> pool(Operation const& operation, Inputs inputs, Pool pool_window) {
    Tensor const& input = *inputs[0];
    std::vector<std::int64_t> const kernel = operation.node.wholes("kernel_shape"),
                                    pads = operation.node.wholes("pads");
    std::vector<std::int64_t> steps = operation.node.wholes("strides");
    if (steps.empty()) steps = {1, 1};
    bool good = input.is_float() && input.shape.size() == 4 && kernel.size() == 2 && steps.size() == 2 &&
                input.count() > 0 && operation.node.whole("ceil_mode", 0) == 0 &&
                !operation.node.attributes.count("auto_pad");
    for (std::int64_t pad : pads) good = good && pad == 0;
    for (std::size_t i = 0; good && i < 2; ++i)
        good = kernel[i] >= 1 && steps[i] >= 1 && steps[i] <= 64 && kernel[i] <= input.shape[2 + i];
    if (!good) return unsupported(operation, "margins, or the shape of its input");
    Shape const shape = {input.shape[0], input.shape[1], (input.shape[2] - kernel[0]) / steps[0] + 1,
                         (input.shape[3] - kernel[1]) / steps[1] + 1};
    Tensor result = Tensor::of(shape);
    std::size_t const width = size_of(input.shape[3]), plane = size_of(input.shape[2]) * width;
    float* out = result.values.get();
    for (std::size_t channel = 0; channel < input.count() / plane; ++channel) {
        for (std::int64_t y = 0; y < shape[2]; ++y) {
            for (std::int64_t x = 0; x < shape[3]; ++x)
                *out++ =
                    pool_window(&input.values[channel * plane + size_of(y * steps[0]) * width + size_of(x * steps[1])],
                                size_of(kernel[0]), size_of(kernel[1]), width);
        }
    }
    return result;
}

Result<Tensor> average_windows(Operation const& operation, Inputs inputs) {
    return pool(operation, inputs, [](float const* first, std::size_t rows, std::size_t columns, std::size_t width) {
        float sum = 0;
        for (std::size_t i = 0; i < rows * columns; ++i) sum += first[i / columns * width + i % columns];
        return sum / static_cast<float>(rows * columns);
    });
}
Result<Tensor> take_largest(Operation const& operation, Inputs inputs) {
    return pool(operation, inputs, [](float const* first, std::size_t rows, std::size_t columns, std::size_t width) {
        float most = *first;
        for (std::size_t i = 0; i < rows * columns; ++i)
            most = std::max(most, first[i / columns * width + i % columns]);
        return most;
    });
}

// What became no MatMul when the file was read (fuse.cpp).
Result<Tensor> refuse(Operation const& operation, Inputs) { return unsupported(operation, "its weights, or what is done with them"); }

Result<Tensor> pass_on(Operation const&, Inputs inputs) { return *inputs[0]; }

}  // namespace

Operate find_operation(std::string_view name) {
    struct Row {
        std::string_view name;
        Operate operate;
    };
    static constexpr Row rows[] = {{"Add", add},
                                   {"AveragePool", average_windows},
                                   {"Cast", cast},
                                   {"Clip", clip},
                                   {"Concat", concatenate},
                                   {"Conv", convolve},
                                   {"ConvTranspose", convolve_up},
                                   {"Div", divide},
                                   {"Flatten", flatten},
                                   {"Gemm", refuse},
                                   {"GlobalAveragePool", average_plane},
                                   {"HardSigmoid", hard_sigmoid},
                                   {"HardSwish", hard_swish},
                                   {"Identity", pass_on},
                                   {"MatMul", multiply},
                                   {"MaxPool", take_largest},
                                   {"Mul", times},
                                   {"Pow", raise},
                                   {"ReduceMean", average_last},
                                   {"Relu", rectify},
                                   {"Reshape", reshape},
                                   {"Resize", resize},
                                   {"Shape", tell_shape},
                                   {"Sigmoid", sigmoid},
                                   {"Slice", slice},
                                   {"Softmax", soften},
                                   {"Sqrt", take_root},
                                   {"Squeeze", squeeze},
                                   {"Sub", subtract},
                                   {"Transpose", transpose},
                                   {"Unsqueeze", unsqueeze}};
    auto const found = std::find_if(std::begin(rows), std::end(rows), [&](Row const& row) { return row.name == name; });
    return found == std::end(rows) ? nullptr : found->operate;
}

}  // namespace keepmum
