// Hashes: quick ones to know content again, keyed ones that give nothing away.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

struct Hash128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(Hash128 const&, Hash128 const&) = default;
    friend auto operator<=>(Hash128 const&, Hash128 const&) = default;
};

// XXH3-128 under a seed drawn at start: nobody can craft two contents that meet. Same value all
// through one process, another in the next; never written down.
Hash128 content_hash(std::string_view bytes);

using Key = std::array<unsigned char, 32>;

// Lowercase hex of BLAKE2b under `key`, `bytes_out` (16 to 64) bytes long. What is fingerprinted
// cannot be guessed back from a dictionary by one who lacks the key.
std::string fingerprint(Key const& key, std::string_view domain, std::string_view bytes,
                        std::size_t bytes_out = 16);

// Lowercase hex SHA-256 (FIPS 180-4).
std::string sha256_hex(std::string_view bytes);

// 32 bytes from the system's random source.
Key random_key();

std::string to_hex(std::string_view bytes);

}  // namespace keepmum
