// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/network.h"

#include <algorithm>
#include <bit>
#include <set>
#include <span>

#include "host/addresses.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// linux/route.h, linux/ipv6_route.h
constexpr std::uint64_t route_up = 0x1, route_gateway = 0x2, route_reject = 0x200;

std::string network_print(IpAddress const& address, unsigned prefix) {
    return print_address(address) + "/" + std::to_string(prefix);
}

// Bits of a netmask in the kernel's print, or nothing for one with holes.
std::optional<unsigned> mask_bits(std::string_view digits) {
    std::optional<IpAddress> const mask = four_from_hex(digits);
    if (!mask) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 12; i < 16; ++i) value = value << 8 | mask->bytes[i];
    auto const bits = static_cast<unsigned>(std::countl_one(value));
    if (bits < 32 && value << bits != 0) return std::nullopt;
    return bits;
}

// Whether `address` lies in "a.b.c.d/n".
bool lies_in(IpAddress const& address, std::string_view network) {
    std::optional<IpAddress> const base = parse_address(network);
    std::optional<std::uint64_t> const prefix =
        whole_number(network.substr(std::min(network.find('/') + 1, network.size())));
    if (!base || !prefix || base->four() != address.four() || *prefix > 128) return false;
    std::uint64_t const bits = *prefix + (address.four() ? 96 : 0);
    for (std::uint64_t bit = 0; bit < std::min<std::uint64_t>(bits, 128); ++bit) {
        int const shift = 7 - static_cast<int>(bit % 8);
        if (((address.bytes[bit / 8] ^ base->bytes[bit / 8]) >> shift & 1) != 0) return false;
    }
    return true;
}

std::string interface_towards(IpAddress const& address, Known<Route> const& routes) {
    constexpr std::size_t most_routes = 200;  // more is for routers
    for (Route const& route : std::span(routes.items).first(std::min(most_routes, routes.items.size()))) {
        if (!route.everywhere && route.gateway.empty() && lies_in(address, route.destination)) return route.interface;
    }
    return {};
}

// A half of all addresses or more is everywhere: VPN programs write 0.0.0.0/1 and 128.0.0.0/1.
bool leads_everywhere(IpAddress const& to, unsigned prefix) {
    if (to.four()) return prefix <= 1;
    return prefix <= 3 && (to.zero() || (to.bytes[0] & 0xE0) == 0x20 || to.bytes[0] == 0x80);
}

}  // namespace

bool parse_routes_four(std::string_view text, std::string_view path, Known<Route>& routes) {
    bool const headed = text.starts_with("Iface");
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line);
        if (part.size() < 8) continue;
        std::optional<IpAddress> const to = four_from_hex(part[1]), by = four_from_hex(part[2]);
        std::optional<std::uint64_t> const flags = hex_number(part[3]);
        std::optional<unsigned> const bits = mask_bits(part[7]);
        if (!to || !by || !flags || !bits || !(*flags & route_up) || (*flags & route_reject)) continue;
        add(routes, {network_print(*to, *bits), *flags & route_gateway ? print_address(*by) : std::string(),
                     made_name(part[0]), leads_everywhere(*to, *bits), prove(path, line)});
    }
    return headed;
}

bool parse_routes_six(std::string_view text, std::string_view path, Known<Route>& routes) {
    bool good = trim(text).empty();  // no IPv6
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line);
        if (part.size() < 10) continue;
        std::optional<IpAddress> const to = six_from_hex(part[0]), by = six_from_hex(part[4]);
        std::optional<std::uint64_t> const prefix = hex_number(part[1]), flags = hex_number(part[8]);
        if (!to || !by || !prefix || *prefix > 128 || !flags) continue;
        good = true;
        bool const own = part[9] == "lo" || (*flags & route_reject) || !(*flags & route_up);
        if (own || to->bytes[0] == 0xFF) continue;  // what is for this computer alone, refused, or multicast
        if (*flags & 0x80000000u) continue;         // RTF_LOCAL: its own address
        add(routes, {network_print(*to, static_cast<unsigned>(*prefix)), by->zero() ? std::string() : print_address(*by),
                     made_name(part[9]), leads_everywhere(*to, static_cast<unsigned>(*prefix)), prove(path, line)});
    }
    return good;
}

