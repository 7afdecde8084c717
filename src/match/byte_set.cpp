// Two tables of sixteen, one for each half of a byte: a byte is a member where both allow it. A processor with SSSE3
// (which Hyperscan asks for as well) looks up sixteen bytes in one instruction, one with AVX2 thirty-two.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/byte_set.h"

#include <algorithm>
#include <bit>
#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace keepmum {

namespace {

#ifdef __x86_64__
using Table = std::array<std::uint8_t, 16>;

__m128i upper_halves() { return _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, char(128), 0, 0, 0, 0, 0, 0, 0, 0); }

[[gnu::target("ssse3")]] void read_by_16(Table const& by_low, char const* at, std::size_t count, std::uint64_t* words) {
    __m128i const high = upper_halves(), half = _mm_set1_epi8(15), zero = _mm_setzero_si128();
    __m128i const low = _mm_loadu_si128(reinterpret_cast<__m128i const*>(by_low.data()));
    for (; count > 0; --count, at += 64) {
        std::uint64_t word = 0;
        for (int i = 0; i < 4; ++i) {
            __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at + 16 * i));
            __m128i const upper = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(bytes, 4), half));
            __m128i const both = _mm_and_si128(upper, _mm_shuffle_epi8(low, bytes));
            word |= static_cast<std::uint64_t>(~_mm_movemask_epi8(_mm_cmpeq_epi8(both, zero)) & 0xFFFF) << (16 * i);
        }
        *words++ = word;
    }
}

[[gnu::target("avx2")]] void read_by_32(Table const& by_low, char const* at, std::size_t count, std::uint64_t* words) {
    __m256i const high = _mm256_broadcastsi128_si256(upper_halves()), half = _mm256_set1_epi8(15), zero = _mm256_setzero_si256();
    __m256i const low = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<__m128i const*>(by_low.data())));
    for (; count > 0; --count, at += 64) {
        std::uint64_t word = 0;
        for (int i = 0; i < 2; ++i) {
            __m256i const bytes = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(at + 32 * i));
            __m256i const upper = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
            __m256i const both = _mm256_and_si256(upper, _mm256_shuffle_epi8(low, bytes));
            auto const none = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, zero)));
            word |= static_cast<std::uint64_t>(~none) << (32 * i);
        }
        *words++ = word;
    }
}
#endif

}  // namespace

void ByteSet::read_singly(char const* at, std::size_t count, std::uint64_t* words) const {
    for (; count > 0; --count, at += 64) {
        std::uint64_t word = 0;
        for (int i = 0; i < 64; ++i) word |= static_cast<std::uint64_t>(holds(at[i])) << i;
        *words++ = word;
    }
}

ByteSet::Width ByteSet::widest() {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) return Width::thirty_two;
    if (__builtin_cpu_supports("ssse3")) return Width::sixteen;
#endif
    return Width::one;
}

void ByteSet::read_by(Width width, char const* at, std::size_t count, std::uint64_t* words) const {
#ifdef __x86_64__
    if (width == Width::thirty_two) return read_by_32(by_low_, at, count, words);
    if (width == Width::sixteen) return read_by_16(by_low_, at, count, words);
#endif
    read_singly(at, count, words);
}

std::size_t count_members(ByteSet const& set, std::string_view text) {
    std::size_t const first = find_member(set, text) / 64;  // nearly always there is none
    ByteSetWords words(set, text);
    std::size_t count = 0;
    for (std::size_t number = first; 64 * number < text.size(); ++number) {
        std::uint64_t const word = words.word(number);
        if (word) count += static_cast<std::size_t>(std::popcount(word));  // a call where the processor is not known to count bits
    }
    return count;
}

std::size_t find_member(ByteSet const& set, std::string_view text) {
    std::array<std::uint64_t, 64> ahead;
    std::size_t number = 0;
    for (std::size_t const blocks = text.size() / 64; number < blocks;) {
        std::size_t const count = std::min(ahead.size(), blocks - number);
        set.read(text.data() + 64 * number, count, ahead.data());
        std::uint64_t any = 0;
        for (std::size_t i = 0; i < count; ++i) any |= ahead[i];
        if (any) break;
        number += count;
    }
    ByteSetWords words(set, text);
    for (; 64 * number < text.size(); ++number) {
        if (std::uint64_t const word = words.word(number)) return 64 * number + static_cast<std::size_t>(std::countr_zero(word));
    }
    return text.size();
}

void ByteSetWords::fill(std::size_t number) {
    std::size_t const at = 64 * number;
    first_ = number;
    filled_ = std::min(words_.size(), (text_.size() - at) / 64);
    set_.read(text_.data() + at, filled_, words_.data());
    if (filled_ > 0) return;
    char last[64] = {};
    text_.copy(last, text_.size() - at, at);
    set_.read(last, 1, words_.data());
    filled_ = 1;
    if (set_.holds('\0')) words_[0] &= (std::uint64_t{1} << (text_.size() - at)) - 1;
}

}  // namespace keepmum
