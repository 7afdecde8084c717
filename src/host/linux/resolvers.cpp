// Who answers for names and time: resolv.conf(5), systemd-resolved, hosts(5), timesyncd, chrony, ntpd.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "host/addresses.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

void read_resolv_conf(Snapshot const& snapshot, std::string_view path, Known<Setting>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line, 3);
        if (part.size() >= 2 && part[0] == "nameserver") add(known, {"dns", made_name(part[1]), prove(path, line)});
    }
}

// DNS=, FallbackDNS= of resolved.conf and of .network files.
void read_resolved(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
        if (pair.key != "DNS" && pair.key != "FallbackDNS") continue;
        for (std::string_view const one : words(pair.value)) {
            add(known, {"dns", made_name(one.substr(0, one.find('#'))), prove(path, pair.line)});
        }
    }
}

void read_hosts(Snapshot const& snapshot, Known<Setting>& known) {
    constexpr std::string_view path = "/etc/hosts";
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line.substr(0, line.find('#')), 3);
        if (part.size() < 2) continue;
        std::optional<IpAddress> const address = parse_address(part[0]);
        if (address && is_public(*address))
            add(known, {"host", made_name(part[0]) + " " + made_name(part[1]), prove(path, line)});
    }
}

void read_time(Snapshot const& snapshot, Known<Setting>& known) {
    constexpr std::string_view timesync[] = {"/etc/systemd/timesyncd.conf", "/etc/systemd/timesyncd.conf.d/*.conf"};
    for (std::string_view const pattern : timesync) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
                if (pair.key != "NTP" && pair.key != "FallbackNTP") continue;
                for (std::string_view const one : words(pair.value))
                    add(known, {"time", made_name(one), prove(path, pair.line)});
            }
        }
    }
    constexpr std::string_view daemons[] = {"/etc/chrony/chrony.conf", "/etc/chrony.conf", "/etc/chrony/sources.d/*.sources",
                                            "/etc/ntp.conf", "/etc/ntpsec/ntp.conf"};
    for (std::string_view const pattern : daemons) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            std::string_view text = text_of(snapshot, path, known);
            while (!text.empty()) {
                std::string_view const line = next_line(text);
                std::vector<std::string_view> const part = words(line, 3);
                if (part.size() < 2 || (part[0] != "server" && part[0] != "pool" && part[0] != "peer")) continue;
                add(known, {"time", made_name(part[1]), prove(path, line)});
            }
        }
    }
}

}  // namespace

void read_resolvers(Snapshot const& snapshot, Machine& machine) {
    Known<Setting>& known = machine.resolvers;
    read_resolv_conf(snapshot, "/etc/resolv.conf", known);
    read_resolv_conf(snapshot, "/run/systemd/resolve/resolv.conf", known);
    read_resolved(snapshot, "/etc/systemd/resolved.conf", known);
    for (std::string const& path : paths_of(snapshot, "/etc/systemd/resolved.conf.d/*.conf", known))
        read_resolved(snapshot, path, known);
    for (std::string const& path : paths_of(snapshot, "/etc/systemd/network/*.network", known))
        read_resolved(snapshot, path, known);
    read_hosts(snapshot, known);
    read_time(snapshot, known);
}

}  // namespace keepmum::linux_host
