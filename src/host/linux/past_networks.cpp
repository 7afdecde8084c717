// Networks that this computer was on: what NetworkManager, DHCP clients and apt keep of it.
//
// NetworkManager keeps [timestamps] UUID=seconds and [seen-bssids] UUID=address,…; dhclient.leases(5); systemd-networkd
// and NetworkManager's own client write KEY=value; apt's history has "Start-Date: 2026-05-04  10:20:30".
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;  // UUID → what the user calls the connection

Names connection_names(Snapshot const& snapshot) {
    Names names;
    for (std::string const& path : snapshot.find("/etc/NetworkManager/system-connections/*").paths) {
        std::string uuid, id;
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.section != "connection") continue;
            if (pair.key == "uuid") uuid = pair.value;
            if (pair.key == "id") id = made_name(pair.value);
        }
        if (!uuid.empty() && names.size() < most_facts) names[uuid] = id;
    }
    return names;
}

std::string named(Names const& names, std::string_view uuid) {
    auto const at = names.find(uuid);
    return at == names.end() || at->second.empty() ? made_name(uuid) : at->second;
}

void read_timestamps(Snapshot const& snapshot, Names const& names, Known<Past>& known) {
    constexpr std::string_view path = "/var/lib/NetworkManager/timestamps";
    for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
        std::string const when = iso_time(static_cast<std::int64_t>(whole_number(pair.value).value_or(0)));
        if (!when.empty()) add(known, {named(names, pair.key), "", "", when, {}, prove(path, pair.line)});
    }
    constexpr std::string_view seen = "/var/lib/NetworkManager/seen-bssids";
    for (Pair const& pair : pairs(text_of(snapshot, seen, known))) {
        if (!pair.value.empty()) add(known, {named(names, pair.key), "", "", "", {}, prove(seen, pair.line)});
    }
}

// "  renew 2 2026/05/04 10:11:12;"
std::string lease_time(std::string_view line) {
    std::vector<std::string_view> const part = words(line, 4);
    if (part.size() < 4 || part[2].size() != 10 || part[3].size() < 8) return {};
    std::string when(part[2]);
    std::replace(when.begin(), when.end(), '/', '-');
    return plain_time(when + "T" + std::string(part[3].substr(0, 8)) + "Z");
}

void read_dhclient(Snapshot const& snapshot, std::string const& path, Known<Past>& known) {
    std::string_view text = text_of(snapshot, path, known);
    std::string_view address, router, proof;
    std::string when;
    while (!text.empty()) {
        std::string_view line = trim(next_line(text));
        if (!line.empty() && line.back() == ';') line.remove_suffix(1);
        std::vector<std::string_view> const part = words(line, 4);
        if (part.empty()) continue;
        if (part.size() > 1 && part[0] == "fixed-address") {
            address = part[1];
            proof = line;
        }
        if (part.size() > 2 && part[0] == "option" && part[1] == "routers") router = part[2];
        if (part[0] == "renew") when = lease_time(line);
        if (part[0] != "}") continue;
        if (!address.empty()) {
            std::string what = "DHCP " + made_name(address);
            if (!router.empty()) what += " (" + made_name(router) + ")";
            add(known, {what, "", "", when, {}, prove(path, proof)});
        }
        address = router = {};
        when.clear();
    }
}

void read_lease_pairs(Snapshot const& snapshot, std::string const& path, Known<Past>& known) {
    std::string address, router;
    std::string_view line;
    for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
        if (pair.key == "ADDRESS") {
            address = made_name(pair.value);
            line = pair.line;
        }
        if (pair.key == "ROUTER") router = made_name(pair.value);
    }
    if (address.empty()) return;
    add(known, {"DHCP " + address + (router.empty() ? "" : " (" + router + ")"), "", "", "", {}, prove(path, line)});
}

bool fetches_packages(Snapshot const& snapshot, Known<Past>& known) {
    constexpr std::string_view patterns[] = {"/etc/apt/sources.list", "/etc/apt/sources.list.d/*"};
    for (std::string_view const pattern : patterns) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            std::string_view text = snapshot.file(path).bytes;
            while (!text.empty()) {
                std::string_view const line = trim(next_line(text));
                bool const source = line.starts_with("deb ") || line.starts_with("deb\t") || line.starts_with("URIs:");
                if (source && (line.find("http://") != line.npos || line.find("https://") != line.npos)) return true;
            }
        }
    }
    return false;
}

void read_apt(Snapshot const& snapshot, Known<Past>& known) {
    constexpr std::string_view path = "/var/log/apt/history.log";
    std::string_view text = text_of(snapshot, path, known);
    if (text.empty() || !fetches_packages(snapshot, known)) return;
    Past past{"apt"};
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line, 3);
        if (part.size() < 3 || part[0] != "Start-Date:") continue;
        std::string const when = plain_time(std::string(part[1]) + "T" + std::string(part[2]));
        if (past.first.empty()) past.first = when;
        if (!when.empty()) past.last = when;
        past.proof = prove(path, line);
    }
    if (!past.proof.path.empty()) add(known, std::move(past));
}

}  // namespace

void read_past_networks(Snapshot const& snapshot, Machine& machine) {
    Known<Past>& known = machine.past_networks;
    read_timestamps(snapshot, connection_names(snapshot), known);
    for (std::string_view const pattern :
         {"/var/lib/dhcp/*.leases", "/var/lib/dhclient/*.leases", "/var/lib/NetworkManager/dhclient*.lease"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) read_dhclient(snapshot, path, known);
    }
    for (std::string_view const pattern : {"/run/systemd/netif/leases/*", "/var/lib/NetworkManager/internal*.lease"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) read_lease_pairs(snapshot, path, known);
    }
    read_apt(snapshot, known);
}

}  // namespace keepmum::linux_host
