// What a segment consists of, for its reader and its writer (docs/formats/register.md).
//
//   header     4096 bytes: the line "keepmum segment 1\n" padded with zeros to 24 bytes, 8 bytes of salt, then one
//              encrypted record: SegmentHead
//   layers     four times: positions, letters, buckets, lists; of the loose layers a filter too
//   records    one encrypted record a document, end to end
//   directory  blocks of 16 entries of 16 bytes: offset and size of each document's record
//
// A bucket is 64 bytes, one line of the processor's cache: ten slots of 48 bits and a check of 32. A gram's hash, cut to
// `hash_bits` and multiplied by the number of buckets, gives its home bucket (high half) and a remainder (top of the low half),
// which together give the hash back; so segments are merged without any text. Slot: `remainder_bits` of remainder,
// then, masked by SipHash of bucket and slot, 4 bits of distance from home (15: empty) and a value: a
// position's number, the number of the first word of a list (top bit set), or all ones: common. Empty slots are
// random, so that the file tells its size and not how much it holds. The last 4 bits of the check say, masked, how
// far from this home a gram lies at most: nine searches of ten end in the first or second bucket, at a load of 0.92. (A bit that
// says "goes on" instead would make it seven.)
//
// Positions and lists are blocks, encrypted by ChaCha20 and each followed by 8 bytes of SipHash. A block of positions:
// document (u32), letter of its first position (u32), then 128 steps of 4 bits from each position to the next;
// a position's number is 128 times its block's number plus its index there. A list: 64-bit words, position numbers, the
// top bit set in the last one. A block of letters, in the two loose layers: document (u32), number of its first letter in
// the document's stream (u32), for each of 248 letters the byte that stands for it and the one before.
// Blocks are in the order of documents and letters, so that one is found by halving; behind a document's last letter are zeros.
//
// A filter (segment/filter.h) spares the loose layers, of which every text is asked, most reads of buckets: an eighth of their space, so
// that less of the memory's map is walked. The plain layers have none: a register of plain grams alone is to stay small.
//
// Rejected: sorted tags with binary search (five times the cache misses), page numbers instead of positions (a second
// structure must then say where on the page), encrypting buckets (more costly than the look-up itself).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "index/siphash.h"
#include "index/gram.h"
#include "index/key.h"

namespace keepmum {

inline constexpr std::string_view segment_magic{"keepmum segment 1\n\0\0\0\0\0\0", 24};
inline constexpr std::size_t header_size = 4096;
inline constexpr std::size_t bucket_size = 64, slots = 10, tail_buckets = 16;
inline constexpr std::uint64_t empty_distance = 15;
inline constexpr std::size_t positions_a_block = 128, position_block = 8 + positions_a_block / 2;
inline constexpr std::size_t words_a_block = 32, list_block = 8 * words_a_block;
inline constexpr std::size_t letters_a_block = 248, letter_block = 8 + letters_a_block;
inline constexpr std::size_t entries_a_block = 16, directory_block = 16 * entries_a_block;
inline constexpr std::uint64_t last_word = 1ull << 63;

template <class Number>
Number read_number(char const* at) {
    Number number;
    std::memcpy(&number, at, sizeof number);
    return number;
}
template <class Number>
void append_number(std::string& out, Number number) {
    out.append(reinterpret_cast<char const*>(&number), sizeof number);
}

// What a block belongs to; part of what it is encrypted and checked under.
enum class Section : std::uint8_t { positions, lists, directory, letters };

struct LayerHead {
    std::uint64_t buckets = 0;  // without the tail
    std::uint32_t hash_bits = 0, remainder_bits = 0;
    std::uint64_t buckets_at = 0;  // offsets in the file
    std::uint64_t lists_at = 0, list_blocks = 0;
    std::uint64_t positions_at = 0, position_blocks = 0;
    std::uint64_t grams = 0;  // slots taken
    std::uint64_t letters_at = 0, letter_blocks = 0;
};

// In front of the buckets of a layer (segment/filter.h). Segments written before there were filters have none: all zeros.
struct FilterHead {
    std::uint64_t at = 0, blocks = 0;
};

struct SegmentHead {
    std::uint64_t size = 0;  // of the file
    std::uint64_t documents = 0;
    std::uint64_t records_at = 0, records_size = 0;
    std::uint64_t directory_at = 0, directory_blocks = 0;
    std::uint64_t all_loose = 0;  // 1: all documents have loose grams too, so plain ones need not be asked for
    std::array<LayerHead, layer_count> layers;
    std::array<FilterHead, layer_count> filters;
};

std::string print_head(SegmentHead const& head);
std::optional<SegmentHead> read_head(std::string_view bytes);
inline constexpr std::size_t head_plain = header_size - 24 - 8 - 40;

// All keys of one register's segments, derived once.
struct SegmentKeys {
    explicit SegmentKeys(RegisterKey const& key);
    Key record, block;
    SipKey block_check, mask;
    std::array<std::uint64_t, 9> bucket_check;

