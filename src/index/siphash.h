// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of short strings that gives nothing away of them.
//
// Inline, as it stands in the innermost loop of the register: the library's function costs a call and a
// load of the key for each run of twenty letters.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/hash.h"

namespace keepmum {

struct SipKey {
    std::uint64_t first = 0, second = 0;

    // The two halves of the first 16 bytes of a key.
    static SipKey from(Key const& key) {
        SipKey sip;
        std::memcpy(&sip.first, key.data(), 8);
        std::memcpy(&sip.second, key.data() + 8, 8);
        return sip;
    }
};

namespace detail {

struct SipState {
    std::uint64_t a, b, c, d;

    explicit SipState(SipKey const& key)
        : a(key.first ^ 0x736f6d6570736575), b(key.second ^ 0x646f72616e646f6d), c(key.first ^ 0x6c7967656e657261),
          d(key.second ^ 0x7465646279746573) {}

    void turn() {
        a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
        c += d, d = std::rotl(d, 16) ^ c;
        a += d, d = std::rotl(d, 21) ^ a;
        c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
    }
    void take(std::uint64_t word) {
        d ^= word;
        turn();
        turn();
        a ^= word;
    }
    std::uint64_t finish() {
        c ^= 0xFF;
        for (int i = 0; i < 4; ++i) turn();
        return a ^ b ^ c ^ d;
    }
};

}  // namespace detail

// `size` bytes at `bytes`; on little-endian machines, which are all that keepmum runs on.
inline std::uint64_t siphash(SipKey const& key, void const* bytes, std::size_t size) {
    auto const* at = static_cast<unsigned char const*>(bytes);
    detail::SipState state(key);
    std::size_t const whole = size / 8;
    for (std::size_t i = 0; i < whole; ++i) {
        std::uint64_t word;
        std::memcpy(&word, at + 8 * i, 8);
        state.take(word);
    }
    std::uint64_t last = static_cast<std::uint64_t>(size) << 56;
    std::uint64_t rest = 0;
    std::memcpy(&rest, at + 8 * whole, size % 8);
    state.take(last | rest);
    return state.finish();
}

inline std::uint64_t siphash(SipKey const& key, std::string_view bytes) { return siphash(key, bytes.data(), bytes.size()); }

// Of two numbers, as the 16 bytes that they are made of.
inline std::uint64_t siphash(SipKey const& key, std::uint64_t first, std::uint64_t second) {
    std::uint64_t const words[2] = {first, second};
    return siphash(key, words, sizeof words);
}

}  // namespace keepmum
