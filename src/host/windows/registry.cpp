// Facts in exports of the registry. Keys are named as Windows 10 and 11 have them; Windows 7 has those of USB, networks and programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/hex.h"
#include "base/utf8.h"
#include "format/registry_file/registry_file.h"
#include "host/windows/windows.h"

namespace keepmum::windows_host {
namespace {

using Parts = std::vector<std::string_view>;

struct Here {
    Windows& windows;
    Machine& machine;
    RegistryKey const& key;
    Parts const& parts;

    Proof proof(std::string_view name) const {
        RegistryValue const* const value = key.find(name);
        std::string line(name.empty() ? parts.back() : name);
        if (value != nullptr && value->kind == RegistryValue::Kind::text) line += " = " + value->text;
        if (value != nullptr && value->kind == RegistryValue::Kind::number) line += " = " + std::to_string(value->number);
        return prove(key.path, line);
    }
};

std::uint64_t quad(RegistryKey const& key, std::string_view name) {
    RegistryValue const* const value = key.find(name);
    if (value == nullptr) return 0;
    if (value->kind == RegistryValue::Kind::number) return value->number;
    return value->kind == RegistryValue::Kind::binary ? quad_of(value->bytes) : 0;
}

// Enum\USBSTOR\DEVICE\INSTANCE
void take_usbstor(Here const& here) {
    std::string what(here.key.text("FriendlyName"));
    if (what.empty()) what = medium_name(here.parts[5]);
    std::string const shown = what;
    note_medium(here.windows, here.parts[6], std::move(what), medium_serial(here.parts[6]), prove(here.key.path, shown));
}

// …\Properties\{83da6326-97a6-4088-9453-a1923f573b29}\NUMBER: DEVPKEY_Device_InstallDate 0x64, FirstInstallDate 0x65,
// LastArrivalDate 0x66, LastRemovalDate 0x67.
void take_usbstor_date(Here const& here) {
    unsigned number = 0;
    for (char const digit : here.parts[9]) number = (number << 4 | static_cast<unsigned>(std::max(hex_value(digit), 0))) & 0xFFFF;
    std::uint64_t const filetime = std::max(quad(here.key, ""), quad(here.key, "Data"));
    std::string const when = time_of_filetime(filetime);
    if (when.empty()) return;
    Past& past = note_medium(here.windows, here.parts[6], medium_name(here.parts[5]),
                             medium_serial(here.parts[6]), prove(here.key.path, when));
    if (number == 0x64 || number == 0x65) {
        if (past.first.empty() || when < past.first) past.first = when;
    }
    if (number == 0x66 || number == 0x67) past.last = std::max(past.last, when);
}

// Enum\USB\VID_046D&PID_C52B[&MI_00]\INSTANCE
void take_usb(Here const& here) {
    std::string_view const id = here.parts[5];
    unsigned const vendor = hex_behind(id, "VID_"), product = hex_behind(id, "PID_");
    if (vendor == 0) return;
    std::string const service = ascii_lower(here.key.text("Service"));
    std::string name(here.key.text("FriendlyName"));
    if (name.empty()) name = here.key.text("DeviceDesc");
    name = plain_name(std::string_view(name).substr(name.rfind(';') == std::string::npos ? 0 : name.rfind(';') + 1));
    if (service.find("wpdmtp") != std::string::npos) {
        note_medium(here.windows, here.parts[6], name.empty() ? "MTP" : name, medium_serial(here.parts[6]), here.proof("FriendlyName"));
        return;
    }
    constexpr std::size_t most_kinds = 2000;  // of devices; no desk has seen as many
    auto& known = here.windows.usb_known;
    std::uint32_t const kind = vendor << 16 | product;
    if (known.size() >= most_kinds && !here.windows.usb_at.contains(kind)) {
        Unseen more{"Enum\\USB", Blank::damaged};
        auto& unseen = here.machine.usb.unseen;
        if (unseen.empty() || unseen.back() != more) unseen.push_back(std::move(more));
        return;
    }
    auto const [number, fresh] = here.windows.usb_at.emplace(kind, known.size());
    if (fresh) {
        known.push_back({});
        known.back().vendor = vendor;
        known.back().product = product;
        known.back().proof = prove(here.key.path, here.parts[5]);
    }
    UsbDevice* const at = &known[number->second];
    if (at->name.empty() || ascii_lower(id).find("&mi_") == std::string::npos) at->name = name;
    if (RegistryValue const* const alike = here.key.find("CompatibleIDs")) {
        for (std::string const& text : alike->texts) {
            if (text.find("Prot_") == std::string::npos) continue;
            at->interfaces.push_back({hex_behind(id, "&MI_"), hex_behind(text, "Class_") & 0xFF,
                                      hex_behind(text, "SubClass_") & 0xFF,
                                      hex_behind(text, "Prot_") & 0xFF});
            break;
        }
    }
}

// Letters of drives: "\DosDevices\E:" = UTF-16 "_??_USBSTOR#Disk&Ven_…#INSTANCE#{…}"
void take_mounted(Here const& here) {
    for (RegistryValue const& value : here.key.values) {
        if (value.kind != RegistryValue::Kind::binary) continue;
        std::string const text = text_of_utf16(value.bytes);
        std::size_t const at = text.find("USBSTOR#");
        if (at == std::string::npos) continue;
        auto const parts = split_at(std::string_view(text).substr(at), '#', 8);
        if (parts.size() < 3) continue;
        note_medium(here.windows, parts[2], medium_name(parts[1]), medium_serial(parts[2]),
                    prove(here.key.path, value.name + " = " + text));
    }
}

void take_network_profile(Here const& here) {
    Past past;
    past.what = plain_name(here.key.text("ProfileName"));
    if (past.what.empty()) return;
    auto const kind = here.key.number("NameType"), category = here.key.number("Category");
    if (kind == 0x47u) past.what += " (Wi-Fi)";
    if (kind == 0x17u) past.what += " (VPN)";
    if (kind == 0xF3u) past.what += " (mobile)";
    if (category == 0u) past.what += " (public)";
    auto const time = [&here](std::string_view name) {
        RegistryValue const* const value = here.key.find(name);
        return value != nullptr ? time_of_systemtime(value->bytes) : std::string();
    };
    past.first = time("DateCreated");
    past.last = time("DateLastConnected");
    past.proof = here.proof("ProfileName");
    add_fact(here.machine.past_networks, std::move(past));
}

// …\ConsentStore\RIGHT[\NonPackaged][\PROGRAM]
void take_consent(Here const& here, std::size_t right_at) {
    std::string const right = ascii_lower(here.parts[right_at]);
    if (right != "location" && right != "webcam" && right != "microphone") return;
    Consent& consent = here.windows.consents[right];
    consent.looked = true;
    bool const allowed = equal_ascii_case(here.key.text("Value"), "Allow"), denied = equal_ascii_case(here.key.text("Value"), "Deny");
    if (here.parts.size() == right_at + 1) {
        consent.denied |= denied;
        consent.proof = here.proof("Value");
        return;
    }
    std::string_view const program = here.parts.back();
    bool const desktop = equal_ascii_case(here.parts[right_at + 1], "NonPackaged");
    if (desktop && here.parts.size() == right_at + 2) return;
    std::uint64_t const start = quad(here.key, "LastUsedTimeStart"), stop = quad(here.key, "LastUsedTimeStop");
    consent.used |= start != 0;
    consent.in_use |= start != 0 && stop == 0;
    if (denied || (!allowed && start == 0)) return;
    std::string_view const name = desktop ? program.substr(program.rfind('#') + 1) : program;
    std::string const shown = plain_name(name.substr(0, name.find('_')));
    auto& programs = consent.programs;
    if (programs.size() < 200 && std::find(programs.begin(), programs.end(), shown) == programs.end()) programs.push_back(shown);
}

void take_consent_machine(Here const& here) { take_consent(here, 7); }
void take_consent_person(Here const& here) { take_consent(here, 7); }

void take_terminal_server(Here const& here) {
    auto const deny = here.key.number("fDenyTSConnections");
    if (deny) add_setting(here.windows.foreign, "remote", "remote.desktop", *deny == 0 ? "on" : "off", here.proof("fDenyTSConnections"));
}

// "C:\Program Files\X\x.exe" /tray → "x.exe"
std::string_view program_of(std::string_view command) {
    if (command.starts_with('"')) {
        command = command.substr(1, command.find('"', 1) - 1);
    } else {
        std::size_t const end = ascii_lower(command).find(".exe");
        command = end == std::string::npos ? command.substr(0, command.find(' ')) : command.substr(0, end + 4);
    }
    return command.substr(command.find_last_of("\\/") + 1);
}

void take_run(Here const& here) {
    for (RegistryValue const& value : here.key.values) {
        ProgramRow const* row = here.windows.foreign.programs.by_name(System::windows, value.name);
        if (row == nullptr) row = here.windows.foreign.programs.by_process(System::windows, program_of(value.text));
        if (row == nullptr) continue;
        Program& program = note_program(here.machine, *row, prove(here.key.path, value.name + " = " + value.text));
        program.installed = program.starts_itself = true;
    }
}

void take_uninstall(Here const& here) {
    here.machine.programs.looked = true;
    ProgramRow const* const row = here.windows.foreign.programs.by_name(System::windows, here.key.text("DisplayName"));
    if (row != nullptr) note_program(here.machine, *row, here.proof("DisplayName")).installed = true;
}

void take_firewall(Here const& here) {
    auto const on = here.key.number("EnableFirewall");
    if (!on) return;
    std::string name = ascii_lower(here.parts.back());
    name = name.substr(0, name.find("profile"));
    add_setting(here.windows.foreign, "firewall", "firewall." + (name == "standard" ? "private" : name),
                *on != 0 ? "on" : "off", here.proof("EnableFirewall"));
}

void take_bitlocker(Here const& here) {
    if (auto const on = here.key.number("BootStatus")) {
        add_fact(here.machine.volumes, {"C:", "C:", *on != 0, false, here.proof("BootStatus")});
    }
}

void take_bluetooth(Here const& here) {
    Paired device;
    std::string_view const address = here.parts[7];
    for (std::size_t i = 0; i < address.size() && i < 12; i += 2)
        device.address += (i > 0 ? ":" : "") + ascii_upper(address.substr(i, 2));
    if (RegistryValue const* const name = here.key.find("Name")) device.name = plain_name(name->bytes.substr(0, name->bytes.find('\0')));
    device.device_class = static_cast<std::uint32_t>(here.key.number("COD").value_or(0));
    device.proof = prove(here.key.path, device.name);
    add_fact(here.machine.paired, std::move(device));
}

void take_internet_settings(Here const& here) {
    Foreign& foreign = here.windows.foreign;
    foreign.topics.insert("proxy");
    std::string_view const script = here.key.text("AutoConfigURL"), server = here.key.text("ProxyServer");
    if (here.key.number("ProxyEnable").value_or(0) != 0)
        add_setting(foreign, "proxy", "proxy.desktop", plain_name(server), here.proof("ProxyServer"));
    if (!script.empty()) add_setting(foreign, "proxy", "proxy.desktop", plain_name(script), here.proof("AutoConfigURL"));
}

void take_environment(Here const& here) {
    for (char const* name : {"http_proxy", "https_proxy", "all_proxy"}) {
        if (std::string_view const value = here.key.text(name); !value.empty()) {
            add_setting(here.windows.foreign, "environment", "proxy.environment", plain_name(value), here.proof(name));
        }
    }
}

// NAME = "Path=C:\x", "Remark=", … ; shares that Windows makes for itself (C$, ADMIN$) do not stand here.
void take_shares(Here const& here) {
    here.machine.shares.looked = true;
    for (RegistryValue const& value : here.key.values) {
        Share share{"smb", "", plain_name(value.name), false, {}};
        for (std::string const& text : value.texts) {
            if (text.starts_with("Path=")) share.path = plain_name(text.substr(5));
        }
        share.proof = prove(here.key.path, share.name + " = " + share.path);
        if (!share.path.empty()) add_fact(here.machine.shares, std::move(share));
    }
}

void take_usb_policy(Here const& here) {
    here.windows.foreign.topics.insert("usb");
    if (here.key.number("Deny_All") == 1u) add_setting(here.windows.foreign, "usb", "usb.guard", "block", here.proof("Deny_All"));
}

void take_usbstor_service(Here const& here) {
    here.windows.foreign.topics.insert("usb");
    if (here.key.number("Start") == 4u)
        add_setting(here.windows.foreign, "usb", "usb.module.usb-storage", "disabled", here.proof("Start"));
}

void take_version(Here const& here) {
    std::string version(here.key.text("ProductName"));
    for (char const* name : {"DisplayVersion", "CurrentBuild"}) {
        if (std::string_view const more = here.key.text(name); !more.empty()) version += " " + std::string(more);
    }
    here.machine.version = plain_name(version);
}

void take_resolvers(Here const& here) {
    here.machine.resolvers.looked = true;
    for (char const* name : {"NameServer", "DhcpNameServer"}) {
        std::string servers(here.key.text(name));
        std::replace(servers.begin(), servers.end(), ',', ' ');
        for (std::string_view const server : split_words(servers))
            add_fact(here.machine.resolvers, {"dns", plain_name(server), here.proof(name)});
    }
}

struct Rule {
    std::string_view pattern;  // "*" is any run of letters of one name; a last name "**" is anything below, at least one
    void (*take)(Here const&);
};

constexpr Rule rules[] = {
    {R"(HKLM\SYSTEM\*ControlSet*\Enum\USBSTOR\*\*)", take_usbstor},
    {R"(HKLM\SYSTEM\*ControlSet*\Enum\USBSTOR\*\*\Properties\{83da6326-97a6-4088-9453-a1923f573b29}\**)", take_usbstor_date},
    {R"(HKLM\SYSTEM\*ControlSet*\Enum\USB\*\*)", take_usb},
    {R"(HKLM\SYSTEM\MountedDevices)", take_mounted},
    {R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\NetworkList\Profiles\*)", take_network_profile},
    {R"(HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\**)", take_consent_machine},
    {R"(HKCU\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\**)", take_consent_person},
    {R"(HKLM\SYSTEM\*ControlSet*\Control\Terminal Server)", take_terminal_server},
    {R"(HK*\Software\Microsoft\Windows\CurrentVersion\Run)", take_run},
    {R"(HK*\Software\WOW6432Node\Microsoft\Windows\CurrentVersion\Run)", take_run},
    {R"(HK*\Software\Microsoft\Windows\CurrentVersion\Uninstall\*)", take_uninstall},
    {R"(HK*\Software\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*)", take_uninstall},
    {R"(HKLM\SYSTEM\*ControlSet*\Services\SharedAccess\Parameters\FirewallPolicy\*Profile)", take_firewall},
    {R"(HKLM\SYSTEM\*ControlSet*\Control\BitLockerStatus)", take_bitlocker},
    {R"(HKLM\SYSTEM\*ControlSet*\Services\BTHPORT\Parameters\Devices\*)", take_bluetooth},
    {R"(HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings)", take_internet_settings},
    {R"(HKCU\Environment)", take_environment},
    {R"(HKLM\SYSTEM\*ControlSet*\Services\LanmanServer\Shares)", take_shares},
    {R"(HKLM\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices)", take_usb_policy},
    {R"(HKLM\SYSTEM\*ControlSet*\Services\USBSTOR)", take_usbstor_service},
    {R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion)", take_version},
    {R"(HKLM\SYSTEM\*ControlSet*\Services\Tcpip\Parameters\Interfaces\*)", take_resolvers},
};

bool fits_key(std::string_view pattern, Parts const& parts) {
    bool const deep = pattern.ends_with("\\**");
    std::size_t const names = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '\\')) + 1;
    if (deep ? parts.size() < names : parts.size() != names) return false;
    Parts const wanted = split_at(pattern, '\\');
    for (std::size_t i = 0; i < wanted.size() - (deep ? 1 : 0); ++i) {
        if (!fits_glob(wanted[i], parts[i])) return false;
    }
    return true;
}

