// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/foreign/foreign.h"

#include <algorithm>

#include "base/utf8.h"
#include "format/registry_file/registry_file.h"
#include "format/text/charset.h"
#include "format/zip/inflate.h"
#include "format/zip/layout.h"
#include "host/read.h"

namespace keepmum {
namespace {

std::string decoded(std::string_view bytes) {
    auto const guess = guess_charset(bytes);
    if (!guess) return made_valid(bytes);
    bytes.remove_prefix(std::min<std::size_t>(guess->mark, bytes.size()));
    if (guess->charset == Charset::utf8) return made_valid(bytes);
    return decode_charset(bytes, guess->charset).text;
}

bool all_members_begin(Tree const& tree, std::string_view with) {
    return !tree.members().empty() && std::all_of(tree.members().begin(), tree.members().end(),
                                                  [&](TreeMember const& member) { return member.key.starts_with(with); });
}

ForeignKind kind_of_json(Tree const& tree) {
    if (tree.has("tables") && tree.has("collector")) return ForeignKind::computer;
    if (all_members_begin(tree, "SP")) return ForeignKind::system_profiler;
    if (tree.is(Tree::Kind::array)) return ForeignKind::osquery;
    return ForeignKind::unknown;
}

// A dumpstate begins with a line of signs and its title; shorter collections hold at least one dumpsys.
bool is_bugreport(std::string_view text) {
    std::string_view const head = text.substr(0, 4096);
    return head.find("== dumpstate: ") != std::string_view::npos || head.find("DUMP OF SERVICE ") != std::string_view::npos;
}

ForeignKind kind_of_text(std::string_view stem, std::string_view text) {
    std::string_view const head = text.substr(0, 2048);
    if (is_registry_file(text)) return ForeignKind::registry;
    if (is_bugreport(text)) return ForeignKind::bugreport;
    if (head.find("<WLANProfile") != std::string_view::npos) return ForeignKind::wlan_profile;
    if (head.find("[Device Install Log]") != std::string_view::npos ||
        head.find("[BeginLog]") != std::string_view::npos)
        return ForeignKind::setupapi;
    if (text.starts_with("keepmum-macos")) return ForeignKind::apple_facts;
    if (stem.starts_with("netstat")) return ForeignKind::netstat;
    if (stem.starts_with("ipconfig")) return ForeignKind::ipconfig;
    if (stem.starts_with("manage-bde") || head.find("BitLocker") != std::string_view::npos) return ForeignKind::bitlocker;
    if (stem.starts_with("netsh") || stem.starts_with("wlan-interfaces")) return ForeignKind::wlan_interfaces;
    return ForeignKind::unknown;
}

bool any_of_kind(std::vector<ForeignFile> const& files, std::initializer_list<ForeignKind> kinds) {
    return std::any_of(files.begin(), files.end(), [&](ForeignFile const& file) {
        return std::find(kinds.begin(), kinds.end(), file.kind) != kinds.end();
    });
}

// What one file, or one member of a zip, is.
class Sorting final {
  public:
    void take(std::string const& path, std::string_view bytes, bool cut) {
        if (bytes.starts_with("PK\x03\x04")) return take_zip(path, bytes);
        ForeignFile file = foreign_file(path, bytes);
        if (cut || file.kind == ForeignKind::unknown) unclear.push_back({path, Blank::damaged});
        if (file.kind != ForeignKind::unknown) files.push_back(std::move(file));
    }

    std::vector<ForeignFile> files;
    std::vector<Unseen> unclear;

  private:
    static constexpr std::uint64_t most_unpacked = 512u << 20, most_members = 2000;

