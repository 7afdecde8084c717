// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/network.h"

#include <exception>
#include <opencv2/core/ocl.hpp>
#include <opencv2/dnn.hpp>

#include "io/models.h"

namespace keepmum::objects {

struct Network::State {
    cv::dnn::Net net;
};

Network::Network(std::unique_ptr<State> state) : state_(std::move(state)) {}
Network::~Network() = default;

Result<std::unique_ptr<Network>> Network::read(std::string_view onnx) {
    auto state = std::make_unique<State>();
    try {
        cv::setNumThreads(1);
        cv::ocl::setUseOpenCL(false);
        state->net = cv::dnn::readNetFromONNX(onnx.data(), onnx.size());
        state->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        state->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    } catch (std::exception const&) {
        return fail(Fault::invalid, "OpenCV does not take this network", std::string(objects_model));
    }
    std::unique_ptr<Network> network(new Network(std::move(state)));
    std::vector<float> nothing(std::size_t{3} * network_side * network_side);
    if (network->answer(nothing).size() != network_labels) {
        return fail(Fault::invalid, "the network is of another kind", std::string(objects_model));
    }
    return network;
}

std::vector<float> Network::answer(std::vector<float>& input) {
    if (input.size() != std::size_t{3} * network_side * network_side) return {};
    constexpr int side = network_side;
    int const sizes[] = {1, 3, side, side};
    try {
        state_->net.setInput(cv::Mat(4, sizes, CV_32F, input.data()));
        cv::Mat const out = state_->net.forward();
        if (out.type() != CV_32F || !out.isContinuous()) return {};
        float const* const first = out.ptr<float>();
        return {first, first + out.total()};
    } catch (std::exception const&) {
        return {};
    }
}

}  // namespace keepmum::objects
