// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "format/network/operation.h"

namespace keepmum {

namespace {

constexpr float largest = std::numeric_limits<float>::max();

class Fuser {
  public:
    explicit Fuser(OnnxGraph& graph) : graph_(graph), taken_(graph.nodes.size(), false) {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            for (std::string const& input : graph.nodes[i].inputs) takers_[input].push_back(i);
        }
    }

    Result<std::vector<Operation>> all() {
        std::vector<Operation> operations;
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (taken_[i]) continue;
            Operation operation{graph_.nodes[i], {}};
            if (!find_operation(operation.node.operation)) return unsupported(operation, "it is not known here");
            if (start_sums(operation)) {
                while (follow(operation)) {
                }
                TRY(pack(operation));
            }
            operations.push_back(std::move(operation));
        }
        return operations;
    }

  private:
    Tensor const* constant(std::string const& name) const {
        auto const found = graph_.constants.find(name);
        return found != graph_.constants.end() && found->second.is_float() ? &found->second : nullptr;
    }

    // Of Gemm: its weights as MatMul has them, where it is nothing but that and a bias.
    static bool make_product(Operation& operation, Tensor const& weights) {
        OnnxNode const& node = operation.node;
        if (node.whole("transA", 0) != 0 || node.number("alpha", 1) != 1 || node.number("beta", 1) != 1) return false;
        if (node.whole("transB", 0) != 0) {
            auto const rows = static_cast<std::size_t>(weights.shape[1]), columns = static_cast<std::size_t>(weights.shape[0]);
            operation.sums.weights = Tensor::of({weights.shape[1], weights.shape[0]});
            for (std::size_t i = 0; i < rows * columns; ++i)
                operation.sums.weights.values[i] = weights.values[i % columns * rows + i / columns];
        }
        return true;
    }

    // Makes an operation ready that adds up with constant weights. Any other is left as it is.
    bool start_sums(Operation& operation) {
        if (!take_weights(operation)) {
            operation.sums = {};
            return false;
        }
        if (operation.node.operation == "Gemm") operation.node.operation = "MatMul";
        return true;
    }

    bool take_weights(Operation& operation) {
        OnnxNode const& node = operation.node;
        bool const sum_of_products = node.operation == "Gemm", by_rows = node.operation == "MatMul" || sum_of_products;
        if (!by_rows && node.operation != "Conv" && node.operation != "ConvTranspose") return false;
        Tensor const* const weights = node.inputs.size() < 2 ? nullptr : constant(node.inputs[1]);
        if (!weights || weights->shape.size() != (by_rows ? 2u : 4u) || weights->count() == 0) return false;
        Weights& sums = operation.sums;
        sums.weights = Tensor::of(weights->shape);
        std::copy_n(weights->values.get(), weights->count(), sums.weights.values.get());
        if (sum_of_products && !make_product(operation, *weights)) return false;
        sums.bias.assign(channels(operation), 0);
        if (node.inputs.size() > 2 && !node.inputs[2].empty()) {
            Tensor const* const bias = constant(node.inputs[2]);
            if (!bias || bias->count() != sums.bias.size()) return false;
            std::copy_n(bias->values.get(), bias->count(), sums.bias.begin());
        }
        return true;
    }

    static std::size_t channels(Operation const& operation) {
        Shape const& shape = operation.sums.weights.shape;
        return static_cast<std::size_t>(operation.node.operation == "Conv" ? shape[0] : shape[1]);
    }

    // sums · a + b, channel by channel, where nothing else is done to them yet.
    static void fold(Operation& operation, std::size_t channel, float a, float b) {
        Weights& sums = operation.sums;
        Shape const& shape = sums.weights.shape;
        float* const values = sums.weights.values.get();
        std::size_t const count = sums.weights.count(), outer = static_cast<std::size_t>(shape[0]),
                          each = count / outer;
        if (operation.node.operation == "Conv") {
            for (std::size_t i = 0; i < each; ++i) values[channel * each + i] *= a;
        } else {
            std::size_t const part = each / static_cast<std::size_t>(shape[1]);
            for (std::size_t i = 0; i < outer; ++i) {
                for (std::size_t k = 0; k < part; ++k) values[i * each + channel * part + k] *= a;
            }
        }
        sums.bias[channel] = sums.bias[channel] * a + b;
    }

