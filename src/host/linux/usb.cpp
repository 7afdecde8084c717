// USB devices with their interfaces (sysfs-bus-usb), keyboards and mice by Bluetooth (hid bus), and media plugged in now
// (sysfs block, udev's database, mounts).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

constexpr std::string_view devices = "/sys/bus/usb/devices";
constexpr unsigned class_storage = 8;

unsigned hex_at(Snapshot const& snapshot, std::string const& path) {
    return static_cast<unsigned>(hex_number(snapshot.line(path)).value_or(0) & 0xFFFF);
}

std::string hex_print(unsigned value) {
    constexpr char digits[] = "0123456789abcdef";
    return {digits[value >> 12 & 15], digits[value >> 8 & 15], digits[value >> 4 & 15], digits[value & 15]};
}

UsbDevice read_device(Snapshot const& snapshot, std::string const& at) {
    UsbDevice device;
    device.vendor = hex_at(snapshot, at + "/idVendor");
    device.product = hex_at(snapshot, at + "/idProduct");
    device.release = hex_at(snapshot, at + "/bcdDevice");
    device.maker = made_name(snapshot.line(at + "/manufacturer"));
    device.name = made_name(snapshot.line(at + "/product"));
    device.serial = made_name(snapshot.line(at + "/serial"));
    device.proof = prove(at, hex_print(device.vendor) + ":" + hex_print(device.product) + " " +
                                 hex_print(device.release) + " " + device.maker + " " + device.name);
    return device;
}

// "1-2" of "1-2:1.0"
std::string_view owner_of(std::string_view name) { return name.substr(0, name.find(':')); }

// Keyboards and mice whose bus is Bluetooth (linux/input.h: BUS_BLUETOOTH is 5), even where the store of pairs is closed.
void read_hid(Snapshot const& snapshot, Machine& machine) {
    for (std::string const& name : more_names_of(snapshot, "/sys/bus/hid/devices", machine.settings)) {
        if (!name.starts_with("0005:")) continue;
        std::string const path = "/sys/bus/hid/devices/" + name + "/uevent";
        std::string shown = made_name(name), address;
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.key == "HID_NAME") shown = made_name(pair.value);
            if (pair.key == "HID_UNIQ") address = ascii_lower(pair.value);
        }
        add(machine.settings, {"hid.bluetooth", shown, prove(path, shown)});
        for (Paired& paired : machine.paired.items) {
            if (!address.empty() && ascii_lower(paired.address) == address) paired.connected = true;
        }
    }
}

// What udev noted about a block device: "E:ID_BUS=usb".
std::map<std::string, std::string, std::less<>> udev_facts(Snapshot const& snapshot, std::string_view number) {
    std::map<std::string, std::string, std::less<>> facts;
    std::string_view text = snapshot.file("/run/udev/data/b" + std::string(number)).bytes;
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::size_t const equal = line.find('=');
        if (!line.starts_with("E:ID_") || equal == line.npos || facts.size() > 200) continue;
        facts[std::string(line.substr(2, equal - 2))] = made_name(line.substr(equal + 1));
    }
    return facts;
}

// The line of /proc/mounts of that disk or one of its parts.
std::string_view mount_of(std::string_view mounts, std::string_view disk) {
    std::string const device = "/dev/" + std::string(disk);
    while (!mounts.empty()) {
        std::string_view const line = next_line(mounts);
        if (!line.starts_with(device)) continue;
        std::string_view const rest = line.substr(device.size());
        std::size_t const end = rest.find_first_not_of("0123456789p");
        if (end != rest.npos && rest[end] == ' ') return line;
    }
    return {};
}

}  // namespace