    // A bug report comes as a zip; so may a folder that somebody packed. Members that are no text are not for us.
    void take_zip(std::string const& path, std::string_view bytes) {
        ZipLayout const layout = read_zip_layout(bytes);
        std::size_t count = 0;
        for (ZipMember const& member : layout.members) {
            std::string const name = ascii_lower(member.name);
            bool const wanted = name.ends_with(".txt") || name.ends_with(".json") || name.ends_with(".reg") ||
                                name.ends_with(".xml") || name.ends_with(".log");
            // A bug report holds copies of much of the phone; its own text says what we ask.
            if (!wanted || name.starts_with("fs/") || ++count > most_members) continue;
            std::string const inside = path + "/" + snapshot_name(member.name);
            if (member.encrypted() || member.overlaps || member.truncated) {
                unclear.push_back({inside, Blank::damaged});
                continue;
            }
            std::string_view const packed = bytes.substr(static_cast<std::size_t>(member.data.begin),
                                                         static_cast<std::size_t>(member.data.size()));
            Inflated unpacked;
            if (member.method == static_cast<std::uint16_t>(ZipMethod::deflate))
                unpacked = inflate_raw(packed, most_unpacked - unpacked_);
            else unpacked.bytes = packed.substr(0, static_cast<std::size_t>(most_unpacked - unpacked_));
            unpacked_ += unpacked.bytes.size();
            ForeignFile file = foreign_file(inside, unpacked.bytes);
            if (unpacked.end != InflateEnd::complete) unclear.push_back({inside, Blank::damaged});
            if (file.kind != ForeignKind::unknown) files.push_back(std::move(file));
        }
        if (count > most_members) unclear.push_back({path, Blank::damaged});
    }

    std::uint64_t unpacked_ = 0;
};

}  // namespace

ForeignFile foreign_file(std::string_view path, std::string_view bytes) {
    ForeignFile file;
    file.path = path;
    std::string_view const name = path.substr(path.rfind('/') + 1);
    file.stem = ascii_lower(name.substr(0, name.find('.', 1)));
    file.text = decoded(bytes);
    std::string_view const text = strip_blank(file.text);
    if (path.starts_with("users/")) {
        file.kind = ForeignKind::settings;
    } else if (text.starts_with('{') || text.starts_with('[')) {
        if (auto tree = parse_json(text, path, 64)) {
            file.kind = kind_of_json(*tree);
            file.json = std::move(*tree);
        }
    }
    if (file.kind == ForeignKind::unknown) file.kind = kind_of_text(file.stem, file.text);
    return file;
}

Machine read_foreign(Snapshot const& snapshot, Programs const& programs) {
    Machine machine;
    machine.system = snapshot.system;
    Foreign foreign{snapshot, programs, machine};
    Sorting sorting;
    for (auto const& [path, entry] : snapshot.entries()) {
        if (path.starts_with('/') || entry.folder) continue;
        if (entry.seen != Seen::present) {
            if (auto blank = unseen(path, entry.seen)) foreign.failed.emplace(path, blank->why);
            continue;
        }
        sorting.take(path, entry.bytes, entry.cut);
    }
    std::vector<ForeignFile> const& files = sorting.files;
    std::vector<Unseen> const& unclear = sorting.unclear;
    using enum ForeignKind;
    if (any_of_kind(files, {registry, computer, setupapi, wlan_profile, wlan_interfaces, netstat, ipconfig, bitlocker})) {
        machine.system = "windows";
        read_windows(files, foreign);
    } else if (any_of_kind(files, {system_profiler, apple_facts})) {
        machine.system = "macos";
        read_apple(files, foreign);
    } else if (any_of_kind(files, {bugreport})) {
        machine.system = "android";
        read_android(files, foreign);
    } else if (any_of_kind(files, {osquery}) || !foreign.failed.empty()) {
        read_osquery(files, foreign);
    } else {
        machine.system.clear();
        return machine;
    }
    // What nobody understood may have held anything that was not found.
    if (!unclear.empty()) {
        machine.programs.unseen.insert(machine.programs.unseen.end(), unclear.begin(), unclear.end());
        machine.past_media.unseen.insert(machine.past_media.unseen.end(), unclear.begin(), unclear.end());
    }
    return machine;
}

}  // namespace keepmum
