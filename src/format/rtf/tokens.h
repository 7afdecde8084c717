// Rich Text Format (RTF 1.9.1) as a stream of tokens: groups, control words, bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keepmum {

struct RtfToken {
    enum class Kind : std::uint8_t {
        open,    // {
        close,   // }
        word,    // \name, perhaps with a number
        symbol,  // \ and one other character, in `bytes`
        hex,     // \'xx: one byte, in `number`
        text,    // bytes as they are; line ends of the file are no part of it
        binary,  // what follows \binN, in `bytes`
        end,
    };
    Kind kind = Kind::end;
    std::string_view name;   // of a word
    std::string_view bytes;
    std::int32_t number = 0;
    bool has_number = false;
    std::uint64_t at = 0;    // offset and size in the file
    std::uint64_t size = 0;
};

class RtfTokens final {
  public:
    explicit RtfTokens(std::string_view bytes, std::uint64_t at = 0) : bytes_(bytes), at_(at) {}
    RtfToken next();
    std::uint64_t position() const { return at_; }

  private:
    RtfToken read_control();
    RtfToken read_word();
    RtfToken read_binary(std::uint64_t size);
    RtfToken finish(RtfToken token, std::uint64_t begin);

    std::string_view bytes_;
    std::uint64_t at_ = 0;
    std::uint64_t pending_binary_ = 0;
};

}  // namespace keepmum
