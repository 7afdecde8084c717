// Networks read from ONNX files, and carried out on a small picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/network/network.h"

#include <algorithm>
#include <cstddef>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    Result<NeuralNetwork> const network = NeuralNetwork::read({reinterpret_cast<char const*>(data), size});
    if (!network) return 0;
    Tensor input = Tensor::of({1, 3, 9, 9});
    std::fill_n(input.values.get(), input.count(), 0.5F);
    (void)network->run(std::move(input));
    return 0;
}
