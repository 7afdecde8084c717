// Small readers that all Linux files share: lines, words, numbers, "key = value" files.
//
// Everything here is a view into the text it was given; nothing fails, what does not fit is left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/machine.h"
#include "host/snapshot.h"

namespace keepmum::linux_host {

// Without white space at either end.
std::string_view trim(std::string_view text);

// Cuts the first line off `text`; without its line end. Call while !text.empty().
std::string_view next_line(std::string_view& text);

// Cuts the first word off `text`, blanks and tabs around it too; "" where there is none.
std::string_view next_word(std::string_view& text);

// At most `most` words of a line.
std::vector<std::string_view> words(std::string_view line, std::size_t most = 32);

// The whole text is the number, else nothing. Hexadecimal with or without 0x.
std::optional<std::uint64_t> whole_number(std::string_view text);
std::optional<std::uint64_t> hex_number(std::string_view text);

// The bytes of hexadecimal digits, blanks and colons between them; nothing where another character occurs.
std::optional<std::string> hex_bytes(std::string_view text);

// Without one pair of " or ' around it.
std::string_view unquoted(std::string_view text);

// Names that differ by case or by a word around them: whether `text` has `part`, ASCII letters of either case alike.
bool has_word_part(std::string_view text, std::string_view part);

// One "key = value" of a file with [sections] (systemd, NetworkManager, samba, …). Comments begin with # or ;.
struct Pair {
    std::string_view section, key, value, line;
};
std::vector<Pair> pairs(std::string_view text);

// A name for people out of the kernel's or a file's bytes: valid UTF-8, nothing that disguises itself, at most 120 bytes.
std::string made_name(std::string_view bytes);

// Local time of the computer is not known: all times are UTC. "2026-05-04T10:20:30Z"; "" for what is no time of ours.
std::string iso_time(std::int64_t seconds_since_1970);

// `text` where it is written as ISO 8601 writes a time ("2026-05-04T10:20:30Z", or only its beginning), else "".
std::string plain_time(std::string_view text);

// More than this of one kind no computer has: what goes beyond is said, not kept.
constexpr std::size_t most_facts = 5000;

template <class T>
void add(Known<T>& known, T fact) {
    if (known.items.size() < most_facts) return known.items.push_back(std::move(fact));
    Unseen more{fact.proof.path, Blank::damaged};
    if (known.unseen.empty() || known.unseen.back() != more) known.unseen.push_back(std::move(more));
}

// No computer has more devices of one class; what a hostile snapshot has beyond is said, not looked at.
constexpr std::size_t most_devices = 2000;

template <class T>
std::vector<std::string> capped(std::vector<std::string> names, std::string_view folder, Known<T>& known) {
    if (names.size() <= most_devices) return names;
    known.unseen.push_back({std::string(folder), Blank::damaged});
    names.resize(most_devices);
    return names;
}

// The bytes of `path` where it is present and whole, noted in `known` in any case.
template <class T>
std::string_view text_of(Snapshot const& snapshot, std::string_view path, Known<T>& known) {
    Look const look = snapshot.file(path);
    if (!note(known, path, look.seen)) return {};
    if (look.cut) known.unseen.push_back({std::string(path), Blank::damaged});
    return look.bytes;
}

// The names in `folder`, noted likewise.
template <class T>
std::vector<std::string> names_of(Snapshot const& snapshot, std::string_view folder, Known<T>& known) {
    Listing listing = snapshot.list(folder);
    if (!note(known, folder, listing.seen)) return {};
    return std::move(listing.names);
}

// The same where a folder that is not there says nothing: whether anybody looked is said elsewhere.
template <class T>
std::vector<std::string> more_names_of(Snapshot const& snapshot, std::string_view folder, Known<T>& known) {
    Listing listing = snapshot.list(folder);
    if (std::optional<Unseen> blank = unseen(folder, listing.seen)) known.unseen.push_back(std::move(*blank));
    return listing.present() ? capped(std::move(listing.names), folder, known) : std::vector<std::string>();
}

// The paths that fit `pattern`, what could not be seen of them noted.
template <class T>
std::vector<std::string> paths_of(Snapshot const& snapshot, std::string_view pattern, Known<T>& known) {
    Paths found = snapshot.find(pattern);
    note(known, found);
    return std::move(found.paths);
}

}  // namespace keepmum::linux_host