    // Encrypts `block` in place and returns its check; the other way round, false where it does not fit.
    std::uint64_t close_block(char* block, std::size_t size, std::uint64_t salt, std::size_t layer, Section section,
                              std::uint64_t number) const;
    bool open_block(char* block, std::size_t size, std::uint64_t check, std::uint64_t salt, std::size_t layer, Section section,
                    std::uint64_t number) const;
    std::uint64_t slot_mask(std::uint64_t salt, std::size_t layer, std::uint64_t bucket, std::size_t slot) const {
        return siphash(mask, bucket << 4 | slot, salt ^ layer << 56);
    }
    // The last four bytes of a bucket whose grams lie at most `farthest` (0..15) from home: its low four bits hide the
    // distance, the others change with it.
    std::uint32_t check_bucket(char const* bucket, std::uint64_t salt, std::uint64_t number, std::uint32_t farthest) const {
        return digest_bucket(bucket, salt, number) ^ farthest ^ (farthest * 0x9E3779B0u & ~15u);
    }
    // That distance, out of all 64 bytes; nothing where a byte was changed.
    std::optional<std::uint32_t> read_farthest(char const* bucket, std::uint64_t salt, std::uint64_t number) const {
        std::uint32_t const difference = digest_bucket(bucket, salt, number) ^ read_number<std::uint32_t>(bucket + 60);
        std::uint32_t const farthest = difference & 15;
        if (difference != (farthest ^ (farthest * 0x9E3779B0u & ~15u))) return std::nullopt;
        return farthest;
    }

  private:
    static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
        auto const product = static_cast<unsigned __int128>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
    // Multiplies and folds under secret words: one in 268 million changed buckets would pass. Inline, as each look-up does it.
    std::uint32_t digest_bucket(char const* bucket, std::uint64_t salt, std::uint64_t number) const {
        auto const word = [&](std::size_t i) { return read_number<std::uint64_t>(bucket + 8 * i) ^ bucket_check[i]; };
        std::uint64_t sum = fold(number ^ bucket_check[8], salt | 1);
        for (std::size_t i = 0; i < 6; i += 2) sum += fold(word(i), word(i + 1));
        sum += fold(word(6), read_number<std::uint32_t>(bucket + 56) ^ bucket_check[7]);
        return static_cast<std::uint32_t>(fold(sum, bucket_check[8] | 1) >> 16);
    }
};

// How a hash falls into a layer's buckets.
class Spread {
  public:
    explicit Spread(LayerHead const& head) : Spread(head.buckets, head.hash_bits) {}
    Spread(std::uint64_t buckets, std::uint32_t hash_bits);

    struct Spot {
        std::uint64_t home, remainder;
    };
    std::uint64_t cut(std::uint64_t hash) const { return hash & kept_; }
    Spot spot(std::uint64_t hash) const {
        auto const product = static_cast<unsigned __int128>(hash & kept_) * buckets_;
        return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product) >> remainder_shift_};
    }
    // The cut hash that has this spot.
    std::uint64_t hash_of(Spot spot) const;
    std::uint32_t remainder_bits() const { return 64 - remainder_shift_; }

  private:
    std::uint64_t buckets_, kept_;
    std::uint32_t hash_bits_, remainder_shift_;
};

// `count` rounded up so that it tells its size class alone: at most an eighth more (Nikitin and others, "Reducing
// metadata leakage", PoPETS 2019).
std::uint64_t pad_count(std::uint64_t count);

}  // namespace keepmum
