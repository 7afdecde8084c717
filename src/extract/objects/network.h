// The network that says what a picture looks like.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "format/network/network.h"

namespace keepmum::objects {

// EfficientNet-Lite0 (tools/fetch_models, tools/lite_to_onnx): a square of `network_side` pixels in, an answer for each of the
// thousand labels of ImageNet out, before any softmax.
inline constexpr std::uint32_t network_side = 224;
inline constexpr std::size_t network_labels = 1000;
inline constexpr std::string_view network_name = "EfficientNet-Lite0";

// Says what one view looks like.
class Eye {
  public:
    virtual ~Eye() = default;
    // An answer for each label, of a view as from draw_view(). Empty where that is of the wrong size, or where it gave up.
    virtual std::vector<float> answer(std::vector<float>& input) = 0;
};

class Network final : public Eye {
  public:
    // Reads an ONNX file of that shape, and runs it once. `invalid` or `unsupported` where it cannot be run (format/network), or
    // answers with another number of labels. One thread.
    static Result<std::unique_ptr<Network>> read(std::string_view onnx);

    std::vector<float> answer(std::vector<float>& input) override;

  private:
    explicit Network(NeuralNetwork net) : net_(std::move(net)) {}
    NeuralNetwork net_;
};

}  // namespace keepmum::objects
