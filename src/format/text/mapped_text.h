// Builds a text out of pieces of another, and the map back to it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/offset_map.h"
#include "base/utf8.h"

namespace keepmum {

class MappedText {
  public:
    // `piece` stands at `source` of the original, byte for byte.
    void copy(std::string_view piece, std::uint64_t source) {
        if (piece.empty()) return;
        map_.add(text_.size(), source);
        text_.append(piece);
    }
    // One character that `width` bytes of the original at `source` stand for; 0 for one of ours.
    void put(char32_t character, std::uint64_t source, std::uint32_t width) {
        std::size_t const before = text_.size();
        append_utf8(text_, character);
        map_.add(before, source, static_cast<std::uint32_t>(text_.size() - before), width);
    }
    // Text of ours, without any source.
    void add(std::string_view words, std::uint64_t source) {
        for (char const c : words) put(static_cast<unsigned char>(c), source, 0);
    }

    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }
    std::string_view view() const { return text_; }
    char last() const { return text_.empty() ? '\0' : text_.back(); }
    OffsetMap const& map() const { return map_; }
    std::string take_text() { return std::move(text_); }
    OffsetMap take_map() { return std::move(map_); }

  private:
    std::string text_;
    OffsetMap map_;
};

}  // namespace keepmum
