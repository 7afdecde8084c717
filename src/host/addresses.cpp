// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "base/hex.h"


namespace keepmum {

namespace {

constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

IpAddress mapped_four(std::array<std::uint8_t, 4> const& four) {
    IpAddress address;
    std::copy(std::begin(mapped), std::end(mapped), address.bytes.begin());
    std::copy(four.begin(), four.end(), address.bytes.begin() + 12);
    return address;
}

// So many bytes of hexadecimal digits, two each; nothing where there are more, fewer or others.
template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> digits_to_bytes(std::string_view digits) {
    if (digits.size() != size * 2) return std::nullopt;
    std::array<std::uint8_t, size> bytes{};
    for (std::size_t i = 0; i < size; ++i) {
        int const high = hex_value(digits[i * 2]), low = hex_value(digits[i * 2 + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return bytes;
}

struct Block {
    std::uint32_t network;
    unsigned prefix;
};
// Not globally reachable: IANA IPv4 Special-Purpose Address Registry; multicast and above end the list.
constexpr Block not_public[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16}, {0xAC100000, 12},
    {0xC0000000, 24}, {0xC0000200, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24},
    {0xE0000000, 3},
};

}  // namespace

bool IpAddress::four() const { return std::memcmp(bytes.data(), mapped, sizeof mapped) == 0; }

bool IpAddress::zero() const {
    std::size_t const from = four() ? 12 : 0;
    return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.end(), [](auto byte) { return byte == 0; });
}

std::optional<IpAddress> four_from_hex(std::string_view digits) {
    std::optional<std::array<std::uint8_t, 4>> bytes = digits_to_bytes<4>(digits);
    if (!bytes) return std::nullopt;
    std::reverse(bytes->begin(), bytes->end());
    return mapped_four(*bytes);
}

std::optional<IpAddress> six_from_hex(std::string_view digits) {
    std::optional<std::array<std::uint8_t, 16>> const bytes = digits_to_bytes<16>(digits);
    if (!bytes) return std::nullopt;
    return IpAddress{*bytes};
}

std::optional<IpAddress> six_from_words(std::string_view digits) {
    std::optional<IpAddress> address = six_from_hex(digits);
    if (!address) return std::nullopt;
    for (auto word = address->bytes.begin(); word != address->bytes.end(); word += 4) std::reverse(word, word + 4);
    return address;
}

std::optional<IpAddress> parse_address(std::string_view text) {
    std::string const plain(text.substr(0, text.find_first_of("%/")));
    if (plain.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    std::array<std::uint8_t, 4> four{};
    if (::inet_pton(AF_INET, plain.c_str(), four.data()) == 1) return mapped_four(four);
    IpAddress address;
    if (::inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

std::string print_address(IpAddress const& address) {
    char text[INET6_ADDRSTRLEN] = {};
    bool const four = address.four();
    ::inet_ntop(four ? AF_INET : AF_INET6, address.bytes.data() + (four ? 12 : 0), text, sizeof text);
    return text;
}

bool is_public(IpAddress const& address) {
    auto const& bytes = address.bytes;
    if (!address.four()) {
        bool const unicast = (bytes[0] & 0xE0) == 0x20;  // 2000::/3, RFC 4291
        bool const documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8;
        return unicast && !documentation;
    }
    std::uint32_t const value = std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 |
                                std::uint32_t{bytes[14]} << 8 | bytes[15];
    return std::none_of(std::begin(not_public), std::end(not_public), [&](Block const& block) {
        return (value ^ block.network) >> (32 - block.prefix) == 0;
    });
}

bool is_public_address(std::string_view text) {
    std::optional<IpAddress> const address = parse_address(text);
    return address && is_public(*address);
}

bool is_loopback(IpAddress const& address) {
    if (address.four()) return address.bytes[12] == 127;
    IpAddress one;
    one.bytes[15] = 1;
    return address == one;
}

}  // namespace keepmum
