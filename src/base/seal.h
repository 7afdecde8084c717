// Encryption (libsodium): notes sealed to two people, and what keepmum keeps for itself.
//
// Sealed notes: anyone may seal, only two key holders together may open.
//
// A note is sealed to the first holder's public key and the result to the second's (libsodium sealed
// boxes: X25519, XSalsa20-Poly1305, with a key pair drawn for each note). Neither can read it alone.
// Records are read whole; streams are blocks that are read one by one out of the middle of a large file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"

namespace keepmum {

struct KeyPair {
    std::string open;    // public half, base64
    std::string secret;  // secret half, base64; to be kept by one person
};

KeyPair make_key_pair();

// Base64 of `note` sealed to both public keys. The length of `note` is hidden up to 128 bytes.
Result<std::string> seal(std::string_view note, std::string_view first_open, std::string_view second_open);

// The note, given both secrets in either order. Fault::denied where they do not fit.
Result<std::string> unseal(std::string_view sealed, std::string_view one_secret, std::string_view other_secret);

// Standard base64 with padding (RFC 4648); decoding refuses anything else.
std::string to_base64(std::string_view bytes);
Result<std::string> from_base64(std::string_view text);

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
