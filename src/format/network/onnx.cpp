// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/network/onnx.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

namespace keepmum {

namespace {

constexpr std::size_t most_nodes = 20'000, most_dimensions = 8, most_numbers = std::size_t{1} << 26;

// One field of a message.
struct Field {
    std::uint32_t number = 0;
    std::uint64_t value = 0;  // of a number
    std::string_view bytes;   // of what has a length
};

// Reads a message field by field.
class Message {
  public:
    explicit Message(std::string_view bytes) : rest_(bytes) {}

    // Nothing at the end, and where the message is damaged.
    std::optional<Field> next() {
        if (rest_.empty() || damaged_) return {};
        std::uint64_t const key = varint();
        Field field{static_cast<std::uint32_t>(key >> 3), 0, {}};
        switch (key & 7) {
            case 0: field.value = varint(); break;
            case 1: field.value = fixed(8); break;
            case 5: field.value = fixed(4); break;
            case 2: {
                std::uint64_t const length = varint();
                if (damaged_ || length > rest_.size()) damaged_ = true;
                else field.bytes = take(static_cast<std::size_t>(length));
                break;
            }
            default: damaged_ = true;
        }
        return damaged_ ? std::nullopt : std::optional(field);
    }
    bool damaged() const { return damaged_; }

    // Numbers that are packed without keys.
    static std::vector<std::int64_t> unpack(std::string_view bytes, bool& damaged) {
        Message message(bytes);
        std::vector<std::int64_t> all;
        while (!message.rest_.empty() && !message.damaged_) all.push_back(static_cast<std::int64_t>(message.varint()));
        damaged = damaged || message.damaged_;
        return all;
    }

  private:
    std::string_view take(std::size_t size) {
        std::string_view const taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            auto const byte = static_cast<unsigned char>(take(1)[0]);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) return value;
        }
        damaged_ = true;
        return 0;
    }

    std::uint64_t fixed(std::size_t size) {
        std::uint64_t value = 0;
        if (rest_.size() < size) {
            damaged_ = true;
            return 0;
        }
        std::memcpy(&value, take(size).data(), size);
        return value;
    }

    std::string_view rest_;
    bool damaged_ = false;
};

tl::unexpected<Error> damaged() { return fail(Fault::invalid, "it is no network, or a damaged one"); }

template <class Number>
std::vector<Number> as_numbers(std::string_view bytes) {
    std::vector<Number> all(bytes.size() / sizeof(Number));
    if (!all.empty()) std::memcpy(all.data(), bytes.data(), all.size() * sizeof(Number));
    return all;
}

// What stands in a TensorProto.
struct RawTensor {
    Tensor tensor;
    std::string name;
    std::uint64_t type = 0;
    std::string_view raw;
    std::vector<float> floats;
    std::vector<std::int64_t> wholes;
};

Result<Tensor> finish(RawTensor raw) {
    constexpr std::uint64_t type_float = 1, type_int32 = 6, type_int64 = 7;
    Tensor tensor = std::move(raw.tensor);
    std::size_t const count = tensor.count();
    if (raw.type == type_float) {
        if (!raw.raw.empty()) raw.floats = as_numbers<float>(raw.raw);
        if (raw.floats.size() != count) return damaged();
        tensor.values = std::make_shared_for_overwrite<float[]>(std::max<std::size_t>(count, 1));
        std::copy(raw.floats.begin(), raw.floats.end(), tensor.values.get());
    } else if (raw.type == type_int32 || raw.type == type_int64) {
        if (!raw.raw.empty() && raw.type == type_int64) raw.wholes = as_numbers<std::int64_t>(raw.raw);
        if (!raw.raw.empty() && raw.type == type_int32) {
            std::vector<std::int32_t> const small = as_numbers<std::int32_t>(raw.raw);
            raw.wholes.assign(small.begin(), small.end());
        }
        if (raw.wholes.size() != count) return damaged();
        tensor.whole = std::move(raw.wholes);
    } else {
        return fail(Fault::unsupported, "it holds numbers of a kind that is not known here");
    }
    return tensor;
}

Result<RawTensor> read_tensor(std::string_view bytes) {
    RawTensor raw;
    bool broken = false;
    Message message(bytes);
    while (std::optional<Field> const field = message.next()) {
        switch (field->number) {
            case 1:
                if (field->bytes.empty()) raw.tensor.shape.push_back(static_cast<std::int64_t>(field->value));
                else raw.tensor.shape = Message::unpack(field->bytes, broken);
                if (raw.tensor.shape.size() > most_dimensions) return damaged();
                break;
            case 2: raw.type = field->value; break;
            case 4:
                if (field->bytes.empty())
                    raw.floats.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(field->value)));
                else raw.floats = as_numbers<float>(field->bytes);
                break;
            case 5:
            case 7:
                if (field->bytes.empty()) raw.wholes.push_back(static_cast<std::int64_t>(field->value));
                else raw.wholes = Message::unpack(field->bytes, broken);
                break;
            case 8: raw.name = field->bytes; break;
            case 9: raw.raw = field->bytes; break;
            case 13: return fail(Fault::unsupported, "its numbers lie outside the file");
            default: break;
        }
    }
    if (message.damaged() || broken) return damaged();
    return raw;
}

