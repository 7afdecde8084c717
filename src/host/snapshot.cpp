// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/snapshot.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::string_view white = " \t\r\n\v\f";
constexpr std::size_t longest_path = 1024, most_names = 40, longest_proof = 200;

std::string_view trim(std::string_view text) {
    std::size_t const begin = text.find_first_not_of(white);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white) + 1 - begin);
}

// A path that stands for one place alone.
bool is_plain(std::string_view path) {
    if (path.size() > longest_path || path.empty()) return false;
    std::string_view rest = path;
    if (rest.front() == '/') rest.remove_prefix(1);
    for (std::size_t names = 1; names <= most_names; ++names) {
        std::size_t const slash = rest.find('/');
        std::string_view const name = rest.substr(0, slash);
        if (name.empty() || name == "." || name == "..") return false;
        if (slash == std::string_view::npos) return true;
        rest.remove_prefix(slash + 1);
    }
    return false;
}

// "/a/b" → "/a"; "/a" → "/"; "/" and "a" → "".
std::string_view parent_of(std::string_view path) {
    std::size_t const slash = path.rfind('/');
    if (slash == std::string_view::npos || path.size() == 1) return {};
    return path.substr(0, std::max<std::size_t>(slash, 1));
}

// Whether `name` fits `pattern`, '*' being any run; linear but for the usual one step back.
bool fits_name(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = std::string_view::npos, after = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            after = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++after;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

constexpr std::pair<Seen, std::string_view> seen_words[] = {
    {Seen::present, "present"}, {Seen::absent, "absent"}, {Seen::denied, "denied"},
    {Seen::damaged, "damaged"}, {Seen::uncollected, "uncollected"},
};

}  // namespace

std::string_view word(Seen seen) { return seen_words[static_cast<std::size_t>(seen)].second; }

std::optional<Seen> seen_of(std::string_view word) {
    for (auto const& [seen, known] : seen_words) {
        if (word == known) return seen;
    }
    return std::nullopt;
}

bool Snapshot::holds_below(std::string_view folder) const {
    if (folder.empty()) return !entries_.empty() && entries_.rbegin()->first.front() != '/';
    std::string const first = folder.back() == '/' ? std::string(folder) : std::string(folder) + "/";
    auto const at = entries_.lower_bound(first);
    return at != entries_.end() && at->first.starts_with(first);
}

// What is known of a path that has no entry: the nearest folder above that has one says it.
Seen Snapshot::missing(std::string_view path) const {
    for (std::string_view below = path, above = parent_of(path);; below = above, above = parent_of(above)) {
        auto const at = above.empty() && below.front() == '/' ? entries_.end() : entries_.find(above);
        if (at != entries_.end()) {
            Entry const& entry = at->second;
            if (entry.seen != Seen::present) return entry.seen;
            if (!entry.folder) return Seen::absent;  // below a file there is nothing
            std::string_view const name = below.substr(below.rfind('/') + 1);
            bool const named = std::binary_search(entry.names.begin(), entry.names.end(), name);
            return !named ? Seen::absent : otherwise;
        }
        if (above.empty() || above == "/") return otherwise;
    }
}

Look Snapshot::file(std::string_view path) const {
    auto const at = entries_.find(path);
    if (at == entries_.end()) return {path.empty() || holds_below(path) ? Seen::damaged : missing(path), {}, false};
    Entry const& entry = at->second;
    if (entry.folder && entry.seen == Seen::present) return {Seen::damaged, {}, false};  // it ought to be a file
    return {entry.seen, entry.bytes, entry.cut};
}

std::string_view Snapshot::line(std::string_view path) const { return trim(file(path).bytes); }

std::string_view Snapshot::link_end(std::string_view path) const {
    std::string_view const target = line(path);
    return target.substr(target.rfind('/') + 1);
}

bool Snapshot::has(std::string_view path) const {
    auto const at = entries_.find(path);
    if (at != entries_.end()) return at->second.seen == Seen::present;
    if (holds_below(path)) return true;
    auto const above = entries_.find(parent_of(path));
    if (above == entries_.end() || !above->second.folder) return false;
    auto const& names = above->second.names;
    return std::binary_search(names.begin(), names.end(), path.substr(path.rfind('/') + 1));
}

Listing Snapshot::list(std::string_view folder) const {
    Listing listing;
    if (folder.size() > 1 && folder.back() == '/') folder.remove_suffix(1);
    auto const own = entries_.find(folder);
    if (own != entries_.end()) {
        if (own->second.seen != Seen::present) return {own->second.seen, {}};
        if (!own->second.folder) return {Seen::damaged, {}};
        listing.names = own->second.names;
        listing.seen = Seen::present;
    }
    std::string first = folder.empty() || folder == "/" ? std::string(folder) : std::string(folder) + "/";
    for (auto at = entries_.lower_bound(first); at != entries_.end() && at->first.starts_with(first);) {
        std::string_view const rest = std::string_view(at->first).substr(first.size());
        if (rest.empty() || (folder.empty() && rest.front() == '/')) {  // the folder itself; absolute paths
            ++at;
            continue;
        }
        std::string const name(rest.substr(0, rest.find('/')));
        if (at->second.seen != Seen::absent || name.size() != rest.size()) listing.names.push_back(name);
        // On to the next name: '0' follows '/'.
        at = name.size() == rest.size() ? std::next(at) : entries_.lower_bound(first + name + "0");
    }
    std::sort(listing.names.begin(), listing.names.end());
    listing.names.erase(std::unique(listing.names.begin(), listing.names.end()), listing.names.end());
    if (listing.seen != Seen::present) listing.seen = listing.names.empty() ? missing(folder.empty() ? "-" : folder) : Seen::present;
    return listing;
}

