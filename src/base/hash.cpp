// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"

#include <sodium.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace keepmum {

namespace {
std::uint64_t process_seed() {
    static std::uint64_t const seed = [] {
        std::uint64_t value = 0;
        randombytes_buf(&value, sizeof value);
        return value;
    }();
    return seed;
}
}  // namespace

Hash128 content_hash(std::string_view bytes) {
    XXH128_hash_t const hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), process_seed());
    return {hash.high64, hash.low64};
}

std::string to_hex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

std::string fingerprint(Key const& key, std::string_view domain, std::string_view bytes,
                        std::size_t bytes_out) {
    crypto_generichash_state state;
    std::string out(bytes_out, '\0');
    crypto_generichash_init(&state, key.data(), key.size(), bytes_out);
    auto feed = [&state](std::string_view part) {
        crypto_generichash_update(&state, reinterpret_cast<unsigned char const*>(part.data()),
                                  part.size());
    };
    feed(domain);
    feed(std::string_view("\0", 1));
    feed(bytes);
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), bytes_out);
    return to_hex(out);
}

std::string sha256_hex(std::string_view bytes) {
    unsigned char out[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(out, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    return to_hex({reinterpret_cast<char const*>(out), sizeof out});
}

Key random_key() {
    Key key;
    randombytes_buf(key.data(), key.size());
    return key;
}

}  // namespace keepmum
