// Network interfaces as sysfs shows them (Documentation/ABI/testing/sysfs-class-net of the kernel). What an interface is
// comes from its driver, its ARPHRD type and DEVTYPE, never from its name: names are whatever udev was told.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <span>

#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

constexpr std::string_view classes = "/sys/class/net";

// Drivers of phones that lend their connection, and of modems.
constexpr std::string_view phone_drivers[] = {"rndis_host", "cdc_ether", "cdc_ncm", "ipheth", "cdc_eem", "cdc_subset"};
constexpr std::string_view modem_drivers[] = {"qmi_wwan", "cdc_mbim", "huawei_cdc_ncm", "hso", "sierra_net", "cdc-phonet",
                                              "iosm", "mtk_t7xx", "mhi_net", "mhi_wwan_mbim", "option", "wwan"};

bool among(std::string_view name, std::span<std::string_view const> all) {
    return std::find(all.begin(), all.end(), name) != all.end();
}

std::string_view device_type(std::string_view uevent) {
    for (Pair const& pair : pairs(uevent)) {
        if (pair.key == "DEVTYPE") return pair.value;
    }
    return {};
}

// linux/if_arp.h
bool is_tunnel_type(std::uint64_t type) {
    return type == 65534 || type == 768 || type == 769 || type == 776 || type == 778 || type == 512;
}

Link kind_of(Snapshot const& snapshot, std::string const& at, std::string_view driver) {
    std::string_view const devtype = device_type(snapshot.file(at + "/uevent").bytes);
    std::uint64_t const type = whole_number(snapshot.line(at + "/type")).value_or(1);
    if (type == 772) return Link::loopback;
    if (snapshot.has(at + "/phy80211") || snapshot.has(at + "/wireless") || devtype == "wlan") return Link::wireless;
    if (among(driver, modem_drivers) || devtype == "wwan") return Link::mobile;
    if (among(driver, phone_drivers) || devtype == "bluetooth") return Link::tethered;
    if (snapshot.has(at + "/tun_flags") || devtype == "wireguard" || is_tunnel_type(type)) return Link::tunnel;
    if (snapshot.has(at + "/bridge") || snapshot.has(at + "/brif") || devtype == "bridge") return Link::bridge;
    return snapshot.has(at + "/device") || !driver.empty() ? Link::wired : Link::virtual_;
}

void read_forwarding(Snapshot const& snapshot, Machine& machine) {
    constexpr std::pair<std::string_view, std::string_view> switches[] = {
        {"forwarding.ipv4", "/proc/sys/net/ipv4/ip_forward"},
        {"forwarding.ipv6", "/proc/sys/net/ipv6/conf/all/forwarding"},
    };
    for (auto const& [name, path] : switches) {
        std::string_view const text = text_of(snapshot, path, machine.settings);
        if (!text.empty()) add(machine.settings, {std::string(name), made_name(text), prove(path, text)});
    }
}

void read_bridge(Snapshot const& snapshot, std::string const& name, Machine& machine) {
    std::string const folder = std::string(classes) + "/" + name + "/brif";
    std::string members;
    for (std::string const& member : more_names_of(snapshot, folder, machine.settings)) {
        if (members.size() < 200) members += (members.empty() ? "" : " ") + made_name(member);
    }
    if (!members.empty()) add(machine.settings, {"bridge." + made_name(name), members, prove(folder, members)});
}

}  // namespace

void read_interfaces(Snapshot const& snapshot, Machine& machine) {
    Known<Interface>& interfaces = machine.interfaces;
    Listing const listing = snapshot.list(classes);
    if (!listing.present()) {  // every Linux has at least "lo" there: without it sysfs was not seen
        interfaces.unseen.push_back(
            unseen(classes, listing.seen).value_or(Unseen{std::string(classes), Blank::uncollected}));
        return read_forwarding(snapshot, machine);
    }
    interfaces.looked = true;
    for (std::string const& name : listing.names) {
        std::string const at = std::string(classes) + "/" + name;
        std::string_view const driver = snapshot.link_end(at + "/device/driver");
        std::string_view const flags = snapshot.line(at + "/flags");
        if (flags.empty() && !snapshot.has(at + "/type") && !snapshot.has(at + "/operstate")) {
            // A file among the interfaces (bonding_masters), or one of which nothing is known.
            Seen const seen = snapshot.file(at + "/flags").seen;
            if (snapshot.file(at).present()) continue;
            interfaces.unseen.push_back(unseen(at, seen).value_or(Unseen{at, Blank::damaged}));
            continue;
        }
        std::optional<std::uint64_t> const bits = hex_number(flags);
        std::string_view const state = snapshot.line(at + "/operstate");
        if (!bits && !flags.empty()) interfaces.unseen.push_back({at + "/flags", Blank::damaged});
        Interface one{made_name(name), made_name(driver), kind_of(snapshot, at, driver)};
        one.up = bits ? (*bits & 1) != 0 : state == "up";
        std::string_view const carrier = snapshot.line(at + "/carrier");
        one.carrier = carrier.empty() ? state == "up" : carrier == "1";
        std::string shown = one.name + ": " + (one.up ? "up" : "down") + (one.carrier ? ", connected" : "");
        if (!driver.empty()) shown += ", driver " + one.driver;
        one.proof = prove(at, shown);
        if (one.link == Link::bridge) read_bridge(snapshot, name, machine);
        add(interfaces, std::move(one));
    }
    read_forwarding(snapshot, machine);
}

}  // namespace keepmum::linux_host
