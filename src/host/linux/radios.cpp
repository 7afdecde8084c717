// Adapters for Wi-Fi, Bluetooth, mobile networks and near-field: sysfs classes ieee80211, bluetooth, rfkill, wwan, nfc,
// and PCI devices of class 0x0280 that no driver has taken.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// One entry of /sys/class/rfkill: what switches a radio off.
struct Switch {
    std::string type, name, line;
    bool blocked = false;
};

std::vector<Switch> read_switches(Snapshot const& snapshot, Known<Radio>& radios) {
    std::vector<Switch> all;
    for (std::string const& entry : more_names_of(snapshot, "/sys/class/rfkill", radios)) {
        std::string const at = "/sys/class/rfkill/" + entry;
        Switch one;
        one.type = snapshot.line(at + "/type");
        one.name = snapshot.line(at + "/name");
        std::string_view const soft = snapshot.line(at + "/soft"), hard = snapshot.line(at + "/hard");
        std::string_view const state = snapshot.line(at + "/state");  // 1 is on, where soft and hard are not shown
        one.blocked = soft == "1" || hard == "1" || (soft.empty() && hard.empty() && !state.empty() && state != "1");
        one.line = one.name + " " + one.type + ": soft=" + std::string(soft) + " hard=" + std::string(hard);
        all.push_back(std::move(one));
    }
    return all;
}

Switch const* switch_of(std::vector<Switch> const& all, std::string_view type, std::string_view name) {
    for (Switch const& one : all) {
        if (one.type == type && one.name == name) return &one;
    }
    return nullptr;
}

// Network interfaces, by the physical radio that they are on; under "" those whose link tells none.
std::map<std::string, std::vector<std::string>, std::less<>> interfaces_by_radio(Snapshot const& snapshot) {
    std::map<std::string, std::vector<std::string>, std::less<>> all;
    std::size_t count = 0;
    for (std::string const& path : snapshot.find("/sys/class/net/*/phy80211").paths) {
        if (++count > most_devices) break;
        all[std::string(snapshot.link_end(path))].push_back(path.substr(15, path.size() - 15 - 9));
    }
    return all;
}

bool any_up(Snapshot const& snapshot, std::vector<std::string> const& names) {
    return std::any_of(names.begin(), names.end(), [&](std::string const& name) {
        std::optional<std::uint64_t> const flags = hex_number(snapshot.line("/sys/class/net/" + name + "/flags"));
        return flags ? (*flags & 1) != 0 : snapshot.line("/sys/class/net/" + name + "/operstate") == "up";
    });
}

void read_wifi_radios(Snapshot const& snapshot, std::vector<Switch> const& switches, Known<Radio>& radios) {
    std::vector<std::string> counted;  // interfaces that a phy already stands for
    auto const by_radio = interfaces_by_radio(snapshot);
    for (std::string const& phy : more_names_of(snapshot, "/sys/class/ieee80211", radios)) {
        Radio radio{Radio::Kind::wifi, made_name(phy)};
        std::vector<std::string> names;
        for (std::string_view const key : {std::string_view(phy), std::string_view()}) {
            auto const found = by_radio.find(key);
            if (found != by_radio.end()) names.insert(names.end(), found->second.begin(), found->second.end());
        }
        radio.maker = made_name(snapshot.link_end("/sys/class/ieee80211/" + phy + "/device/driver"));
        Switch const* const lock = switch_of(switches, "wlan", phy);
        radio.on = any_up(snapshot, names) && !(lock && lock->blocked);
        std::string line = radio.name + ":";
        for (std::string const& name : names) line += " " + name + (any_up(snapshot, {name}) ? " up" : " down");
        if (lock) line += "; rfkill " + lock->line;
        radio.proof = prove("/sys/class/ieee80211/" + phy, line);
        add(radios, std::move(radio));
        counted.insert(counted.end(), names.begin(), names.end());
    }
    for (std::string const& name :
         capped(snapshot.list("/sys/class/net").names, "/sys/class/net", radios)) {  // old drivers have no phy
        std::string const at = "/sys/class/net/" + name;
        bool const wireless = snapshot.has(at + "/wireless") || snapshot.has(at + "/phy80211");
        if (!wireless || std::find(counted.begin(), counted.end(), name) != counted.end()) continue;
        Radio radio{Radio::Kind::wifi, made_name(name), made_name(snapshot.link_end(at + "/device/driver"))};
        bool const blocked = std::any_of(switches.begin(), switches.end(),
                                         [](Switch const& one) { return one.type == "wlan" && one.blocked; });
        radio.on = any_up(snapshot, {name}) && !blocked;
        radio.proof = prove(at, radio.name + (radio.on ? ": up" : ": down"));
        add(radios, std::move(radio));
    }
}

