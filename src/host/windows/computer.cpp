// computer.json of tools/collect.ps1: tables that Windows itself names in one language (docs/formats/snapshot.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "host/windows/windows.h"

namespace keepmum::windows_host {
namespace {

struct Row {
    Windows& windows;
    Machine& machine;
    Foreign& foreign;
    Tree const& tree;
    std::string const& place;  // "computer.json: PnP"

    std::string text(std::string_view name) const { return plain_name(member_text(tree, name)); }
    std::string whole_text(std::string_view name) const { return member_text(tree, name); }
    bool is_true(std::string_view name) const {
        std::string const value = ascii_lower(member_text(tree, name));
        return value == "true" || value == "1";
    }
    std::uint64_t number(std::string_view name) const {
        std::string const value = member_text(tree, name);
        std::uint64_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    Proof proof(std::string_view line) const { return prove(place, line); }
};

// NDIS_PHYSICAL_MEDIUM: 1 and 9 wireless LAN, 8 mobile, 10 Bluetooth, 14 Ethernet.
void take_adapter(Row const& row) {
    std::string const name = row.text("Name"), description = row.text("InterfaceDescription"), status = row.text("Status");
    std::uint64_t const medium = row.number("NdisPhysicalMedium");
    Interface interface{name,           description,    Link::wired,
                        status == "Up", status == "Up", row.proof(name + " " + description + " " + status)};
    std::string const lower = ascii_lower(description);
    bool const gone = status == "Disabled" || status == "Not Present";
    auto const has = [&lower](std::string_view word) { return lower.find(word) != std::string::npos; };
    if (medium == 1 || medium == 9) interface.link = Link::wireless;
    else if (medium == 8) interface.link = Link::mobile;
    else if (has("rndis") || has("apple mobile device") || has("remote ndis")) interface.link = Link::tethered;
    else if (has("wireguard") || has("wintun") || has("tap-windows") || has("zerotier") || has("tailscale") ||
             has("vpn") || has("tunnel"))
        interface.link = Link::tunnel;
    else if (row.is_true("Virtual") || has("hyper-v") || has("vmware") || has("virtualbox")) interface.link = Link::virtual_;
    if (interface.link == Link::wireless && !has("wi-fi direct")) {
        add_fact(row.machine.radios, {Radio::Kind::wifi, name, description, !gone, std::nullopt, interface.proof});
    }
    if (interface.link == Link::mobile)
        add_fact(row.machine.radios,
                 {Radio::Kind::mobile, name, description, !gone, std::nullopt, interface.proof});
    if (interface.link == Link::tunnel && !interface.up) return;  // a driver that is there and does nothing
    add_fact(row.machine.interfaces, std::move(interface));
}

void take_route(Row const& row) {
    std::string const destination = row.text("DestinationPrefix");
    if (destination != "0.0.0.0/0" && destination != "::/0") return;  // the rest is made by Windows itself for each address
    add_fact(row.machine.routes, {destination, row.text("NextHop"), row.text("InterfaceAlias"), true,
                                  row.proof(destination + " " + row.text("NextHop"))});
}

void take_address(Row const& row) {
    std::string const address = row.text("IPAddress");
    add_fact(row.machine.addresses,
             {row.text("InterfaceAlias"), address, static_cast<unsigned>(row.number("PrefixLength")),
              is_global_address(address), row.proof(address)});
}

void take_process(Row const& row) {
    std::string name = row.text("Name");
    ProgramRow const* const known = row.foreign.programs.by_process(System::windows, name);
    if (known != nullptr) note_program(row.machine, *known, row.proof(name)).running = true;
    if (row.windows.processes.size() < most_foreign_facts) row.windows.processes[row.number("ProcessId")] = std::move(name);
}

void take_service(Row const& row) {
    std::string const name = row.text("Name"), mode = row.text("StartMode"), state = row.text("State");
    bool const enabled = mode == "Auto" || mode == "Automatic" || mode == "2", running = state == "Running" || state == "4";
    add_fact(row.machine.services, {name, enabled, row.proof(name + " " + mode + " " + state)});
    ProgramRow const* const known = row.foreign.programs.by_service(System::windows, name);
    if (known == nullptr) return;
    Program& program = note_program(row.machine, *known, row.proof(name + " " + mode + " " + state));
    program.installed = true;
    program.starts_itself |= enabled;
    program.running |= running;
}

void take_usb(Row const& row, std::string const& id, std::string const& kind, std::string const& name) {
    unsigned const vendor = hex_behind(id, "VID_"), product = hex_behind(id, "PID_");
    if (vendor == 0) return;
    auto& items = row.machine.usb.items;
    row.windows.usb_now = true;
    auto at = std::find_if(items.begin(), items.end(), [&](UsbDevice const& device) {
        return device.vendor == vendor && device.product == product;
    });
    if (at == items.end()) {
        add_fact(row.machine.usb, {vendor, product, 0, "", name, "", {}, false, row.proof(id)});
        if (items.empty()) return;
        at = items.end() - 1;
    }
    if (ascii_lower(id).starts_with("usb\\") && ascii_lower(id).find("&mi_") == std::string::npos) {
        at->name = name;
        std::string const instance = id.substr(id.rfind('\\') + 1);
        at->serial = instance.find('&') == std::string::npos ? instance : "";
    }
    if (unsigned const release = hex_behind(id, "REV_"); release != 0) at->release = release;
    // A keyboard's or mouse's own node stands below the device's.
    unsigned const protocol = kind == "keyboard" ? 1 : kind == "mouse" ? 2 : 0;
    if (protocol != 0) at->interfaces.push_back({hex_behind(id, "MI_"), 3, 1, protocol});
}

void take_device(Row const& row) {
    std::string const id = row.whole_text("InstanceId"), kind = ascii_lower(row.text("Class")), name = row.text("Name");
    std::string const lower = ascii_lower(id);
    Machine& machine = row.machine;
    machine.sensors.looked = machine.removable.looked = machine.usb.looked = true;
    Proof const proof = row.proof(name + " " + id);
    if (lower.starts_with("usbstor\\") && kind == "diskdrive") {
        std::string const instance = id.substr(id.rfind('\\') + 1);
        add_fact(machine.removable, {0, 0, 0, "", name, plain_name(medium_serial(instance)), {}, true, proof});
    } else if (kind == "wpd" && !lower.starts_with("swd\\")) {
        add_fact(machine.removable, {hex_behind(id, "VID_"), hex_behind(id, "PID_"), 0, "", name, "", {}, false, proof});
    } else if (kind == "camera" || (kind == "image" && ascii_lower(name).find("cam") != std::string::npos)) {
        add_fact(machine.sensors, {Sensor::Kind::camera, name, std::nullopt, {}, proof});
    } else if (kind == "audioendpoint" && lower.find("{0.0.1.") != std::string::npos) {  // eCapture, mmdeviceapi
        add_fact(machine.sensors, {Sensor::Kind::microphone, name, std::nullopt, {}, proof});
    } else if (kind == "bluetooth" && (lower.starts_with("usb\\") || lower.starts_with("pci\\") || lower.starts_with("acpi\\"))) {
        add_fact(machine.radios, {Radio::Kind::bluetooth, name, id, row.text("Status") == "OK", std::nullopt, proof});
    } else if (lower.starts_with("bthenum\\dev_") || lower.starts_with("bthle\\dev_")) {
        Paired device;
        std::string const digits = ascii_upper(id.substr(id.find("_") + 1, 12));
        for (std::size_t i = 0; i < digits.size(); i += 2) device.address += (i > 0 ? ":" : "") + digits.substr(i, 2);
        device.name = name;
        device.proof = proof;
        add_fact(machine.paired, std::move(device));
    } else if (kind == "proximity" || kind == "smartcardreader") {
        if (kind == "proximity") add_fact(machine.radios, {Radio::Kind::other, name, id, true, std::nullopt, proof});
    }
    if (lower.starts_with("usb\\") || lower.starts_with("hid\\")) take_usb(row, id, kind, name);
}

void take_medium(Row const& row) {
    std::string const id = row.whole_text("InstanceId");
    auto const parts = split_at(id, '\\', 4);
    if (parts.size() < 3) return;
    std::string name = row.text("Name");
    if (name.empty()) name = medium_name(parts[1]);
    Past& past = note_medium(row.windows, parts[2], name, medium_serial(parts[2]), row.proof(id));
    if (std::string const first = row.text("First"); !first.empty()) past.first = first;
    past.last = std::max(past.last, std::max(row.text("Last"), row.text("Removed")));
}

// Ports of printers that write files or send faxes lead to no paper.
void take_printer(Row const& row) {
    std::string const name = row.text("Name"), port = row.text("PortName"), lower = ascii_lower(port);
    row.machine.printers.looked = true;
    for (std::string_view const none : {"portprompt:", "nul:", "shrfax:", "file:", "xpsport:", "microsoft.office.onenote"}) {
        if (lower.starts_with(none)) return;
    }
    bool const network = row.is_true("Network") || !(lower.starts_with("usb") || lower.starts_with("lpt") || lower.starts_with("com"));
    add_fact(row.machine.printers, {name, port, network, row.proof(name + " " + port)});
}

// DriveType 2: removable, 3: built in, 4: over the network.
void take_drive(Row const& row) {
    std::string const id = row.text("DeviceID");
    std::uint64_t const type = row.number("DriveType");
    auto& volumes = row.machine.volumes.items;
    if (type == 2) {
        auto const& media = row.machine.removable.items;
        row.machine.removable.looked = true;
        if (media.empty()) add_fact(row.machine.removable, {0, 0, 0, "", id + " " + row.text("VolumeName"), "", {}, true, row.proof(id)});
        return;
    }
    bool const known = std::any_of(volumes.begin(), volumes.end(), [&](Volume const& volume) { return volume.name == id; });
    if (type == 3 && !known) add_fact(row.machine.volumes, {id, "", std::nullopt, false, row.proof(id)});
}

// System.Volume.BitLockerProtection: 1 on, 2 off, 3 and 4 on the way, 5 suspended, 6 on and locked.
void take_protection(Row const& row) {
    std::string const mount = row.text("Mount");
    std::uint64_t const status = row.number("Protection");
    if (status == 0) return;
    bool const on = status == 1 || status == 6;
    for (Volume& volume : row.machine.volumes.items) {
        if (volume.name != mount) continue;
        volume.encrypted = on;
        volume.proof = row.proof(mount + " BitLockerProtection = " + std::to_string(status));
        return;
    }
    add_fact(row.machine.volumes, {mount, "", on, false, row.proof(mount + " BitLockerProtection = " + std::to_string(status))});
}

void take_listener(Row const& row) {
    std::string const address = row.text("LocalAddress");
    auto const port = static_cast<unsigned>(std::min<std::uint64_t>(row.number("LocalPort"), 65535));
    note_listener(row.windows, "tcp", address, port, row.number("OwningProcess"), row.proof(address + " " + std::to_string(port)));
}

void take_connection(Row const& row) {
    auto const name = row.windows.processes.find(row.number("OwningProcess"));
    if (name == row.windows.processes.end()) return;
    ProgramRow const* const known = row.foreign.programs.by_process(System::windows, name->second);
    if (known == nullptr || is_loopback(row.text("RemoteAddress"))) return;
    note_program(row.machine, *known, row.proof(name->second + " " + row.text("RemoteAddress"))).connected = true;
}

void take_user(Row const& row) {
    std::string const name = row.text("Name"), sid = row.text("SID");
    bool const enabled = row.is_true("Enabled");
    if (sid.ends_with("-501") && enabled) row.windows.guest = true;
    add_fact(row.machine.accounts, {name, row.is_true("Administrator"), enabled, row.proof(name)});
}

void take_certificate(Row const& row) {
    std::string const name = row.text("Subject");
    add_fact(row.machine.credentials, {"ca", name, row.text("Thumbprint"), row.proof(name)});
}

void take_share(Row const& row) {
    row.machine.shares.looked = true;
    if (row.is_true("Special") || row.text("Name").ends_with('$')) return;
    std::string const path = row.text("Path");
    for (Share const& known : row.machine.shares.items) {
        if (known.name == row.text("Name")) return;
    }
    add_fact(row.machine.shares, {"smb", path, row.text("Name"), false, row.proof(row.text("Name") + " = " + path)});
}

void take_package(Row const& row) {
    std::string const name = row.text("Name");
    ProgramRow const* const known = row.foreign.programs.by_package(System::windows, name);
    if (known != nullptr) note_program(row.machine, *known, row.proof(name)).installed = true;
}

void take_vpn(Row const& row) {
    std::string const name = row.text("Name");
    if (!name.empty()) add_setting(row.foreign, "vpn", "tunnel.interface", name, row.proof(name + " " + row.text("ServerAddress")));
}

struct Table {
    std::string_view name;
    void (*take)(Row const&);
};

// In this order: processes before those that name one by its number, drives before their protection.
constexpr Table tables[] = {
    {"NetAdapter", take_adapter},   {"NetRoute", take_route},
    {"NetIPAddress", take_address}, {"Process", take_process},
    {"Service", take_service},      {"PnP", take_device},
    {"UsbStorage", take_medium},    {"Printer", take_printer},
    {"LogicalDisk", take_drive},    {"BitLocker", take_protection},
    {"TcpListener", take_listener}, {"TcpConnection", take_connection},
    {"LocalUser", take_user},       {"RootCertificates", take_certificate},
    {"SmbShare", take_share},       {"AppxPackage", take_package},
    {"VpnConnection", take_vpn},
};

// A table that came empty was looked at all the same.
void mark_looked(std::string_view table, Foreign& foreign) {
    Machine& machine = foreign.machine;
    if (table == "NetAdapter") {
        machine.interfaces.looked = machine.radios.looked = true;
        foreign.topics.insert("wifi");
    }
    if (table == "NetRoute") machine.routes.looked = true;
    if (table == "NetIPAddress") machine.addresses.looked = true;
    if (table == "Service") machine.services.looked = true;
    if (table == "PnP") {
        machine.usb.looked = machine.removable.looked = machine.sensors.looked = machine.paired.looked = machine.radios.looked = true;
        foreign.topics.insert("bluetooth");
    }
    if (table == "UsbStorage") machine.past_media.looked = true;
    if (table == "Printer") machine.printers.looked = true;
    if (table == "TcpListener") machine.listeners.looked = true;
    if (table == "LocalUser") machine.accounts.looked = true;
    if (table == "RootCertificates") machine.credentials.looked = true;
    if (table == "SmbShare") machine.shares.looked = true;
}

}  // namespace

void read_computer(ForeignFile const& file, Windows& windows) {
    Machine& machine = windows.machine;
    machine.version = plain_name(member_text(file.json, "version"));
    machine.taken = plain_name(member_text(file.json, "taken"));
    auto const names = [&file](std::string_view key) {
        Tree const* const list = file.json.find(key);
        return list == nullptr ? std::vector<Tree>() : list->items();
    };
    for (Tree const& name : names("failed")) windows.foreign.failed.emplace(name.string(), Blank::denied);
    for (Tree const& name : names("absent")) windows.foreign.absent.insert(name.string());
    Tree const* const all = file.json.find("tables");
    if (all == nullptr) return;
    for (Table const& table : tables) {
        Tree const* const rows = all->find(table.name);
        if (rows == nullptr) continue;
        mark_looked(table.name, windows.foreign);
        std::string const place = file.path + ": " + std::string(table.name);
        for (Tree const& tree : rows->items()) table.take({windows, machine, windows.foreign, tree, place});
    }
    if (Tree const* const folders = all->find("Folders")) {
        machine.folders.looked = true;
        for (Tree const& folder : folders->items()) windows.folders.push_back(folder.string());
    }
}

}  // namespace keepmum::windows_host
