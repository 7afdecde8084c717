// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/windows/windows.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace windows_host {

Past& note_medium(Windows& windows, std::string_view instance, std::string what, std::string serial, Proof const& proof) {
    constexpr std::size_t most_media = 2000;
    auto& known = windows.machine.past_media;
    if (known.items.size() >= most_media && !windows.media.contains(ascii_lower(instance))) {
        Unseen more{"Enum\\USBSTOR", Blank::damaged};
        if (known.unseen.empty() || known.unseen.back() != more) known.unseen.push_back(std::move(more));
        return windows.spare;
    }
    auto const [at, fresh] = windows.media.emplace(ascii_lower(instance), windows.machine.past_media.items.size());
    if (fresh) {
        windows.machine.past_media.looked = true;
        windows.machine.past_media.items.push_back({plain_name(what), plain_name(serial), "", "", {}, proof});
    }
    Past& past = windows.machine.past_media.items[at->second];
    if (past.what.empty()) past.what = plain_name(what);
    return past;
}

std::string medium_name(std::string_view device) {
    std::string name;
    for (std::string_view const part : split_at(device, '&', 8)) {
        std::string const lower = ascii_lower(part.substr(0, 5));
        if (!lower.starts_with("ven_") && lower != "prod_") continue;
        std::string text(part.substr(part.find('_') + 1));
        std::replace(text.begin(), text.end(), '_', ' ');
        if (!strip_blank(text).empty()) name += (name.empty() ? "" : " ") + std::string(strip_blank(text));
    }
    return name.empty() ? std::string(device) : name;
}

std::string medium_serial(std::string_view instance) {
    if (instance.size() > 1 && instance[1] == '&') return {};
    return std::string(instance.substr(0, instance.rfind('&')));
}

void note_listener(Windows& windows, std::string_view protocol, std::string_view address, unsigned port,
                   std::uint64_t process, Proof proof) {
    auto& listeners = windows.machine.listeners;
    for (Listener const& known : listeners.items) {
        if (known.port == port && known.protocol == protocol && known.address == address) return;
    }
    auto const name = windows.processes.find(process);
    if (name != windows.processes.end() && process != 0) {
        if (ProgramRow const* const row = windows.foreign.programs.by_process(System::windows, name->second)) {
            Program& program = note_program(windows.machine, *row, proof);
            program.running = true;
            program.listening |= !is_loopback(address);
        }
    }
    if (listeners.items.size() >= most_foreign_facts) return;
    add_fact(listeners, {std::string(protocol), plain_name(address), port, !is_loopback(address), std::move(proof)});
}

void give_consents(Windows& windows) {
    auto const location = windows.consents.find("location");
    if (location != windows.consents.end()) {
        add_setting(windows.foreign, "location", "location.enabled", location->second.denied ? "false" : "true", location->second.proof);
        for (std::string const& program : location->second.programs) {
            add_setting(windows.foreign, "location", "location.program", program, location->second.proof);
        }
    }
    struct Pair {
        std::string_view right;
        Sensor::Kind kind;
    };
    for (Pair const& pair : {Pair{"webcam", Sensor::Kind::camera}, Pair{"microphone", Sensor::Kind::microphone}}) {
        auto const at = windows.consents.find(pair.right);
        if (at == windows.consents.end()) continue;
        Consent const& consent = at->second;
        bool any = false;
        for (Sensor& sensor : windows.machine.sensors.items) {
            if (sensor.kind != pair.kind) continue;
            any = true;
            sensor.in_use = consent.in_use;
            if (!consent.denied) sensor.allowed = consent.programs;
        }
        if (!any && consent.used) {
            auto allowed = consent.denied ? std::vector<std::string>() : consent.programs;
            add_fact(windows.machine.sensors, {pair.kind, "", consent.in_use, std::move(allowed), consent.proof});
        }
    }
}

namespace {

// What was not told, by the name of the file of tools/collect.ps1 that would tell it.
void tell_missing(Windows& windows) {
    Machine& machine = windows.machine;
    Foreign& foreign = windows.foreign;
    want(machine.routes, "ipconfig.txt", foreign);
    want(machine.addresses, "ipconfig.txt", foreign);
    want(machine.interfaces, "ipconfig.txt", foreign);
    want(machine.resolvers, "ipconfig.txt", foreign);
    want(machine.past_networks, "networks.reg", foreign);
    want_kind(machine.radios, "wifi", "computer.json: NetAdapter (Wi-Fi)", foreign);
    want_kind(machine.radios, "bluetooth", "computer.json: PnP (Bluetooth)", foreign);
    want_kind(machine.networks, "network in use", "wlan-interfaces.txt (in use)", foreign);
    want_kind(machine.networks, "network kept", "wlan (kept)", foreign);
    want(machine.paired, "bluetooth.reg", foreign);
    want(machine.usb, "computer.json: PnP", foreign);
    want(machine.removable, "computer.json: PnP", foreign);
    want(machine.past_media, "usbstor.reg", foreign);
    want(machine.programs, "uninstall.reg", foreign);
    want(machine.folders, "computer.json: Folders", foreign);
    want(machine.listeners, "netstat.txt", foreign);
    want(machine.shares, "shares.reg", foreign);
    want(machine.sensors, "computer.json: PnP", foreign);
    want(machine.volumes, "bitlocker.txt", foreign);
    want(machine.printers, "computer.json: Printer", foreign);
    want(machine.accounts, "computer.json: LocalUser", foreign);
    want(machine.credentials, "computer.json: RootCertificates", foreign);
    want(machine.services, "computer.json: Service", foreign);
    want_topic("location", "consent.reg (location)", foreign);
    want_topic("remote", "terminal.reg (remote desktop)", foreign);
    want_topic("proxy", "internet.reg (proxy)", foreign);
    want_topic("usb", "usb-policy.reg", foreign);
}

}  // namespace
}  // namespace windows_host

void read_windows(std::vector<ForeignFile> const& files, Foreign& foreign) {
    using namespace windows_host;
    Windows windows{foreign};
    // The list of devices and processes first: others ask it.
    for (ForeignFile const& file : files) {
        if (file.kind == ForeignKind::computer) read_computer(file, windows);
    }
    for (ForeignFile const& file : files) {
        switch (file.kind) {
            case ForeignKind::registry: read_registry(file, windows); break;
            case ForeignKind::setupapi: read_setupapi(file, windows); break;
            case ForeignKind::wlan_profile: read_wlan_profile(file, windows); break;
            case ForeignKind::wlan_interfaces: read_wlan_interfaces(file, windows); break;
            case ForeignKind::netstat: read_netstat(file, windows); break;
            case ForeignKind::ipconfig: read_ipconfig(file, windows); break;
            case ForeignKind::bitlocker: read_bitlocker(file, windows); break;
            default: break;
        }
    }
    // Devices that were here once count where nothing tells which are here now.
    if (!windows.usb_now && !windows.usb_known.empty()) {
        for (UsbDevice& device : windows.usb_known) add_fact(foreign.machine.usb, std::move(device));
    }
    give_consents(windows);
    note_program_folders(System::windows, windows.folders, foreign);
    if (windows.guest) {
        for (Share& share : foreign.machine.shares.items) share.open_to_all = true;
    }
    tell_missing(windows);
}

}  // namespace keepmum
