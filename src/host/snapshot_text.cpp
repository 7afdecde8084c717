// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/snapshot_text.h"

#include <algorithm>

#include "base/base64.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::string_view magic = "keepmum-snapshot 1";
constexpr std::string_view written_as[] = {"text", "bare", "cut", "base64", "cut-base64", "utf16", "folder"};
constexpr std::size_t most_bytes = 64u << 20, most_paths = 200'000;

std::string_view trim(std::string_view text) {
    std::size_t const begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::pair<std::string_view, std::string_view> split(std::string_view text) {
    std::size_t const blank = text.find(' ');
    if (blank == std::string_view::npos) return {text, {}};
    return {text.substr(0, blank), trim(text.substr(blank))};
}

// UTF-8 → UTF-16LE with its mark, line ends as Windows writes them.
std::string as_utf16(std::string_view text) {
    std::string out = "\xFF\xFE";
    auto const put = [&out](unsigned unit) { out += {static_cast<char>(unit & 255), static_cast<char>(unit >> 8)}; };
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        at += point.length;
        if (point.value == '\n') put('\r');
        if (point.value < 0x10000) {
            put(static_cast<unsigned>(point.value));
        } else {
            put(0xD800 + static_cast<unsigned>((point.value - 0x10000) >> 10));
            put(0xDC00 + static_cast<unsigned>((point.value - 0x10000) & 0x3FF));
        }
    }
    return out;
}

