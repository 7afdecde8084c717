// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/media_past.h"

#include <algorithm>
#include <map>

#include "base/hex.h"
#include "base/utf8.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// Everything after "KEY: " or "KEY=" in a line, up to a comma; "" where it is not there.
std::string_view after(std::string_view line, std::string_view key) {
    std::size_t const at = line.find(key);
    if (at == line.npos) return {};
    std::string_view const rest = line.substr(at + key.size());
    return trim(rest.substr(0, rest.find(',')));
}

// "May  4 10:20:30" of a log that keeps no year: the last such day before `taken`; without that, ISO 8601's "--05-04".
std::string yearless_time(std::string_view line, std::string_view taken) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::size_t const month = months.find(line.substr(0, 3));
    std::optional<std::uint64_t> const day = whole_number(trim(line.substr(4, 2)));
    if (month == months.npos || month % 3 != 0 || !day || *day < 1 || *day > 31) return {};
    auto const two = [](std::size_t value) {
        return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    };
    std::string const date = two(month / 3 + 1) + "-" + two(*day), clock = plain_time(line.substr(7, 8));
    if (clock.empty()) return {};
    std::optional<std::uint64_t> const year = taken.size() >= 10 ? whole_number(taken.substr(0, 4)) : std::nullopt;
    if (!year || *year == 0 || *year > 9999) return "--" + date + "T" + clock;
    bool const before = date <= taken.substr(5, 5);
    std::string digits = std::to_string(before ? *year : *year - 1);
    digits.insert(0, 4 - std::min<std::size_t>(4, digits.size()), '0');
    return digits + "-" + date + "T" + clock;
}

// "2026-05-04T10:20:30…" as it stands, "" for a line of dmesg.
std::string time_of(std::string_view line, std::string_view taken) {
    if (line.size() >= 19 && is_digit(line[0]) && line[4] == '-' && line[7] == '-' && (line[10] == 'T' || line[10] == ' ')) {
        std::string when(line.substr(0, 19));
        when[10] = 'T';
        return plain_time(when);
    }
    bool const old = line.size() >= 15 && is_upper(line[0]) && line[3] == ' ' && line[9] == ':' && line[12] == ':';
    return old ? yearless_time(line, taken) : std::string();
}

// A device while its lines come in, by its port ("1-2").
struct Plugged {
    std::string ids, product, maker, serial, when;
    std::string_view line;
    bool storage = false;
};

// "1-2" of "usb 1-2: New USB device found" and of "usb-storage 1-2:1.0: USB Mass Storage device detected"
std::string_view port_of(std::string_view line, std::string_view word) {
    std::size_t const at = line.find(word);
    if (at == line.npos || (at > 0 && line[at - 1] != ' ' && line[at - 1] != ']')) return {};
    std::string_view const rest = line.substr(at + word.size());
    std::size_t const end = rest.find(':');
    return end == rest.npos || end > 24 || rest.substr(0, end).find_first_not_of("0123456789-.") != rest.npos
               ? std::string_view()
               : rest.substr(0, end);
}

void keep(Plugged const& device, std::string_view path, Known<Past>& known) {
    std::string what = trim(device.maker + " " + device.product).empty()
                           ? "USB " + device.ids
                           : std::string(trim(device.maker + " " + device.product));
    if (what.find(device.ids) == what.npos) what += " (" + device.ids + ")";
    for (Past& past : known.items) {
        if (past.what != what || past.serial != device.serial) continue;
        if (!device.when.empty()) past.last = device.when;
        return;
    }
    add(known, {what, device.serial, device.when, device.when, {}, prove(path, device.line)});
}

// "/media/alice/KINGSTON/x.pdf" → "KINGSTON"; "" where it is not below a place for media.
std::string label_of(std::string_view path) {
    constexpr std::string_view places[] = {"/run/media/", "/media/", "/mnt/"};
    for (std::string_view const place : places) {
        if (!path.starts_with(place)) continue;
        std::string_view rest = path.substr(place.size());
        std::size_t slash = rest.find('/');
        if (slash == rest.npos || slash == 0) return {};
        std::string_view const second = rest.substr(slash + 1);
        std::size_t const next = second.find('/');
        // /media/USER/LABEL/file; /media/LABEL/file and /mnt/LABEL/file
        if (place != "/mnt/" && next != second.npos && next > 0) return made_name(second.substr(0, next));
        return made_name(rest.substr(0, slash));
    }
    return {};
}

// "%E4%B8%AD" → bytes
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int const high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        int const low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void keep_file(std::string_view address, std::string_view when, std::string_view path, Known<Past>& known) {
    constexpr std::string_view scheme = "file://";
    if (!address.starts_with(scheme)) return;
    std::string const file = unescaped(address.substr(scheme.size()));
    std::string const label = label_of(file);
    if (label.empty()) return;
    std::string const shown = made_name(file), time = plain_time(when.substr(0, 20));
    auto at = std::find_if(known.items.begin(), known.items.end(),
                           [&](Past const& past) { return past.what == label && past.serial.empty(); });
    if (at == known.items.end()) {
        if (known.items.size() >= 500) return add(known, {label, "", time, time, {shown}, prove(path, file)});
        add(known, {label, "", time, time, {}, prove(path, file)});
        at = known.items.end() - 1;
    }
    if (!time.empty()) {
        if (at->first.empty() || time < at->first) at->first = time;
        if (time > at->last) at->last = time;
    }
    bool const again = std::find(at->files.begin(), at->files.end(), shown) != at->files.end();
    if (!again && at->files.size() < 100) at->files.push_back(shown);
}

}  // namespace

