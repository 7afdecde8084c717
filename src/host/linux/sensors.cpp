// Cameras and microphones: video4linux and ALSA, who has them open (/proc/PID/fd), whom Flatpak lets use them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "format/gvdb/gvdb.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// Devices that some process has open, and whether every process could be looked at.
struct Open {
    std::set<std::string, std::less<>> targets;
    bool all_seen = true;
};

Open read_open(Snapshot const& snapshot) {
    Open open;
    bool any = false;
    for (std::string const& number : snapshot.list("/proc").names) {
        if (number.find_first_not_of("0123456789") != number.npos) continue;
        std::string const folder = "/proc/" + number + "/fd";
        Listing const listing = snapshot.list(folder);
        if (!listing.present() && listing.seen != Seen::absent) open.all_seen = false;
        any = any || listing.present();
        for (std::string const& name : listing.names) {
            std::string_view const target = snapshot.line(folder + "/" + name);
            if (target.starts_with("/dev/") && open.targets.size() < 4000) open.targets.emplace(target);
        }
    }
    open.all_seen = open.all_seen && any;
    return open;
}

std::vector<std::string> allowed_by_flatpak(Snapshot const& snapshot, std::string_view device, Known<Sensor>& known) {
    std::vector<std::string> programs;
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const path = "users/" + user.name + "/.local/share/flatpak/db/devices";
        std::string_view const bytes = text_of(snapshot, path, known);
        std::optional<std::vector<GvdbEntry>> const entries = read_gvdb(bytes);
        if (!bytes.empty() && !entries) known.unseen.push_back({path, Blank::damaged});
        for (GvdbEntry const& entry : entries.value_or(std::vector<GvdbEntry>())) {
            if (entry.key != "main!" + std::string(device)) continue;
            std::string program;
            for (std::string_view const word : gvdb_words(entry)) {
                if (word.find('.') != word.npos) program = made_name(word);
                if (word == "yes" && !program.empty() && programs.size() < 100) programs.push_back(program);
            }
        }
    }
    return programs;
}

void read_cameras(Snapshot const& snapshot, Open const& open, Known<Sensor>& known) {
    constexpr std::string_view folder = "/sys/class/video4linux";
    std::vector<std::string> const names = more_names_of(snapshot, folder, known);
    std::vector<std::string> const allowed = allowed_by_flatpak(snapshot, "camera", known);
    for (std::string const& name : names) {
        std::string const at = std::string(folder) + "/" + name;
        std::string_view const index = snapshot.line(at + "/index");
        if (!name.starts_with("video") || (!index.empty() && index != "0"))
            continue;  // others are the same camera's metadata
        Sensor camera{Sensor::Kind::camera, made_name(snapshot.line(at + "/name"))};
        if (camera.name.empty()) camera.name = made_name(name);
        if (open.targets.contains("/dev/" + name)) camera.in_use = true;
        else if (open.all_seen) camera.in_use = false;
        camera.allowed = allowed;
        camera.proof = prove(at, name + ": " + camera.name);
        add(known, std::move(camera));
    }
}

// "00-00: ALC295 Analog : ALC295 Analog : playback 1 : capture 1"
void read_microphones(Snapshot const& snapshot, Known<Sensor>& known) {
    constexpr std::string_view path = "/proc/asound/pcm";
    std::string_view text = text_of(snapshot, path, known);
    std::vector<std::string> const allowed = allowed_by_flatpak(snapshot, "microphone", known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        if (line.find(": capture ") == line.npos || line.size() < 6 || line[2] != '-' || line[5] != ':') continue;
        std::optional<std::uint64_t> const card = whole_number(line.substr(0, 2)), device = whole_number(line.substr(3, 2));
        if (!card || !device) continue;
        std::string_view const name = trim(line.substr(6, line.find(" : ", 6) - 6));
        Sensor microphone{Sensor::Kind::microphone, made_name(name)};
        std::string const states =
            "/proc/asound/card" + std::to_string(*card) + "/pcm" + std::to_string(*device) + "c/sub*/status";
        Paths const found = snapshot.find(states);
        for (std::string const& status : found.paths) {
            bool const running = snapshot.file(status).bytes.find("RUNNING") != std::string_view::npos;
            microphone.in_use = running || microphone.in_use.value_or(false);
        }
        microphone.allowed = allowed;
        microphone.proof = prove(path, line);
        add(known, std::move(microphone));
    }
}

}  // namespace

void read_sensors(Snapshot const& snapshot, Machine& machine) {
    Known<Sensor>& known = machine.sensors;
    Listing const classes = snapshot.list("/sys/class");
    if (!classes.present())
        known.unseen.push_back({"/sys/class/video4linux", unseen("/sys/class", classes.seen).value_or(Unseen{}).why});
    read_cameras(snapshot, read_open(snapshot), known);
    read_microphones(snapshot, known);
}

}  // namespace keepmum::linux_host
