// Programs of the list (packs/host/programs.toml) on a Linux computer: packages of dpkg, Flatpak, snap and UOS's /opt/apps;
// desktop and autostart files; systemd; processes and their sockets.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/programs.h"

#include <algorithm>
#include <map>

#include "host/addresses.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

constexpr System here = System::linux_;

bool all_digits(std::string_view name) { return !name.empty() && name.find_first_not_of("0123456789") == name.npos; }

std::string_view without_end(std::string_view name, std::string_view end) {
    return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : name;
}

// dpkg's status(5)-like file: paragraphs with Package: and Status:.
void read_dpkg(Snapshot const& snapshot, Programs const& programs, Machine& machine) {
    constexpr std::string_view path = "/var/lib/dpkg/status";
    std::string_view text = text_of(snapshot, path, machine.programs);
    if (!snapshot.file(path).present() && (snapshot.has("/var/lib/rpm") || snapshot.has("/usr/lib/sysimage/rpm"))) {
        machine.programs.unseen.push_back({"/var/lib/rpm", Blank::uncollected});  // a database of its own
    }
    std::string_view package;
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        if (line.starts_with("Package: ")) package = trim(line.substr(9));
        if (!line.starts_with("Status: ") || !line.ends_with(" installed")) continue;
        if (ProgramRow const* const row = programs.by_package(here, package)) {
            note_program(machine, *row, prove(path, "Package: " + std::string(package))).installed = true;
        }
    }
}

// Folders and files whose names tell a program: applications' desktop files, Flatpak and UOS ids, snaps.
void read_names(Snapshot const& snapshot, Programs const& programs, std::string const& folder, Machine& machine) {
    for (std::string const& name : names_of(snapshot, folder, machine.programs)) {
        std::string_view plain = without_end(without_end(name, ".desktop"), ".service");
        if (folder.ends_with("/snaps")) plain = plain.substr(0, plain.find('_'));
        ProgramRow const* row = programs.by_entry(here, plain);
        if (!row) row = programs.by_package(here, plain);
        if (row) note_program(machine, *row, prove(folder + "/" + name, name)).installed = true;
    }
}

bool is_switched_off(std::string_view desktop) {
    for (Pair const& pair : pairs(desktop)) {
        if (pair.key == "Hidden" && pair.value == "true") return true;
        if (pair.key == "X-GNOME-Autostart-enabled" && pair.value == "false") return true;
    }
    return false;
}

void read_autostart(Snapshot const& snapshot, Programs const& programs, std::string const& folder, Machine& machine) {
    for (std::string const& path : paths_of(snapshot, folder + "/*.desktop", machine.programs)) {
        std::string_view const name = without_end(std::string_view(path).substr(path.rfind('/') + 1), ".desktop");
        ProgramRow const* row = programs.by_entry(here, name);
        std::string_view command;
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.key == "Exec") command = pair.value;
        }
        std::string_view const first = unquoted(command.substr(0, command.find(' ')));
        if (!row) row = programs.by_process(here, first.substr(first.rfind('/') + 1));
        if (!row || is_switched_off(snapshot.file(path).bytes)) continue;
        note_program(machine, *row, prove(path, command.empty() ? name : command)).starts_itself = true;
    }
}

void read_wants(Snapshot const& snapshot, Programs const& programs, std::string const& pattern, Machine& machine) {
    Paths const found = snapshot.find(pattern);
    for (std::string const& folder : found.paths) {
        for (std::string const& name : snapshot.list(folder).names) {
            ProgramRow const* const row = programs.by_service(here, without_end(name, ".service"));
            if (row) note_program(machine, *row, prove(folder + "/" + name, name)).starts_itself = true;
        }
    }
}

// Sockets by their number in /proc/net: whether they listen, or speak with somebody outside.
struct Socket {
    bool listening = false, connected = false;
};

std::map<std::string, Socket, std::less<>> read_sockets(Snapshot const& snapshot) {
    std::map<std::string, Socket, std::less<>> sockets;
    for (std::string_view const path : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::string_view text = snapshot.file(path).bytes;
        while (!text.empty()) {
            std::vector<std::string_view> const part = words(next_line(text));
            if (part.size() < 10 || !all_digits(part[9]) || part[9] == "0") continue;
            std::string_view const digits = part[2].substr(0, part[2].find(':'));
            std::optional<IpAddress> const peer = digits.size() == 8 ? four_from_hex(digits) : six_from_words(digits);
            Socket& socket = sockets[std::string(part[9])];
            socket.listening = part[3] == "0A";
            socket.connected = part[3] == "01" && peer && !is_loopback(*peer);
            if (sockets.size() >= most_facts) return sockets;
        }
    }
    return sockets;
}

