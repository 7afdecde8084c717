// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/programs/programs.h"

#include <algorithm>
#include <set>

#include "base/tree.h"
#include "base/utf8.h"
#include "io/file.h"

namespace keepmum {
namespace {

struct KindName {
    std::string_view name;
    ProgramKind kind;
};

constexpr KindName kinds[] = {
    {"sync", ProgramKind::sync},           {"chat", ProgramKind::chat},     {"transfer", ProgramKind::transfer},
    {"mail", ProgramKind::mail},           {"assistant", ProgramKind::assistant},
    {"remote", ProgramKind::remote},       {"tunnel", ProgramKind::tunnel}, {"proxy", ProgramKind::proxy},
    {"vpn", ProgramKind::vpn},
};

constexpr std::string_view systems[system_count] = {"linux", "windows", "macos", "android"};

struct FormName {
    std::string_view name;
    FolderTrace::Form form;
};

constexpr FormName forms[] = {
    {"fixed", FolderTrace::Form::fixed}, {"json", FolderTrace::Form::json},         {"ini", FolderTrace::Form::ini},
    {"xml", FolderTrace::Form::xml},     {"registry", FolderTrace::Form::registry},
};

Result<> read_folder(Tree const& table, ProgramRow& row) {
    TRY(table.only({"on", "fixed", "json", "ini", "xml", "registry", "path", "account"}));
    std::string const on = TRY(table.text("on"));
    auto const* const system = std::find(std::begin(systems), std::end(systems), on);
    if (system == std::end(systems)) return table.complain("on", "must be linux, windows, macos or android");
    FolderTrace trace;
    bool named = false;
    for (FormName const& form : forms) {
        if (!table.has(form.name)) continue;
        if (named) return table.complain(form.name, "stands beside another form of folder");
        named = true;
        trace.form = form.form;
        trace.at = TRY(table.text(form.name));
    }
    if (!named) return table.complain("on", "needs one of fixed, json, ini, xml, registry beside it");
    trace.path = TRY(table.text("path", ""));
    trace.account = TRY(table.text("account", ""));
    if (trace.path.empty() != (trace.form == FolderTrace::Form::fixed)) {
        return table.complain("path", "is needed with every form but fixed, and not with that");
    }
    row.on[static_cast<std::size_t>(system - std::begin(systems))].folders.push_back(std::move(trace));
    return {};
}

Result<> read_traces(Tree const& table, ProgramTraces& traces) {
    TRY(table.only({"packages", "processes", "names", "entries", "services"}));
    traces.packages = TRY(table.texts("packages"));
    traces.processes = TRY(table.texts("processes"));
    traces.names = TRY(table.texts("names"));
    traces.entries = TRY(table.texts("entries"));
    traces.services = TRY(table.texts("services"));
    return {};
}

Result<ProgramRow> read_row(Tree const& table) {
    TRY(table.only({"id", "kind", "en", "zh", "linux", "windows", "macos", "android", "ports", "folder", "source"}));
    ProgramRow row;
    row.id = TRY(table.text("id"));
    row.en = TRY(table.text("en"));
    row.zh = TRY(table.text("zh"));
    row.source = TRY(table.text("source", ""));
    std::string const kind = TRY(table.text("kind"));
    auto const* const known = std::find_if(std::begin(kinds), std::end(kinds), [&](KindName const& k) { return k.name == kind; });
    if (known == std::end(kinds)) return table.complain("kind", "is no known kind of program: " + kind);
    row.kind = known->kind;
    for (std::size_t i = 0; i < system_count; ++i) {
        Tree const* const traces = TRY(table.table(systems[i]));
        if (traces != nullptr) TRY(read_traces(*traces, row.on[i]));
    }
    if (Tree const* const ports = table.find("ports")) {
        for (Tree const& port : ports->items()) {
            if (port.integer() < 1 || port.integer() > 65535) return table.complain("ports", "must be a list of numbers from 1 to 65535");
            row.ports.push_back(static_cast<unsigned>(port.integer()));
        }
    }
    for (Tree const& folder : TRY(table.tables("folder"))) TRY(read_folder(folder, row));
    return row;
}

using List = std::vector<std::string> ProgramTraces::*;

ProgramRow const* first_that_fits(std::span<ProgramRow const> rows, System system, List list, std::string_view text) {
    if (text.empty()) return nullptr;
    for (ProgramRow const& row : rows) {
        for (std::string const& pattern : row.traces(system).*list) {
            if (fits_glob(pattern, text)) return &row;
        }
    }
    return nullptr;
}

// A word ends there: what follows is no letter ("QQ 9" and "QQ9" name QQ, "QQ音乐" and "QQMail" do not).
bool ends_word(std::string_view text, std::size_t at) {
    if (at >= text.size()) return true;
    CodePoint const next = decode_utf8(text, at);
    if (next.value < 0x80) return !is_alpha(static_cast<char>(next.value));
    return !is_word(next.value);
}

}  // namespace

std::string_view name_of(ProgramKind kind) {
    for (KindName const& known : kinds) {
        if (known.kind == kind) return known.name;
    }
    return {};
}

Result<Programs> Programs::read(std::string_view toml, std::string_view file) {
    Tree const root = TRY(parse_toml(toml, file));
    TRY(root.only({"program"}));
    Programs programs;
    std::set<std::string, std::less<>> seen;
    for (Tree const& table : TRY(root.tables("program"))) {
        programs.rows_.push_back(TRY(read_row(table)));
        if (!seen.insert(programs.rows_.back().id).second) return table.complain("id", "is there twice: " + programs.rows_.back().id);
    }
    return programs;
}

Result<Programs> Programs::load(std::string const& shipped) {
    std::string const path = shipped + "/packs/host/programs.toml";
    return read(TRY(read_file(path)), path);
}

ProgramRow const* Programs::find(std::string_view id) const {
    auto const at = std::find_if(rows_.begin(), rows_.end(), [&](ProgramRow const& row) { return row.id == id; });
    return at == rows_.end() ? nullptr : &*at;
}

ProgramRow const* Programs::by_package(System system, std::string_view package) const {
    return first_that_fits(rows_, system, &ProgramTraces::packages, package);
}

ProgramRow const* Programs::by_process(System system, std::string_view process) const {
    if (process.empty()) return nullptr;
    constexpr std::size_t comm = 15;  // TASK_COMM_LEN less its zero
    for (ProgramRow const& row : rows_) {
        for (std::string const& pattern : row.traces(system).processes) {
            if (fits_glob(pattern, process)) return &row;
            if (system == System::linux_ && process.size() == comm && pattern.size() > comm &&
                equal_ascii_case(std::string_view(pattern).substr(0, comm), process)) {
                return &row;
            }
        }
    }
    return nullptr;
}

ProgramRow const* Programs::by_name(System system, std::string_view shown) const {
    ProgramRow const* best = nullptr;
    std::size_t length = 0;
    for (ProgramRow const& row : rows_) {
        for (std::string const& name : row.traces(system).names) {
            if (name.size() <= length || name.size() > shown.size()) continue;
            if (!equal_ascii_case(shown.substr(0, name.size()), name) || !ends_word(shown, name.size())) continue;
            best = &row;
            length = name.size();
        }
    }
    return best;
}

ProgramRow const* Programs::by_entry(System system, std::string_view entry) const {
    return first_that_fits(rows_, system, &ProgramTraces::entries, entry);
}

ProgramRow const* Programs::by_service(System system, std::string_view service) const {
    return first_that_fits(rows_, system, &ProgramTraces::services, service);
}

Program& note_program(Machine& machine, ProgramRow const& row, Proof const& proof) {
    for (Program& program : machine.programs.items) {
        if (program.id == row.id) return program;
    }
    Program program;
    program.id = row.id;
    program.kind = name_of(row.kind);
    program.en = row.en;
    program.zh = row.zh;
    program.proof = proof;
    return machine.programs.items.emplace_back(std::move(program));
}

bool fits_glob(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && to_lower(pattern[p]) == to_lower(text[t])) {
            ++p, ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace keepmum