    static void add_affine(Operation& operation, float a, float b) {
        std::vector<Finish>& steps = operation.sums.steps;
        if (steps.empty()) {
            for (std::size_t i = 0; i < operation.sums.bias.size(); ++i) fold(operation, i, a, b);
        } else if (steps.back().kind == Finish::Kind::affine) {
            steps.back() = {Finish::Kind::affine, steps.back().a * a, steps.back().b * a + b};
        } else {
            steps.push_back({Finish::Kind::affine, a, b});
        }
    }

    // Takes what is done next to the sums into the operation, where that is nothing but reckoning with each number.
    bool follow(Operation& operation) {
        std::string const now = operation.node.outputs[0];
        auto const found = takers_.find(now);
        if (now == graph_.output || found == takers_.end()) return false;
        std::vector<std::size_t> const& takers = found->second;
        // In a damaged file an operation may give what it takes.
        if (std::any_of(takers.begin(), takers.end(), [&](std::size_t node) { return taken_[node]; })) return false;
        if (takers.size() == 2)
            return take_clipped_product(operation, takers) || take_sigmoid_product(operation, takers);
        if (takers.size() != 1) return false;
        OnnxNode const& next = graph_.nodes[takers[0]];
        if (!take_arithmetic(operation, next, now) && !take_norm(operation, next) && !take_function(operation, next))
            return false;
        take(operation, takers[0]);
        return true;
    }

    void take(Operation& operation, std::size_t node) {
        taken_[node] = true;
        operation.node.outputs[0] = graph_.nodes[node].outputs[0];
    }

    // The value of a constant of one number.
    std::optional<float> number(std::string const& name) const {
        Tensor const* const found = constant(name);
        return found && found->count() == 1 ? std::optional(found->values[0]) : std::nullopt;
    }

    // The other input of an operation with two, `known` being the one.
    static std::string const* other(OnnxNode const& node, std::string_view known) {
        if (node.inputs.size() != 2 || node.inputs[0] == node.inputs[1]) return nullptr;
        return node.inputs[0] == known ? &node.inputs[1] : &node.inputs[0];
    }

    bool take_arithmetic(Operation& operation, OnnxNode const& next, std::string_view now) {
        std::string const* const second = other(next, now);
        Tensor const* const values = second ? constant(*second) : nullptr;
        std::string_view const name = next.operation;
        bool const adds = name == "Add", multiplies = name == "Mul";
        bool const parts = (name == "Sub" || name == "Div") && next.inputs[0] == now;
        if (!values || (!adds && !multiplies && !parts)) return false;
        auto const affine_of = [&](float value) {
            return adds            ? std::pair(1.0F, value)
                   : multiplies    ? std::pair(value, 0.0F)
                   : name == "Sub" ? std::pair(1.0F, -value)
                                   : std::pair(1 / value, 0.0F);
        };
        if (values->count() == 1 && values->shape.size() <= 4) {
            auto const [a, b] = affine_of(values->values[0]);
            add_affine(operation, a, b);
            return true;
        }
        // One number a channel.
        std::size_t const count = operation.sums.bias.size();
        bool const last = operation.node.operation == "MatMul";
        Shape const wanted =
            last ? Shape{static_cast<std::int64_t>(count)} : Shape{1, static_cast<std::int64_t>(count), 1, 1};
        if (values->shape != wanted || !operation.sums.steps.empty()) return false;
        for (std::size_t i = 0; i < count; ++i) {
            auto const [a, b] = affine_of(values->values[i]);
            fold(operation, i, a, b);
        }
        return true;
    }

    bool take_norm(Operation& operation, OnnxNode const& next) {
        if (next.operation != "BatchNormalization" || next.inputs.size() != 5 || !operation.sums.steps.empty() ||
            operation.node.operation == "MatMul")
            return false;
        Tensor const* parts[4];
        for (std::size_t i = 0; i < 4; ++i) {
            parts[i] = constant(next.inputs[i + 1]);
            if (!parts[i] || parts[i]->count() != operation.sums.bias.size()) return false;
        }
        float const epsilon = next.number("epsilon", 1e-5F);
        for (std::size_t i = 0; i < operation.sums.bias.size(); ++i) {
            float const scale = parts[0]->values[i] / std::sqrt(parts[3]->values[i] + epsilon);
            fold(operation, i, scale, parts[1]->values[i] - parts[2]->values[i] * scale);
        }
        return true;
    }

