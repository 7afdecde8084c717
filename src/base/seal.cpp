// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/seal.h"

#include <sodium.h>

#include <cstring>

#include "base/message.h"

namespace keepmum {

namespace {

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

constexpr std::size_t padded_to = 128;

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(record_overhead == nonce_size + tag_size);

Result<std::string> seal_once(std::string_view note, std::string_view open) {
    std::string const key = TRY(from_base64(open));
    if (key.size() != crypto_box_PUBLICKEYBYTES) return fail(Fault::invalid, "not a public key");
    std::string box(note.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(bytes_of(box), bytes_of(note), note.size(), bytes_of(key)) != 0) return fail(Fault::invalid, "not a public key");
    return box;
}

Result<std::string> open_once(std::string_view box, std::string const& secret) {
    if (secret.size() != crypto_box_SECRETKEYBYTES) return fail(Fault::invalid, Message::fault_no_key_file);
    if (box.size() < crypto_box_SEALBYTES) return fail(Fault::invalid, "not a sealed note");
    std::string open(crypto_box_PUBLICKEYBYTES, '\0');
    crypto_scalarmult_base(bytes_of(open), bytes_of(secret));
    std::string note(box.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(bytes_of(note), bytes_of(box), box.size(), bytes_of(open), bytes_of(secret)) != 0) {
        return fail(Fault::denied, Message::fault_other_keys);
    }
    return note;
}

}  // namespace

KeyPair make_key_pair() {
    std::string open(crypto_box_PUBLICKEYBYTES, '\0'), secret(crypto_box_SECRETKEYBYTES, '\0');
    crypto_box_keypair(bytes_of(open), bytes_of(secret));
    return {to_base64(open), to_base64(secret)};
}

Result<std::string> seal(std::string_view note, std::string_view first_open, std::string_view second_open) {
    std::string padded(note);
    padded += '\x80';
    if (padded.size() < padded_to) padded.resize(padded_to, '\0');
    std::string const inner = TRY(seal_once(padded, first_open));
    return to_base64(TRY(seal_once(inner, second_open)));
}

Result<std::string> unseal(std::string_view sealed, std::string_view one_secret, std::string_view other_secret) {
    std::string const box = TRY(from_base64(sealed));
    std::string const one = TRY(from_base64(one_secret)), other = TRY(from_base64(other_secret));
    Result<std::string> inner = open_once(box, other);
    Result<std::string> padded = inner ? open_once(*inner, one) : inner;
    if (!inner) {
        inner = TRY(open_once(box, one));
        padded = open_once(*inner, other);
    }
    std::string note = TRY(std::move(padded));
    std::size_t const end = note.rfind('\x80');
    if (end == std::string::npos) return fail(Fault::invalid, "not a sealed note");
    note.resize(end);
    return note;
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the zero that libsodium writes at the end
    return text;
}

Result<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return fail(Fault::invalid, "not base64");
    }
    bytes.resize(size);
    return bytes;
}

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
        bytes_of(plain), nullptr, nullptr, bytes_of(sealed) + nonce_size,
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
