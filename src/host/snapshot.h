// What was collected from one computer, and the only way by which readers see it (docs/formats/snapshot.md).
//
// A snapshot is a flat table in memory: path → bytes, or why there are none. It never touches the disk: the collector, a
// folder (snapshot_folder.h) or a text (snapshot_text.h) fills it, so that a live computer and a made-up one are
// read by the same code. Links are never followed here: a link is a text, its target.
//
// Four kinds of path:  "/proc/net/route"       as it stood on the computer
//                      "users/alice/.netrc"    below that person's home folder
//                      "cmd/nl80211.json"      what a program or the kernel answered
//                      "usbstor.reg"           a file of a foreign snapshot, by its name
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/machine.h"

namespace keepmum {

enum class Seen : std::uint8_t {
    present,
    absent,      // the collector looked, there is none
    denied,      // there is one, or may be: no right to look
    damaged,     // could not be read to its end, or is not what the manifest says
    uncollected  // nobody looked
};
std::string_view word(Seen seen);  // "denied"
std::optional<Seen> seen_of(std::string_view word);

// One look. `bytes` may be anything (binary, broken UTF-8) and live as long as the snapshot is not changed.
struct Look {
    Seen seen = Seen::uncollected;
    std::string_view bytes;
    bool cut = false;  // the file went on beyond what was collected
    bool present() const { return seen == Seen::present; }
};

struct Listing {
    Seen seen = Seen::uncollected;
    std::vector<std::string> names;  // sorted; of entries of every kind
    bool present() const { return seen == Seen::present; }
};

struct Paths {
    std::vector<std::string> paths;  // sorted
    std::vector<Unseen> unseen;      // what fits, or may hold what fits, and could not be seen
    bool looked = false;             // at least one place where such a path would stand was seen
};

struct SnapshotUser {
    std::string name;  // the NAME of users/NAME/…
    std::string home;  // where that folder stood: "/home/alice", or ""
};

class Snapshot final {
  public:
    // What is in the file (or, of a link that was collected as one, its target).
    Look file(std::string_view path) const;
    // The same without white space at either end: for the one-line files of /sys and /proc. "" where not present.
    std::string_view line(std::string_view path) const;
    // The last name of a link's target: "rndis_host" of "../../../bus/usb/drivers/rndis_host". "" where not present.
    std::string_view link_end(std::string_view path) const;
    // cmd/NAME.json
    Look command(std::string_view name) const { return file("cmd/" + std::string(name) + ".json"); }

    Listing list(std::string_view folder) const;
    // Whether something stands there, file or folder.
    bool has(std::string_view path) const;
    // Paths that stand there and fit: '*' is any run of bytes within one name ("/sys/class/net/*/carrier").
    Paths find(std::string_view pattern) const;

    // Those with a home folder in the snapshot, sorted by name.
    std::vector<SnapshotUser> const& users() const { return users_; }
    std::size_t size() const { return entries_.size(); }

    std::string system = "linux";  // as Machine::system
    std::string host;              // its name, or ""
    std::string taken;             // ISO 8601, or ""
    std::string collector;         // program and version, or ""

    // What is said of a path that nothing is known of. Made-up computers say `absent`: what is not mentioned is not there.
    Seen otherwise = Seen::uncollected;

    // Filling. A path that is too long (1024 bytes, 40 names), or has an empty name, "." or ".." in it is not taken: false.
    bool put(std::string_view path, std::string bytes, bool cut = false);
    bool put(std::string_view path, Seen why);  // any but present
    // A folder that was listed to its end: what is not among the names is absent.
    bool put_folder(std::string_view path, std::vector<std::string> names);
    void put_user(std::string name, std::string home);

    struct Entry {
        Seen seen = Seen::present;
        bool folder = false, cut = false;
        std::string bytes;
        std::vector<std::string> names;  // of a folder, sorted
    };
    std::map<std::string, Entry, std::less<>> const& entries() const { return entries_; }

  private:
    Seen missing(std::string_view path) const;
    bool holds_below(std::string_view folder) const;

    std::map<std::string, Entry, std::less<>> entries_;
    std::vector<SnapshotUser> users_;
};

// A proof: `line` with what does not show itself made visible, cut at 200 bytes.
Proof prove(std::string_view path, std::string_view line);

// What to note in Known::unseen after a look that gave nothing; nothing where it is present or absent.
std::optional<Unseen> unseen(std::string_view path, Seen seen);

// Notes the look in `known`: `looked` where it was present or absent, else `unseen`. True where it is present.
template <class T>
bool note(Known<T>& known, std::string_view path, Seen seen) {
    if (std::optional<Unseen> blank = unseen(path, seen)) known.unseen.push_back(std::move(*blank));
    else known.looked = true;
    return seen == Seen::present;
}

// The same for a search: true where it found something.
template <class T>
bool note(Known<T>& known, Paths const& found) {
    known.unseen.insert(known.unseen.end(), found.unseen.begin(), found.unseen.end());
    known.looked = known.looked || found.looked;
    return !found.paths.empty();
}

// `name` with control characters and invalid UTF-8 written as %XX: so do the names of a snapshot's paths.
std::string snapshot_name(std::string_view name);

}  // namespace keepmum
