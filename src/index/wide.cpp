// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/wide.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
// GCC 12 takes what its own header leaves undefined on purpose for a mistake.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

namespace keepmum {

namespace {

void hash_one_by_one(SipKey const& key, std::uint64_t const* words, std::size_t stride, std::size_t size, std::size_t count,
                     std::uint64_t* out) {
    for (std::size_t i = 0; i < count; ++i) {
        detail::SipState state(key);
        std::size_t const last = size / 8;
        for (std::size_t w = 0; w < last; ++w) state.take(words[w * stride + i]);
        state.take(words[last * stride + i] | static_cast<std::uint64_t>(size) << 56);
        out[i] = state.finish();
    }
}

void order_one_by_one(char const* letters, std::size_t step, std::uint64_t mask, std::uint64_t key, std::size_t count, std::int16_t* out) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t part;
        std::memcpy(&part, letters + i * step, sizeof part);
        // The middle of the product depends on all letters; twice, as a product's high bits favour the last ones.
        std::uint64_t mixed = (part & mask) * key;
        mixed = (mixed ^ mixed >> 32) * key;
        out[i] = static_cast<std::int16_t>(mixed >> 48);
    }
}

std::size_t letters_one_by_one(char const* text, std::size_t size, std::uint32_t base, char* letters, std::uint32_t* begins) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {
        char const letter = plain_letters[static_cast<unsigned char>(text[i])];
        letters[count] = letter;
        begins[count] = base + static_cast<std::uint32_t>(i);
        count += letter != 0;
    }
    return count;
}

#if defined(__x86_64__)

#define KEEPMUM_AVX2 __attribute__((target("avx2")))
#define KEEPMUM_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define KEEPMUM_IN inline __attribute__((always_inline))

struct Four {
    __m256i a, b, c, d;
};

template <int bits>
KEEPMUM_AVX2 KEEPMUM_IN __m256i rotate(__m256i x) {
    return _mm256_or_si256(_mm256_slli_epi64(x, bits), _mm256_srli_epi64(x, 64 - bits));
}

KEEPMUM_AVX2 KEEPMUM_IN void turn(Four& s) {
    s.a = _mm256_add_epi64(s.a, s.b), s.b = _mm256_xor_si256(rotate<13>(s.b), s.a), s.a = _mm256_shuffle_epi32(s.a, 0xB1);
    s.c = _mm256_add_epi64(s.c, s.d), s.d = _mm256_xor_si256(rotate<16>(s.d), s.c);
    s.a = _mm256_add_epi64(s.a, s.d), s.d = _mm256_xor_si256(rotate<21>(s.d), s.a);
    s.c = _mm256_add_epi64(s.c, s.b), s.b = _mm256_xor_si256(rotate<17>(s.b), s.c), s.c = _mm256_shuffle_epi32(s.c, 0xB1);
}

KEEPMUM_AVX2 KEEPMUM_IN void take(Four& s, __m256i word) {
    s.d = _mm256_xor_si256(s.d, word);
    turn(s);
    turn(s);
    s.a = _mm256_xor_si256(s.a, word);
}

KEEPMUM_AVX2 KEEPMUM_IN __m256i set4(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }

KEEPMUM_AVX2 void hash_by_four(SipKey const& key, std::uint64_t const* words, std::size_t stride, std::size_t size, std::size_t count,
                               std::uint64_t* out) {
    std::size_t const last = size / 8;
    for (std::size_t i = 0; i < count; i += 4) {
        detail::SipState const start(key);
        Four s{set4(start.a), set4(start.b), set4(start.c), set4(start.d)};
        auto const word = [at = words + i, stride](std::size_t w) KEEPMUM_AVX2 {
            return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(at + w * stride));
        };
        for (std::size_t w = 0; w < last; ++w) take(s, word(w));
        take(s, _mm256_or_si256(word(last), set4(static_cast<std::uint64_t>(size) << 56)));
        s.c = _mm256_xor_si256(s.c, set4(0xFF));
        for (int round = 0; round < 4; ++round) turn(s);
        __m256i const sum = _mm256_xor_si256(_mm256_xor_si256(s.a, s.b), _mm256_xor_si256(s.c, s.d));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), sum);
    }
}

struct Eight {
    __m512i a, b, c, d;
};

KEEPMUM_AVX512 KEEPMUM_IN void turn(Eight& s) {
    s.a = _mm512_add_epi64(s.a, s.b), s.b = _mm512_xor_si512(_mm512_rol_epi64(s.b, 13), s.a), s.a = _mm512_rol_epi64(s.a, 32);
    s.c = _mm512_add_epi64(s.c, s.d), s.d = _mm512_xor_si512(_mm512_rol_epi64(s.d, 16), s.c);
    s.a = _mm512_add_epi64(s.a, s.d), s.d = _mm512_xor_si512(_mm512_rol_epi64(s.d, 21), s.a);
    s.c = _mm512_add_epi64(s.c, s.b), s.b = _mm512_xor_si512(_mm512_rol_epi64(s.b, 17), s.c), s.c = _mm512_rol_epi64(s.c, 32);
}

