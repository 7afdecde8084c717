// Files that other systems' own commands wrote: which is which, and what their readers share.
//
// A file is known by its content where that can be told in any language; a table of plain lines (netstat, ipconfig) by
// its name too. What none of the readers understands is said, not passed over.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/tree.h"
#include "host/machine.h"
#include "host/programs/programs.h"
#include "host/snapshot.h"

namespace keepmum {

enum class ForeignKind : std::uint8_t {
    unknown,
    registry,         // Windows: .reg
    computer,         // Windows: computer.json of tools/collect.ps1
    setupapi,         // Windows: setupapi.dev.log
    wlan_profile,     // Windows: netsh wlan export profile
    wlan_interfaces,  // Windows: netsh wlan show interfaces
    netstat,          // Windows: netstat -ano
    ipconfig,         // Windows: ipconfig /all
    bitlocker,        // Windows: manage-bde -status
    system_profiler,  // macOS: system_profiler -json
    apple_facts,      // macOS: facts.txt of tools/collect_macos.sh
    bugreport,        // Android
    osquery,          // rows of a table as JSON; its name is that of the file
    settings,         // a program's own, under users/NAME/: read where a row of the list of programs asks for it
};

struct ForeignFile {
    std::string path;  // in the snapshot
    std::string stem;  // last name in lower case, without what stands behind the first dot: "netstat"
    ForeignKind kind = ForeignKind::unknown;
    std::string text;  // valid UTF-8
    Tree json;         // of the kinds that are JSON
};

// By the file's path and its content, in whatever charset that is.
ForeignFile foreign_file(std::string_view path, std::string_view bytes);

struct Foreign {
    Snapshot const& snapshot;
    Programs const& programs;
    Machine& machine;
    std::set<std::string, std::less<>> topics = {};  // that were looked at: of settings "location", "proxy", "usb", …; "wifi", "camera"
    std::map<std::string, Blank, std::less<>> failed = {};  // what the collector itself could not read, and why
    std::set<std::string, std::less<>> absent = {};         // what the collector looked for, and there is none
};

void read_windows(std::vector<ForeignFile> const& files, Foreign& foreign);
void read_apple(std::vector<ForeignFile> const& files, Foreign& foreign);
void read_android(std::vector<ForeignFile> const& files, Foreign& foreign);
void read_osquery(std::vector<ForeignFile> const& files, Foreign& foreign);

// ---- Shared by the readers ----

// More than this of one kind no computer has: what goes beyond is said, not kept.
inline constexpr std::size_t most_foreign_facts = 20'000;

template <class T>
void add_fact(Known<T>& known, T fact) {
    known.looked = true;
    if (known.items.size() < most_foreign_facts) return known.items.push_back(std::move(fact));
    Unseen more{fact.proof.path, Blank::damaged};
    if (known.unseen.empty() || known.unseen.back() != more) known.unseen.push_back(std::move(more));
}

// "consent.reg (location)" → "consent.reg": the file, without the remark for checks and people.
inline std::string_view file_of(std::string_view path) { return path.substr(0, path.find(" (")); }

// Where nothing was read: says that `path` (the file or part that would tell) is missing, or that there is none.
template <class T>
void want(Known<T>& known, std::string_view path, Foreign const& foreign) {
    if (known.looked) return;
    if (foreign.absent.contains(file_of(path))) {
        known.looked = true;
        return;
    }
    auto const failed = foreign.failed.find(file_of(path));
    known.unseen.push_back({std::string(path), failed == foreign.failed.end() ? Blank::uncollected : failed->second});
}

// The same for a topic of the settings. `path` has the word by which checks know it again.
void want_topic(std::string_view topic, std::string_view path, Foreign& foreign);

// Of radios, networks and sensors, which are lists of two kinds each: says that `path` is missing where nobody told of that kind.
template <class T>
void want_kind(Known<T>& known, std::string_view kind, std::string_view path, Foreign const& foreign) {
    if (foreign.topics.contains(kind) || foreign.absent.contains(file_of(path))) return;
    auto const failed = foreign.failed.find(file_of(path));
    known.unseen.push_back({std::string(path), failed == foreign.failed.end() ? Blank::uncollected : failed->second});
}

// The same fact is not noted twice.
void add_setting(Foreign& foreign, std::string_view topic, std::string name, std::string value, Proof proof);

std::string_view strip_blank(std::string_view text);
std::string_view cut_line(std::string_view& text);   // the first line, without its end; call while !text.empty()
std::vector<std::string_view> split_words(std::string_view line, std::size_t most = 32);
std::vector<std::string_view> split_at(std::string_view text, char at, std::size_t most = 64);
// Text or number of a member, as text; "" where there is none.
std::string member_text(Tree const& tree, std::string_view name);
// A name for people: valid, nothing that disguises itself, at most 120 bytes.
std::string plain_name(std::string_view bytes);

// What protects the air, as Windows, macOS and Android name it: "WPA2PSK", "WPA2 - 个人", "spairport_security_mode_wpa3_sae".
AirCipher cipher_named(std::string_view authentication, std::string_view encryption = {});

// Reached from the public network as it stands: no RFC 1918, 6598, link-local, loopback, ULA, test or multicast address.
bool is_global_address(std::string_view address);
bool is_loopback(std::string_view address);

// Hexadecimal digits right behind `mark` in `text` ("VID_046D": 0x46d), in any case; 0 where there are none.
unsigned hex_behind(std::string_view text, std::string_view mark);

// The folders that the programs of that system keep, from the files under users/NAME/ and from `folders`, those that exist.
void note_program_folders(System system, std::vector<std::string> const& folders, Foreign& foreign);

}  // namespace keepmum