bool parse_addresses_six(std::string_view text, std::string_view path, Known<Address>& addresses) {
    bool good = trim(text).empty();
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line);
        if (part.size() < 6) continue;
        std::optional<IpAddress> const address = six_from_hex(part[0]);
        std::optional<std::uint64_t> const prefix = hex_number(part[2]);
        if (!address || !prefix || *prefix > 128) continue;
        good = true;
        add(addresses, {made_name(part[5]), print_address(*address), static_cast<unsigned>(*prefix), is_public(*address),
                        prove(path, line)});
    }
    return good;
}

bool parse_fib(std::string_view text, std::string_view path, Known<Route>& routes, Known<Address>& addresses) {
    bool good = trim(text).empty();
    bool own_table = false;  // one that /proc/net/route does not show
    std::optional<IpAddress> at;
    std::set<std::string> own;
    std::string_view table;
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        if (line.empty()) continue;
        if (line.front() != ' ' && line.back() == ':') {
            table = line.substr(0, line.size() - 1);
            own_table = table.starts_with("Id ");
            good = true;
            at.reset();
            continue;
        }
        std::vector<std::string_view> const part = words(line, 4);
        if (part.size() >= 2 && part[0] == "|--") {
            at = parse_address(part[1]);
            good = good || at;
        } else if (at && part.size() >= 3 && part[0] == "/32" && part[1] == "host" && part[2] == "LOCAL") {
            Address address{interface_towards(*at, routes), print_address(*at), 32, is_public(*at),
                            prove(path, print_address(*at) + " " + std::string(trim(line)))};
            if (own.insert(address.address).second) add(addresses, std::move(address));  // each stands in two tables
        } else if (at && own_table && part.size() >= 3 && part[2] == "UNICAST" && (part[0] == "/0" || part[0] == "/1")) {
            unsigned const prefix = part[0] == "/0" ? 0 : 1;
            add(routes, {network_print(*at, prefix),
                         {},
                         {},
                         true,
                         prove(path, std::string(table) + ": " + print_address(*at) + std::string(part[0]))});
        }
    }
    return good;
}

void read_network(Snapshot const& snapshot, Machine& machine) {
    auto const read = [&](std::string_view path, auto& known, auto parse) {
        std::string_view const text = text_of(snapshot, path, known);
        if (snapshot.file(path).present() && !parse(text)) known.unseen.push_back({std::string(path), Blank::damaged});
    };
    // No /proc at all is not "no network".
    if (!snapshot.has("/proc/net")) {
        Seen const seen = snapshot.list("/proc/net").seen;
        Blank const why = unseen("/proc/net", seen).value_or(Unseen{}).why;
        machine.routes.unseen.push_back({"/proc/net/route", why});
        machine.addresses.unseen.push_back({"/proc/net/fib_trie", why});
        return;
    }
    constexpr std::string_view route = "/proc/net/route", route_six = "/proc/net/ipv6_route";
    constexpr std::string_view fib = "/proc/net/fib_trie", six = "/proc/net/if_inet6";
    read(route, machine.routes, [&](auto text) { return parse_routes_four(text, route, machine.routes); });
    read(route_six, machine.routes, [&](auto text) { return parse_routes_six(text, route_six, machine.routes); });
    read(fib, machine.addresses, [&](auto text) { return parse_fib(text, fib, machine.routes, machine.addresses); });
    read(six, machine.addresses, [&](auto text) { return parse_addresses_six(text, six, machine.addresses); });
}

}  // namespace keepmum::linux_host
