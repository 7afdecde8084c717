// Operations on shapes and places: they move numbers and reckon nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <numeric>

#include "format/network/operation.h"

namespace keepmum {

namespace {

std::size_t size_of(std::int64_t side) { return static_cast<std::size_t>(side); }

// `axis` counted from the first; as many as `sides` where it is none.
std::size_t axis_of(std::int64_t axis, std::size_t sides) {
    std::int64_t const all = static_cast<std::int64_t>(sides);
    if (axis < 0) axis += all;
    return axis < 0 || axis >= all ? sides : size_of(axis);
}

// An attribute, or, in newer files, an input of whole numbers.
std::vector<std::int64_t> wholes(Operation const& operation, Inputs inputs, std::string_view attribute,
                                 std::size_t input) {
    if (input < inputs.size() && inputs[input]) return inputs[input]->whole;
    return operation.node.wholes(attribute);
}

std::size_t count_between(Shape const& shape, std::size_t first, std::size_t end) {
    std::size_t count = 1;
    for (std::size_t i = first; i < end; ++i) count *= size_of(shape[i]);
    return count;
}

Tensor of_wholes(std::vector<std::int64_t> values) {
    Tensor tensor;
    tensor.shape = {static_cast<std::int64_t>(values.size())};
    tensor.whole = std::move(values);
    return tensor;
}

}  // namespace

Result<Tensor> reshape(Operation const& operation, Inputs inputs) {
    Tensor result = *inputs[0];
    if (inputs.size() < 2 || !inputs[1] || inputs[1]->whole.size() > 8) return unsupported(operation, "the new shape");
    Shape shape = inputs[1]->whole;
    std::size_t open = shape.size();
    std::size_t known = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 0 && i < result.shape.size()) shape[i] = result.shape[i];
        if (shape[i] == -1 && open == shape.size()) open = i;
        else known = shape[i] < 1 || shape[i] > 1 << 28 || known > 1u << 28 ? 0 : known * size_of(shape[i]);
    }
    std::size_t const count = result.count();
    if (open < shape.size() && known > 0) shape[open] = static_cast<std::int64_t>(count / known);
    if (count == 0 || Tensor::count_of(shape) != count) return unsupported(operation, "the new shape");
    result.shape = std::move(shape);
    return result;
}

Result<Tensor> transpose(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    std::vector<std::int64_t> const order = operation.node.wholes("perm");
    std::size_t const sides = input.shape.size();
    std::vector<std::int64_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    bool good = input.is_float() && order.size() == sides && sides > 0;
    for (std::size_t i = 0; good && i < sides; ++i) good = sorted[i] == static_cast<std::int64_t>(i);
    if (!good) return unsupported(operation, "the order of its sides");
    std::vector<std::size_t> strides(sides, 1), steps(sides), place(sides, 0);
    for (std::size_t i = sides - 1; i-- > 0;) strides[i] = strides[i + 1] * size_of(input.shape[i + 1]);
    Shape shape(sides);
    for (std::size_t i = 0; i < sides; ++i) {
        shape[i] = input.shape[size_of(order[i])];
        steps[i] = strides[size_of(order[i])];
    }
    Tensor result = Tensor::of(shape);
    std::size_t from = 0;
    for (std::size_t i = 0, count = input.count(); i < count; ++i) {
        result.values[i] = input.values[from];
        for (std::size_t side = sides; side-- > 0;) {
            from += steps[side];
            if (++place[side] < size_of(shape[side])) break;
            from -= steps[side] * size_of(shape[side]);
            place[side] = 0;
        }
    }
    return result;
}

Result<Tensor> concatenate(Operation const& operation, Inputs inputs) {
    std::vector<std::int64_t> joined;
    Tensor const& first = *inputs[0];
    std::size_t const axis = axis_of(operation.node.whole("axis", 0), first.shape.size());
    if (axis == first.shape.size()) return unsupported(operation, "its axis");
    Shape shape = first.shape;
    shape[axis] = 0;
    for (Tensor const* input : inputs) {
        if (!input || input->shape.size() != shape.size() || input->is_float() != first.is_float())
            return unsupported(operation, "shapes that do not fit");
        for (std::size_t i = 0; i < shape.size(); ++i) {
            if (i != axis && input->shape[i] != shape[i]) return unsupported(operation, "shapes that do not fit");
        }
        shape[axis] += input->shape[axis];
        joined.insert(joined.end(), input->whole.begin(), input->whole.end());
    }
    if (!first.is_float())
        return shape.size() == 1 ? Result<Tensor>(of_wholes(std::move(joined)))
                                 : unsupported(operation, "tables of whole numbers");
    std::size_t const outer = count_between(shape, 0, axis), inner = count_between(shape, axis + 1, shape.size()),
                      all = size_of(shape[axis]) * inner;
    if (Tensor::count_of(shape) == 0) return unsupported(operation, "too large a result");
    Tensor result = Tensor::of(std::move(shape));
    std::size_t at = 0;
    for (Tensor const* input : inputs) {
        std::size_t const part = size_of(input->shape[axis]) * inner;
        for (std::size_t i = 0; i < outer; ++i)
            std::memcpy(&result.values[i * all + at], &input->values[i * part], part * sizeof(float));
        at += part;
    }
    return result;
}

