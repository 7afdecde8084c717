// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/manifest.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::string_view heading = "keepmum register 1\n";
constexpr std::string_view check_word = "check ";

std::string check_of(std::string_view lines, RegisterKey const& key) {
    return fingerprint(key.derive("manifest"), "manifest", lines, 16);
}

bool read_whole(std::string_view text, int base, std::uint64_t& out) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    return error == std::errc() && end == text.data() + text.size();
}

bool read_line(std::string_view line, Manifest& manifest) {
    std::size_t const blank = line.find(' ');
    if (blank == line.npos) return false;
    std::string_view const word = line.substr(0, blank), value = line.substr(blank + 1);
    std::uint64_t number = 0;
    if (word == "generation") return read_whole(value, 10, manifest.generation);
    if (value.size() != 16 || !read_whole(value, 16, number)) return false;
    if (word == "segment") manifest.segments.push_back(std::string(segment_prefix) + std::string(value));
    else if (word == "removed") manifest.removed.insert(number);
    else return false;
    return true;
}

}  // namespace

std::string print_manifest(Manifest const& manifest, RegisterKey const& key) {
    std::string text(heading);
    text += "key " + key.check() + "\ngeneration " + std::to_string(manifest.generation) + "\n";
    for (std::string const& name : manifest.segments) text += "segment " + name.substr(segment_prefix.size()) + "\n";
    for (std::uint64_t id : manifest.removed) {
        char line[32];
        std::snprintf(line, sizeof line, "removed %016llx\n", static_cast<unsigned long long>(id));
        text += line;
    }
    return text + std::string(check_word) + check_of(text, key) + "\n";
}

Result<Manifest> read_manifest(std::string_view text, RegisterKey const& key, std::string const& file) {
    auto const damaged = [&file] { return fail(Fault::invalid, "the register's list of segments is damaged", file); };
    if (!text.starts_with(heading)) return damaged();
    std::string_view rest = text.substr(heading.size());
    std::string const key_line = "key " + key.check() + "\n";
    if (!rest.starts_with("key ") || rest.size() < key_line.size()) return damaged();
    if (!rest.starts_with(key_line)) return fail(Fault::denied, "the register was made under another key", file);
    rest.remove_prefix(key_line.size());
    Manifest manifest;
    while (!rest.empty()) {
        std::size_t const end = rest.find('\n');
        if (end == rest.npos) return damaged();
        std::string_view const line = rest.substr(0, end);
        if (line.starts_with(check_word)) {
            std::string_view const above = text.substr(0, static_cast<std::size_t>(line.data() - text.data()));
            if (end + 1 != rest.size() || line.substr(check_word.size()) != check_of(above, key)) return damaged();
            return manifest;
        }
        if (!read_line(line, manifest)) return damaged();
        rest.remove_prefix(end + 1);
    }
    return damaged();
}

Result<Manifest> load_manifest(std::string const& folder, RegisterKey const& key) {
    std::string const path = folder + "/" + std::string(manifest_name);
    Result<std::string> const text = read_file(path, 1u << 30);
    if (text) return read_manifest(*text, key, path);
    if (text.error().fault != Fault::not_found) return tl::unexpected(text.error());
    std::vector<std::string> const names = list_folder(folder);
    bool const orphans = std::any_of(names.begin(), names.end(), [](std::string const& name) { return name.starts_with(segment_prefix); });
    if (orphans) return fail(Fault::invalid, "the register's list of segments is missing", path);
    return Manifest();
}

}  // namespace keepmum
