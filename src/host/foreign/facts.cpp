// Small readers that all foreign files share.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/hex.h"
#include "base/utf8.h"
#include "host/addresses.h"
#include "host/foreign/foreign.h"

namespace keepmum {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return has(text, part); });
}

// "/Users/li/Dropbox" under "~/Dropbox" with home "/Users/li"; slashes of either kind are one.
std::string with_slashes(std::string_view path) {
    std::string text(path);
    std::replace(text.begin(), text.end(), '\\', '/');
    while (text.size() > 1 && text.back() == '/') text.pop_back();
    return text;
}

bool fits_path(std::string_view pattern, std::string_view path) {
    for (;;) {
        std::size_t const a = pattern.find('/'), b = path.find('/');
        if (!fits_glob(pattern.substr(0, a), path.substr(0, b))) return false;
        if (a == std::string_view::npos || b == std::string_view::npos) return a == b;
        pattern.remove_prefix(a + 1);
        path.remove_prefix(b + 1);
    }
}

// "C:/Users/li/x" → "~/x": what stands below a home folder.
std::string from_home(std::string_view path) {
    auto const parts = split_at(path, '/', 4);
    std::size_t const users = !parts.empty() && parts[0].size() == 2 && parts[0][1] == ':' ? 1
                              : parts.empty() || !parts[0].empty()                         ? 99
                                                                                           : 1;
    if (users >= parts.size() || parts.size() < users + 3) return std::string(path);
    if (!equal_ascii_case(parts[users], "users") && parts[users] != "home") return std::string(path);
    std::size_t const begin = static_cast<std::size_t>(parts[users + 1].data() - path.data()) + parts[users + 1].size();
    return "~" + std::string(path.substr(begin));
}

void note_folder(ProgramRow const& row, std::string path, std::string account, Proof const& proof, Foreign& foreign) {
    for (SyncedFolder const& folder : foreign.machine.folders.items) {
        if (folder.program == row.id && folder.path == path) return;
    }
    note_program(foreign.machine, row, proof);
    add_fact(foreign.machine.folders, {row.id, std::move(path), std::move(account), proof});
}

}  // namespace

std::string_view strip_blank(std::string_view text) {
    while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view cut_line(std::string_view& text) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::vector<std::string_view> split_words(std::string_view line, std::size_t most) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size() && words.size() < most;) {
        while (at < line.size() && is_white(line[at])) ++at;
        std::size_t const begin = at;
        while (at < line.size() && !is_white(line[at])) ++at;
        if (at > begin) words.push_back(line.substr(begin, at - begin));
    }
    return words;
}

std::vector<std::string_view> split_at(std::string_view text, char at, std::size_t most) {
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < most) {
        std::size_t const end = text.find(at);
        if (end == std::string_view::npos) break;
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::string member_text(Tree const& tree, std::string_view name) {
    Tree const* const member = tree.find(name);
    if (member == nullptr) return {};
    switch (member->kind()) {
        case Tree::Kind::string: return member->string();
        case Tree::Kind::integer: return std::to_string(member->integer());
        case Tree::Kind::boolean: return member->boolean() ? "true" : "false";
        default: return {};
    }
}

std::string plain_name(std::string_view bytes) {
    constexpr std::size_t longest = 120;
    std::string name;
    bytes = strip_blank(bytes);
    for (std::size_t at = 0; at < bytes.size() && name.size() + 4 <= longest;) {
        CodePoint const point = decode_utf8(bytes, at);
        at += point.length;
        if (!is_disguising(point.value)) append_utf8(name, point.value);
    }
    return name;
}

void want_topic(std::string_view topic, std::string_view path, Foreign& foreign) {
    foreign.machine.settings.looked = true;
    if (foreign.topics.contains(topic) || foreign.absent.contains(file_of(path))) return;
    auto const failed = foreign.failed.find(file_of(path));
    foreign.machine.settings.unseen.push_back({std::string(path), failed == foreign.failed.end() ? Blank::uncollected : failed->second});
}

void add_setting(Foreign& foreign, std::string_view topic, std::string name, std::string value, Proof proof) {
    foreign.topics.emplace(topic);
    for (Setting const& setting : foreign.machine.settings.items) {
        if (setting.name == name && setting.value == value) return;
    }
    add_fact(foreign.machine.settings, {std::move(name), std::move(value), std::move(proof)});
}

AirCipher cipher_named(std::string_view authentication, std::string_view encryption) {
    std::string const name = ascii_lower(strip_blank(authentication)), air = ascii_lower(strip_blank(encryption));
    if (name == "wpa2" || name == "wpa3" || name == "wpa3ent" || name == "wpa3ent192") return AirCipher::enterprise;  // WLANProfile
    if (has(name, "wapi")) return AirCipher::wapi;
    if (has_any(name, {"owe", "enhanced_open", "enhanced open"})) return AirCipher::owe;
    if (has_any(name, {"enterprise", "企业", "eap", "802.1x", "802_1x", "suite_b", "suite-b"})) return AirCipher::enterprise;
    if (has_any(name, {"sae", "wpa3"})) return AirCipher::wpa3;
    if (has_any(name, {"wpa2", "rsn"})) return AirCipher::wpa2;
    if (has(name, "wep") || has(air, "wep") || name == "shared" || name == "共享") return AirCipher::wep;
    if (has(name, "wpa")) return has(air, "ccmp") || has(air, "aes") ? AirCipher::wpa2 : AirCipher::wpa1;
    if (has_any(name, {"open", "none", "开放"})) return AirCipher::open;
    return AirCipher::unknown;
}

bool is_loopback(std::string_view address) {
    if (address.starts_with('[')) address = address.substr(1, address.find(']') - 1);
    return address.starts_with("127.") || address == "::1" || address == "localhost" || address.starts_with("::ffff:127.");
}

bool is_global_address(std::string_view address) {
    if (address.starts_with('[')) address = address.substr(1, address.find(']') - 1);
    return is_public_address(address.substr(0, address.find_first_of("(")));
}

unsigned hex_behind(std::string_view text, std::string_view mark) {
    std::string const lower = ascii_lower(text);
    std::size_t const at = lower.find(ascii_lower(mark));
    if (at == std::string::npos) return 0;
    unsigned value = 0;
    for (std::size_t i = at + mark.size(), digits = 0; i < lower.size() && digits < 4 && hex_value(lower[i]) >= 0; ++i, ++digits) {
        value = value << 4 | static_cast<unsigned>(hex_value(lower[i]));
    }
    return value;
}

void note_program_folders(System system, std::vector<std::string> const& folders, Foreign& foreign) {
    for (ProgramRow const& row : foreign.programs.rows()) {
        for (FolderTrace const& trace : row.traces(system).folders) {
            if (trace.form == FolderTrace::Form::registry) continue;
            if (trace.form == FolderTrace::Form::fixed) {
                for (std::string const& folder : folders) {
                    std::string const path = with_slashes(folder);
                    if (!fits_path(trace.at, path) && !fits_path(trace.at, from_home(path))) continue;
                    note_folder(row, folder, "", prove("folders", folder), foreign);
                }
                continue;
            }
            if (!trace.at.starts_with("~/")) continue;
            for (std::string const& user : foreign.snapshot.list("users").names) {
                std::string const path = "users/" + user + trace.at.substr(1);
                Look const look = foreign.snapshot.file(path);
                if (!look.present()) continue;
                for (FoundFolder& found : folders_in(trace, look.bytes)) {
                    note_folder(row, std::move(found.path), std::move(found.account), prove(path, found.line), foreign);
                }
            }
        }
    }
}

}  // namespace keepmum
