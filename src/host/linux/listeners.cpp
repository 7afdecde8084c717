// Open ports (/proc/net/{tcp,tcp6,udp,udp6}; Documentation/networking/proc_net_tcp of the kernel) and services that start by
// themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/addresses.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

bool parse_sockets(std::string_view text, std::string_view path, std::string_view protocol, Known<Listener>& known) {
    bool const headed = trim(text).starts_with("sl");
    bool const tcp = protocol.starts_with("tcp");
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line);
        // Listening; a datagram socket that nobody is connected to takes what comes.
        if (part.size() < 4 || part[3] != (tcp ? "0A" : "07")) continue;
        std::size_t const colon = part[1].find(':');
        if (colon == part[1].npos) continue;
        std::string_view const digits = part[1].substr(0, colon);
        std::optional<IpAddress> const own = digits.size() == 8 ? four_from_hex(digits) : six_from_words(digits);
        std::optional<std::uint64_t> const port = hex_number(part[1].substr(colon + 1));
        if (!own || !port || *port == 0 || *port > 65535) continue;
        auto const number = static_cast<unsigned>(*port);
        std::string const shown = std::string(protocol) + " " + print_address(*own) + " port " + std::to_string(number);
        bool const again = std::any_of(
            known.items.rbegin(),
            known.items.rend() -
                static_cast<std::ptrdiff_t>(known.items.size() - std::min<std::size_t>(known.items.size(), 64)),
            [&](Listener const& other) { return other.proof.line == shown; });
        if (!again) add(known, {std::string(protocol), print_address(*own), number, !is_loopback(*own), prove(path, shown)});
    }
    return headed;
}

}  // namespace

void read_listeners(Snapshot const& snapshot, Machine& machine) {
    constexpr std::string_view protocols[] = {"tcp", "tcp6", "udp", "udp6"};
    for (std::string_view const protocol : protocols) {
        std::string const path = "/proc/net/" + std::string(protocol);
        Look const look = snapshot.file(path);
        if (protocol == "tcp" && look.seen == Seen::absent) {  // no /proc: that is not "nothing listens"
            machine.listeners.unseen.push_back({path, Blank::uncollected});
            continue;
        }
        std::string_view const text = text_of(snapshot, path, machine.listeners);
        if (look.present() && !parse_sockets(text, path, protocol, machine.listeners)) {
            machine.listeners.unseen.push_back({path, Blank::damaged});
        }
    }
}

void read_services(Snapshot const& snapshot, Machine& machine) {
    Known<Service>& known = machine.services;
    std::vector<std::string> seen;
    for (std::string const& folder : paths_of(snapshot, "/etc/systemd/system/*.wants", known)) {
        for (std::string const& name : snapshot.list(folder).names) {
            if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
            if (seen.size() < 2000) seen.push_back(name);
            add(known, {made_name(name), true, prove(folder + "/" + name, name)});
        }
    }
    // A unit of the administrator's own, started by hand or by another.
    for (std::string const& path : paths_of(snapshot, "/etc/systemd/system/*.service", known)) {
        std::string const name = path.substr(path.rfind('/') + 1);
        if (std::find(seen.begin(), seen.end(), name) != seen.end() || snapshot.link_end(path) == "null") continue;
        add(known, {made_name(name), false, prove(path, name)});
    }
}

}  // namespace keepmum::linux_host
