// Wi-Fi networks: the one this computer is in, by what its access point says of itself, and those that are kept.
//
// cmd/nl80211.json is the collector's copy of the kernel's answers (GET_INTERFACE, GET_SCAN): {"interfaces": [{"name",
// "type"}], "bss": [{"interface", "status", "capability", "elements"}]}, elements in hexadecimal, type and status as in
// linux/nl80211.h (type 2 station, 3 access point; status 1 associated).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/tree.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"
#include "host/linux/wifi_elements.h"
#include "host/linux/wifi_saved.h"

namespace keepmum::linux_host {

namespace {

constexpr std::string_view air = "cmd/nl80211.json";
constexpr std::int64_t type_access_point = 3, status_associated = 1, status_joined = 2;

std::string text_at(Tree const& table, std::string_view key) {
    Tree const* const value = table.find(key);
    return value ? value->string() : std::string();
}

std::int64_t number_at(Tree const& table, std::string_view key) {
    Tree const* const value = table.find(key);
    return value ? value->integer() : -1;
}

void read_bss(Tree const& one, Known<Network>& known) {
    std::int64_t const status = number_at(one, "status");
    if (status != status_associated && status != status_joined) return;
    std::optional<std::string> const elements = hex_bytes(text_at(one, "elements"));
    if (!elements) return known.unseen.push_back({std::string(air), Blank::damaged});
    AirSecurity const found = judge_elements(
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_at(one, "capability"))), *elements);
    if (found.damaged) known.unseen.push_back({std::string(air), Blank::damaged});
    Network network;
    network.ssid = found.ssid.empty() ? made_name(text_at(one, "bssid")) : made_name(found.ssid);
    network.cipher = found.cipher;
    network.in_use = true;
    network.proof = prove(
        air, made_name(text_at(one, "interface")) + ": " + network.ssid + ": " + std::string(word(found.cipher)));
    add(known, std::move(network));
}

void read_air(Snapshot const& snapshot, Known<Network>& known) {
    Look const look = snapshot.command("nl80211");
    if (!look.present()) {  // also absent: nobody could ask
        known.unseen.push_back(unseen(air, look.seen).value_or(Unseen{std::string(air), Blank::uncollected}));
        return;
    }
    Result<Tree> const tree = parse_json(look.bytes, air, 8);
    if (look.cut || !tree || !tree->is(Tree::Kind::table)) return known.unseen.push_back({std::string(air), Blank::damaged});
    known.looked = true;
    if (Tree const* interfaces = tree->find("interfaces")) {
        for (Tree const& one : interfaces->items()) {
            if (number_at(one, "type") != type_access_point) continue;
            std::string const name = made_name(text_at(one, "name")), ssid = made_name(text_at(one, "ssid"));
            add(known, {ssid.empty() ? name : ssid, AirCipher::unknown, false, false, true,
                        prove(air, name + ": access point")});
        }
    }
    if (Tree const* all = tree->find("bss")) {
        for (Tree const& one : all->items()) read_bss(one, known);
    }
}

// NetworkManager notes under /run which connection each device has, for its own restart.
std::vector<std::string> current_connections(Snapshot const& snapshot) {
    std::vector<std::string> current;
    for (std::string const& path : snapshot.find("/run/NetworkManager/devices/*").paths) {
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.key == "connection-uuid" && !pair.value.empty()) current.emplace_back(pair.value);
        }
    }
    return current;
}

void read_kept(Snapshot const& snapshot, Known<Network>& known) {
    std::vector<std::string> const current = current_connections(snapshot);
    for (std::string_view const pattern :
         {"/etc/NetworkManager/system-connections/*", "/run/NetworkManager/system-connections/*",
          "/usr/lib/NetworkManager/system-connections/*"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            parse_keyfile(text_of(snapshot, path, known), path, current, known);
        }
    }
    for (std::string const& path : paths_of(snapshot, "/etc/wpa_supplicant/*.conf", known)) {
        parse_wpa_supplicant(text_of(snapshot, path, known), path, known);
    }
    for (std::string const& path : paths_of(snapshot, "/var/lib/iwd/*.*", known)) {
        parse_iwd(text_of(snapshot, path, known), path, std::string_view(path).substr(path.rfind('/') + 1), known);
    }
    for (std::string const& path : paths_of(snapshot, "/var/lib/iwd/ap/*.ap", known)) {
        parse_iwd(text_of(snapshot, path, known), path, std::string_view(path).substr(path.rfind('/') + 1), known);
    }
    for (std::string_view const pattern : {"/etc/netplan/*.yaml", "/run/netplan/*.yaml", "/lib/netplan/*.yaml"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            bool const good = parse_netplan(text_of(snapshot, path, known), path, known);
            if (!good) known.unseen.push_back({path, Blank::damaged});
        }
    }
    for (std::string_view const pattern : {"/var/lib/connman/*/settings", "/var/lib/connman/*.config"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known))
            parse_connman(text_of(snapshot, path, known), path, known);
    }
    constexpr std::string_view hostapd = "/etc/hostapd/hostapd.conf";
    parse_hostapd(text_of(snapshot, hostapd, known), hostapd, known);
}

}  // namespace

void read_wifi(Snapshot const& snapshot, Machine& machine) {
    read_air(snapshot, machine.networks);
    read_kept(snapshot, machine.networks);
    // The same network in the air and in a file: the air decides what protects it, the file need not be told twice.
    auto& items = machine.networks.items;
    for (Network& one : items) {
        bool const heard = one.in_use && one.proof.path != air;
        if (heard && std::any_of(items.begin(), items.end(), [&](Network const& other) {
                return other.in_use && other.proof.path == air && other.ssid == one.ssid;
            })) one.in_use = false;
    }
}

}  // namespace keepmum::linux_host
