// What keepmum knows of programs that carry data away or let others in: how each is known again on each system, and
// which file of its own names the folder it takes. Rows of packs/host/programs.toml; format: docs/formats/programs.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/machine.h"

namespace keepmum {

enum class System : std::uint8_t { linux_, windows, macos, android };
inline constexpr std::size_t system_count = 4;

enum class ProgramKind : std::uint8_t {
    sync,       // keeps a folder the same somewhere else: cloud disks, note books
    chat,       // sends files to people
    transfer,   // sends files to devices nearby
    mail,
    assistant,  // sends what it is given to an AI service
    remote,     // lets somebody at a distance see or steer this computer
    tunnel,     // opens a way in from outside through a relay
    proxy,      // sends traffic through somebody else
    vpn,
};
std::string_view name_of(ProgramKind kind);  // as in Program::kind: "sync"

// Where a program keeps which folder it takes, and whose account it is.
struct FolderTrace {
    enum class Form : std::uint8_t {
        fixed,     // `at` is the folder itself
        json,      // `path`, `account`: members from the root, parted by dots; "*" is any member or item
        ini,       // keys, whatever the section; "*" any run of letters
        xml,       // "element@attribute", or "element" for its text
        registry,  // `at` is a key ("HKCU\…\*"), the others names of values
    } form = Form::fixed;
    std::string at;       // "~" is a home folder, "*" any run of letters within one part of a path
    std::string path, account;  // account "" where it is not kept
};

// How a program is known again on one system. Letters of either case are the same.
struct ProgramTraces {
    std::vector<std::string> packages;   // of dpkg, macOS bundle, Android application: whole; a "*" at the end is any rest
    std::vector<std::string> processes;  // comm or name of the executable file: whole, as above
    std::vector<std::string> names;      // as shown to people (Uninstall, Run, Applications): a beginning that ends a word
    std::vector<std::string> entries;    // desktop files, autostart, launch agents, without ".desktop" or ".plist"
    std::vector<std::string> services;   // systemd units without ".service", Windows services
    std::vector<FolderTrace> folders;
};

struct ProgramRow {
    std::string id;
    ProgramKind kind = ProgramKind::sync;
    std::string en, zh;    // its name
    std::array<ProgramTraces, system_count> on;
    std::vector<unsigned> ports;  // where it listens by default
    std::string source;    // where the traces were looked up; "" = general knowledge, not verified on an installation

    ProgramTraces const& traces(System system) const { return on[static_cast<std::size_t>(system)]; }
};

struct FoundFolder {
    std::string path, account;
    std::string line;  // that says so
};

// Constant once read. Questions answer with the row, or null.
class Programs final {
  public:
    // Errors name file, line and key.
    static Result<Programs> read(std::string_view toml, std::string_view file);
    // packs/host/programs.toml of the folder that holds what was shipped (Folders::shipped).
    static Result<Programs> load(std::string const& shipped);

    std::span<ProgramRow const> rows() const { return rows_; }
    ProgramRow const* find(std::string_view id) const;
    ProgramRow const* by_package(System system, std::string_view package) const;
    // `process` may be cut after 15 bytes, as Linux does.
    ProgramRow const* by_process(System system, std::string_view process) const;
    ProgramRow const* by_name(System system, std::string_view shown) const;  // the longest that fits
    ProgramRow const* by_entry(System system, std::string_view entry) const;
    ProgramRow const* by_service(System system, std::string_view service) const;

  private:
    std::vector<ProgramRow> rows_;
};

// The entry of the program in `machine`, made if need be: `proof` is kept where it is the first.
Program& note_program(Machine& machine, ProgramRow const& row, Proof const& proof);

// Folders that `bytes`, the file named by the trace, speaks of. Any bytes; at most 64 folders. Not for fixed and registry.
std::vector<FoundFolder> folders_in(FolderTrace const& trace, std::string_view bytes);

// `text` fits `pattern`, in which "*" is any run of bytes (also none); letters of ASCII of either case are the same. Linear for
// one star, and never worse than the product of both lengths.
bool fits_glob(std::string_view pattern, std::string_view text);

}  // namespace keepmum
