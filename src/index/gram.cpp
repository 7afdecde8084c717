// The least of each window of sub-grams is found for eight windows at once: the minimum over 2, 4, 8 neighbours by
// doubling, then one more step that overlaps. Orders are 16 bits wide: two unlike sub-grams that meet by chance
// only let one gram more be kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/gram.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "index/siphash.h"

namespace keepmum {

namespace {

using Orders = std::int16_t __attribute__((vector_size(16)));
constexpr std::size_t lanes = 8;
constexpr std::size_t block = 2048;          // grams looked at in one go
constexpr std::size_t margin = 32;           // behind a block: the longest gram, and what vectors read too much

Orders load(std::int16_t const* at) {
    Orders orders;
    std::memcpy(&orders, at, sizeof orders);
    return orders;
}
void store(std::int16_t* at, Orders orders) { std::memcpy(at, &orders, sizeof orders); }
Orders least(Orders a, Orders b) { return a < b ? a : b; }

// One bit a lane in which `mask` is all ones.
unsigned bits_of(Orders mask) {
    std::uint64_t halves[2];
    std::memcpy(halves, &mask, sizeof halves);
    auto const gather = [](std::uint64_t half) {
        half &= 0x0001000100010001ull;
        half |= half >> 15;
        return static_cast<unsigned>((half | half >> 30) & 0xF);
    };
    return gather(halves[0]) | gather(halves[1]) << 4;
}

template <std::size_t step, std::size_t count>
void widen(std::int16_t* minima) {
    for (std::size_t i = 0; i < count; i += lanes) store(minima + i, least(load(minima + i), load(minima + i + step)));
}

template <class Unit, std::uint32_t k, std::uint32_t s>
class BlockSelector {
  public:
    BlockSelector(SipKey const& sip, std::uint64_t order) : sip_(sip), order_(order) {}

    // `text` is a block's letters and `margin` letters more that may be read; `grams` of them begin in it.
    void select(Unit const* text, std::size_t grams, std::size_t base, std::vector<Gram>& out) {
        for (std::size_t i = 0; i < block + margin - lanes; ++i) minima_[i] = orders_[i] = order_of(text + i);
        constexpr std::size_t window = k - s + 1;
        widen<1, block + 16>(minima_);
        if constexpr (window >= 4) widen<2, block + 16>(minima_);
        if constexpr (window >= 8) widen<4, block + 8>(minima_);
        constexpr std::size_t width = std::bit_floor(window);
        // First which ones, without a branch that depends on the text, then their hashes.
        std::size_t count = 0;
        for (std::size_t i = 0; i < grams; i += lanes) {
            Orders const minimum = least(load(minima_ + i), load(minima_ + i + window - width));
            Orders const kept = (load(orders_ + i) == minimum) | (load(orders_ + i + window - 1) == minimum);
            unsigned const bits = bits_of(kept);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                chosen_[count] = static_cast<std::uint16_t>(i + lane);
                count += bits >> lane & 1;
            }
        }
        while (count > 0 && chosen_[count - 1] >= grams) --count;
        std::size_t const before = out.size();
        out.resize(before + count);
        Gram* const to = out.data() + before;
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = {siphash(sip_, text + chosen_[i], k * sizeof(Unit)), static_cast<std::uint32_t>(base + chosen_[i])};
        }
    }

  private:
    std::int16_t order_of(Unit const* at) const {
        std::uint64_t part;
        std::memcpy(&part, at, sizeof part);
        constexpr std::uint64_t mask = s * sizeof(Unit) == 8 ? ~0ull : (1ull << (8 * s * sizeof(Unit))) - 1;
        // The middle of the product depends on all letters; twice, as a product's high bits favour the last ones.
        std::uint64_t mixed = (part & mask) * order_;
        mixed = (mixed ^ (mixed >> 32)) * order_;
        return static_cast<std::int16_t>(mixed >> 48);
    }

    SipKey sip_;
    std::uint64_t order_;
    alignas(16) std::int16_t orders_[block + margin];
    alignas(16) std::int16_t minima_[block + margin];
    std::uint16_t chosen_[block + lanes];
};

template <std::uint32_t k, std::uint32_t s, class Unit>
void select_all(std::basic_string_view<Unit> letters, SipKey const& sip, std::uint64_t order, std::vector<Gram>& out) {
    static_assert(k + 8 <= margin && s * sizeof(Unit) <= 8);
    if (letters.size() < k) return;
    BlockSelector<Unit, k, s> selector(sip, order);
    std::size_t const grams = letters.size() - k + 1;
    for (std::size_t from = 0; from < grams; from += block) {
        std::size_t const here = std::min(block, grams - from);
        if (from + block + margin <= letters.size()) {
            selector.select(letters.data() + from, here, from, out);
            continue;
        }
        Unit last[block + margin] = {};
        std::copy(letters.begin() + static_cast<std::ptrdiff_t>(from), letters.end(), last);
        selector.select(last, here, from, out);
    }
}

}  // namespace

GramSelector::GramSelector(RegisterKey const& key) {
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        Key const own = key.derive("grams " + std::to_string(layer));
        std::memcpy(&keys_[layer], own.data(), sizeof keys_[layer]);
        keys_[layer].order |= 1;
    }
    for (std::size_t stream = 0; stream < pair_keys_.size(); ++stream) {
        Key const own = key.derive("pairs " + std::to_string(stream));
        std::memcpy(&pair_keys_[stream], own.data(), sizeof pair_keys_[stream]);
        pair_keys_[stream] |= 1;
    }
}

void GramSelector::select(std::string_view letters, Layer layer, std::vector<Gram>& out) const {
    LayerKey const& key = keys_[static_cast<std::size_t>(layer)];
    SipKey const sip{key.first, key.second};
    constexpr GramSetting plain = setting_of(Layer::latin_plain), loose = setting_of(Layer::latin_loose);
    if (layer == Layer::latin_plain) select_all<plain.length, plain.part>(letters, sip, key.order, out);
    if (layer == Layer::latin_loose) select_all<loose.length, loose.part>(letters, sip, key.order, out);
}

void GramSelector::select(std::u16string_view letters, Layer layer, std::vector<Gram>& out) const {
    LayerKey const& key = keys_[static_cast<std::size_t>(layer)];
    SipKey const sip{key.first, key.second};
    constexpr GramSetting plain = setting_of(Layer::cjk_plain), loose = setting_of(Layer::cjk_loose);
    if (layer == Layer::cjk_plain) select_all<plain.length, plain.part>(letters, sip, key.order, out);
    if (layer == Layer::cjk_loose) select_all<loose.length, loose.part>(letters, sip, key.order, out);
}

}  // namespace keepmum
