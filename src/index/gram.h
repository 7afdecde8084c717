// Which runs of letters stand for a text: closed syncmers (Edgar, PeerJ 2021, 10805), hashed under a key.
//
// A gram of k letters is kept when the least of its sub-grams of s letters (by a keyed order) stands first or
// last in it. That depends on nothing outside the gram, so damage beside it cannot unselect it; and of
// each k-s neighbouring grams at least one is kept, so that every clean run of 2k-s-1 letters that two texts
// share holds one. Rejected: winnowing (as dense, and damage beside a gram unselects it; measured weaker),
// every n-th gram (guarantees nothing).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "index/key.h"
#include "index/normal.h"

namespace keepmum {

// The kinds of grams. The plain ones are for text as it was typed; the loose ones are shorter and denser, for
// text that was read from pictures, and cost two to three times the space.
enum class Layer : std::uint8_t { latin_plain, latin_loose, cjk_plain, cjk_loose };
inline constexpr std::size_t layer_count = 4;

struct GramSetting {
    Stream stream;
    std::uint32_t length;  // k, letters
    std::uint32_t part;    // s, letters
    // Each shared clean run of this many letters holds a gram.
    constexpr std::uint32_t guarantee() const { return 2 * length - part - 1; }
};

inline constexpr std::array<GramSetting, layer_count> gram_settings = {{
    {Stream::latin, 20, 6},
    {Stream::latin, 12, 7},
    {Stream::cjk, 8, 2},
    {Stream::cjk, 5, 2},
}};
constexpr GramSetting const& setting_of(Layer layer) { return gram_settings[static_cast<std::size_t>(layer)]; }

struct Gram {
    std::uint64_t hash = 0;  // SipHash-2-4 of the letters, under the register's key and the layer
    std::uint32_t at = 0;    // its first letter: index into the letters given
};

// One object serves all threads.
class GramSelector {
  public:
    explicit GramSelector(RegisterKey const& key);

    // Appends the grams of `letters` in order. `letters` must be of the layer's stream. Linear; more than
    // 150 MB of letters a second on one core (bench/index.cpp).
    void select(std::string_view letters, Layer layer, std::vector<Gram>& out) const;
    void select(std::u16string_view letters, Layer layer, std::vector<Gram>& out) const;

    // Eight bits that stand for a letter, for alignment (index/align.h): of it and the one before; of a Chinese character, of which there
    // are thousands, alone.
    std::uint8_t letter_code(Stream stream, std::uint16_t before, std::uint16_t letter) const {
        if (stream == Stream::cjk) before = 0;
        std::uint64_t const key = pair_keys_[static_cast<std::size_t>(stream)];
        std::uint64_t mixed = (static_cast<std::uint64_t>(before) << 16 | letter) * key;
        mixed = (mixed ^ mixed >> 32) * key;
        return static_cast<std::uint8_t>(mixed >> 56);
    }

  private:
    struct LayerKey {
        std::uint64_t first = 0, second = 0;  // of SipHash
        std::uint64_t order = 0;              // odd: how sub-grams are ordered
    };
    std::array<LayerKey, layer_count> keys_;
    std::array<std::uint64_t, 2> pair_keys_;  // odd, by Stream
};

}  // namespace keepmum
