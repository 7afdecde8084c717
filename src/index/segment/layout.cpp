// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/layout.h"

#include <bit>
#include <cstring>

#include "base/seal.h"

namespace keepmum {

namespace {

// A block's nonce: what tells segment, layer and section apart. The salt's low byte is left to the last two.
std::uint64_t nonce_of(std::uint64_t salt, std::size_t layer, Section section) {
    return (salt & ~0xFFull) | layer << 4 | static_cast<std::uint64_t>(section);
}

std::uint64_t check_of(SipKey const& key, char const* block, std::size_t size, std::uint64_t nonce, std::uint64_t number) {
    char bytes[list_block + 16];
    static_assert(list_block >= position_block && list_block >= directory_block && list_block >= letter_block);
    std::memcpy(bytes, block, size);
    std::memcpy(bytes + size, &nonce, 8);
    std::memcpy(bytes + size + 8, &number, 8);
    return siphash(key, bytes, size + 16);
}

}  // namespace

std::string print_head(SegmentHead const& head) {
    static_assert(sizeof(SegmentHead) == 56 + layer_count * (80 + 16));
    std::string bytes(reinterpret_cast<char const*>(&head), sizeof head);
    bytes.resize(head_plain);
    return bytes;
}

std::optional<SegmentHead> read_head(std::string_view bytes) {
    SegmentHead head;
    if (bytes.size() != head_plain) return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof head);
    auto const fits = [&head](std::uint64_t at, std::uint64_t count, std::uint64_t each) {
        return at >= header_size && at <= head.size && count <= (head.size - at) / each;
    };
    bool good = fits(head.records_at, head.records_size, 1) && fits(head.directory_at, head.directory_blocks, directory_block + 8);
    good = good && head.documents <= head.directory_blocks * entries_a_block && head.documents < (1ull << 32);
    for (LayerHead const& layer : head.layers) {
        good = good && fits(layer.positions_at, layer.position_blocks, position_block + 8);
        good = good && fits(layer.letters_at, layer.letter_blocks, letter_block + 8);
        good = good && fits(layer.lists_at, layer.list_blocks, list_block + 8);
        good = good && layer.buckets >= 16 && layer.buckets < (1ull << 40) && layer.hash_bits >= 16 && layer.hash_bits <= 48;
        good = good && fits(layer.buckets_at, layer.buckets + tail_buckets, bucket_size) && layer.buckets_at % bucket_size == 0;
        good = good && layer.remainder_bits == Spread(layer).remainder_bits() && layer.remainder_bits >= 1 && layer.remainder_bits <= 42;
    }
    for (FilterHead const& filter : head.filters) {
        bool const placed = fits(filter.at, filter.blocks, bucket_size) && filter.at % bucket_size == 0;
        good = good && (filter.blocks == 0 || (placed && filter.blocks < 1ull << 31));
    }
    if (!good) return std::nullopt;
    return head;
}

SegmentKeys::SegmentKeys(RegisterKey const& key)
    : record(key.derive("records")), block(key.derive("blocks")), block_check(SipKey::from(key.derive("block checks"))),
      mask(SipKey::from(key.derive("slot masks"))) {
    Key const parts[3] = {key.derive("bucket checks 1"), key.derive("bucket checks 2"), key.derive("bucket checks 3")};
    static_assert(sizeof parts >= sizeof bucket_check);
    std::memcpy(bucket_check.data(), parts, sizeof bucket_check);
}

std::uint64_t SegmentKeys::close_block(char* bytes, std::size_t size, std::uint64_t salt, std::size_t layer, Section section,
                                       std::uint64_t number) const {
    std::uint64_t const nonce = nonce_of(salt, layer, section);
    crypt_stream(block, nonce, number * ((size + 63) / 64), bytes, size);
    return check_of(block_check, bytes, size, nonce, number);
}

bool SegmentKeys::open_block(char* bytes, std::size_t size, std::uint64_t check, std::uint64_t salt, std::size_t layer,
                             Section section, std::uint64_t number) const {
    std::uint64_t const nonce = nonce_of(salt, layer, section);
    if (check_of(block_check, bytes, size, nonce, number) != check) return false;
    crypt_stream(block, nonce, number * ((size + 63) / 64), bytes, size);
    return true;
}

Spread::Spread(std::uint64_t buckets, std::uint32_t hash_bits)
    : buckets_(buckets), kept_(~0ull << (64 - hash_bits)), hash_bits_(hash_bits) {
    // Hashes of one home lie `buckets` apart in the low half of the product: its bits from there on tell them apart.
    std::uint32_t const apart = static_cast<std::uint32_t>(std::bit_width(buckets)) - 1;
    remainder_shift_ = 64 - hash_bits + apart;
}

std::uint64_t Spread::hash_of(Spot spot) const {
    auto const product = static_cast<unsigned __int128>(spot.home) << 64 |
                         static_cast<unsigned __int128>(spot.remainder) << remainder_shift_;
    std::uint32_t const low = 64 - hash_bits_;
    unsigned __int128 const unit = static_cast<unsigned __int128>(buckets_) << low;
    return static_cast<std::uint64_t>((product + unit - 1) / unit) << low;
}

std::uint64_t pad_count(std::uint64_t count) {
    if (count < 4) return count;
    auto const exponent = static_cast<unsigned>(std::bit_width(count)) - 1;
    unsigned const kept = static_cast<unsigned>(std::bit_width(exponent));
    if (kept >= exponent) return count;
    std::uint64_t const mask = (1ull << (exponent - kept)) - 1;
    return (count + mask) & ~mask;
}

}  // namespace keepmum
