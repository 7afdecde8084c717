// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/collect.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <utility>

#include "base/utf8.h"
#include "host/collect/nl80211.h"
#include "host/collect/redact.h"
#include "host/usb_journal.h"
#include "io/clock.h"

namespace keepmum {

namespace {

enum class Take : std::uint8_t { file, big, log, link, list, used };

struct Row {
    Take how;
    std::string_view path;
};

constexpr Row table[] = {
#define TAKE(how, path) {Take::how, path},
#include "host/collect/collect_paths.inc"
#undef TAKE
};

constexpr std::size_t most_file = 256u << 10, most_big = 16u << 20, most_log = 4u << 20, most_total = 96u << 20;
constexpr std::size_t most_names = 20'000, most_paths = 150'000, most_homes = 64;

Seen seen_of_errno(int error) {
    switch (error) {
        case ENOENT: case ENOTDIR: case ESRCH: case ENODEV: case ENXIO: return Seen::absent;
        case EACCES: case EPERM: return Seen::denied;
        default: return Seen::damaged;
    }
}

// Attributes of /sys that have no value now (the carrier of an interface that is down) refuse to be read.
bool has_no_value(int error) { return error == EINVAL || error == ENODATA || error == EOPNOTSUPP; }

bool is_number(std::string_view name) { return !name.empty() && std::all_of(name.begin(), name.end(), is_digit); }

// '*' is any run, "#" digits alone.
bool fits_part(std::string_view pattern, std::string_view name) {
    if (pattern == "#") return is_number(name);
    std::size_t const star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == name;
    std::string_view const before = pattern.substr(0, star), behind = pattern.substr(star + 1);
    if (!name.starts_with(before)) return false;
    bool const last = behind.find('*') == std::string_view::npos;
    if (last) return name.size() >= before.size() + behind.size() && name.ends_with(behind);
    for (std::size_t at = before.size(); at <= name.size(); ++at) {
        if (fits_part(behind, name.substr(at))) return true;
    }
    return false;
}

// A place on the disk and what it is called in the snapshot.
struct Spot {
    std::string real, key;
    unsigned owner = 0;
    bool owned = false;  // below a home folder: only what belongs to its owner is read
};

class Collector {
  public:
    explicit Collector(CollectOptions const& options) : options_(options) {}

    Snapshot run() {
        made_.collector = "keepmum " KEEPMUM_VERSION;
        made_.taken = now_utc();
        utsname names{};
        if (options_.root.empty() && uname(&names) == 0) made_.host = snapshot_name(names.nodename);
        find_homes();
        for (Row const& row : table) take(row.how, row.path);
        for (std::string const& path : options_.more) take(Take::file, path);
        for (std::string const& path : options_.places) take(Take::link, path);
        take_journals();
        if (options_.kernel == CollectOptions::Kernel::asked) {
            Seen seen = Seen::present;
            std::string answer = ask_nl80211(seen);
            if (seen == Seen::present) put("cmd/nl80211.json", std::move(answer), false);
            else made_.put("cmd/nl80211.json", seen);
        }
        return std::move(made_);
    }

  private:
    struct Home {
        std::string name, path;
        unsigned owner;
    };

    // People of /etc/passwd whose home folder is there, and whoever asks.
    void find_homes() {
        Spot const passwd{options_.root + "/etc/passwd", "/etc/passwd"};
        int error = 0;
        bool cut = false;
        std::string const text = read(passwd, most_file, error, cut);
        std::string_view rest = text;
        while (!rest.empty() && homes_.size() < most_homes) {
            std::string_view const line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            std::vector<std::string_view> fields;
            for (std::size_t at = 0; at <= line.size();) {
                std::size_t const colon = std::min(line.find(':', at), line.size());
                fields.push_back(line.substr(at, colon - at));
                at = colon + 1;
            }
            constexpr unsigned first_person = 1000, nobody = 65534;
            if (fields.size() != 7 || !is_number(fields[2]) || fields[2].size() > 9) continue;
            if (fields[5].size() < 2 || fields[5][0] != '/') continue;
            auto const number = static_cast<unsigned>(std::stoul(std::string(fields[2])));
            if (number != 0 && number != geteuid() && (number < first_person || number == nobody)) continue;
            if (fields[0].find('/') != std::string_view::npos || fields[5].find("..") != std::string_view::npos) continue;
            struct stat facts{};
            std::string const folder = options_.root + std::string(fields[5]);
            if (stat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) continue;
            std::string const name = snapshot_name(fields[0]);
            homes_.push_back({name, folder, facts.st_uid});
            made_.put_user(name, snapshot_name(fields[5]));
        }
    }