void read_processes(Snapshot const& snapshot, Programs const& programs, Machine& machine) {
    Listing const listing = snapshot.list("/proc");
    bool any = false;
    auto const sockets = read_sockets(snapshot);
    for (std::string const& number : listing.names) {
        if (!all_digits(number)) continue;
        std::string const at = "/proc/" + number;
        std::string_view const name = snapshot.line(at + "/comm");
        any = any || !name.empty();
        ProgramRow const* row = programs.by_process(here, name);
        if (!row) row = programs.by_process(here, without_end(snapshot.link_end(at + "/exe"), " (deleted)"));
        if (!row) continue;
        Program& program = note_program(machine, *row, prove(at + "/comm", name));
        program.running = true;
        for (std::string const& open : snapshot.list(at + "/fd").names) {
            std::string_view const target = snapshot.line(at + "/fd/" + open);
            if (!target.starts_with("socket:[") || !target.ends_with(']')) continue;
            auto const socket = sockets.find(target.substr(8, target.size() - 9));
            if (socket == sockets.end()) continue;
            program.listening = program.listening || socket->second.listening;
            program.connected = program.connected || socket->second.connected;
        }
    }
    if (any) machine.programs.looked = true;
    else
        machine.programs.unseen.push_back(
            {"/proc/*/comm", unseen("/proc", listing.seen).value_or(Unseen{"", Blank::uncollected}).why});
}

// A default port that is open while its program runs: the sockets of another person's processes cannot be told apart.
void read_default_ports(Programs const& programs, Machine& machine) {
    for (Program& program : machine.programs.items) {
        ProgramRow const* const row = programs.find(program.id);
        if (!row || !program.running || program.listening) continue;
        program.listening = std::any_of(
            machine.listeners.items.begin(), machine.listeners.items.end(), [&](Listener const& listener) {
                return std::find(row->ports.begin(), row->ports.end(), listener.port) != row->ports.end();
            });
    }
}

// "~/x" as a path of the snapshot, for that person; other paths as they are.
std::string for_user(std::string const& path, SnapshotUser const& user) {
    return path.starts_with("~/") ? "users/" + user.name + path.substr(1) : path;
}

// The path that people know, of a path of the snapshot or one that a file names.
std::string for_people(std::string_view path, SnapshotUser const& user) {
    std::string const own = "users/" + user.name + "/";
    if (path.starts_with(own)) return user.home + "/" + std::string(path.substr(own.size()));
    if (path.starts_with("~/")) return user.home + std::string(path.substr(1));
    return made_name(path);
}

void read_folder(Snapshot const& snapshot, ProgramRow const& row, FolderTrace const& trace, SnapshotUser const& user,
                 Machine& machine) {
    Known<SyncedFolder>& known = machine.folders;
    for (std::string const& path : paths_of(snapshot, for_user(trace.at, user), known)) {
        if (trace.form == FolderTrace::Form::fixed) {
            std::string const shown = for_people(path, user);
            note_program(machine, row, prove(path, shown));
            add(known, {row.id, shown, "", prove(path, shown)});
            continue;
        }
        std::string_view const text = text_of(snapshot, path, known);
        std::vector<FoundFolder> const found = folders_in(trace, text);
        if (!found.empty()) note_program(machine, row, prove(path, found.front().line));
        for (FoundFolder const& folder : found) {
            add(known, {row.id, for_people(folder.path, user), made_name(folder.account), prove(path, folder.line)});
        }
    }
}

void read_folders(Snapshot const& snapshot, Programs const& programs, Machine& machine) {
    for (ProgramRow const& row : programs.rows()) {
        for (FolderTrace const& trace : row.traces(here).folders) {
            if (trace.form == FolderTrace::Form::registry) continue;
            if (!trace.at.starts_with("~/")) {
                read_folder(snapshot, row, trace, {}, machine);
                continue;
            }
            for (SnapshotUser const& user : snapshot.users()) read_folder(snapshot, row, trace, user, machine);
        }
    }
    if (snapshot.users().empty() && !snapshot.list("users").present())
        machine.folders.unseen.push_back({"users", Blank::uncollected});
    else machine.folders.looked = true;
    constexpr std::string_view path = "/proc/mounts";
    for (std::string_view mounts = snapshot.file(path).bytes; !mounts.empty();) {
        std::string_view const line = next_line(mounts);
        std::vector<std::string_view> const part = words(line, 4);
        ProgramRow const* const row = part.size() >= 3 && part[2] == "fuse.rclone" ? programs.find("rclone") : nullptr;
        if (!row) continue;
        note_program(machine, *row, prove(path, line)).running = true;
        add(machine.folders, {row->id, made_name(part[1]), made_name(part[0]), prove(path, line)});
    }
}

}  // namespace

void read_programs(Snapshot const& snapshot, Programs const& programs, Machine& machine) {
    read_dpkg(snapshot, programs, machine);
    for (std::string_view const folder : {"/usr/share/applications", "/usr/local/share/applications", "/var/lib/flatpak/app",
                                          "/var/lib/snapd/snaps", "/opt/apps", "/opt"}) {
        read_names(snapshot, programs, std::string(folder), machine);
    }
    read_autostart(snapshot, programs, "/etc/xdg/autostart", machine);
    read_wants(snapshot, programs, "/etc/systemd/system/*.wants", machine);
    read_wants(snapshot, programs, "/etc/systemd/user/*.wants", machine);
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const home = "users/" + user.name;
        read_names(snapshot, programs, home + "/.local/share/applications", machine);
        read_names(snapshot, programs, home + "/.local/share/flatpak/app", machine);
        read_autostart(snapshot, programs, home + "/.config/autostart", machine);
        read_wants(snapshot, programs, home + "/.config/systemd/user/*.wants", machine);
    }
    read_processes(snapshot, programs, machine);
    read_default_ports(programs, machine);
    read_folders(snapshot, programs, machine);
}

}  // namespace keepmum::linux_host
