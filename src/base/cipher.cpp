// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cipher.h"

#include <sodium.h>

#include <cstring>

namespace keepmum {

namespace {

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(record_overhead == nonce_size + tag_size);

}  // namespace

std::string encrypt_record(Key const& key, std::string_view context, std::string_view plain) {
    std::string sealed(nonce_size + plain.size() + tag_size, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(out, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + nonce_size, nullptr, bytes_of(plain), plain.size(), bytes_of(context),
                                               context.size(), nullptr, out, key.data());
    return sealed;
}

std::optional<std::string> decrypt_record(Key const& key, std::string_view context, std::string_view sealed) {
    if (sealed.size() < record_overhead) return std::nullopt;
    std::string plain(sealed.size() - record_overhead, '\0');
    int const failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, bytes_of(sealed) + nonce_size,
        sealed.size() - nonce_size, bytes_of(context), context.size(), bytes_of(sealed), key.data());
    if (failed != 0) return std::nullopt;
    return plain;
}

void crypt_stream(Key const& key, std::uint64_t nonce, std::uint64_t from_unit, char* bytes, std::size_t size) {
    unsigned char nonce_bytes[crypto_stream_chacha20_NONCEBYTES];
    static_assert(sizeof nonce_bytes == sizeof nonce);
    std::memcpy(nonce_bytes, &nonce, sizeof nonce);
    auto* const at = reinterpret_cast<unsigned char*>(bytes);
    crypto_stream_chacha20_xor_ic(at, at, size, nonce_bytes, from_unit, key.data());
}

void fill_random(char* bytes, std::size_t size) { randombytes_buf(bytes, size); }

std::uint64_t random_number() {
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return number;
}

}  // namespace keepmum