// Cards that are built in and have no driver: any update may bring it.
void read_idle_cards(Snapshot const& snapshot, Known<Radio>& radios) {
    for (std::string const& path : snapshot.find("/sys/bus/pci/devices/*/class").paths) {
        std::string_view const device_class = snapshot.line(path);
        std::string const at = path.substr(0, path.size() - 6);
        bool const wifi = device_class.starts_with("0x0280"), bluetooth = device_class.starts_with("0x0d11");
        if ((!wifi && !bluetooth) || !snapshot.link_end(at + "/driver").empty() || snapshot.has(at + "/net")) continue;
        Radio radio{wifi ? Radio::Kind::wifi : Radio::Kind::bluetooth, made_name(at.substr(at.rfind('/') + 1))};
        radio.maker = made_name(snapshot.line(at + "/vendor")) + ":" + made_name(snapshot.line(at + "/device"));
        radio.proof = prove(path, std::string(device_class) + " " + radio.maker + ", no driver");
        add(radios, std::move(radio));
    }
}

std::optional<bool> discoverable_by(Snapshot const& snapshot) {
    for (std::string const& path : snapshot.find("/var/lib/bluetooth/*/settings").paths) {
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.key == "Discoverable") return pair.value == "true";
        }
    }
    return std::nullopt;
}

void read_bluetooth_radios(Snapshot const& snapshot, std::vector<Switch> const& switches, Known<Radio>& radios) {
    std::vector<std::string> names;
    for (std::string& name : more_names_of(snapshot, "/sys/class/bluetooth", radios)) {
        if (name.find(':') == name.npos) names.push_back(std::move(name));  // "hci0:256" is a connection
    }
    std::optional<bool> const discoverable = discoverable_by(snapshot);
    for (std::string const& name : names) {
        Radio radio{Radio::Kind::bluetooth, made_name(name),
                    made_name(snapshot.link_end("/sys/class/bluetooth/" + name + "/device/driver"))};
        Switch const* lock = switch_of(switches, "bluetooth", name);
        radio.on = !(lock && lock->blocked);
        radio.discoverable = discoverable;
        radio.proof = prove("/sys/class/bluetooth/" + name, radio.name + (lock ? "; rfkill " + lock->line : std::string()));
        add(radios, std::move(radio));
    }
    for (Switch const& one : switches) {  // the maker's own switch of a notebook whose adapter is off says there is one
        if (one.type != "bluetooth" || !names.empty()) continue;
        add(radios, {Radio::Kind::bluetooth, made_name(one.name), {}, false, {}, prove("/sys/class/rfkill", one.line)});
    }
}

void read_other_radios(Snapshot const& snapshot, std::vector<Switch> const& switches, Known<Radio>& radios) {
    for (std::string const& name : more_names_of(snapshot, "/sys/class/wwan", radios)) {
        bool const blocked = std::any_of(switches.begin(), switches.end(),
                                         [](Switch const& one) { return one.type == "wwan" && one.blocked; });
        if (name.find_first_not_of("0123456789", 4) != name.npos || !name.starts_with("wwan")) continue;  // a modem's ports
        add(radios, {Radio::Kind::mobile, made_name(name), {}, !blocked, {}, prove("/sys/class/wwan/" + name, name)});
    }
    for (std::string const& name : more_names_of(snapshot, "/sys/class/usbmisc", radios)) {
        if (!name.starts_with("cdc-wdm")) continue;  // the control port of a USB modem
        add(radios, {Radio::Kind::mobile, made_name(name), {}, true, {}, prove("/sys/class/usbmisc/" + name, name)});
    }
    for (std::string const& name : more_names_of(snapshot, "/sys/class/nfc", radios)) {
        add(radios, {Radio::Kind::other, made_name(name), "nfc", true, {}, prove("/sys/class/nfc/" + name, name)});
    }
}

}  // namespace

void read_radios(Snapshot const& snapshot, Machine& machine) {
    Known<Radio>& radios = machine.radios;
    // Each of these classes is missing where there is no such device; that says something only if sysfs was seen.
    for (std::string_view const folder : {"/sys/class/net", "/sys/class"}) {
        Listing const listing = snapshot.list(folder);
        if (listing.present()) continue;
        radios.unseen.push_back(unseen(folder, listing.seen).value_or(Unseen{std::string(folder), Blank::uncollected}));
        if (folder == "/sys/class") return;
    }
    std::vector<Switch> const switches = read_switches(snapshot, radios);
    read_wifi_radios(snapshot, switches, radios);
    read_idle_cards(snapshot, radios);
    read_bluetooth_radios(snapshot, switches, radios);
    read_other_radios(snapshot, switches, radios);
    radios.looked = radios.looked || radios.unseen.empty();
}

}  // namespace keepmum::linux_host