void read_usb(Snapshot const& snapshot, Machine& machine) {
    Known<UsbDevice>& known = machine.usb;
    read_hid(snapshot, machine);
    Listing const listing = snapshot.list(devices);
    if (!listing.present()) {  // no USB at all: true only where the busses were seen
        bool const none = listing.seen == Seen::absent && snapshot.list("/sys/bus").present();
        known.looked = none;
        if (!none)
            known.unseen.push_back(
                unseen(devices, listing.seen).value_or(Unseen{std::string(devices), Blank::uncollected}));
        return;
    }
    known.looked = true;
    std::map<std::string, std::size_t, std::less<>> places;
    for (std::string const& name : listing.names) {
        std::string const at = std::string(devices) + "/" + name;
        if (name.find(':') != name.npos || name.starts_with("usb")) continue;  // interfaces; the computer's own hubs
        Seen const seen = snapshot.file(at + "/idVendor").seen;
        if (seen != Seen::present) {
            known.unseen.push_back(unseen(at, seen).value_or(Unseen{at, Blank::damaged}));
            continue;
        }
        if (!hex_number(snapshot.line(at + "/idVendor"))) known.unseen.push_back({at, Blank::damaged});
        places[name] = known.items.size();
        add(known, read_device(snapshot, at));
    }
    for (std::string const& name : listing.names) {
        auto const owner = places.find(owner_of(name));
        if (name.find(':') == name.npos || owner == places.end() || owner->second >= known.items.size()) continue;
        std::string const at = std::string(devices) + "/" + name;
        if (!snapshot.has(at + "/bInterfaceClass")) continue;
        UsbInterface const one{hex_at(snapshot, at + "/bInterfaceNumber"), hex_at(snapshot, at + "/bInterfaceClass"),
                               hex_at(snapshot, at + "/bInterfaceSubClass"), hex_at(snapshot, at + "/bInterfaceProtocol")};
        UsbDevice& device = known.items[owner->second];
        if (device.interfaces.size() < 64) device.interfaces.push_back(one);
        device.removable_disk = device.removable_disk || one.device_class == class_storage;
    }
}

void read_removable(Snapshot const& snapshot, Machine& machine) {
    Known<UsbDevice>& known = machine.removable;
    constexpr std::string_view blocks = "/sys/block";
    Listing const listing = snapshot.list(blocks);
    if (!listing.present()) {
        known.unseen.push_back(unseen(blocks, listing.seen).value_or(Unseen{std::string(blocks), Blank::uncollected}));
        return;
    }
    known.looked = true;
    std::string_view const mounts = text_of(snapshot, "/proc/mounts", known);
    for (std::string const& name : capped(listing.names, blocks, known)) {
        std::string const at = std::string(blocks) + "/" + name;
        bool const inside = name.starts_with("loop") || name.starts_with("ram") || name.starts_with("zram") ||
                            name.starts_with("dm-");
        auto const facts = udev_facts(snapshot, snapshot.line(at + "/dev"));
        auto const fact = [&](std::string_view key) {
            auto const found = facts.find(key);
            return found == facts.end() ? std::string() : found->second;
        };
        bool const usb = fact("ID_BUS") == "usb" || fact("ID_BUS") == "ieee1394";
        if (inside || (snapshot.line(at + "/removable") != "1" && !usb)) continue;
        std::string_view const mount = mount_of(mounts, name);
        bool const reader = name.starts_with("sr") || name.starts_with("fd");  // a drive is no medium
        std::string_view const size = snapshot.line(at + "/size");
        if (mount.empty() && (reader || size == "0" || size.empty())) continue;
        UsbDevice disk;
        disk.vendor = static_cast<unsigned>(hex_number(fact("ID_VENDOR_ID")).value_or(0) & 0xFFFF);
        disk.product = static_cast<unsigned>(hex_number(fact("ID_MODEL_ID")).value_or(0) & 0xFFFF);
        disk.maker = fact("ID_VENDOR");
        disk.name = fact("ID_MODEL");
        if (disk.name.empty()) disk.name = made_name(name);
        disk.serial = fact("ID_SERIAL_SHORT").empty() ? fact("ID_SERIAL") : fact("ID_SERIAL_SHORT");
        disk.removable_disk = true;
        disk.proof = mount.empty() ? prove(at, name + ": " + disk.maker + " " + disk.name) : prove("/proc/mounts", mount);
        add(known, std::move(disk));
    }
}

}  // namespace keepmum::linux_host