    void take(Take how, std::string_view path) {
        if (path.starts_with("~/")) {
            for (Home const& home : homes_) walk(how, {home.path, "users/" + home.name, home.owner, true}, path.substr(2));
        } else if (path.starts_with('/')) {
            walk(how, {options_.root, ""}, path.substr(1));
        }
    }

    // `rest` is what is still to go below `at`.
    void walk(Take how, Spot const& at, std::string_view rest) {
        std::size_t const slash = rest.find('/');
        std::string_view const part = rest.substr(0, slash);
        std::string_view const further = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        if (part.find_first_of("*#") == std::string_view::npos) {
            return further.empty() ? take_one(how, below(at, part)) : walk(how, below(at, part), further);
        }
        for (std::string const& name : names_in(at)) {
            if (!fits_part(part, name)) continue;
            if (further.empty()) take_one(how, below(at, name));
            else walk(how, below(at, name), further);
        }
    }

    static Spot below(Spot const& at, std::string_view name) {
        return {at.real + "/" + std::string(name), at.key + "/" + snapshot_name(name), at.owner, at.owned};
    }

    // The names in a folder, put down in the snapshot when first asked for.
    std::vector<std::string> names_in(Spot const& at) {
        std::vector<std::string> names;
        DIR* const folder = opendir(at.real.c_str());
        std::string const key = at.key.empty() ? "/" : at.key;
        if (!folder) {
            if (!made_.entries().contains(key)) made_.put(key, seen_of_errno(errno));
            return names;
        }
        while (dirent const* const entry = readdir(folder)) {
            std::string_view const name = entry->d_name;
            if (name == "." || name == "..") continue;
            if (names.size() >= most_names) break;
            names.emplace_back(name);
        }
        closedir(folder);
        std::sort(names.begin(), names.end());
        if (listed_.insert(key).second) {
            std::vector<std::string> shown;
            for (std::string const& name : names) shown.push_back(hidden(snapshot_name(name)));
            made_.put_folder(hidden(key), std::move(shown));
        }
        return names;
    }

    void take_one(Take how, Spot const& at) {
        if (made_.size() > most_paths) return;
        switch (how) {
            case Take::list: names_in(at); return;
            case Take::link: return take_link(at);
            case Take::used: return take_used(at);
            case Take::file: return take_file(at, most_file);
            case Take::big: return take_file(at, most_big);
            case Take::log: return take_file(at, most_log);
        }
    }

    void take_link(Spot const& at) {
        char target[1024];
        ssize_t const size = readlink(at.real.c_str(), target, sizeof target);
        // EINVAL: it is there and is no link.
        if (size >= 0) put(at.key, std::string(target, static_cast<std::size_t>(size)), false);
        else if (errno == EINVAL) put(at.key, "", false);
        else made_.put(hidden(at.key), seen_of_errno(errno));
    }

    // Of the open files of a process: cameras, sound, sockets.
    void take_used(Spot const& at) {
        DIR* const folder = opendir(at.real.c_str());
        if (!folder) {
            made_.put(at.key, seen_of_errno(errno));
            return;
        }
        std::vector<std::string> kept;
        while (dirent const* const entry = readdir(folder)) {
            char target[128];
            ssize_t const size = readlinkat(dirfd(folder), entry->d_name, target, sizeof target);
            std::string_view const to(target, size > 0 ? static_cast<std::size_t>(size) : 0);
            bool const sensor = to.starts_with("/dev/video") || to.starts_with("/dev/snd/") || to.starts_with("/dev/media");
            bool const wanted = sensor || to.starts_with("socket:[");
            if (!wanted || kept.size() >= 1000) continue;
            kept.emplace_back(entry->d_name);
            put(at.key + "/" + kept.back(), std::string(to), false);
        }
        closedir(folder);
        made_.put_folder(at.key, std::move(kept));
    }

