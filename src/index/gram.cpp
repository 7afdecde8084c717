// The least of each window of sub-grams is found for eight windows at once: the minimum over 2, 4, 8 neighbours by
// doubling, then one more step that overlaps. Orders are 16 bits wide: two unlike sub-grams that meet by chance
// only let one gram more be kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/gram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "index/siphash.h"
#include "index/wide.h"

namespace keepmum {

namespace {

using Orders = std::int16_t __attribute__((vector_size(16)));
using Places = std::uint16_t __attribute__((vector_size(16)));
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
#ifdef __SSE2__
    __m128i const bytes = _mm_packs_epi16(reinterpret_cast<__m128i>(mask), _mm_setzero_si128());
    return static_cast<unsigned>(_mm_movemask_epi8(bytes));
#else
    std::uint64_t halves[2];
    std::memcpy(halves, &mask, sizeof halves);
    auto const gather = [](std::uint64_t half) {
        half &= 0x0001000100010001ull;
        half |= half >> 15;
        return static_cast<unsigned>((half | half >> 30) & 0xF);
    };
    return gather(halves[0]) | gather(halves[1]) << 4;
#endif
}

template <std::size_t step>
void widen(std::int16_t* minima, std::size_t count) {
    for (std::size_t i = 0; i < count; i += lanes) store(minima + i, least(load(minima + i), load(minima + i + step)));
}

// Which of eight lanes are chosen, in order, and how many.
struct Choices {
    std::array<std::array<std::uint16_t, lanes>, 256> places{};
    std::array<std::uint8_t, 256> count{};
};
constexpr Choices choices = [] {
    Choices table;
    for (std::size_t bits = 0; bits < 256; ++bits) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            if ((bits >> lane & 1) != 0) table.places[bits][table.count[bits]++] = static_cast<std::uint16_t>(lane);
        }
    }
    return table;
}();

template <class Unit, std::uint32_t k, std::uint32_t s>
class BlockSelector {
  public:
    BlockSelector(SipKey const& sip, std::uint64_t order) : sip_(sip), order_(order), wide_(wide()) {}

    // `text` is a block's letters and `margin` letters more that may be read; `grams` of them begin in it.
    void select(Unit const* text, std::size_t grams, std::size_t base, std::vector<Gram>& out) {
        constexpr std::uint64_t mask = s * sizeof(Unit) == 8 ? ~0ull : (1ull << (8 * s * sizeof(Unit))) - 1;
        std::size_t const looked_at = std::min(block, (grams + lanes - 1) / lanes * lanes);
        std::size_t const count = choose(looked_at, reinterpret_cast<char const*>(text), mask, grams);
        constexpr std::size_t words = k * sizeof(Unit) / 8 + 1;
        for (std::size_t from = 0; from < count; from += hashed) {
            std::size_t const here = std::min(hashed, count - from);
            for (std::size_t i = 0; i < here; ++i) {
                auto const* const gram = reinterpret_cast<char const*>(text + chosen_[from + i]);
                for (std::size_t w = 0; w + 1 < words; ++w) std::memcpy(&words_[w * hashed + i], gram + 8 * w, 8);
                words_[(words - 1) * hashed + i] = read_last(gram + 8 * (words - 1));
            }
            wide_.hash(sip_, words_, hashed, k * sizeof(Unit), here, hashes_);
            for (std::size_t i = 0; i < here; ++i) ready_[i] = {hashes_[i], static_cast<std::uint32_t>(base + chosen_[from + i])};
            out.insert(out.end(), ready_, ready_ + here);
        }
    }

  private:
    // Of a gram's last word, padded with zeros; never through memory, where a wide read would wait for narrow writes.
    static std::uint64_t read_last(char const* at) {
        constexpr std::size_t rest = k * sizeof(Unit) % 8;
        if constexpr (rest == 0) return 0;
        std::conditional_t<rest == 4, std::uint32_t, std::uint16_t> word = 0;
        static_assert(rest == 0 || rest == 2 || rest == 4);
        if constexpr (rest != 0) std::memcpy(&word, at, sizeof word);
        return word;
    }

    static constexpr std::size_t hashed = 128;  // at once: their words stay in the nearest cache

    // Fills chosen_ with the first letters of the grams that are kept; how many.
    std::size_t choose(std::size_t looked_at, char const* text, std::uint64_t mask, std::size_t grams) {
        wide_.order(text, sizeof(Unit), mask, order_, looked_at + margin - lanes, orders_);
        std::memcpy(minima_, orders_, (looked_at + margin - lanes) * sizeof *minima_);
        constexpr std::size_t window = k - s + 1;
        widen<1>(minima_, looked_at + 16);
        if constexpr (window >= 4) widen<2>(minima_, looked_at + 16);
        if constexpr (window >= 8) widen<4>(minima_, looked_at + 8);
        constexpr std::size_t width = std::bit_floor(window);
        std::size_t count = 0;
        for (std::size_t i = 0; i < looked_at; i += lanes) {
            Orders const minimum = least(load(minima_ + i), load(minima_ + i + window - width));
            Orders const kept = (load(orders_ + i) == minimum) | (load(orders_ + i + window - 1) == minimum);
            unsigned const bits = bits_of(kept);
            // Without a branch that depends on the text.
            Places places;
            std::memcpy(&places, choices.places[bits].data(), sizeof places);
            places += static_cast<std::uint16_t>(i);
            std::memcpy(chosen_ + count, &places, sizeof places);
            count += choices.count[bits];
        }
        while (count > 0 && chosen_[count - 1] >= grams) --count;
        return count;
    }

    SipKey sip_;
    std::uint64_t order_;
    Wide const& wide_;
    alignas(16) std::int16_t orders_[block + margin];
    alignas(16) std::int16_t minima_[block + margin];
    std::uint16_t chosen_[block + lanes];
    std::uint64_t words_[(k * sizeof(Unit) / 8 + 1) * hashed];
    std::uint64_t hashes_[hashed];
    Gram ready_[hashed];
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
