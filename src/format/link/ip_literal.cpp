// IP addresses in every way of writing that a browser accepts (WHATWG URL Standard, 3.5: the host parser).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>

#include <array>
#include <cstring>

#include "base/utf8.h"
#include "format/link/url.h"

namespace keepmum {

namespace {

// A part in decimal, octal (0…) or hexadecimal (0x…); nothing where it is none or too large for any address.
std::optional<std::uint64_t> read_number(std::string_view text, bool& odd) {
    unsigned base = 10;
    if (text.size() >= 2 && text[0] == '0' && to_lower(text[1]) == 'x') {
        base = 16;
        text.remove_prefix(2);
        odd = true;
    } else if (text.size() >= 2 && text[0] == '0') {
        base = 8;
        text.remove_prefix(1);
        odd = true;
    }
    std::uint64_t value = 0;
    for (char const c : text) {
        unsigned digit = 16;
        if (is_digit(c)) digit = static_cast<unsigned>(c - '0');
        if (char const low = to_lower(c); low >= 'a' && low <= 'f') digit = static_cast<unsigned>(low - 'a') + 10;
        if (digit >= base) return std::nullopt;
        value = value * base + digit;
        if (value > 0xffff'ffff) return std::nullopt;
    }
    return value;
}

bool is_inside(std::uint32_t address) {
    struct Network {
        std::uint32_t base;
        unsigned bits;
    };
    // RFC 6890.
    constexpr Network networks[] = {{0, 8},           {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},
                                    {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0a80000, 16}};
    for (Network const& network : networks) {
        if (((address ^ network.base) >> (32 - network.bits)) == 0) return true;
    }
    return false;
}

IpLiteral made_four(std::uint32_t address, bool odd) {
    IpLiteral out;
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (!out.plain.empty()) out.plain += '.';
        out.plain += std::to_string((address >> shift) & 255);
    }
    out.odd = odd;
    out.inside = is_inside(address);
    return out;
}

std::optional<IpLiteral> read_four(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    std::array<std::uint64_t, 4> parts{};
    std::size_t count = 0;
    bool odd = false;
    for (std::size_t at = 0; at <= host.size();) {
        std::size_t const end = std::min(host.find('.', at), host.size());
        if (count == parts.size() || end == at) return std::nullopt;
        std::optional<std::uint64_t> const number = read_number(host.substr(at, end - at), odd);
        if (!number) return std::nullopt;
        parts[count++] = *number;
        at = end + 1;
    }
    // The last part fills all that is left.
    std::uint64_t address = parts[count - 1];
    if (address >> (8 * (5 - count))) return std::nullopt;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        if (parts[i] > 255) return std::nullopt;
        address |= parts[i] << (24 - 8 * i);
    }
    return made_four(static_cast<std::uint32_t>(address), odd || count != 4);
}

std::optional<IpLiteral> read_six(std::string_view host) {
    std::string const copy(host.substr(0, host.find('%')));  // without a zone
    in6_addr address{};
    if (copy.size() > 64 || inet_pton(AF_INET6, copy.c_str(), &address) != 1) return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> print{};
    if (!inet_ntop(AF_INET6, &address, print.data(), print.size())) return std::nullopt;
    IpLiteral out;
    out.plain = print.data();
    std::uint8_t const* const bytes = address.s6_addr;
    std::array<std::uint8_t, 12> constexpr mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::memcmp(bytes, mapped.data(), mapped.size()) == 0) {
        std::uint32_t four = 0;
        for (std::size_t i = 12; i < 16; ++i) four = four << 8 | bytes[i];
        out = made_four(four, true);
        return out;
    }
    bool const loopback = out.plain == "::1" || out.plain == "::";
    out.inside = loopback || (bytes[0] & 0xfe) == 0xfc || (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80);
    return out;
}

}  // namespace

std::optional<IpLiteral> read_ip_literal(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) return read_six(host.substr(1, host.size() - 2));
    if (host.find(':') != std::string_view::npos) return read_six(host);
    return host.empty() ? std::nullopt : read_four(host);
}

}  // namespace keepmum
