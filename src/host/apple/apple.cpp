// A Mac as system_profiler -json tells it, and facts.txt of tools/collect_macos.sh.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "host/foreign/foreign.h"

namespace keepmum {
namespace {

constexpr unsigned deepest = 24;

struct Part {
    Foreign& foreign;
    Machine& machine;
    std::string place;  // "profile.json: SPUSBDataType"
    Proof proof(std::string_view line) const { return prove(place, line); }
};

std::vector<Tree> const& items_of(Tree const& tree, std::string_view name) {
    static std::vector<Tree> const none;
    Tree const* const list = tree.find(name);
    return list == nullptr ? none : list->items();
}

std::string shown(Tree const& tree, std::string_view name) { return plain_name(member_text(tree, name)); }

bool is_yes(std::string const& text) {
    return text == "yes" || text == "Yes" || text == "attrib_on" || text == "attrib_Yes" || text == "1" ||
           text == "true";
}

void take_wifi(Tree const& rows, Part const& part) {
    part.machine.radios.looked = part.machine.networks.looked = true;
    part.foreign.topics.insert("wifi");
    part.foreign.topics.insert("network in use");
    for (Tree const& row : rows.items()) {
        for (Tree const& card : items_of(row, "spairport_airport_interfaces")) {
            std::string const name = shown(card, "_name"), status = shown(card, "spairport_status_information");
            if (name.starts_with("awdl") || name.starts_with("llw")) continue;
            bool const on = status.find("off") == std::string::npos;
            add_fact(part.machine.radios,
                     {Radio::Kind::wifi, name, shown(card, "spairport_wireless_card_type"), on, std::nullopt,
                      part.proof(name + " " + status)});
            Tree const* const current = card.find("spairport_current_network_information");
            if (current == nullptr || current->members().empty()) continue;
            std::string const security = shown(*current, "spairport_security_mode");
            add_fact(part.machine.networks, {shown(*current, "_name"), cipher_named(security), true, false,
                                             false, part.proof(shown(*current, "_name") + " " + security)});
        }
        // macOS keeps no protection with a network it remembers.
        for (Tree const& kept : items_of(row, "spairport_preferred_networks")) {
            part.foreign.topics.insert("network kept");
            std::string const security = shown(kept, "spairport_security_mode");
            add_fact(part.machine.networks, {shown(kept, "_name"), cipher_named(security), false, true, false,
                                             part.proof(shown(kept, "_name") + " " + security)});
        }
    }
}

unsigned id_of(Tree const& row, std::string_view old_name, std::string_view new_name) {
    std::string const text = member_text(row, row.has(old_name) ? old_name : new_name);
    return text == "apple_vendor_id" ? 0x05AC : hex_behind(text, "0x");
}

void take_usb_item(Tree const& row, Part const& part, unsigned depth) {
    UsbDevice device;
    device.vendor = id_of(row, "vendor_id", "USBDeviceKeyVendorID");
    device.product = id_of(row, "product_id", "USBDeviceKeyProductID");
    device.name = shown(row, "_name");
    device.maker = shown(row, row.has("manufacturer") ? "manufacturer" : "USBDeviceKeyVendorName");
    device.serial = shown(row, row.has("serial_num") ? "serial_num" : "USBDeviceKeySerialNumber");
    device.proof = part.proof(device.name + " " + member_text(row, "vendor_id") + " " + member_text(row, "product_id"));
    std::string const release = member_text(row, "bcd_device");  // "12.11": two digits each
    if (std::size_t const dot = release.find('.'); dot != std::string::npos)
        device.release = hex_behind("x" + release.substr(0, dot), "x") << 8 | hex_behind(release, ".");
    bool const media = !items_of(row, "Media").empty();
    if (media) {
        device.removable_disk = true;
        add_fact(part.machine.removable, device);
    }
    if (device.vendor != 0) add_fact(part.machine.usb, std::move(device));
    if (depth >= deepest) return;
    for (Tree const& below : items_of(row, "_items")) take_usb_item(below, part, depth + 1);
}

void take_usb(Tree const& rows, Part const& part) {
    part.machine.usb.looked = part.machine.removable.looked = true;
    for (Tree const& row : rows.items()) take_usb_item(row, part, 0);
}

void take_paired(Tree const& list, Part const& part, bool connected) {
    for (Tree const& row : list.items()) {
        for (TreeMember const& member : row.members()) {
            Paired device{plain_name(member.key), shown(member.value, "device_address"), 0, true, connected, part.proof(member.key)};
            // Major classes of the Assigned Numbers, by the word that macOS has for them.
            std::string const kind = ascii_lower(member_text(member.value, "device_minorType"));
            if (kind == "headphones" || kind == "headset" || kind == "speaker") device.device_class = 0x0400;
            if (kind == "keyboard") device.device_class = 0x0540;
            if (kind == "mouse") device.device_class = 0x0580;
            if (kind == "phone" || kind == "smartphone") device.device_class = 0x0200;
            add_fact(part.machine.paired, std::move(device));
        }
    }
}

void take_bluetooth(Tree const& rows, Part const& part) {
    part.machine.radios.looked = part.machine.paired.looked = true;
    part.foreign.topics.insert("bluetooth");
    for (Tree const& row : rows.items()) {
        Tree const* controller = row.find("controller_properties");
        if (controller == nullptr) controller = row.find("local_device_title");
        if (controller != nullptr) {
            bool const old = controller->has("general_power");
            std::string const state = shown(*controller, old ? "general_power" : "controller_state");
            std::string const seen = shown(*controller, old ? "general_discoverable" : "controller_discoverable");
            add_fact(part.machine.radios, {Radio::Kind::bluetooth, "Bluetooth", "", is_yes(state),
                                           is_yes(seen), part.proof("controller_state = " + state)});
        }
        if (Tree const* const list = row.find("device_connected")) take_paired(*list, part, true);
        if (Tree const* const list = row.find("device_not_connected")) take_paired(*list, part, false);
        if (Tree const* const list = row.find("device_title")) take_paired(*list, part, false);
    }
}

void take_network(Tree const& rows, Part const& part) {
    Machine& machine = part.machine;
    machine.interfaces.looked = machine.routes.looked = machine.addresses.looked = machine.resolvers.looked = true;
    part.foreign.topics.insert("proxy");
    for (Tree const& row : rows.items()) {
        std::string const name = shown(row, "interface"), title = shown(row, "_name"),
                          kind = shown(row, "type"), lower = ascii_lower(title);
        Interface interface{name, title, Link::wired, false, false, part.proof(title + " " + name + " " + kind)};
        if (kind == "AirPort") interface.link = Link::wireless;
        if (kind.starts_with("PPP") || kind.find("VPN") != std::string::npos || kind == "IPSec" ||
            name.starts_with("utun"))
            interface.link = Link::tunnel;
        if (lower.find("iphone") != std::string::npos || lower.find("android") != std::string::npos ||
            lower.find("rndis") != std::string::npos)
            interface.link = Link::tethered;
        Tree const* const four = row.find("IPv4");
        Tree const* const six = row.find("IPv6");
        for (Tree const* const net : {four, six}) {
            if (net == nullptr) continue;
            for (Tree const& address : items_of(*net, "Addresses")) {
                interface.up = interface.carrier = true;
                add_fact(machine.addresses,
                         {name, plain_name(address.string()), 0, is_global_address(address.string()),
                          part.proof(address.string())});
            }
            std::string const router = shown(*net, "Router");
            if (!router.empty())
                add_fact(machine.routes, {net == four ? "0.0.0.0/0" : "::/0", router, name, true,
                                          part.proof("Router = " + router)});
        }
        if (Tree const* const dns = row.find("DNS")) {
            for (Tree const& server : items_of(*dns, "ServerAddresses"))
                add_fact(machine.resolvers,
                         {"dns", plain_name(server.string()), part.proof(server.string())});
        }
        if (Tree const* const proxies = row.find("Proxies")) {
            for (char const* protocol : {"HTTP", "HTTPS", "SOCKS"}) {
                std::string const address = shown(*proxies, std::string(protocol) + "Proxy");
                if (is_yes(member_text(*proxies, std::string(protocol) + "Enable")))
                    add_setting(part.foreign, "proxy", "proxy.desktop", address,
                                part.proof(std::string(protocol) + "Proxy = " + address));
            }
        }
        bool const idle_tunnel = interface.link == Link::tunnel && !interface.up;
        if (!idle_tunnel) add_fact(machine.interfaces, std::move(interface));
    }
}

void take_camera(Tree const& rows, Part const& part) {
    part.machine.sensors.looked = true;
    part.foreign.topics.insert("camera");
    for (Tree const& row : rows.items())
        add_fact(
            part.machine.sensors,
            {Sensor::Kind::camera, shown(row, "_name"), std::nullopt, {}, part.proof(shown(row, "_name"))});
}

void take_audio(Tree const& rows, Part const& part) {
    part.machine.sensors.looked = true;
    part.foreign.topics.insert("microphone");
    for (Tree const& row : rows.items()) {
        for (Tree const& device : items_of(row, "_items")) {
            if (!device.has("coreaudio_device_input")) continue;
            add_fact(part.machine.sensors, {Sensor::Kind::microphone,
                                            shown(device, "_name"),
                                            std::nullopt,
                                            {},
                                            part.proof(shown(device, "_name"))});
        }
    }
}

void take_applications(Tree const& rows, Part const& part) {
    part.machine.programs.looked = true;
    for (Tree const& row : rows.items()) {
        ProgramRow const* const known = part.foreign.programs.by_name(System::macos, member_text(row, "_name"));
        if (known != nullptr)
            note_program(part.machine, *known, part.proof(shown(row, "_name") + " " + shown(row, "path")))
                .installed = true;
    }
}

void take_printers(Tree const& rows, Part const& part) {
    part.machine.printers.looked = true;
    for (Tree const& row : rows.items()) {
        std::string const name = shown(row, "_name"), uri = shown(row, "uri");
        if (!uri.empty()) add_fact(part.machine.printers, {name, uri, !uri.starts_with("usb"), part.proof(name + " " + uri)});
    }
}

void take_software(Tree const& rows, Part const& part) {
    for (Tree const& row : rows.items()) part.machine.version = shown(row, "os_version");
}

struct Table {
    std::string_view name;
    void (*take)(Tree const&, Part const&);
};

constexpr Table tables[] = {
    {"SPAirPortDataType", take_wifi},       {"SPUSBDataType", take_usb},           {"SPUSBHostDataType", take_usb},
    {"SPBluetoothDataType", take_bluetooth}, {"SPNetworkDataType", take_network},   {"SPCameraDataType", take_camera},
    {"SPAudioDataType", take_audio},        {"SPApplicationsDataType", take_applications}, {"SPPrintersDataType", take_printers},
    {"SPSoftwareDataType", take_software},
};

// ---- facts.txt: sections "## NAME", as the commands print them ----

struct Facts {
    Part part;
    std::vector<std::string> folders = {};
};

void fact_filevault(std::string_view line, Facts& facts) {
    if (!line.starts_with("FileVault is ")) return;
    add_fact(facts.part.machine.volumes, {"/", "/", line.starts_with("FileVault is On"), false, facts.part.proof(line)});
}

// launchctl print-disabled system: "com.openssh.sshd" => disabled (older: => true, which says disabled)
void fact_service(std::string_view line, Facts& facts) {
    auto const parts = split_at(line, '"', 3);
    if (parts.size() < 3) return;
    bool const on = parts[2].find("enabled") != std::string_view::npos || parts[2].find("false") != std::string_view::npos;
    Part const& part = facts.part;
    std::string const name = plain_name(parts[1]);
    part.foreign.topics.insert("remote");
    add_fact(part.machine.services, {name, on, part.proof(line)});
    if (name == "com.openssh.sshd") add_setting(part.foreign, "remote", "remote.login", on ? "on" : "off", part.proof(line));
    if (name == "com.apple.screensharing") add_setting(part.foreign, "remote", "remote.desktop", on ? "on" : "off", part.proof(line));
}

// sharing -l: "name:		Public Folder", then "path:		/Users/li/Public", "guest access:	1"
void fact_share(std::string_view line, Facts& facts) {
    auto& shares = facts.part.machine.shares;
    shares.looked = true;
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) return;
    std::string_view const key = strip_blank(line.substr(0, colon)), value = strip_blank(line.substr(colon + 1));
    if (key == "path") add_fact(shares, {"smb", plain_name(value), "", false, facts.part.proof(line)});
    if (key == "guest access" && value == "1" && !shares.items.empty()) shares.items.back().open_to_all = true;
}

void fact_process(std::string_view line, Facts& facts) {
    std::string_view const name = line.substr(line.rfind('/') + 1);
    ProgramRow const* const known = facts.part.foreign.programs.by_process(System::macos, name);
    if (known != nullptr) note_program(facts.part.machine, *known, facts.part.proof(line)).running = true;
}

// ls of the folders of launch agents and daemons: "com.youqu.todesk.service.plist"
void fact_agent(std::string_view line, Facts& facts) {
    std::string_view name = line.substr(line.rfind('/') + 1);
    if (name.ends_with(".plist")) name.remove_suffix(6);
    ProgramRow const* const known = facts.part.foreign.programs.by_entry(System::macos, name);
    if (known == nullptr) return;
    Program& program = note_program(facts.part.machine, *known, facts.part.proof(line));
    program.installed = program.starts_itself = true;
}

// netstat -an -p tcp: "tcp4  0  0  *.5900  *.*  LISTEN"
void fact_listener(std::string_view line, Facts& facts) {
    facts.part.machine.listeners.looked = true;
    auto const words = split_words(line, 8);
    if (words.size() < 6 || words[5] != "LISTEN") return;
    std::size_t const dot = words[3].rfind('.');
    if (dot == std::string_view::npos) return;
    std::string_view const address = words[3].substr(0, dot), digits = words[3].substr(dot + 1);
    unsigned port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    add_fact(facts.part.machine.listeners, {"tcp", plain_name(address), port, !is_loopback(address), facts.part.proof(line)});
}

void fact_folder(std::string_view line, Facts& facts) {
    facts.part.machine.folders.looked = true;
    facts.folders.emplace_back(line);
}

void fact_location(std::string_view line, Facts& facts) {
    if (line == "1" || line == "0")
        add_setting(facts.part.foreign, "location", "location.enabled", line == "1" ? "true" : "false",
                    facts.part.proof(line));
}

// networksetup -listpreferredwirelessnetworks: names alone, their protection is not told
void fact_kept_network(std::string_view line, Facts& facts) {
    if (line.starts_with("Preferred networks")) return;
    add_fact(facts.part.machine.past_networks, {plain_name(line) + " (Wi-Fi)", "", "", "", {}, facts.part.proof(line)});
}

// dscl . -list /Users UniqueID: "li  501"; the system's own have smaller numbers
void fact_user(std::string_view line, Facts& facts) {
    auto const words = split_words(line, 3);
    unsigned number = 0;
    if (words.size() == 2) std::from_chars(words[1].data(), words[1].data() + words[1].size(), number);
    if (number >= 500 && number < 100'000)
        add_fact(facts.part.machine.accounts, {plain_name(words[0]), false, true, facts.part.proof(line)});
}

struct Section {
    std::string_view name;
    void (*take)(std::string_view, Facts&);
};

constexpr Section sections[] = {
    {"filevault", fact_filevault}, {"services", fact_service},  {"shares", fact_share},
    {"processes", fact_process},   {"agents", fact_agent},      {"listeners", fact_listener},
    {"folders", fact_folder},      {"location", fact_location}, {"networks", fact_kept_network},
    {"users", fact_user},
};

void read_facts(ForeignFile const& file, Foreign& foreign, std::vector<std::string>& folders) {
    std::string_view rest = file.text;
    Section const* section = nullptr;
    Facts facts{{foreign, foreign.machine, file.path}};
    while (!rest.empty()) {
        std::string_view const line = strip_blank(cut_line(rest));
        if (line.empty()) continue;
        if (line.starts_with("## ")) {
            std::string_view const name = line.substr(3);
            auto const* const at = std::find_if(std::begin(sections), std::end(sections),
                                                [&](Section const& known) { return known.name == name; });
            section = at == std::end(sections) ? nullptr : at;
            facts.part.place = file.path + ": " + std::string(name);
            if (name == "folders") foreign.machine.folders.looked = true;
            if (name == "shares") foreign.machine.shares.looked = true;
            if (name == "listeners") foreign.machine.listeners.looked = true;
        } else if (line.starts_with("taken ")) {
            foreign.machine.taken = plain_name(line.substr(6));
        } else if (section != nullptr) {
            section->take(line, facts);
        }
    }
    folders.insert(folders.end(), facts.folders.begin(), facts.folders.end());
}

}  // namespace

void read_apple(std::vector<ForeignFile> const& files, Foreign& foreign) {
    Machine& machine = foreign.machine;
    std::vector<std::string> folders;
    for (ForeignFile const& file : files) {
        if (file.kind == ForeignKind::apple_facts) read_facts(file, foreign, folders);
        if (file.kind != ForeignKind::system_profiler) continue;
        for (Table const& table : tables) {
            Tree const* const rows = file.json.find(table.name);
            if (rows != nullptr) table.take(*rows, {foreign, machine, file.path + ": " + std::string(table.name)});
        }
    }
    note_program_folders(System::macos, folders, foreign);
    want(machine.routes, "profile.json: SPNetworkDataType", foreign);
    want(machine.addresses, "profile.json: SPNetworkDataType", foreign);
    want(machine.interfaces, "profile.json: SPNetworkDataType", foreign);
    want(machine.resolvers, "profile.json: SPNetworkDataType", foreign);
    want(machine.past_networks, "facts.txt: networks", foreign);
    want_kind(machine.radios, "wifi", "profile.json: SPAirPortDataType (Wi-Fi)", foreign);
    want_kind(machine.radios, "bluetooth", "profile.json: SPBluetoothDataType (Bluetooth)", foreign);
    want_kind(machine.networks, "network in use", "profile.json: SPAirPortDataType (in use)", foreign);
    want_kind(machine.networks, "network kept", "macos: known-networks (kept)", foreign);
    want(machine.paired, "profile.json: SPBluetoothDataType", foreign);
    want(machine.usb, "profile.json: SPUSBDataType", foreign);
    want(machine.removable, "profile.json: SPUSBDataType", foreign);
    want(machine.past_media, "macos: usb-history", foreign);
    want(machine.programs, "profile.json: SPApplicationsDataType", foreign);
    want(machine.folders, "facts.txt: folders", foreign);
    want(machine.listeners, "facts.txt: listeners", foreign);
    want(machine.shares, "facts.txt: shares", foreign);
    want_kind(machine.sensors, "camera", "profile.json: SPCameraDataType", foreign);
    want_kind(machine.sensors, "microphone", "profile.json: SPAudioDataType", foreign);
    want(machine.volumes, "facts.txt: filevault", foreign);
    want(machine.printers, "profile.json: SPPrintersDataType", foreign);
    want(machine.accounts, "facts.txt: users", foreign);
    want(machine.credentials, "macos: certificates", foreign);
    want(machine.services, "facts.txt: services", foreign);
    want_topic("location", "facts.txt: location", foreign);
    want_topic("remote", "facts.txt: services (remote login)", foreign);
    want_topic("proxy", "profile.json: SPNetworkDataType (proxy)", foreign);
    want_topic("usb", "macos: usb-policy", foreign);
}

}  // namespace keepmum
