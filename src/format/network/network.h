// Neural networks: read from an ONNX file, carried out on one thread, without any library.
//
// Only the operations that the networks of io/models.inc are made of (operations.cpp lists them), for one picture or
// line at a time. Why this is our own: docs/decisions/pictures/0130. Results agree with other programs' but for the
// rounding of sums, and are the same each time on one kind of processor. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "format/network/tensor.h"

namespace keepmum {

class NeuralNetwork final {
  public:
    // Keeps nothing of `onnx`. Errors: invalid (no network, a damaged one), unsupported (an operation that is not known
    // here).
    static Result<NeuralNetwork> read(std::string_view onnx);
    ~NeuralNetwork();
    NeuralNetwork(NeuralNetwork&&) noexcept;
    NeuralNetwork& operator=(NeuralNetwork&&) noexcept;

    // Many may run it at once. Errors: unsupported, where `input` has a shape that the network cannot take.
    Result<Tensor> run(Tensor input) const;

    // What its maker wrote into the file under that name; "" where nothing.
    std::string_view property(std::string_view name) const;

  private:
    struct Inside;
    explicit NeuralNetwork(std::unique_ptr<Inside const> inside);
    std::unique_ptr<Inside const> inside_;
};

}  // namespace keepmum
