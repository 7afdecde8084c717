// Small networks that the tests write themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// Protocol Buffers: a key, then a number or bytes with their length.
inline std::string varint(std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
    return out + static_cast<char>(value);
}
inline std::string field(unsigned number, std::string_view bytes) {
    return varint(number << 3 | 2) + varint(bytes.size()) + std::string(bytes);
}
inline std::string field(unsigned number, std::uint64_t value) { return varint(number << 3) + varint(value); }

// An ONNX file, put together operation by operation.
class MadeNetwork {
  public:
    MadeNetwork& constant(std::string_view name, std::vector<std::int64_t> const& shape,
                          std::vector<float> const& values) {
        std::string bytes(values.size() * sizeof(float), '\0');
        if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
        graph_ += field(5, sides(shape) + field(2, std::uint64_t{1}) + field(8, name) + field(9, bytes));
        return *this;
    }
    MadeNetwork& constant(std::string_view name, std::vector<std::int64_t> const& values) {
        std::string packed;
        for (std::int64_t value : values) packed += varint(static_cast<std::uint64_t>(value));
        graph_ += field(5, sides({static_cast<std::int64_t>(values.size())}) + field(2, std::uint64_t{7}) +
                               field(7, packed) + field(8, name));
        return *this;
    }
    MadeNetwork& node(std::string_view operation, std::vector<std::string_view> const& inputs, std::string_view output,
                      std::string attributes = {}) {
        std::string body;
        for (std::string_view input : inputs) body += field(1, input);
        graph_ += field(1, body + field(2, output) + field(4, operation) + attributes);
        return *this;
    }
    static std::string wholes(std::string_view name, std::vector<std::int64_t> const& values) {
        std::string body = field(1, name);
        for (std::int64_t value : values) body += field(8, static_cast<std::uint64_t>(value));
        return field(5, body);
    }
    static std::string whole(std::string_view name, std::int64_t value) {
        return field(5, field(1, name) + field(3, static_cast<std::uint64_t>(value)));
    }
    static std::string number(std::string_view name, float value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        return field(5, field(1, name) + varint(2 << 3 | 5) + std::string(bytes, sizeof bytes));
    }
    static std::string text(std::string_view name, std::string_view value) {
        return field(5, field(1, name) + field(4, value));
    }

    // With input "x" and output "y".
    std::string file() const {
        return field(1, std::uint64_t{8}) + field(7, graph_ + field(11, field(1, "x")) + field(12, field(1, "y"))) +
               field(14, field(1, "character") + field(2, "a\nb"));
    }

  private:
    static std::string sides(std::vector<std::int64_t> const& shape) {
        std::string out;
        for (std::int64_t side : shape) out += field(1, static_cast<std::uint64_t>(side));
        return out;
    }

    std::string graph_;
};

}  // namespace keepmum