Result<Tensor> slice(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    std::vector<std::int64_t> const starts = wholes(operation, inputs, "starts", 1),
                                    ends = wholes(operation, inputs, "ends", 2),
                                    axes = wholes(operation, inputs, "axes", 3),
                                    steps = wholes(operation, inputs, "steps", 4);
    bool const whole_steps = std::all_of(steps.begin(), steps.end(), [](std::int64_t step) { return step == 1; });
    std::size_t const axis = starts.size() != 1 || ends.size() != 1 || !whole_steps
                                 ? input.shape.size()
                                 : axis_of(axes.empty() ? 0 : axes[0], input.shape.size());
    if (axis == input.shape.size()) return unsupported(operation, "more than one axis");
    std::int64_t const side = input.shape[axis];
    auto const inside = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + side : at, 0, side); };
    std::int64_t const begin = inside(starts[0]), end = std::max(begin, inside(ends[0]));
    if (!input.is_float()) {
        if (input.shape.size() != 1 || input.whole.size() != size_of(side))
            return unsupported(operation, "tables of whole numbers");
        return of_wholes({input.whole.begin() + begin, input.whole.begin() + end});
    }
    Shape shape = input.shape;
    shape[axis] = end - begin;
    std::size_t const outer = count_between(shape, 0, axis), inner = count_between(shape, axis + 1, shape.size());
    Tensor result = Tensor::of(shape);
    for (std::size_t i = 0; i < outer && end > begin; ++i)
        std::memcpy(&result.values[i * size_of(end - begin) * inner],
                    &input.values[(i * size_of(side) + size_of(begin)) * inner],
                    size_of(end - begin) * inner * sizeof(float));
    return result;
}

Result<Tensor> flatten(Operation const& operation, Inputs inputs) {
    Tensor result = *inputs[0];
    std::size_t const axis = axis_of(operation.node.whole("axis", 1), result.shape.size() + 1);
    if (axis > result.shape.size()) return unsupported(operation, "its axis");
    Shape shape = {1, 1};
    for (std::size_t i = 0; i < result.shape.size(); ++i) shape[i < axis ? 0 : 1] *= result.shape[i];
    result.shape = std::move(shape);
    return result;
}

Result<Tensor> squeeze(Operation const& operation, Inputs inputs) {
    Tensor result = *inputs[0];
    Shape shape;
    std::vector<std::int64_t> const axes = wholes(operation, inputs, "axes", 1);
    for (std::size_t i = 0; i < result.shape.size(); ++i) {
        bool const out = std::any_of(axes.begin(), axes.end(),
                                     [&](std::int64_t axis) { return axis_of(axis, result.shape.size()) == i; });
        if (out && result.shape[i] != 1) return unsupported(operation, "a side that is not 1");
        if (!out) shape.push_back(result.shape[i]);
    }
    result.shape = std::move(shape);
    return result;
}

Result<Tensor> unsqueeze(Operation const& operation, Inputs inputs) {
    Tensor result = *inputs[0];
    for (std::int64_t axis : wholes(operation, inputs, "axes", 1)) {
        std::size_t const at = axis_of(axis, result.shape.size() + 1);
        if (at > result.shape.size() || result.shape.size() >= 8) return unsupported(operation, "its axes");
        result.shape.insert(result.shape.begin() + static_cast<std::ptrdiff_t>(at), 1);
    }
    return result;
}

Result<Tensor> tell_shape(Operation const&, Inputs inputs) { return of_wholes(inputs[0]->shape); }

Result<Tensor> cast(Operation const& operation, Inputs inputs) {
    constexpr std::int64_t to_float = 1, to_int32 = 6, to_int64 = 7;
    std::int64_t const to = operation.node.whole("to", 0);
    bool const same = inputs[0]->is_float() ? to == to_float : to == to_int32 || to == to_int64;
    if (!same) return unsupported(operation, "from one kind of number to another");
    return *inputs[0];
}

// Larger by whole factors: each number again and again.
Result<Tensor> resize(Operation const& operation, Inputs inputs) {
    Tensor const& input = *inputs[0];
    Tensor const* const scales = inputs.size() > 2 ? inputs[2] : nullptr;
    auto const mode = operation.node.attributes.find("mode");
    bool const nearest = mode != operation.node.attributes.end() && mode->second.text == "nearest";
    if (!nearest || !scales || !scales->is_float() || scales->count() != 4 || input.shape.size() != 4 ||
        !input.is_float() || inputs.size() > 3)
        return unsupported(operation, "other than the nearest, by a scale");
    bool whole = scales->values[0] == 1 && scales->values[1] == 1;
    for (std::size_t i = 2; i < 4; ++i) {
        float const scale = scales->values[i];
        whole = whole && scale >= 1 && scale <= 64 && scale == static_cast<float>(static_cast<int>(scale));
    }
    if (!whole) return unsupported(operation, "its scale");
    auto const down = static_cast<std::int64_t>(scales->values[2]), along = static_cast<std::int64_t>(scales->values[3]);
    Shape const shape = {input.shape[0], input.shape[1], input.shape[2] * down, input.shape[3] * along};
    if (input.count() == 0 || Tensor::count_of(shape) == 0) return unsupported(operation, "its scale");
    Tensor result = Tensor::of(shape);
    std::size_t const width = size_of(input.shape[3]), wide = size_of(shape[3]), rows = input.count() / width,
                      times = size_of(down);
    for (std::size_t row = 0; row < rows; ++row) {
        float* const out = &result.values[row * times * wide];
        float const* const in = &input.values[row * width];
        for (std::size_t x = 0; x < width; ++x) std::fill_n(out + x * size_of(along), along, in[x]);
        for (std::size_t i = 1; i < times; ++i) std::memcpy(out + i * wide, out, wide * sizeof(float));
    }
    return result;
}

}  // namespace keepmum
