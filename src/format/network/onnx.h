// ONNX files: networks as graphs of operations (onnx.proto3, IR versions 3 to 9), as plain data.
//
// The file is a Protocol Buffers message: fields of a number and a wire type, nested by length. Only what a network of
// one input and one output needs is kept; tensors may be of float, int32 and int64, in the file itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "format/network/tensor.h"

namespace keepmum {

struct OnnxAttribute {
    float number = 0;
    std::int64_t whole = 0;
    std::string text;
    std::vector<std::int64_t> wholes;
    Tensor tensor;
};

struct OnnxNode {
    std::string operation;  // "Conv"
    std::vector<std::string> inputs, outputs;
    std::map<std::string, OnnxAttribute, std::less<>> attributes;

    std::int64_t whole(std::string_view attribute, std::int64_t otherwise) const;
    float number(std::string_view attribute, float otherwise) const;
    std::vector<std::int64_t> wholes(std::string_view attribute) const;  // empty where it is not there
};

struct OnnxGraph {
    std::vector<OnnxNode> nodes;  // each behind those whose results it takes; none of them "Constant"
    std::map<std::string, Tensor, std::less<>> constants;
    std::string input, output;
    std::map<std::string, std::string, std::less<>> properties;  // what its maker wrote into it
};

// Errors: invalid (no ONNX, cut short, a length that lies), unsupported (more inputs, other kinds of numbers, numbers
// outside the file).
Result<OnnxGraph> read_onnx(std::string_view bytes);

}  // namespace keepmum
