// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/host_lists.h"

#include <algorithm>

#include "base/tree.h"
#include "base/utf8.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::size_t most_names = 100'000;

Result<HostKind> read_kind(Tree const& row) {
    std::string const kind = TRY(row.text("kind"));
    if (kind == "short") return HostKind::short_link;
    if (kind == "redirector") return HostKind::redirector;
    if (kind == "freemail") return HostKind::freemail;
    if (kind == "files") return HostKind::files;
    return row.complain("kind", "must be short, redirector, freemail or files");
}

// The lines of a text without blanks around them and without remarks.
std::vector<std::string> read_lines(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size() && out.size() < most_names;) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        line = line.substr(0, line.find('#'));
        while (!line.empty() && static_cast<unsigned char>(line.front()) <= ' ') line.remove_prefix(1);
        while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.remove_suffix(1);
        if (!line.empty()) out.emplace_back(line);
        begin = end + 1;
    }
    return out;
}

bool is_address_byte(char c) {
    return is_alnum(c) || c == '.' || c == '_' || c == '+' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

void take_addresses(std::string_view text, std::set<std::string, std::less<>>& out) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at, end = at + 1;
        while (begin > 0 && is_address_byte(text[begin - 1])) --begin;
        while (end < text.size() && is_address_byte(text[end])) ++end;
        while (end > at + 1 && text[end - 1] == '.') --end;
        if (begin < at && end > at + 1 && out.size() < most_names)
            out.insert(ascii_lower(text.substr(begin, end - begin)));
    }
}

Result<> add_trusted(std::string const& file, TrustFile& trust) {
    std::string const text = TRY(read_file(file, 8u << 20));
    std::vector<std::string> written;
    if (file.ends_with(".toml")) {
        Tree const tree = TRY(parse_toml(text, file));
        TRY(tree.only({"trusted", "servers"}));
        for (std::string const& server : TRY(tree.texts("servers"))) trust.servers.push_back(ascii_lower(server));
        written = TRY(tree.texts("trusted"));
    } else {
        written = read_lines(text);
    }
    for (std::string const& name : written) {
        if (trust.names.size() < most_names) trust.names.push_back(read_trusted_name(name));
    }
    return {};
}

}  // namespace

Result<> HostLists::read(std::string_view toml, std::string_view file) {
    Tree const tree = TRY(parse_toml(toml, file));
    TRY(tree.only({"hosts"}));
    for (Tree const& row : TRY(tree.tables("hosts"))) {
        TRY(row.only({"kind", "source", "names"}));
        HostKind const kind = TRY(read_kind(row));
        (void)TRY(row.text("source"));
        for (std::string const& name : TRY(row.texts("names")))
            names_[static_cast<std::size_t>(kind)].insert(ascii_lower(name));
    }
    return {};
}

Result<HostLists> HostLists::load(Folders const& folders) {
    HostLists lists;
    std::string const shipped = folders.shipped + "/packs/approach/hosts.toml";
    TRY(lists.read(TRY(read_file(shipped)), shipped));
    for (std::string const& folder : {folders.machine, folders.config}) {
        std::string const file = folder + "/approach/hosts.toml";
        if (exists(file)) TRY(lists.read(TRY(read_file(file)), file));
    }
    return lists;
}

bool HostLists::is(HostKind kind, std::string_view host) const {
    std::set<std::string, std::less<>> const& names = names_[static_cast<std::size_t>(kind)];
    for (;;) {
        if (names.find(host) != names.end()) return true;
        std::size_t const dot = host.find('.');
        if (dot == std::string_view::npos) return false;
        host.remove_prefix(dot + 1);
    }
}

Result<TrustFile> load_trusted(Folders const& folders, std::vector<std::string> const& files) {
    TrustFile trust;
    for (std::string const& folder : {folders.machine, folders.config}) {
        if (exists(folder + "/trusted.toml")) TRY(add_trusted(folder + "/trusted.toml", trust));
    }
    for (std::string const& file : files) TRY(add_trusted(file, trust));
    return trust;
}

Result<std::set<std::string, std::less<>>> load_known(Folders const& folders, std::vector<std::string> const& files) {
    std::set<std::string, std::less<>> known;
    std::vector<std::string> all;
    if (std::string const own = folders.config + "/known.txt"; exists(own)) all.push_back(own);
    all.insert(all.end(), files.begin(), files.end());
    for (std::string const& file : all) take_addresses(TRY(read_file(file, 32u << 20)), known);
    return known;
}

}  // namespace keepmum
