// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/network/network.h"

#include <algorithm>

#include "format/network/operation.h"

namespace keepmum {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// An operation with the places of its inputs and its result in the row of all values.
struct Stage {
    Operation operation;
    Operate operate = nullptr;
    std::vector<std::size_t> inputs, last_used;  // none: left out
    std::size_t output = none;
};

Result<Tensor> carry_out(Stage const& stage, std::vector<Tensor> const& values) {
    std::vector<Tensor const*> inputs;
    for (std::size_t place : stage.inputs) inputs.push_back(place == none ? nullptr : &values[place]);
    if (inputs.empty() || !inputs[0]) return unsupported(stage.operation, "it has no input");
    return stage.operate(stage.operation, inputs);
}

}  // namespace

struct NeuralNetwork::Inside {
    std::vector<Stage> stages;
    std::vector<Tensor> values;  // constants in their places
    std::size_t input = none, output = none;
    std::map<std::string, std::string, std::less<>> properties;
};

NeuralNetwork::NeuralNetwork(std::unique_ptr<Inside const> inside) : inside_(std::move(inside)) {}
NeuralNetwork::~NeuralNetwork() = default;
NeuralNetwork::NeuralNetwork(NeuralNetwork&&) noexcept = default;
NeuralNetwork& NeuralNetwork::operator=(NeuralNetwork&&) noexcept = default;

Result<NeuralNetwork> NeuralNetwork::read(std::string_view onnx) {
    OnnxGraph graph = TRY(read_onnx(onnx));
    std::vector<Operation> operations = TRY(fuse(graph));
    auto inside = std::make_unique<Inside>();
    inside->properties = std::move(graph.properties);
    std::map<std::string, std::size_t, std::less<>> places;
    auto const place_of = [&](std::string const& name) {
        auto const [found, fresh] = places.emplace(name, inside->values.size());
        if (fresh) inside->values.emplace_back();
        return found->second;
    };
    std::vector<bool> known;  // constants, and what is made of constants alone
    inside->input = place_of(graph.input);
    for (Operation& operation : operations) {
        Stage stage{{}, find_operation(operation.node.operation), {}, {}, none};
        bool constant = true;
        for (std::size_t i = 0; i < operation.node.inputs.size(); ++i) {
            std::string const& name = operation.node.inputs[i];
            // Weights that were made ready are not needed again.
            bool const left_out = name.empty() || (i > 0 && operation.is_prepared());
            stage.inputs.push_back(left_out ? none : place_of(name));
            if (left_out) continue;
            known.resize(inside->values.size());
            auto const value = graph.constants.find(name);
            if (value != graph.constants.end()) {
                inside->values[stage.inputs.back()] = value->second;
                known[stage.inputs.back()] = true;
            } else if (!known[stage.inputs.back()]) {
                constant = false;
            }
        }
        stage.output = place_of(operation.node.outputs[0]);
        known.resize(inside->values.size());
        stage.operation = std::move(operation);
        if (constant) {
            inside->values[stage.output] = TRY(carry_out(stage, inside->values));
            known[stage.output] = true;
        } else {
            inside->stages.push_back(std::move(stage));
        }
    }
    auto const output = places.find(graph.output);
    if (output == places.end()) return fail(Fault::invalid, "it is no network, or a damaged one");
    inside->output = output->second;
    // Results are let go of when nobody needs them any more.
    std::vector<bool> needed(inside->values.size(), false);
    needed[inside->output] = true;
    for (std::size_t i = inside->stages.size(); i-- > 0;) {
        Stage& stage = inside->stages[i];
        for (std::size_t place : stage.inputs) {
            if (place == none || needed[place] || known[place]) continue;
            needed[place] = true;
            stage.last_used.push_back(place);
        }
    }
    return NeuralNetwork(std::move(inside));
}

Result<Tensor> NeuralNetwork::run(Tensor input) const {
    std::vector<Tensor> values = inside_->values;
    values[inside_->input] = std::move(input);
    for (Stage const& stage : inside_->stages) {
        values[stage.output] = TRY(carry_out(stage, values));
        for (std::size_t place : stage.last_used) values[place] = {};
    }
    return std::move(values[inside_->output]);
}

std::string_view NeuralNetwork::property(std::string_view name) const {
    auto const found = inside_->properties.find(name);
    return found == inside_->properties.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace keepmum
