// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/pieces.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::size_t piece_size = 48u << 10;  // letters, places and grams of one stay in the second cache

template <class Unit>
void carry_over(LetterRun<Unit>& run, std::size_t most, std::uint32_t& first, std::uint32_t& carried) {
    std::size_t const kept = std::min(most, run.letters.size());
    std::size_t const dropped = run.letters.size() - kept;
    run.drop_front(dropped);
    first += static_cast<std::uint32_t>(dropped);
    carried = static_cast<std::uint32_t>(kept);
}

}  // namespace

bool PieceWalk::next() {
    if (from_ >= text_.size()) return false;
    carry_over(letters_.latin, setting_of(Layer::latin_plain).length - 1, first_[0], carried_[0]);
    carry_over(letters_.cjk, setting_of(Layer::cjk_plain).length - 1, first_[1], carried_[1]);
    std::size_t const end = piece_end(text_, from_, piece_size);
    if (from_ == 0) {  // most texts are ASCII; memory that is not touched costs nothing
        std::size_t const most = std::min(text_.size(), piece_size + piece_size / 4);
        letters_.latin.letters.reserve(most);
        letters_.latin.begins.reserve(most);
    }
    normalise(text_.substr(from_, end - from_), static_cast<std::uint32_t>(from_), letters_);
    from_ = end;
    return true;
}

std::uint32_t PieceWalk::total(Stream stream) const {
    std::size_t const here = stream == Stream::latin ? letters_.latin.letters.size() : letters_.cjk.letters.size();
    return first(stream) + static_cast<std::uint32_t>(here);
}

void PieceWalk::select(Layer layer, std::vector<Gram>& out) const {
    GramSetting const& setting = setting_of(layer);
    auto const which = static_cast<std::size_t>(setting.stream);
    // Of the letters carried over, grams that ended before were given with the piece before.
    std::size_t const seen = carried_[which] - std::min<std::size_t>(carried_[which], setting.length - 1);
    out.clear();
    std::size_t const letters = setting.stream == Stream::latin ? letters_.latin.letters.size() : letters_.cjk.letters.size();
    out.reserve(letters * 5 / (2 * (setting.length - setting.part + 1)));  // a quarter more than are expected
    if (setting.stream == Stream::latin) selector_.select(std::string_view(letters_.latin.letters).substr(seen), layer, out);
    else selector_.select(std::u16string_view(letters_.cjk.letters).substr(seen), layer, out);
    for (Gram& gram : out) gram.at += static_cast<std::uint32_t>(seen);
}

Span PieceWalk::span_of(Layer layer, Gram const& gram) const {
    GramSetting const& setting = setting_of(layer);
    std::vector<std::uint32_t> const& begins = setting.stream == Stream::latin ? letters_.latin.begins : letters_.cjk.begins;
    std::uint32_t const last = begins[gram.at + setting.length - 1];
    return {begins[gram.at], last + decode_utf8(text_, last).length};
}

}  // namespace keepmum