KEEPMUM_AVX512 KEEPMUM_IN void take(Eight& s, __m512i word) {
    s.d = _mm512_xor_si512(s.d, word);
    turn(s);
    turn(s);
    s.a = _mm512_xor_si512(s.a, word);
}

KEEPMUM_AVX512 KEEPMUM_IN __m512i set8(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }

KEEPMUM_AVX512 void hash_by_eight(SipKey const& key, std::uint64_t const* words, std::size_t stride, std::size_t size, std::size_t count,
                                  std::uint64_t* out) {
    std::size_t const last = size / 8;
    for (std::size_t i = 0; i < count; i += 8) {
        detail::SipState const start(key);
        Eight s{set8(start.a), set8(start.b), set8(start.c), set8(start.d)};
        std::uint64_t const* at = words + i;
        for (std::size_t w = 0; w < last; ++w, at += stride) take(s, _mm512_loadu_si512(at));
        take(s, _mm512_or_si512(_mm512_loadu_si512(at), set8(static_cast<std::uint64_t>(size) << 56)));
        s.c = _mm512_xor_si512(s.c, set8(0xFF));
        for (int round = 0; round < 4; ++round) turn(s);
        _mm512_storeu_si512(out + i, _mm512_xor_si512(_mm512_xor_si512(s.a, s.b), _mm512_xor_si512(s.c, s.d)));
    }
}

KEEPMUM_AVX512 void order_by_eight(char const* letters, std::size_t step, std::uint64_t mask, std::uint64_t key, std::size_t count,
                                   std::int16_t* out) {
    // Sixteen bytes hold eight runs of eight bytes, each a byte further; of runs two bytes further, those of four bytes.
    alignas(64) char places[64];
    for (std::size_t i = 0; i < 64; ++i) places[i] = static_cast<char>(i / 8 + i % 8);
    __m512i const pick = _mm512_load_si512(places);
    for (std::size_t i = 0; i < count; i += 8) {
        __m512i part;
        if (step == 1) {
            __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(letters + i));
            part = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(bytes), pick);
        } else {
            __m128i const units = _mm_loadu_si128(reinterpret_cast<__m128i const*>(letters + 2 * i));
            __m128i const next = _mm_loadu_si128(reinterpret_cast<__m128i const*>(letters + 2 * i + 2));
            part = _mm512_or_si512(_mm512_cvtepu16_epi64(units), _mm512_slli_epi64(_mm512_cvtepu16_epi64(next), 16));
        }
        __m512i mixed = _mm512_mullo_epi64(_mm512_and_si512(part, set8(mask)), set8(key));
        mixed = _mm512_mullo_epi64(_mm512_xor_si512(mixed, _mm512_srli_epi64(mixed, 32)), set8(key));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm512_cvtepi64_epi16(_mm512_srli_epi64(mixed, 48)));
    }
}

KEEPMUM_AVX512 std::size_t letters_by_sixteen(char const* text, std::size_t size, std::uint32_t base, char* letters,
                                               std::uint32_t* begins) {
    __m512i const steps = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; i += letter_lanes) {
        __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + i));
        __m128i const lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __mmask16 const letter = _mm_cmplt_epu8_mask(_mm_sub_epi8(lower, _mm_set1_epi8('a')), _mm_set1_epi8(26));
        __mmask16 const digit = _mm_cmplt_epu8_mask(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), _mm_set1_epi8(10));
        __mmask16 const kept = static_cast<__mmask16>(letter | digit);  // a digit has the bit of lower case already
        __m512i const packed = _mm512_maskz_compress_epi32(kept, _mm512_cvtepu8_epi32(lower));
        __m512i const places = _mm512_add_epi32(steps, _mm512_set1_epi32(static_cast<int>(base + i)));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(letters + count), _mm512_cvtepi32_epi8(packed));
        _mm512_storeu_si512(begins + count, _mm512_maskz_compress_epi32(kept, places));
        count += static_cast<std::size_t>(__builtin_popcount(kept));
    }
    return count;
}

#endif

struct Ways {
    std::array<Wide, 3> all = {{{"one by one", hash_one_by_one, order_one_by_one, letters_one_by_one}}};
    std::size_t count = 1;

    Ways() {
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2")) all[count++] = {"AVX2", hash_by_four, order_one_by_one, letters_one_by_one};
        bool const wider = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
        if (wider) all[count++] = {"AVX-512", hash_by_eight, order_by_eight, letters_by_sixteen};
#endif
    }
};

Ways const& ways() {
    static Ways const found;
    return found;
}

}  // namespace

Wide const& wide() { return ways().all[ways().count - 1]; }
std::span<Wide const> all_wide() { return {ways().all.data(), ways().count}; }

}  // namespace keepmum