class Reader {
  public:
    Reader(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

    Result<SnapshotText> read() {
        if (trim(next()) != magic) return complain("does not begin with '" + std::string(magic) + "'");
        bool expecting = false;
        while (!rest_.empty()) {
            std::string_view const line = next();
            std::string_view const plain = trim(line);
            if (line.starts_with("== ")) {
                TRY(block(trim(line.substr(3))));
                expecting = false;
            } else if (plain.empty() || plain.front() == '#') {
                continue;
            } else if (plain == "-- expect") {
                expecting = true;
            } else if (plain == "-- files") {
                expecting = false;
            } else if (expecting) {
                TRY(expect(plain));
            } else {
                TRY(short_line(line));
            }
            if (made_.snapshot.size() > most_paths) return complain("more than 200,000 paths");
        }
        return std::move(made_);
    }

  private:
    std::string_view next() {
        ++line_;
        std::size_t const end = rest_.find('\n');
        std::string_view const line = rest_.substr(0, end);
        rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
        return line;
    }

    tl::unexpected<Error> complain(std::string what) const {
        return fail(Fault::invalid, std::move(what), std::string(file_) + ":" + std::to_string(line_));
    }

    Result<> expect(std::string_view line) {
        auto const [check, rest] = split(line);
        auto const [answer, words] = split(rest);
        if (answer != "pass" && answer != "fail" && answer != "not-applicable" && answer != "unknown") {
            return complain("expected is CHECK pass, fail, not-applicable or unknown");
        }
        made_.expected.push_back({std::string(check), std::string(answer), std::string(words), line_});
        return {};
    }

    // "PATH = content", or one of the words of the head.
    Result<> short_line(std::string_view line) {
        std::size_t const equals = line.find(" = ");
        Snapshot& snapshot = made_.snapshot;
        if (equals != std::string_view::npos) {
            if (!snapshot.put(trim(line.substr(0, equals)), std::string(trim(line.substr(equals + 3))) + "\n")) {
                return complain("is no path of a snapshot");
            }
            return {};
        }
        auto const [key, value] = split(trim(line));
        if (key == "system" && !value.empty()) snapshot.system = value;
        else if (key == "host") snapshot.host = value;
        else if (key == "taken") snapshot.taken = value;
        else if (key == "collector") snapshot.collector = value;
        else if (key == "user") snapshot.put_user(std::string(split(value).first), std::string(split(value).second));
        else if (key == "otherwise" && value == "absent") snapshot.otherwise = Seen::absent;
        else if (key == "otherwise" && value == "uncollected") snapshot.otherwise = Seen::uncollected;
        else if (key == "otherwise" && value == "denied") snapshot.otherwise = Seen::denied;
        else return complain("'" + std::string(key) + "' is no word of a snapshot; a file is 'PATH = content' or '== PATH'");
        return {};
    }

    // Up to the next line that begins with "== " or "-- ".
    std::string content() {
        std::size_t end = 0;
        while (end < rest_.size() && !rest_.substr(end).starts_with("== ") && !rest_.substr(end).starts_with("-- ")) {
            std::size_t const feed = rest_.find('\n', end);
            ++line_;
            end = feed == std::string_view::npos ? rest_.size() : feed + 1;
        }
        std::string text(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return text;
    }

    // `head` is what stands behind "== ": a path and how its content is written.
    Result<> block(std::string_view head) {
        std::size_t const blank = head.rfind(' ');
        std::string_view how = blank == std::string_view::npos ? std::string_view() : head.substr(blank + 1);
        std::optional<Seen> const seen = seen_of(how);
        bool const state = seen && *seen != Seen::present;
        bool const known = state || std::find(std::begin(written_as), std::end(written_as), how) != std::end(written_as);
        std::string_view const path = known ? trim(head.substr(0, blank)) : head;
        if (!known) how = {};
        std::size_t const here = line_;
        bool taken = false;
        if (state) {
            taken = made_.snapshot.put(path, *seen);
        } else {
            std::string text = content();
            if (how == "folder") {
                taken = made_.snapshot.put_folder(path, names_of(text));
            } else if (how.ends_with("base64")) {
                std::optional<std::string> bytes = decode_base64(text);
                if (!bytes) return complain("is no base64");
                taken = made_.snapshot.put(path, std::move(*bytes), how.starts_with("cut"));
            } else if (how == "utf16") {
                taken = made_.snapshot.put(path, as_utf16(text));
            } else {
                if (how == "bare" && text.ends_with('\n')) text.pop_back();
                taken = made_.snapshot.put(path, std::move(text), how == "cut");
            }
        }
        if (taken) return {};
        line_ = here;
        return complain("'" + std::string(path) + "' is no path of a snapshot");
    }

    static std::vector<std::string> names_of(std::string_view text) {
        std::vector<std::string> names;
        while (!text.empty()) {
            std::size_t const end = text.find('\n');
            std::string_view name = text.substr(0, end);
            if (name.ends_with('\r')) name.remove_suffix(1);
            if (!name.empty()) names.emplace_back(name);
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        }
        return names;
    }

    std::string_view rest_, file_;
    std::size_t line_ = 0;
    SnapshotText made_;
};

// Whether a block can hold the bytes as they are.
bool is_plain_block(std::string_view bytes) {
    if (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos || bytes.find('\r') != std::string_view::npos) return false;
    return !bytes.starts_with("== ") && !bytes.starts_with("-- ") && bytes.find("\n== ") == std::string_view::npos &&
           bytes.find("\n-- ") == std::string_view::npos;
}

}  // namespace

bool is_snapshot_text(std::string_view bytes) { return bytes.starts_with(magic); }

Result<SnapshotText> read_snapshot_text(std::string_view text, std::string_view file) {
    if (text.size() > most_bytes) return fail(Fault::invalid, "a snapshot of more than 64 MiB", std::string(file));
    return Reader(text, file).read();
}

std::string print_snapshot_text(Snapshot const& snapshot) {
    std::string out = std::string(magic) + "\n";
    auto const head = [&out](std::string_view key, std::string_view value) {
        if (!value.empty()) out += std::string(key) + " " + std::string(value) + "\n";
    };
    head("system", snapshot.system);
    head("host", snapshot_name(snapshot.host));
    head("taken", snapshot.taken);
    head("collector", snapshot.collector);
    head("otherwise", word(snapshot.otherwise));
    for (SnapshotUser const& user : snapshot.users()) head("user", user.name + " " + user.home);
    for (auto const& [path, entry] : snapshot.entries()) {
        out += "== " + path;
        if (entry.seen != Seen::present) {
            out += " " + std::string(word(entry.seen)) + "\n";
        } else if (entry.folder) {
            out += " folder\n";
            for (std::string const& name : entry.names) out += name + "\n";
        } else {
            bool const ended = entry.bytes.empty() || entry.bytes.ends_with('\n');
            bool const plain = is_plain_block(entry.bytes) && (ended || !entry.cut);
            out += !plain ? (entry.cut ? " cut-base64" : " base64") : entry.cut ? " cut" : ended ? " text" : " bare";
            out += "\n" + (plain ? entry.bytes : encode_base64(entry.bytes)) + (plain && ended ? "" : "\n");
        }
    }
    return out;
}

}  // namespace keepmum
