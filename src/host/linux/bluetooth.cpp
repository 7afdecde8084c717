// Bluetooth devices that this computer knows: /var/lib/bluetooth/ADAPTER/DEVICE/info of BlueZ (doc/settings-storage.txt).
// The folder is root's alone: without that right nothing is known, which is said.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

constexpr std::string_view store = "/var/lib/bluetooth";

bool is_address(std::string_view name) { return name.size() == 17 && name[2] == ':' && name[14] == ':'; }

Paired parse_info(std::string_view text, std::string_view path, std::string_view address) {
    Paired device;
    device.address = made_name(address);
    std::string alias, kind;
    for (Pair const& pair : pairs(text)) {
        if (pair.section != "General") continue;
        if (pair.key == "Name") device.name = made_name(pair.value);
        if (pair.key == "Alias") alias = made_name(pair.value);
        if (pair.key == "Class")
            device.device_class = static_cast<std::uint32_t>(hex_number(pair.value).value_or(0) & 0xFFFFFF);
        if (pair.key == "Appearance") kind = made_name(pair.value);
        if (pair.key == "Trusted") device.trusted = pair.value == "true";
    }
    if (device.name.empty()) device.name = alias.empty() ? device.address : alias;
    // Low energy tells an Appearance instead of a class: its upper ten bits are the kind, 15 is keyboards, mice and the like.
    std::uint64_t const appearance = hex_number(kind).value_or(0);
    if (device.device_class == 0 && appearance >> 6 == 15) device.device_class = 0x000500;
    device.proof = prove(path, device.name + " " + device.address + (device.trusted ? ", trusted" : ""));
    return device;
}

}  // namespace

void read_bluetooth(Snapshot const& snapshot, Machine& machine) {
    Known<Paired>& known = machine.paired;
    for (std::string const& adapter : names_of(snapshot, store, known)) {
        if (!is_address(adapter)) continue;
        std::string const folder = std::string(store) + "/" + adapter;
        for (std::string const& device : names_of(snapshot, folder, known)) {
            std::string const path = folder + "/" + device + "/info";
            if (!is_address(device)) continue;
            std::string_view const text = text_of(snapshot, path, known);
            if (!snapshot.file(path).present()) continue;
            add(known, parse_info(text, path, device));
        }
    }
}

}  // namespace keepmum::linux_host
