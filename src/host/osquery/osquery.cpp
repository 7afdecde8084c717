// Results of osquery: one file a table, named as the table ("usb_devices.json"), rows of texts. Schema: osquery.io/schema.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "base/hex.h"
#include "base/utf8.h"
#include "host/foreign/foreign.h"
#include "host/windows/windows.h"

namespace keepmum {
namespace {

struct Row {
    Foreign& foreign;
    Machine& machine;
    Tree const& tree;
    std::string const& path;
    System system;
    std::map<std::uint64_t, std::string>& processes;

    std::string text(std::string_view name) const { return plain_name(member_text(tree, name)); }
    bool is_true(std::string_view name) const { return text(name) == "1" || text(name) == "true"; }
    std::uint64_t number(std::string_view name) const {
        std::string const value = member_text(tree, name);
        std::uint64_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    Proof proof(std::string_view line) const { return prove(path, line); }
};

unsigned hex_of(std::string const& text) { return hex_behind("x" + text.substr(text.starts_with("0x") ? 2 : 0), "x"); }

void take_os(Row const& row) { row.machine.version = plain_name(row.text("name") + " " + row.text("version")); }

void take_usb(Row const& row) {
    std::string const name = row.text("model"), maker = row.text("vendor");
    UsbDevice device{hex_of(row.text("vendor_id")),
                     hex_of(row.text("model_id")),
                     0,
                     maker,
                     name,
                     row.text("serial"),
                     {},
                     false,
                     row.proof(maker + " " + name)};
    if (device.vendor == 0x1D6B) return;  // the kernel's own root hubs
    add_fact(row.machine.usb, std::move(device));
}

// Linux: flags IFF_UP 1, IFF_RUNNING 0x40. `type` is ARPHRD: 801 to 803 wireless, 772 loopback.
void take_interface(Row const& row) {
    std::string const name = row.text("interface"), kind = row.text("type"),
                      about = ascii_lower(row.text("friendly_name") + " " + row.text("description"));
    std::uint64_t const flags = row.number("flags");
    Interface interface{name, row.text("description"), Link::wired, (flags & 1) != 0, (flags & 0x40) != 0, row.proof(name + " " + about)};
    if (row.system == System::windows) {
        interface.name = row.text("friendly_name");
        interface.up = row.is_true("enabled");
        interface.carrier = row.text("connection_status") == "2";
        if (kind == "71") interface.link = Link::wireless;                  // IANA ifType ieee80211
        if (kind == "131" || kind == "23" || kind == "53") interface.link = Link::tunnel;
        if (kind == "243" || kind == "244") interface.link = Link::mobile;
    }
    if (kind == "772" || kind == "24" || name == "lo" || name == "lo0") interface.link = Link::loopback;
    if (kind == "801" || kind == "802" || kind == "803" || about.find("wi-fi") != std::string::npos) interface.link = Link::wireless;
    for (char const* tunnel : {"tun", "wg", "utun", "tailscale", "zt"}) {
        if (row.system != System::windows && name.starts_with(tunnel)) interface.link = Link::tunnel;
    }
    // macOS keeps such interfaces for its own use: one that has no address leads nowhere.
    if (row.system == System::macos && interface.link == Link::tunnel) return;
    if (interface.link == Link::wireless)
        add_fact(row.machine.radios,
                 {Radio::Kind::wifi, interface.name, "", interface.up, std::nullopt, interface.proof});
    add_fact(row.machine.interfaces, std::move(interface));
}

void take_address(Row const& row) {
    std::string const address = row.text("address");
    add_fact(row.machine.addresses, {row.text("interface"), address, 0, is_global_address(address), row.proof(address)});
}

void take_route(Row const& row) {
    std::string const destination = row.text("destination"), mask = row.text("netmask");
    bool const everywhere = destination == "default" || ((destination == "0.0.0.0" || destination == "::") &&
                                                         (mask == "0" || mask == "0.0.0.0"));
    if (!everywhere) return;
    std::string const all = destination == "::" || row.text("gateway").find(':') != std::string::npos ? "::/0" : "0.0.0.0/0";
    add_fact(row.machine.routes, {all, row.text("gateway"), row.text("interface"), true,
                                  row.proof(destination + " " + row.text("gateway"))});
}

void take_resolver(Row const& row) {
    if (row.text("type") == "nameserver") add_fact(row.machine.resolvers, {"dns", row.text("address"), row.proof(row.text("address"))});
}

void take_process(Row const& row) {
    std::string name = row.text("name");
    if (ProgramRow const* const known = row.foreign.programs.by_process(row.system, name))
        note_program(row.machine, *known, row.proof(name)).running = true;
    if (row.processes.size() < most_foreign_facts) row.processes[row.number("pid")] = std::move(name);
}

void take_program(Row const& row) {
    row.machine.programs.looked = true;
    std::string const name = row.text("name"), package = row.text("bundle_identifier");
    ProgramRow const* known = row.system == System::linux_ ? row.foreign.programs.by_package(row.system, name)
                                                           : row.foreign.programs.by_name(row.system, name);
    if (known == nullptr && !package.empty()) known = row.foreign.programs.by_package(row.system, package);
    if (known != nullptr) note_program(row.machine, *known, row.proof(name + " " + package)).installed = true;
}

void take_start(Row const& row) {
    std::string const name = row.text("name");
    if (row.text("status") == "disabled") return;
    ProgramRow const* known = row.foreign.programs.by_name(row.system, name);
    if (known == nullptr) known = row.foreign.programs.by_entry(row.system, name.substr(0, name.rfind('.')));
    if (known == nullptr) return;
    Program& program = note_program(row.machine, *known, row.proof(name + " " + row.text("path")));
    program.installed = program.starts_itself = true;
}

void take_service(Row const& row) {
    bool const systemd = row.tree.has("unit_file_state");
    std::string name = row.text(systemd ? "id" : "name");
    if (systemd && !name.ends_with(".service")) return;
    if (systemd) name.resize(name.size() - 8);
    bool const enabled = systemd ? row.text("unit_file_state") == "enabled" : row.text("start_type") == "AUTO_START";
    bool const running = systemd ? row.text("active_state") == "active" : row.text("status") == "RUNNING";
    add_fact(row.machine.services, {name, enabled, row.proof(name)});
    ProgramRow const* const known = row.foreign.programs.by_service(row.system, name);
    if (known == nullptr) return;
    Program& program = note_program(row.machine, *known, row.proof(name));
    program.installed = true;
    program.starts_itself |= enabled;
    program.running |= running;
}

void take_listener(Row const& row) {
    std::string const address = row.text("address"), protocol = row.text("protocol") == "17" ? "udp" : "tcp";
    auto const port = static_cast<unsigned>(std::min<std::uint64_t>(row.number("port"), 65535));
    if (port == 0) return;
    bool const outside = !is_loopback(address);
    add_fact(row.machine.listeners, {protocol, address, port, outside, row.proof(protocol + " " + address + " " + std::to_string(port))});
    auto const process = row.processes.find(row.number("pid"));
    if (process == row.processes.end() || !outside) return;
    if (ProgramRow const* const known = row.foreign.programs.by_process(row.system, process->second))
        note_program(row.machine, *known, row.proof(process->second)).listening = true;
}

void take_share(Row const& row) {
    std::string const name = row.text("name");
    row.machine.shares.looked = true;
    // Windows: type 0 is a disk that people share; those for itself have the highest bit.
    if (row.system == System::windows && (row.text("type_name").find("Admin") != std::string::npos || name.ends_with('$'))) return;
    add_fact(row.machine.shares, {"smb", row.text("path"), name, false, row.proof(name + " " + row.text("path"))});
}

void take_sharing(Row const& row) {
    row.machine.shares.looked = true;
    row.foreign.topics.insert("remote");
    bool const desktop = row.is_true("screen_sharing") || row.is_true("remote_management");
    add_setting(row.foreign, "remote", "remote.desktop", desktop ? "on" : "off", row.proof("screen_sharing"));
    add_setting(row.foreign, "remote", "remote.login", row.is_true("remote_login") ? "on" : "off", row.proof("remote_login"));
    if (row.is_true("file_sharing")) add_fact(row.machine.shares, {"smb", "", "file sharing", false, row.proof("file_sharing = 1")});
    if (row.is_true("internet_sharing"))
        add_setting(row.foreign, "forwarding", "forwarding.ipv4", "1", row.proof("internet_sharing = 1"));
}

void take_wifi(Row const& row) {
    std::string const ssid = row.text("ssid"), security = row.text("security_type");
    if (ssid.empty()) return;
    bool const in_use = row.path.find("wifi_status") != std::string::npos;
    add_fact(row.machine.networks, {ssid, cipher_named(security), in_use, !in_use && !row.is_true("disabled"),
                                    false, row.proof(ssid + " " + security)});
}

void take_encryption(Row const& row) {
    bool const windows = row.tree.has("drive_letter");
    std::string const name = row.text(windows ? "drive_letter" : "name");
    bool const encrypted = windows ? row.is_true("protection_status") : row.is_true("encrypted");
    add_fact(row.machine.volumes, {name, "", encrypted, false, row.proof(name)});
}

void take_user(Row const& row) {
    std::string const name = row.text("username"), shell = row.text("shell");
    bool const can = shell.find("nologin") == std::string::npos && shell.find("/false") == std::string::npos;
    add_fact(row.machine.accounts, {name, row.text("uid") == "0", can, row.proof(name + " " + shell)});
}

void take_key(Row const& row) {
    std::string const key = member_text(row.tree, "key");
    add_fact(row.machine.credentials,
             {"ssh", row.text("key_file"), plain_name(key.substr(key.size() > 24 ? key.size() - 24 : 0)),
              row.proof(row.text("key_file"))});
}

void take_certificate(Row const& row) {
    if (row.is_true("ca"))
        add_fact(row.machine.credentials,
                 {"ca", row.text("common_name"), row.text("sha1"), row.proof(row.text("common_name"))});
}

void take_printer(Row const& row) {
    row.machine.printers.looked = true;
    if (row.text("option_name") != "device-uri") return;
    std::string const uri = row.text("option_value");
    add_fact(row.machine.printers, {row.text("name"), uri, !uri.starts_with("usb:"), row.proof(uri)});
}

void take_location(Row const& row) {
    add_setting(row.foreign, "location", "location.enabled", row.is_true("enabled") ? "true" : "false",
                row.proof("enabled = " + row.text("enabled")));
}

void take_disk(Row const& row) {
    row.machine.removable.looked = true;
    if (!row.is_true("removable") && row.text("type") != "USB" && row.text("interface") != "USB") return;
    add_fact(row.machine.removable, {0,
                                     0,
                                     0,
                                     row.text("vendor"),
                                     row.text("model"),
                                     row.text("serial"),
                                     {},
                                     true,
                                     row.proof(row.text("name") + " " + row.text("model"))});
}

struct Table {
    std::string_view name;
    void (*take)(Row const&);
};

// Processes before what names one by its number.
constexpr Table tables[] = {
    {"os_version", take_os}, {"processes", take_process}, {"usb_devices", take_usb}, {"interface_details", take_interface},
    {"interface_addresses", take_address}, {"routes", take_route}, {"dns_resolvers", take_resolver}, {"programs", take_program},
    {"deb_packages", take_program}, {"rpm_packages", take_program}, {"apps", take_program}, {"startup_items", take_start},
    {"services", take_service}, {"systemd_units", take_service}, {"listening_ports", take_listener}, {"shared_resources", take_share},
    {"sharing_preferences", take_sharing}, {"wifi_status", take_wifi}, {"wifi_networks", take_wifi}, {"bitlocker_info", take_encryption},
    {"disk_encryption", take_encryption}, {"users", take_user}, {"authorized_keys", take_key}, {"certificates", take_certificate},
    {"cups_destinations", take_printer}, {"location_services", take_location}, {"disk_info", take_disk}, {"block_devices", take_disk},
};

// An empty table says that there is none of it.
void mark_looked(std::string_view table, Foreign& foreign) {
    Machine& machine = foreign.machine;
    if (table == "usb_devices") machine.usb.looked = true;
    if (table == "routes") machine.routes.looked = true;
    if (table == "interface_addresses") machine.addresses.looked = true;
    if (table == "interface_details") {
        machine.interfaces.looked = machine.radios.looked = true;
        foreign.topics.insert("wifi");
    }
    if (table == "listening_ports") machine.listeners.looked = true;
    if (table == "shared_resources" || table == "sharing_preferences") machine.shares.looked = true;
    if (table == "programs" || table == "apps" || table == "deb_packages" || table == "rpm_packages") machine.programs.looked = true;
    if (table == "disk_info") machine.removable.looked = true;
    if (table == "wifi_status" || table == "wifi_networks") {
        machine.networks.looked = true;
        foreign.topics.emplace(table == "wifi_status" ? "network in use" : "network kept");
    }
    if (table == "cups_destinations") machine.printers.looked = true;
    if (table == "users") machine.accounts.looked = true;
    if (table == "services" || table == "systemd_units") machine.services.looked = true;
    if (table == "bitlocker_info" || table == "disk_encryption") machine.volumes.looked = true;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char const letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        if (letter != '\n' && letter != '\r') out += letter;
    }
    return out + "\"";
}

// The table `registry` as an export of the same keys, for the one reader that knows them.
std::string as_export(Tree const& rows) {
    std::string out = "Windows Registry Editor Version 5.00\n";
    for (Tree const& row : rows.items()) {
        std::string const key = member_text(row, "key"), type = member_text(row, "type"),
                          data = member_text(row, "data"), name = member_text(row, "name");
        if (type == "subkey") {
            out += "[" + member_text(row, "path") + "]\n";
            continue;
        }
        out += "[" + key + "]\n" + (name == "(Default)" ? std::string("@") : quoted(name)) + "=";
        if (type == "REG_DWORD") {
            std::uint32_t number = 0;
            std::from_chars(data.data(), data.data() + data.size(), number);
            char digits[9];
            auto const end = std::to_chars(digits, digits + 8, number, 16).ptr;
            out += "dword:" + std::string(digits, end) + "\n";
        } else if (type == "REG_BINARY" || type == "REG_QWORD") {
            out += type == "REG_QWORD" ? "hex(b):" : "hex:";
            for (std::size_t i = 0; i + 1 < data.size(); i += 2) out += (i > 0 ? "," : "") + data.substr(i, 2);
            out += "\n";
        } else {
            out += quoted(data) + "\n";
        }
    }
    return out;
}

System system_of(std::vector<ForeignFile> const& files) {
    for (ForeignFile const& file : files) {
        if (file.stem == "registry" || file.stem == "programs" || file.stem == "bitlocker_info" ||
            file.stem == "disk_info")
            return System::windows;
        if (file.stem == "apps" || file.stem == "sharing_preferences" || file.stem.starts_with("wifi_")) return System::macos;
        if (file.stem != "os_version" || file.json.items().empty()) continue;
        std::string const platform = member_text(file.json.items()[0], "platform");
        if (platform == "windows") return System::windows;
        if (platform == "darwin") return System::macos;
    }
    return System::linux_;
}

void tell_missing(System system, Foreign& foreign) {
    Machine& machine = foreign.machine;
    bool const windows = system == System::windows, apple = system == System::macos;
    want(machine.routes, "routes.json", foreign);
    want(machine.addresses, "interface_addresses.json", foreign);
    want(machine.interfaces, "interface_details.json", foreign);
    want(machine.resolvers, "dns_resolvers.json", foreign);
    want(machine.past_networks, windows ? "registry.json" : "osquery: network-history", foreign);
    want_kind(machine.radios, "wifi", "interface_details.json (Wi-Fi)", foreign);
    want_kind(machine.radios, "bluetooth", "osquery: bluetooth (Bluetooth)", foreign);
    want_kind(machine.networks, "network in use",
              apple ? "wifi_status.json (in use)" : "osquery: wifi (in use)",
              foreign);
    want_kind(machine.networks, "network kept",
              apple ? "wifi_networks.json (kept)" : "osquery: wifi (kept)",
              foreign);
    want(machine.paired, "osquery: bluetooth", foreign);
    want(machine.usb, windows ? "osquery: usb_devices" : "usb_devices.json", foreign);
    want(machine.removable, windows ? "disk_info.json" : "osquery: media", foreign);
    want(machine.past_media, windows ? "registry.json" : "osquery: usb-history", foreign);
    want(machine.programs, windows ? "programs.json" : apple ? "apps.json" : "deb_packages.json", foreign);
    want(machine.folders, "osquery: sync-folders", foreign);
    want(machine.listeners, "listening_ports.json", foreign);
    want(machine.shares, windows ? "shared_resources.json" : "sharing_preferences.json", foreign);
    want(machine.sensors, "osquery: cameras", foreign);
    want(machine.volumes, windows ? "bitlocker_info.json" : "disk_encryption.json", foreign);
    want(machine.printers, "cups_destinations.json", foreign);
    want(machine.accounts, "users.json", foreign);
    want(machine.credentials, "certificates.json", foreign);
    want(machine.services, windows ? "services.json" : "systemd_units.json", foreign);
    want_topic("location", windows ? "registry.json (location)" : "location_services.json", foreign);
    want_topic("remote", windows ? "registry.json (remote desktop)" : "sharing_preferences.json (remote)", foreign);
    want_topic("proxy", "osquery: proxy", foreign);
    want_topic("usb", "osquery: usb-policy", foreign);
    want_topic("vpn", "osquery: vpn", foreign);
}

}  // namespace

void read_osquery(std::vector<ForeignFile> const& files, Foreign& foreign) {
    System const system = system_of(files);
    Machine& machine = foreign.machine;
    machine.system = system == System::windows ? "windows" : system == System::macos ? "macos" : "linux";
    std::map<std::uint64_t, std::string> processes;
    for (Table const& table : tables) {
        for (ForeignFile const& file : files) {
            if (file.kind != ForeignKind::osquery || file.stem != table.name) continue;
            mark_looked(table.name, foreign);
            for (Tree const& tree : file.json.items()) table.take({foreign, machine, tree, file.path, system, processes});
        }
    }
    windows_host::Windows windows{foreign};
    for (ForeignFile const& file : files) {
        if (file.kind != ForeignKind::osquery || file.stem != "registry") continue;
        ForeignFile exported{file.path, file.stem, ForeignKind::registry, as_export(file.json), {}};
        read_registry(exported, windows);
    }
    give_consents(windows);
    note_program_folders(system, {}, foreign);
    tell_missing(system, foreign);
}

}  // namespace keepmum
