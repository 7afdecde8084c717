// A text walked in pieces, so that a long one needs little memory; the grams of all pieces are those of the whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "index/gram.h"

namespace keepmum {

class PieceWalk {
  public:
    // `text` is valid UTF-8 and outlives the walk.
    PieceWalk(std::string_view text, GramSelector const& selector) : text_(text), selector_(selector) {}

    // The next piece; false at the end.
    bool next();

    // Its letters, after some of the piece before. The first one's number in its stream is first(stream).
    Letters const& letters() const { return letters_; }
    std::uint32_t first(Stream stream) const { return first_[static_cast<std::size_t>(stream)]; }
    // How many of them the piece before had already.
    std::size_t carried(Stream stream) const { return carried_[static_cast<std::size_t>(stream)]; }
    std::uint32_t total(Stream stream) const;  // letters so far
    std::size_t end() const { return from_; }  // bytes of the text so far

    // The grams that no piece before had; Gram::at is an index into letters(). Replaces `out`.
    void select(Layer layer, std::vector<Gram>& out) const;

    // Bytes of the text that a gram covers.
    Span span_of(Layer layer, Gram const& gram) const;

  private:
    std::string_view text_;
    GramSelector const& selector_;
    Letters letters_;
    std::size_t from_ = 0;
    std::array<std::uint32_t, 2> first_ = {};
    std::array<std::uint32_t, 2> carried_ = {};  // letters of the piece before at the front
};

}  // namespace keepmum
