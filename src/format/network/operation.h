// An operation of a network, made ready to be carried out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "format/network/arithmetic.h"
#include "format/network/onnx.h"

namespace keepmum {

// What is added up with weights, and what becomes of the sums.
struct Weights {
    Tensor weights;           // as the file has them, with what follows folded in
    std::vector<float> bias;  // of each channel of the result
    std::vector<Finish> steps;
    std::vector<float> packed;  // in the order in which arithmetic() takes them
    std::vector<float> starts;  // what each row of a tile starts from: the bias, in that order too
};

struct Operation {
    OnnxNode node;
    Weights sums;  // of Conv, ConvTranspose, and of MatMul (which Gemm becomes) with constant weights; else empty

    bool is_prepared() const { return sums.weights.is_float(); }
};

using Inputs = std::span<Tensor const* const>;  // null where an input is left out
using Operate = Result<Tensor> (*)(Operation const& operation, Inputs inputs);

// What carries out an operation of that name; null for one that is not known here. It checks the shapes of its inputs.
Operate find_operation(std::string_view name);

// The three that take most of the time. They want their weights prepared.
Result<Tensor> convolve(Operation const& operation, Inputs inputs);
Result<Tensor> convolve_up(Operation const& operation, Inputs inputs);  // ConvTranspose whose parts do not overlap
Result<Tensor> multiply(Operation const& operation, Inputs inputs);     // MatMul, prepared or of two results

// Shapes and places alone: nothing is reckoned.
Result<Tensor> reshape(Operation const& operation, Inputs inputs);
Result<Tensor> transpose(Operation const& operation, Inputs inputs);
Result<Tensor> concatenate(Operation const& operation, Inputs inputs);
Result<Tensor> slice(Operation const& operation, Inputs inputs);
Result<Tensor> flatten(Operation const& operation, Inputs inputs);
Result<Tensor> squeeze(Operation const& operation, Inputs inputs);
Result<Tensor> unsqueeze(Operation const& operation, Inputs inputs);
Result<Tensor> tell_shape(Operation const& operation, Inputs inputs);
Result<Tensor> cast(Operation const& operation, Inputs inputs);
Result<Tensor> resize(Operation const& operation, Inputs inputs);

// The operations of a graph in order, those that belong together in one: a sum with weights, and what is done to each
// number of it. Constants that become part of an operation stay in the graph. Errors: unsupported (names the
// operation).
Result<std::vector<Operation>> fuse(OnnxGraph& graph);

// Puts the weights into the order of arithmetic(). Errors: unsupported.
Result<> pack(Operation& operation);

tl::unexpected<Error> unsupported(Operation const& operation, std::string_view why);

}  // namespace keepmum