Result<> read_attribute(std::string_view bytes, OnnxNode& node) {
    OnnxAttribute attribute;
    std::string name;
    bool broken = false;
    Message message(bytes);
    while (std::optional<Field> const field = message.next()) {
        switch (field->number) {
            case 1: name = field->bytes; break;
            case 2: attribute.number = std::bit_cast<float>(static_cast<std::uint32_t>(field->value)); break;
            case 3: attribute.whole = static_cast<std::int64_t>(field->value); break;
            case 4: attribute.text = field->bytes; break;
            case 5: attribute.tensor = TRY(finish(TRY(read_tensor(field->bytes)))); break;
            case 8:
                if (field->bytes.empty()) attribute.wholes.push_back(static_cast<std::int64_t>(field->value));
                else attribute.wholes = Message::unpack(field->bytes, broken);
                break;
            default: break;
        }
    }
    if (message.damaged() || broken) return damaged();
    node.attributes.emplace(std::move(name), std::move(attribute));
    return {};
}

Result<OnnxNode> read_node(std::string_view bytes) {
    OnnxNode node;
    Message message(bytes);
    while (std::optional<Field> const field = message.next()) {
        switch (field->number) {
            case 1: node.inputs.emplace_back(field->bytes); break;
            case 2: node.outputs.emplace_back(field->bytes); break;
            case 4: node.operation = field->bytes; break;
            case 5: TRY(read_attribute(field->bytes, node)); break;
            default: break;
        }
    }
    if (message.damaged() || node.outputs.empty()) return damaged();
    return node;
}

std::string name_of(std::string_view value_info) {
    Message message(value_info);
    while (std::optional<Field> const field = message.next()) {
        if (field->number == 1) return std::string(field->bytes);
    }
    return {};
}

Result<> read_graph(std::string_view bytes, OnnxGraph& graph) {
    std::vector<std::string> inputs;
    Message message(bytes);
    while (std::optional<Field> const field = message.next()) {
        if (field->number == 1) {
            OnnxNode node = TRY(read_node(field->bytes));
            auto const constant = node.attributes.find("value");
            if (node.operation == "Constant" && constant != node.attributes.end())
                graph.constants[node.outputs[0]] = std::move(constant->second.tensor);
            else graph.nodes.push_back(std::move(node));
            if (graph.nodes.size() > most_nodes) return damaged();
        } else if (field->number == 5) {
            RawTensor raw = TRY(read_tensor(field->bytes));
            std::string name = std::move(raw.name);
            graph.constants[std::move(name)] = TRY(finish(std::move(raw)));
        } else if (field->number == 11) {
            inputs.push_back(name_of(field->bytes));
        } else if (field->number == 12) {
            if (!graph.output.empty()) return fail(Fault::unsupported, "it has more than one output");
            graph.output = name_of(field->bytes);
        }
    }
    if (message.damaged()) return damaged();
    // Older files name constants among the inputs.
    std::erase_if(inputs, [&](std::string const& name) { return graph.constants.count(name) > 0; });
    if (inputs.size() != 1 || graph.output.empty())
        return fail(Fault::unsupported, "it has not one input and one output");
    graph.input = inputs[0];
    return {};
}

}  // namespace

std::size_t Tensor::count_of(Shape const& shape) {
    std::size_t count = 1;
    if (shape.size() > most_dimensions) return 0;
    for (std::int64_t side : shape) {
        if (side < 0 || static_cast<std::uint64_t>(side) > most_numbers) return 0;
        count *= static_cast<std::size_t>(side);  // no overflow: both are at most 2^26
        if (count > most_numbers) return 0;
    }
    return count;
}

Tensor Tensor::of(Shape shape) {
    Tensor tensor;
    tensor.values = std::make_shared_for_overwrite<float[]>(std::max<std::size_t>(count_of(shape), 1));
    tensor.shape = std::move(shape);
    return tensor;
}

std::int64_t OnnxNode::whole(std::string_view attribute, std::int64_t otherwise) const {
    auto const found = attributes.find(attribute);
    return found == attributes.end() ? otherwise : found->second.whole;
}

float OnnxNode::number(std::string_view attribute, float otherwise) const {
    auto const found = attributes.find(attribute);
    return found == attributes.end() ? otherwise : found->second.number;
}

std::vector<std::int64_t> OnnxNode::wholes(std::string_view attribute) const {
    auto const found = attributes.find(attribute);
    return found == attributes.end() ? std::vector<std::int64_t>() : found->second.wholes;
}

Result<OnnxGraph> read_onnx(std::string_view bytes) {
    OnnxGraph graph;
    std::string_view body;
    Message message(bytes);
    while (std::optional<Field> const field = message.next()) {
        if (field->number == 7) {
            body = field->bytes;
        } else if (field->number == 14) {
            std::string key, value;
            Message entry(field->bytes);
            while (std::optional<Field> const part = entry.next()) (part->number == 1 ? key : value) = part->bytes;
            graph.properties.emplace(std::move(key), std::move(value));
        }
    }
    if (message.damaged() || body.empty()) return damaged();
    TRY(read_graph(body, graph));
    return graph;
}

}  // namespace keepmum