    // Lines of the kernel about USB, out of systemd's journal; its files themselves stay where they are.
    void take_journals() {
        constexpr std::size_t most_journal = 80u << 20, most_journals = 512u << 20;
        constexpr std::string_view key = "cmd/kernel.log";
        UsbJournal journal;
        std::size_t taken = 0;
        int refused = 0;
        for (std::string_view const place : {"/var/log/journal", "/run/log/journal"}) {
            Spot const folder{options_.root + std::string(place), std::string(place)};
            for (std::string const& machine : names_in(folder)) {
                Spot const inside = below(folder, machine);
                for (std::string const& name : names_in(inside)) {
                    if (!name.starts_with("system") || !name.ends_with(".journal") || taken > most_journals) continue;
                    int error = 0;
                    bool cut = false;
                    std::size_t const before = std::exchange(total_, 0);
                    std::string const bytes = read(below(inside, name), most_journal, error, cut);
                    total_ = before;  // what is kept of it is little
                    taken += bytes.size();
                    if (error) refused = error;
                    else journal.add(bytes);
                }
            }
        }
        if (!journal.empty()) put(std::string(key), journal.text(), journal.cut() || refused != 0 || taken > most_journals);
        else made_.put(key, refused ? seen_of_errno(refused) : Seen::absent);
    }

    void take_file(Spot const& at, std::size_t most) {
        int error = 0;
        bool cut = false;
        if (made_.file(hidden(at.key)).present()) return;  // by an earlier row
        std::string bytes = read(at, most, error, cut);
        if (error == 0) put(at.key, std::move(bytes), cut);
        else if (error == EISDIR) names_in(at);
        else
            made_.put(hidden(at.key),
                      has_no_value(error) && at.key.starts_with("/sys/") ? Seen::absent : seen_of_errno(error));
    }

    // The file, or of a log its end. `error` is 0 or says why there is nothing.
    std::string read(Spot const& at, std::size_t most, int& error, bool& cut) {
        int const file = open(at.real.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        struct stat facts{};
        std::string bytes;
        error = file < 0 || fstat(file, &facts) != 0 ? errno : 0;
        if (!error && S_ISDIR(facts.st_mode)) error = EISDIR;
        else if (!error && !S_ISREG(facts.st_mode)) error = EIO;  // a device or a pipe is nothing to read
        // A link in a home folder may lead to what its owner may not read, and whoever asks may.
        else if (!error && at.owned && facts.st_uid != at.owner) error = EACCES;
        if (!error && most == most_log && facts.st_size > static_cast<off_t>(most)) {
            cut = lseek(file, -static_cast<off_t>(most), SEEK_END) >= 0;
        }
        while (!error) {
            char piece[16384];
            ssize_t const got = ::read(file, piece, sizeof piece);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) error = errno;
            if (got <= 0) break;
            bytes.append(piece, static_cast<std::size_t>(got));
            if (bytes.size() <= most) continue;
            bytes.resize(most);
            cut = true;
            break;
        }
        if (file >= 0) close(file);
        total_ += bytes.size();
        if (!error && total_ > most_total) error = EFBIG;
        return bytes;
    }

    std::string hidden(std::string text) const {
        return options_.hide_addresses ? hide_addresses(text, *options_.hide_addresses) : text;
    }

    void put(std::string const& key, std::string bytes, bool cut) {
        std::string clean = redact(key, bytes);
        made_.put(hidden(key), hidden(std::move(clean)), cut);
    }

    CollectOptions const& options_;
    Snapshot made_;
    std::vector<Home> homes_;
    std::set<std::string> listed_;
    std::size_t total_ = 0;
};

}  // namespace

Snapshot collect(CollectOptions const& options) { return Collector(options).run(); }

}  // namespace keepmum
