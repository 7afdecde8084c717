// DER (X.690) as far as needed: tag, length, content; nothing is trusted beyond the bytes at hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/secret/key_structure.h"

#include <cstdint>

namespace keepmum {
namespace {

constexpr unsigned char tag_integer = 0x02, tag_octets = 0x04, tag_object = 0x06, tag_sequence = 0x30;

struct Element {
    unsigned char tag = 0;
    std::string_view content;  // as much of it as is there
    bool whole = true;
};

// Takes the element at the front of `rest`; nothing where no plausible one begins there.
std::optional<Element> take(std::string_view& rest) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(rest[at]); };
    if (rest.size() < 2) return std::nullopt;
    Element element{.tag = byte(0)};
    std::uint64_t size = byte(1);
    std::size_t head = 2;
    if (size >= 0x80) {
        std::size_t const count = size & 0x7f;
        if (count == 0 || count > 3 || rest.size() < 2 + count) return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < count; ++i) size = size << 8 | byte(2 + i);
        head += count;
    }
    element.whole = rest.size() - head >= size;
    element.content = rest.substr(head, element.whole ? size : rest.size() - head);
    rest.remove_prefix(head + element.content.size());
    return element;
}

std::optional<Element> take(std::string_view& rest, unsigned char tag) {
    auto element = take(rest);
    if (!element || element->tag != tag) return std::nullopt;
    return element;
}

std::string name_of_object(std::string_view object) {
    struct Row {
        std::string_view bytes, name;
    };
    static constexpr Row rows[] = {
        {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "rsa"},
        {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", "rsa"},
        {"\x2a\x86\x48\xce\x3d\x02\x01", "ec"},
        {"\x2b\x65\x70", "ed25519"},
        {"\x2b\x65\x71", "ed448"},
        {"\x2b\x65\x6e", "x25519"},
        {"\x2a\x86\x48\xce\x38\x04\x01", "dsa"},
        {"\x2a\x81\x1c\xcf\x55\x01\x82\x2d", "sm2"},
    };
    for (Row const& row : rows) {
        if (row.bytes == object) return std::string(row.name);
    }
    return {};
}

// The top sequence, or nothing. Keys shorter than this do not exist.
std::optional<Element> open_sequence(std::string_view bytes) {
    if (bytes.size() < 40) return std::nullopt;
    auto top = take(bytes, tag_sequence);
    if (top && top->content.size() < 36) return std::nullopt;
    return top;
}

// PrivateKeyInfo (RFC 5958): version, algorithm, key.
std::optional<KeyStructure> read_pkcs8(std::string_view bytes) {
    auto const top = open_sequence(bytes);
    if (!top) return std::nullopt;
    std::string_view rest = top->content;
    auto const version = take(rest, tag_integer);
    if (!version || version->content.size() != 1 || static_cast<unsigned char>(version->content[0]) > 1)
        return std::nullopt;
    auto const algorithm = take(rest, tag_sequence);
    if (!algorithm) return std::nullopt;
    std::string_view inside = algorithm->content;
    auto const object = take(inside, tag_object);
    if (!object || !take(rest, tag_octets)) return std::nullopt;
    return KeyStructure{.format = "pkcs8", .algorithm = name_of_object(object->content), .whole = top->whole};
}

// EncryptedPrivateKeyInfo (RFC 5958): algorithm, bytes.
std::optional<KeyStructure> read_encrypted_pkcs8(std::string_view bytes) {
    auto const top = open_sequence(bytes);
    if (!top) return std::nullopt;
    std::string_view rest = top->content;
    auto const algorithm = take(rest, tag_sequence);
    if (!algorithm || !take(rest, tag_octets)) return std::nullopt;
    return KeyStructure{.format = "pkcs8", .encrypted = true, .whole = top->whole};
}

// RSAPrivateKey (RFC 8017), DSA's sequence of integers, ECPrivateKey (RFC 5915): all begin with a version.
std::optional<KeyStructure> read_old(std::string_view bytes, KeyStructure key, unsigned char second) {
    auto const top = open_sequence(bytes);
    if (!top) return std::nullopt;
    std::string_view rest = top->content;
    auto const version = take(rest, tag_integer);
    if (!version || version->content.size() != 1 || static_cast<unsigned char>(version->content[0]) > 1)
        return std::nullopt;
    if (!take(rest, second)) return std::nullopt;
    key.whole = top->whole;
    return key;
}

// A string with its length in four bytes before it, as SSH writes them.
std::optional<std::string_view> take_string(std::string_view& rest) {
    if (rest.size() < 4) return std::nullopt;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(rest[i]);
    if (size > rest.size() - 4) return std::nullopt;
    std::string_view const taken = rest.substr(4, size);
    rest.remove_prefix(4 + size);
    return taken;
}

std::optional<KeyStructure> read_openssh(std::string_view bytes) {
    constexpr std::string_view magic("openssh-key-v1\0", 15);
    if (!bytes.starts_with(magic)) return std::nullopt;
    std::string_view rest = bytes.substr(magic.size());
    auto const cipher = take_string(rest);
    auto const derivation = cipher ? take_string(rest) : std::nullopt;
    auto const options = derivation ? take_string(rest) : std::nullopt;
    if (!options || rest.size() < 4) return std::nullopt;
    rest.remove_prefix(4);  // number of keys
    KeyStructure key{.format = "openssh", .encrypted = *cipher != "none", .whole = false};
    auto const shared = take_string(rest);
    if (!shared) return key;
    std::string_view inside = *shared;
    if (auto const kind = take_string(inside); kind && kind->size() < 40) key.algorithm = *kind;
    key.whole = take_string(rest).has_value();
    return key;
}

// Secret-Key and Secret-Subkey packets (RFC 9580, 5.5.3) have the tags 5 and 7.
std::optional<KeyStructure> read_pgp(std::string_view bytes) {
    if (bytes.size() < 20) return std::nullopt;
    unsigned char const first = static_cast<unsigned char>(bytes[0]);
    if (!(first & 0x80)) return std::nullopt;
    unsigned const tag = first & 0x40 ? first & 0x3f : (first >> 2) & 0x0f;
    if (tag != 5 && tag != 7) return std::nullopt;
    return KeyStructure{.format = "pgp"};
}

}  // namespace

std::optional<KeyStructure> read_key(std::string_view label, std::string_view bytes, bool encrypted) {
    if (label == "PRIVATE KEY") return read_pkcs8(bytes);
    if (label == "ENCRYPTED PRIVATE KEY") return read_encrypted_pkcs8(bytes);
    if (label == "OPENSSH PRIVATE KEY") return read_openssh(bytes);
    if (label == "PGP PRIVATE KEY BLOCK") return read_pgp(bytes);
    KeyStructure key{};
    if (label == "RSA PRIVATE KEY") {
        key = {.format = "pkcs1", .algorithm = "rsa"};
    } else if (label == "EC PRIVATE KEY" || label == "SM2 PRIVATE KEY") {
        key = {.format = "sec1", .algorithm = "ec"};
    } else if (label == "DSA PRIVATE KEY") {
        key = {.format = "dsa", .algorithm = "dsa"};
    } else {
        return std::nullopt;
    }
    if (encrypted) {
        // Enciphered as a whole (RFC 1421): nothing shows but the blocks of the cipher.
        if (bytes.size() < 40) return std::nullopt;
        key.encrypted = true;
        key.whole = bytes.size() % 8 == 0;
        return key;
    }
    return read_old(bytes, key,
                    label == "EC PRIVATE KEY" || label == "SM2 PRIVATE KEY" ? tag_octets : tag_integer);
}

}  // namespace keepmum
