// Who may plug in what, and who may ask where this computer is: USBGuard, modprobe.d, udev rules, the kernel's own switch;
// GeoClue, GNOME's setting, Flatpak's permissions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/gvdb/gvdb.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

void read_usbguard(Snapshot const& snapshot, Known<Setting>& known) {
    constexpr std::string_view path = "/etc/usbguard/usbguard-daemon.conf";
    for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
        if (pair.key == "ImplicitPolicyTarget") add(known, {"usb.guard", made_name(pair.value), prove(path, pair.line)});
    }
}

// "install usb-storage /bin/false" keeps it out; "blacklist" alone only stops it from loading by itself.
void read_modprobe(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line, 4);
        if (part.size() < 2) continue;
        std::string_view const module = part[1] == "usb_storage" ? "usb-storage" : part[1];
        if (module != "usb-storage" && module != "uas") continue;
        bool const refused =
            part[0] == "install" && part.size() >= 3 && (part[2].ends_with("/false") || part[2].ends_with("/true"));
        if (refused || part[0] == "blacklist") {
            add(known, {"usb.module." + std::string(module), refused ? "disabled" : "blacklisted", prove(path, line)});
        }
    }
}

void read_udev(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        if (line.starts_with('#') || line.find("authorized") == line.npos) continue;
        if (line.find("=\"0\"") != line.npos) add(known, {"usb.rule", made_name(line), prove(path, line)});
    }
}

void read_geoclue(Snapshot const& snapshot, Known<Setting>& known) {
    constexpr std::string_view own = "/etc/systemd/system/geoclue.service", conf = "/etc/geoclue/geoclue.conf";
    bool const masked = snapshot.link_end(own) == "null";
    std::string found;
    for (std::string_view const path : {"/usr/lib/systemd/system/geoclue.service", "/lib/systemd/system/geoclue.service"}) {
        if (snapshot.has(path) && found.empty()) found = path;
        Seen const seen = snapshot.file(path).seen;
        if (seen != Seen::present) note(known, path, seen);
    }
    if (!found.empty())
        add(known, {"location.service", masked ? "masked" : "on demand",
                    prove(masked ? own : found, masked ? "→ /dev/null" : "geoclue.service")});
    std::string program;
    for (Pair const& pair : pairs(text_of(snapshot, conf, known))) {
        bool const general =
            pair.section == "agent" || pair.section == "wifi" || pair.section.find("modem") != pair.section.npos ||
            pair.section.find("nmea") != pair.section.npos || pair.section.find("cdma") != pair.section.npos ||
            pair.section.find("source") != pair.section.npos || pair.section == "3g" || pair.section == "compass";
        if (!general && pair.key == "allowed" && pair.value == "true") {
            add(known, {"location.program", made_name(pair.section),
                        prove(conf, "[" + std::string(pair.section) + "] " + std::string(pair.line))});
        }
    }
}

void read_user_location(Snapshot const& snapshot, std::string const& home, Known<Setting>& known) {
    std::string const dconf = home + ".config/dconf/user", flatpak = home + ".local/share/flatpak/db/location";
    std::string_view const bytes = text_of(snapshot, dconf, known);
    std::optional<std::vector<GvdbEntry>> const entries = read_gvdb(bytes);
    if (!bytes.empty() && !entries) known.unseen.push_back({dconf, Blank::damaged});
    for (GvdbEntry const& entry : entries.value_or(std::vector<GvdbEntry>())) {
        if (entry.key != "/org/gnome/system/location/enabled") continue;
        add(known, {"location.enabled", std::string(gvdb_text(entry)),
                    prove(dconf, entry.key + " = " + std::string(gvdb_text(entry)))});
    }
    std::string_view const permissions = text_of(snapshot, flatpak, known);
    std::optional<std::vector<GvdbEntry>> const granted = read_gvdb(permissions);
    if (!permissions.empty() && !granted) known.unseen.push_back({flatpak, Blank::damaged});
    for (GvdbEntry const& entry : granted.value_or(std::vector<GvdbEntry>())) {
        if (entry.key != "main!location") continue;
        std::string program;
        for (std::string_view const word : gvdb_words(entry)) {
            if (word.find('.') != word.npos) program = made_name(word);
            else if (!program.empty() && (word == "EXACT" || word == "STREET" || word == "NEIGHBORHOOD" ||
                                          word == "CITY" || word == "COUNTRY")) {
                add(known, {"location.program", program, prove(flatpak, program + ": " + std::string(word))});
                program.clear();
            }
        }
    }
}

}  // namespace

void read_usb_policy(Snapshot const& snapshot, Machine& machine) {
    Known<Setting>& known = machine.settings;
    for (std::string const& path : paths_of(snapshot, "/sys/bus/usb/devices/usb*/authorized_default", known)) {
        std::string_view const line = snapshot.line(path);
        add(known, {"usb.authorized_default", made_name(line), prove(path, line)});
    }
    read_usbguard(snapshot, known);
    for (std::string_view const pattern : {"/etc/modprobe.d/*.conf", "/run/modprobe.d/*.conf"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) read_modprobe(snapshot, path, known);
    }
    for (std::string const& path : paths_of(snapshot, "/etc/udev/rules.d/*.rules", known)) read_udev(snapshot, path, known);
}

void read_location(Snapshot const& snapshot, Machine& machine) {
    read_geoclue(snapshot, machine.settings);
    for (SnapshotUser const& user : snapshot.users())
        read_user_location(snapshot, "users/" + user.name + "/", machine.settings);
}

}  // namespace keepmum::linux_host