// Folders that a program keeps in the registry.
void take_traces(Here const& here) {
    for (ProgramRow const& row : here.windows.foreign.programs.rows()) {
        for (FolderTrace const& trace : row.traces(System::windows).folders) {
            if (trace.form != FolderTrace::Form::registry || !fits_key(trace.at, here.parts)) continue;
            here.machine.folders.looked = true;
            std::string_view const path = here.key.text(trace.path);
            if (path.empty()) continue;
            note_program(here.machine, row, here.proof(trace.path));
            std::string account = trace.account.empty() ? "" : plain_name(here.key.text(trace.account));
            add_fact(here.machine.folders, {row.id, std::string(path), std::move(account), here.proof(trace.path)});
        }
    }
}

// What stands under HKU\SID is that person's HKCU.
std::string as_person(std::string path) {
    if (!path.starts_with("HKU\\")) return path;
    std::size_t const end = path.find('\\', 4);
    if (end == std::string::npos || path.substr(4, end - 4).ends_with("_Classes")) return path;
    return "HKCU" + path.substr(end);
}

// What cannot be read may have been a medium or a program, unless the file is plainly about the other.
void note_damage(RegistryFile const& registry, std::string const& path, Machine& machine) {
    bool devices = registry.keys.empty(), programs = registry.keys.empty();
    for (RegistryKey const& key : registry.keys) {
        bool const device = key.path.find("\\Enum\\") != std::string::npos || key.path.ends_with("MountedDevices");
        devices |= device;
        programs |= !device;
    }
    if (devices) machine.past_media.unseen.push_back({path, Blank::damaged});
    if (programs) machine.programs.unseen.push_back({path, Blank::damaged});
}

}  // namespace

void read_registry(ForeignFile const& file, Windows& windows) {
    RegistryFile const registry = read_registry_file(file.text);
    if (registry.faults > 0 || registry.cut) note_damage(registry, file.path, windows.machine);
    for (RegistryKey const& key : registry.keys) {
        std::string const path = as_person(key.path);
        Parts const parts = split_at(path, '\\');
        Here const here{windows, windows.machine, key, parts};
        for (Rule const& rule : rules) {
            if (fits_key(rule.pattern, parts)) rule.take(here);
        }
        take_traces(here);
        // A branch that was exported was looked at, also where nothing stands in it.
        if (parts.size() >= 5 && equal_ascii_case(parts[3], "Enum") && equal_ascii_case(parts[4], "USBSTOR"))
            windows.machine.past_media.looked = true;
        if (parts.size() >= 7 && equal_ascii_case(parts[4], "BTHPORT")) windows.machine.paired.looked = true;
    }
}

}  // namespace keepmum::windows_host
