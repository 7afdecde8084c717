// Encryption of what keepmum keeps for itself (libsodium): records that are read whole, and blocks that are
// read one by one out of the middle of a large file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace keepmum {

inline constexpr std::size_t record_overhead = 24 + 16;  // bytes that encrypt_record adds: nonce and tag

// XChaCha20-Poly1305 under a nonce drawn at random. `context` is bound to it and must be the same again.
std::string encrypt_record(Key const& key, std::string_view context, std::string_view plain);
// Nothing where key or context differ or a byte was changed.
std::optional<std::string> decrypt_record(Key const& key, std::string_view context, std::string_view sealed);

// Xors `size` bytes with the ChaCha20 stream of (`key`, `nonce`) from stream byte 64 * `from_unit` on: encrypts and
// decrypts alike, and says nothing of changed bytes. A (key, nonce, unit) must be used for one plaintext only.
void crypt_stream(Key const& key, std::uint64_t nonce, std::uint64_t from_unit, char* bytes, std::size_t size);

// `size` bytes that cannot be told from what crypt_stream makes; from the system's random source.
void fill_random(char* bytes, std::size_t size);
std::uint64_t random_number();

}  // namespace keepmum
