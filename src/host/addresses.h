// IP addresses as the kernel prints them in /proc/net, and which of them the public network can reach.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

// IPv4 addresses are kept mapped (::ffff:a.b.c.d, RFC 4291 2.5.5.2).
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    bool four() const;
    bool zero() const;
    friend bool operator==(IpAddress const&, IpAddress const&) = default;
};

// Eight hexadecimal digits, the machine's byte order (little): a word of /proc/net/route or /proc/net/tcp.
std::optional<IpAddress> four_from_hex(std::string_view digits);
// 32 digits in network order: /proc/net/if_inet6, ipv6_route.
std::optional<IpAddress> six_from_hex(std::string_view digits);
// 32 digits, four little words: /proc/net/tcp6.
std::optional<IpAddress> six_from_words(std::string_view digits);
// The usual print, with or without a %zone or a /prefix behind it.
std::optional<IpAddress> parse_address(std::string_view text);

std::string print_address(IpAddress const& address);

// Not loopback, link-local, private, shared or reserved (IANA's registries of special-purpose addresses).
bool is_public(IpAddress const& address);
bool is_loopback(IpAddress const& address);
// The same of an address in its usual print; false for what is none.
bool is_public_address(std::string_view text);

}  // namespace keepmum
