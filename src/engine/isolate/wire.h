// Numbers and strings as the record's metas hold them; see record.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum::wire {

inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t max_steps = 64;        // of a place
inline constexpr std::size_t max_name = 64 * 1024;  // a step's name, a field's name
inline constexpr std::size_t max_word = 255;        // media type, reason: printable ASCII
inline constexpr std::size_t max_detail = 1024;     // a clause for the log: UTF-8 without controls
inline constexpr std::uint64_t max_number =
    1ull << 62;  // offsets and sizes: sums of two cannot overflow

class Writer {
  public:
    void number(std::uint64_t value) {
        while (value >= 0x80) {
            bytes_ += static_cast<char>(value | 0x80);
            value >>= 7;
        }
        bytes_ += static_cast<char>(value);
    }
    void signed_number(std::int64_t value) {
        number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
    }
    void string(std::string_view text) {
        number(text.size());
        bytes_ += text;
    }
    std::string const& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

// Once something does not hold, failed() stays true and everything reads as zero or empty; callers
// check it before they trust, at the latest at the end.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number(std::uint64_t max = max_number) {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at_ >= bytes_.size()) return fail();
            auto const byte = static_cast<unsigned char>(bytes_[at_++]);
            if (shift == 63 && byte > 1) return fail();
            value |= std::uint64_t(byte & 0x7F) << shift;
            if (byte >= 0x80) continue;
            if (byte == 0 && shift > 0) return fail();  // not the shortest form
            return value > max ? fail() : value;
        }
        return fail();
    }
    std::int64_t signed_number() {
        std::uint64_t const value = number(UINT64_MAX);
        return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
    }
    // A number of things that take at least `least` bytes each of what is left.
    std::uint64_t count(std::uint64_t least) { return number(left() / least); }
    std::string_view string(std::size_t max) {
        std::uint64_t const size = number(max);
        if (size > left()) return fail(), std::string_view();
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    std::size_t left() const { return bytes_.size() - at_; }
    bool failed() const { return failed_; }
    std::uint64_t fail() {
        failed_ = true;
        at_ = bytes_.size();
        return 0;
    }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

// Map and marks belong to these alone.
template <class Kind>
constexpr bool is_text(Kind kind) {
    return kind == Kind::text || kind == Kind::fields || kind == Kind::records;
}

}  // namespace keepmum::wire