Paths Snapshot::find(std::string_view pattern) const {
    Paths found;
    auto const note_look = [&found](std::string const& path, Seen seen) {
        if (std::optional<Unseen> blank = unseen(path, seen)) found.unseen.push_back(std::move(*blank));
        else found.looked = true;
    };
    bool const rooted = pattern.starts_with('/');
    std::vector<std::string> reached = {rooted ? "/" : ""};
    std::string_view rest = pattern.substr(rooted);
    for (bool more = true; more;) {
        std::size_t const slash = rest.find('/');
        std::string_view const part = rest.substr(0, slash);
        more = slash != std::string_view::npos;
        rest = more ? rest.substr(slash + 1) : std::string_view();
        bool const wild = part.find('*') != std::string_view::npos;
        std::vector<std::string> next;
        for (std::string const& folder : reached) {
            std::string const first = folder.empty() || folder == "/" ? folder : folder + "/";
            if (!wild) {
                next.push_back(first + std::string(part));
                continue;
            }
            Listing const listing = list(folder);
            note_look(folder, listing.seen);
            for (std::string const& name : listing.names) {
                if (fits_name(part, name)) next.push_back(first + name);
            }
        }
        reached = std::move(next);
    }
    for (std::string& path : reached) {
        Seen const seen = has(path) ? Seen::present : file(path).seen;
        note_look(path, seen);
        if (seen == Seen::present) found.paths.push_back(std::move(path));
    }
    return found;
}

bool Snapshot::put(std::string_view path, std::string bytes, bool cut) {
    if (!is_plain(path)) return false;
    entries_.insert_or_assign(std::string(path), Entry{Seen::present, false, cut, std::move(bytes), {}});
    return true;
}

bool Snapshot::put(std::string_view path, Seen why) {
    if (!is_plain(path) || why == Seen::present) return false;
    entries_.insert_or_assign(std::string(path), Entry{why, false, false, {}, {}});
    return true;
}

bool Snapshot::put_folder(std::string_view path, std::vector<std::string> names) {
    if (path != "/" && !is_plain(path)) return false;
    std::erase_if(names, [](std::string const& name) { return name.find('/') != std::string::npos || !is_plain(name); });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    entries_.insert_or_assign(std::string(path), Entry{Seen::present, true, false, {}, std::move(names)});
    return true;
}

void Snapshot::put_user(std::string name, std::string home) {
    if (name.find('/') != std::string::npos || !is_plain(name)) return;
    auto const at = std::lower_bound(users_.begin(), users_.end(), name,
                                     [](SnapshotUser const& user, std::string const& other) { return user.name < other; });
    if (at != users_.end() && at->name == name) at->home = std::move(home);
    else users_.insert(at, {std::move(name), std::move(home)});
}

Proof prove(std::string_view path, std::string_view line) {
    std::string shown;
    line = trim(line);
    for (std::size_t at = 0; at < line.size();) {
        CodePoint const point = decode_utf8(line, at);
        std::string piece;
        if (point.value == '\t' || point.value == '\n' || point.value == '\r') piece = " ";
        else append_utf8(piece, point.valid && !is_disguising(point.value) ? point.value : U'\uFFFD');
        if (shown.size() + piece.size() > longest_proof) break;
        shown += piece;
        at += point.length;
    }
    return {std::string(path), std::move(shown)};
}

std::optional<Unseen> unseen(std::string_view path, Seen seen) {
    if (seen == Seen::present || seen == Seen::absent) return std::nullopt;
    Blank const why = seen == Seen::denied ? Blank::denied : seen == Seen::damaged ? Blank::damaged : Blank::uncollected;
    return Unseen{std::string(path), why};
}

std::string snapshot_name(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        CodePoint const point = decode_utf8(name, at);
        if (point.valid && !is_disguising(point.value) && point.value != '\t' && point.value != '\n') {
            out += name.substr(at, point.length);
        } else {
            constexpr char digits[] = "0123456789ABCDEF";
            for (std::size_t i = at; i < at + point.length; ++i) {
                auto const byte = static_cast<unsigned char>(name[i]);
                out += {'%', digits[byte >> 4], digits[byte & 15]};
            }
        }
        at += point.length;
    }
    return out;
}

}  // namespace keepmum
