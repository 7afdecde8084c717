// Numbers and texts one behind another as bytes: what keepmum writes for itself and reads back, perhaps damaged.
//
// A number is a variable-length integer (seven bits a byte, low first), a text its length and its bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace keepmum {

class Encoder {
  public:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(0x80 | (value & 0x7F));
        bytes_ += static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    // The lowest `size` bytes of a number, low first.
    void fixed(std::uint64_t value, std::size_t size) {
        for (; size > 0; --size, value >>= 8) bytes_ += static_cast<char>(value & 0xFF);
    }
    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

// Takes any bytes. Where they end early all further values are empty and good() is false.
class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}
    bool good() const { return good_; }
    std::size_t left() const { return rest_.size(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            auto const byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        good_ = false;
        return 0;
    }
    // A number that must be at most `most`.
    std::uint64_t number_to(std::uint64_t most) {
        std::uint64_t const value = number();
        if (value > most) good_ = false;
        return good_ ? value : 0;
    }
    std::string text() {
        std::uint64_t const size = number();
        if (size > rest_.size()) good_ = false;
        if (!good_) return {};
        std::string value(rest_.substr(0, static_cast<std::size_t>(size)));
        rest_.remove_prefix(value.size());
        return value;
    }
    std::uint64_t fixed(std::size_t size) {
        if (size > rest_.size()) good_ = false;
        if (!good_) return 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << 8 * i;
        rest_.remove_prefix(size);
        return value;
    }
    // How many items follow; no more than there are bytes.
    std::size_t count() { return static_cast<std::size_t>(number_to(rest_.size())); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

}  // namespace keepmum