    bool take_function(Operation& operation, OnnxNode const& next) {
        std::vector<Finish>& steps = operation.sums.steps;
        if (next.operation == "Relu") {
            steps.push_back({Finish::Kind::clip, 0, largest});
        } else if (next.operation == "Sigmoid") {
            steps.push_back({Finish::Kind::sigmoid});
        } else if (next.operation == "HardSigmoid") {
            add_affine(operation, next.number("alpha", 0.2F), next.number("beta", 0.5F));
            steps.push_back({Finish::Kind::clip, 0, 1});
        } else if (next.operation == "HardSwish") {
            steps.push_back({Finish::Kind::times_clip});
            steps.push_back({Finish::Kind::affine, 1.0F / 6, 0});
        } else if (next.operation == "Clip" && next.inputs.size() == 1 && next.attributes.count("min") &&
                   next.attributes.count("max")) {
            steps.push_back({Finish::Kind::clip, next.number("min", 0), next.number("max", 0)});
        } else if (next.operation == "Clip" && next.inputs.size() == 3 && number(next.inputs[1]) &&
                   number(next.inputs[2])) {
            steps.push_back({Finish::Kind::clip, *number(next.inputs[1]), *number(next.inputs[2])});
        } else {
            return false;
        }
        return true;
    }

    // The only node that takes what `node` gives; none where there are more.
    std::optional<std::size_t> sole_taker(std::size_t node) const {
        auto const found = takers_.find(graph_.nodes[node].outputs[0]);
        bool const sole = found != takers_.end() && found->second.size() == 1 && !taken_[found->second[0]];
        return sole ? std::optional(found->second[0]) : std::nullopt;
    }

    // x · clip(x + 3, 0, 6), written as three operations.
    bool take_clipped_product(Operation& operation, std::vector<std::size_t> const& takers) {
        for (std::size_t i = 0; i < 2; ++i) {
            std::size_t const sum = takers[i], product = takers[1 - i];
            OnnxNode const& add = graph_.nodes[sum];
            std::string const* const three = other(add, operation.node.outputs[0]);
            std::optional<std::size_t> const clip = sole_taker(sum);
            if (add.operation != "Add" || !three || number(*three) != 3.0F || !clip) continue;
            OnnxNode const& bounds = graph_.nodes[*clip];
            if (bounds.operation != "Clip" || bounds.inputs.size() != 3 || number(bounds.inputs[1]) != 0.0F ||
                number(bounds.inputs[2]) != 6.0F || sole_taker(*clip) != product ||
                graph_.nodes[product].operation != "Mul")
                continue;
            operation.sums.steps.push_back({Finish::Kind::times_clip});
            taken_[sum] = taken_[*clip] = true;
            take(operation, product);
            return true;
        }
        return false;
    }

    // x · sigmoid(x), written as two operations, or three with a factor of one between.
    bool take_sigmoid_product(Operation& operation, std::vector<std::size_t> const& takers) {
        for (std::size_t i = 0; i < 2; ++i) {
            std::size_t const first = takers[i], product = takers[1 - i];
            std::optional<std::size_t> sigmoid = first;
            if (graph_.nodes[first].operation == "Mul") {
                std::string const* const one = other(graph_.nodes[first], operation.node.outputs[0]);
                if (!one || number(*one) != 1.0F) continue;
                sigmoid = sole_taker(first);
            }
            if (!sigmoid || graph_.nodes[*sigmoid].operation != "Sigmoid" || sole_taker(*sigmoid) != product ||
                graph_.nodes[product].operation != "Mul")
                continue;
            operation.sums.steps.push_back({Finish::Kind::times_sigmoid});
            taken_[first] = taken_[*sigmoid] = true;
            take(operation, product);
            return true;
        }
        return false;
    }

    OnnxGraph& graph_;
    std::vector<bool> taken_;  // nodes that are part of an operation before them
    std::map<std::string, std::vector<std::size_t>, std::less<>> takers_;
};

}  // namespace

Result<std::vector<Operation>> fuse(OnnxGraph& graph) { return Fuser(graph).all(); }

tl::unexpected<Error> unsupported(Operation const& operation, std::string_view why) {
    return fail(Fault::unsupported, "operation " + operation.node.operation + ": " + std::string(why));
}

}  // namespace keepmum