void parse_kernel_log(std::string_view text, std::string_view path, std::string_view taken, Known<Past>& known) {
    std::map<std::string, Plugged, std::less<>> ports;
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        if (std::string_view const port = port_of(line, "usb "); !port.empty()) {
            if (line.find("New USB device found") != line.npos) {
                if (ports.size() > 4096) ports.clear();
                std::string const ids(std::string(after(line, "idVendor=")) + ":" + std::string(after(line, "idProduct=")));
                ports[std::string(port)] = {made_name(ids), "", "", "", time_of(line, taken), line, false};
                continue;
            }
            auto const at = ports.find(port);
            if (at == ports.end()) continue;
            Plugged& device = at->second;
            if (line.find(": Product: ") != line.npos) device.product = made_name(after(line, ": Product: "));
            if (line.find(": Manufacturer: ") != line.npos) device.maker = made_name(after(line, ": Manufacturer: "));
            if (line.find(": SerialNumber: ") != line.npos) device.serial = made_name(after(line, ": SerialNumber: "));
        }
        for (std::string_view const driver : {"usb-storage ", "uas "}) {
            std::string_view const port = port_of(line, driver);
            auto const at = port.empty() ? ports.end() : ports.find(port);
            if (at == ports.end() || at->second.storage) continue;
            at->second.storage = true;
            if (known.items.size() < 500) keep(at->second, path, known);
            else
                add(known, {"USB " + at->second.ids,
                            at->second.serial,
                            at->second.when,
                            at->second.when,
                            {},
                            prove(path, line)});
        }
    }
}

void parse_recently_used(std::string_view text, std::string_view path, Known<Past>& known) {
    auto const attribute = [](std::string_view element, std::string_view name) {
        std::size_t const at = element.find(name);
        if (at == element.npos) return std::string_view();
        std::string_view const rest = element.substr(at + name.size());
        return rest.substr(0, rest.find('"'));
    };
    for (std::size_t at = text.find("<bookmark "); at != text.npos;) {
        std::size_t const end = std::min(text.find('>', at), text.size());
        std::string_view const element = text.substr(at, end - at);
        std::string_view const modified = attribute(element, " modified=\"");
        keep_file(attribute(element, " href=\""), modified.empty() ? attribute(element, " added=\"") : modified, path,
                  known);
        at = text.find("<bookmark ", end);
    }
}

void parse_recent_document(std::string_view text, std::string_view path, Known<Past>& known) {
    for (Pair const& pair : pairs(text)) {
        if (pair.key.starts_with("URL")) keep_file(pair.value, {}, path, known);
    }
}

void parse_thumbnail(std::string_view png, std::string_view path, Known<Past>& known) {
    constexpr std::string_view key("Thumb::URI\0", 11);
    std::size_t const at = png.find(key);
    if (at == png.npos || at < 8) return;
    std::size_t size = 0;  // of the chunk, in front of its name
    for (std::size_t i = at - 8; i < at - 4; ++i) size = size << 8 | static_cast<unsigned char>(png[i]);
    if (size < key.size() || size > png.size() - at || size > 8192) return;
    keep_file(png.substr(at + key.size(), size - key.size()), {}, path, known);
}

void read_past_media(Snapshot const& snapshot, Machine& machine) {
    Known<Past>& known = machine.past_media;
    for (std::string_view const pattern :
         {"/var/log/kern.log*", "/var/log/syslog*", "/var/log/messages*", "/var/log/dmesg*"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            if (path.ends_with(".gz") || path.ends_with(".xz")) {
                known.unseen.push_back({path, Blank::uncollected});
                continue;
            }
            parse_kernel_log(text_of(snapshot, path, known), path, snapshot.taken, known);
        }
    }
    constexpr std::string_view kernel = "cmd/kernel.log";
    // systemd's journal is what most computers have instead of logs: the collector takes its lines out.
    bool const journal = !snapshot.list("/var/log/journal").names.empty();
    Look const lines = snapshot.file(kernel);
    if (lines.present()) parse_kernel_log(text_of(snapshot, kernel, known), kernel, snapshot.taken, known);
    else if (journal)
        known.unseen.push_back(
            unseen("/var/log/journal", lines.seen).value_or(Unseen{"/var/log/journal", Blank::uncollected}));
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const home = "users/" + user.name + "/";
        std::string const recent = home + ".local/share/recently-used.xbel";
        parse_recently_used(text_of(snapshot, recent, known), recent, known);
        for (std::string const& path : paths_of(snapshot, home + ".local/share/RecentDocuments/*.desktop", known)) {
            parse_recent_document(text_of(snapshot, path, known), path, known);
        }
        // Thumbnails are too many for every snapshot; where somebody took them along they are read.
        for (std::string const& path : snapshot.find(home + ".cache/thumbnails/*/*.png").paths) {
            parse_thumbnail(snapshot.file(path).bytes, path, known);
        }
    }
}

}  // namespace keepmum::linux_host
