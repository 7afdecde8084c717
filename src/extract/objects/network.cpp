// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/network.h"

#include <algorithm>

#include "io/models.h"

namespace keepmum::objects {

Result<std::unique_ptr<Network>> Network::read(std::string_view onnx) {
    Result<NeuralNetwork> net = NeuralNetwork::read(onnx);
    if (!net) return fail(net.error().fault, net.error().what, std::string(objects_model));
    std::unique_ptr<Network> network(new Network(std::move(*net)));
    std::vector<float> nothing(std::size_t{3} * network_side * network_side);
    if (network->answer(nothing).size() != network_labels) {
        return fail(Fault::invalid, "the network is of another kind", std::string(objects_model));
    }
    return network;
}

std::vector<float> Network::answer(std::vector<float>& input) {
    Tensor view = Tensor::of({1, 3, network_side, network_side});
    if (input.size() != view.count()) return {};
    std::copy(input.begin(), input.end(), view.values.get());
    Result<Tensor> const out = net_.run(std::move(view));
    if (!out || !out->is_float()) return {};
    return {out->values.get(), out->values.get() + out->count()};
}

}  // namespace keepmum::objects
