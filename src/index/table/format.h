// The layout of a part of a protected table on disk, for those who write and read it; docs/formats/table.md explains it.
//
// A part is immutable: a header, then sections, each beginning at a multiple of the block size:
//   directory  2^bucket_bits + 1 times 4 bytes: the first entry of each bucket, then the number of entries
//   entries    sorted, packed to entry_bits() each, lowest bits first: rest of the tag, column, row
//   commons    12 bytes each: how many rows hold the value, its code, its column
//   codes      for each column with commons, row by row, packed: the code of the common value there, or 0
//   filter     64-bit words: which tokens occur at all
//   checks     8 bytes for each block before: SipHash of it
// A tag is the upper bits of a cell's SipHash: the bucket's number, then the rest. An entry whose row is not less than the
// number of rows is a value that many rows hold; row less rows is its number among the commons. All numbers are little endian.
//
// So a cell of ten million rows costs 6.25 bytes where others need 8 for the row alone: the tag's upper half is the
// entry's place. Rejected: one 64-bit hash a row and set of columns (k of n columns would need all their
// subsets), a perfect hash function (two cache misses too, and it answers for what is not there), SQLite (60 bytes a cell).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace keepmum::table {

constexpr std::array<char, 8> magic = {'k', 'm', 't', 'a', 'b', 'l', 'e', '1'};
constexpr std::size_t block_size = 4096;
constexpr std::size_t most_columns = 32;
constexpr std::uint64_t most_rows = 1ull << 31;
constexpr std::uint32_t least_rest_bits = 22, least_tag_bits = 40;  // of what is kept of a tag
constexpr std::uint32_t tag_bits = 56;       // of a cell's hash, before it is cut to bucket and rest
constexpr std::uint32_t most_bucket_bits = 28;
constexpr std::uint32_t bucket_load = 16;    // entries a bucket, about
constexpr std::uint32_t most_light = 127;    // a value that more rows hold is common: it has a code, and no list of rows
constexpr std::size_t form_count = 4;        // CellForm::Kind
constexpr std::size_t slack = 8;             // behind packed sections, so that any entry is read with one load

struct Header {
    std::array<char, 8> magic;
    std::uint64_t key_mark;     // tells another key from damage
    std::uint64_t size;         // of the file
    std::uint64_t rows;
    std::uint64_t entries;
    std::uint64_t commons;
    std::uint64_t checks_hash;  // SipHash of the section of checks
    std::uint64_t lengths[form_count][2];  // bit n: a cell of that form has n bytes of letters
    std::uint8_t most_tokens[form_count];
    std::uint8_t columns;
    std::uint8_t row_bits, column_bits, bucket_bits, filter_bits;  // filter: 2^filter_bits words
    std::uint8_t code_bits[most_columns];
    std::uint8_t rest_bits;
    std::uint8_t unused[2];
    std::uint64_t header_hash;  // SipHash of all before

    std::uint32_t entry_bits() const { return rest_bits + column_bits + row_bits; }
};
static_assert(sizeof(Header) == 176 && std::endian::native == std::endian::little);

struct Common {
    std::uint32_t rows, code, column;
};
static_assert(sizeof(Common) == 12);

// Where the sections begin. `checks` is at size - 8 * blocks.
struct Sections {
    std::uint64_t directory, entries, commons, filter, checks, end;
    std::array<std::uint64_t, most_columns> codes;
};

constexpr std::uint64_t block_end(std::uint64_t at) { return (at + block_size - 1) / block_size * block_size; }
constexpr std::uint64_t packed_size(std::uint64_t count, std::uint32_t bits) { return (count * bits + 7) / 8 + slack; }

// The counts of `header` must have been checked: no sum here may overflow.
inline Sections sections_of(Header const& header) {
    Sections at{};
    at.directory = block_size;
    at.entries = block_end(at.directory + ((1ull << header.bucket_bits) + 1) * 4);
    at.commons = block_end(at.entries + packed_size(header.entries, header.entry_bits()));
    std::uint64_t next = block_end(at.commons + header.commons * sizeof(Common));
    for (std::size_t column = 0; column < header.columns; ++column) {
        at.codes[column] = next;
        if (header.code_bits[column] > 0) next = block_end(next + packed_size(header.rows, header.code_bits[column]));
    }
    at.filter = next;
    at.checks = block_end(at.filter + (8ull << header.filter_bits));
    at.end = at.checks + (at.checks / block_size - 1) * 8;
    return at;
}

inline std::uint64_t unpack(char const* section, std::uint64_t index, std::uint32_t bits) {
    std::uint64_t const bit = index * bits;
    std::uint64_t word;
    std::memcpy(&word, section + bit / 8, 8);
    return (word >> (bit % 8)) & ((1ull << bits) - 1);  // bits + 7 <= 64
}

// Two bits of one word of the filter stand for a token.
inline std::uint64_t filter_word(std::uint64_t hash) { return hash >> 12; }
inline std::uint64_t filter_mask(std::uint64_t hash) { return (1ull << (hash & 63)) | (1ull << ((hash >> 6) & 63)); }

constexpr std::uint32_t bits_for(std::uint64_t values) { return static_cast<std::uint32_t>(std::bit_width(values)); }

}  // namespace keepmum::table
