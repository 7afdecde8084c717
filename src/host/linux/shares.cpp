// Folders that others can reach: smb.conf(5) and usershares, exports(5), Avahi, DLNA, FTP; sshfs mounts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

bool says_yes(std::string_view value) {
    return equal_ascii_case(value, "yes") || equal_ascii_case(value, "true") || equal_ascii_case(value, "y") || value == "1";
}

// Debian's libraries bring an smb.conf along: it shares something only where the server is there.
bool samba_serves(Snapshot const& snapshot, Machine const& machine) {
    auto const& services = machine.services.items;
    auto const& listeners = machine.listeners.items;
    bool const service = std::any_of(services.begin(), services.end(), [](Service const& one) {
        return one.enabled &&
               (one.name.starts_with("smbd") || one.name.starts_with("smb.") || one.name.starts_with("samba"));
    });
    bool const port = std::any_of(listeners.begin(), listeners.end(),
                                  [](Listener const& one) { return one.port == 445 || one.port == 139; });
    return service || port || snapshot.has("/usr/sbin/smbd");
}

void read_samba(Snapshot const& snapshot, Known<Share>& known) {
    constexpr std::string_view path = "/etc/samba/smb.conf";
    Share share;
    bool off = false;
    std::string_view section;
    auto const finish = [&] {
        bool const real = !section.empty() && !equal_ascii_case(section, "global") && !equal_ascii_case(section, "print$") &&
                          !equal_ascii_case(section, "printers");
        if (real && !off) {
            share.kind = "smb";
            share.name = made_name(section);
            share.proof =
                prove(path, "[" + std::string(section) + "] " + share.path + (share.open_to_all ? " (guest)" : ""));
            add(known, share);
        }
        share = {};
        off = false;
    };
    for (Pair const& pair : pairs(text_of(snapshot, path, known))) {
        if (pair.section.data() != section.data()) {
            finish();
            section = pair.section;
        }
        if (equal_ascii_case(pair.key, "path")) share.path = made_name(pair.value);
        if (equal_ascii_case(pair.key, "available")) off = !says_yes(pair.value);
        if (equal_ascii_case(pair.key, "guest ok") || equal_ascii_case(pair.key, "public"))
            share.open_to_all = says_yes(pair.value);
    }
    finish();
    for (std::string const& file : paths_of(snapshot, "/var/lib/samba/usershares/*", known)) {
        Share one{"smb", {}, made_name(file.substr(file.rfind('/') + 1))};
        for (Pair const& pair : pairs(text_of(snapshot, file, known))) {
            if (pair.key == "path") one.path = made_name(pair.value);
            if (pair.key == "guest_ok") one.open_to_all = says_yes(pair.value);
        }
        one.proof = prove(file, one.name + " " + one.path + (one.open_to_all ? " (guest)" : ""));
        add(known, std::move(one));
    }
}

void read_exports(Snapshot const& snapshot, std::string const& path, Known<Share>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        std::vector<std::string_view> const part = words(line);
        if (part.empty() || part[0].starts_with('#') || part[0].find('/') == part[0].npos) continue;
        bool all = part.size() == 1;  // no host named: everybody
        for (std::size_t i = 1; i < part.size(); ++i)
            all = all || part[i].starts_with('*') || part[i].starts_with("0.0.0.0/0") || part[i].starts_with('(');
        add(known, {"nfs", made_name(unquoted(part[0])), {}, all, prove(path, line)});
    }
}

void read_avahi(Snapshot const& snapshot, Known<Share>& known) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {"_smb._tcp", "smb"}, {"_nfs._tcp", "nfs"}, {"_webdav._tcp", "webdav"}, {"_webdavs._tcp", "webdav"},
        {"_afpovertcp._tcp", "afp"}, {"_ftp._tcp", "ftp"}, {"_sftp-ssh._tcp", "sftp"}};
    for (std::string const& path : paths_of(snapshot, "/etc/avahi/services/*.service", known)) {
        std::string_view const text = text_of(snapshot, path, known);
        for (auto const& [type, kind] : types) {
            if (text.find(">" + std::string(type) + "<") == text.npos) continue;
            add(known, {std::string(kind), {}, made_name(path.substr(path.rfind('/') + 1)), false, prove(path, type)});
        }
    }
}

void read_servers(Snapshot const& snapshot, Known<Share>& known) {
    constexpr std::string_view dlna = "/etc/minidlna.conf", ftp = "/etc/vsftpd.conf";
    for (Pair const& pair : pairs(text_of(snapshot, dlna, known))) {
        if (pair.key == "media_dir") add(known, {"dlna", made_name(pair.value), {}, true, prove(dlna, pair.line)});
    }
    std::string_view const settings = text_of(snapshot, ftp, known);
    if (snapshot.file(ftp).present()) {
        bool anonymous = false;
        for (Pair const& pair : pairs(settings))
            anonymous = pair.key == "anonymous_enable" ? says_yes(pair.value) : anonymous;
        add(known, {"ftp", {}, "vsftpd", anonymous, prove(ftp, anonymous ? "anonymous_enable=YES" : "vsftpd")});
    }
    constexpr std::string_view mounts_at = "/proc/mounts";
    for (std::string_view mounts = snapshot.file(mounts_at).bytes; !mounts.empty();) {
        std::string_view const line = next_line(mounts);
        std::vector<std::string_view> const part = words(line, 4);
        if (part.size() < 3) continue;
        bool const remote = part[2] == "fuse.sshfs" || part[2] == "davfs" || part[2] == "fuse.davfs2" || part[2] == "cifs" ||
                            part[2] == "smb3" || part[2] == "nfs" || part[2] == "nfs4" || part[2] == "fuse.curlftpfs";
        if (remote)
            add(known, {"mount " + made_name(part[2]), made_name(part[1]), made_name(part[0]), false,
                        prove(mounts_at, line)});
    }
}

}  // namespace

void read_shares(Snapshot const& snapshot, Machine& machine) {
    Known<Share>& known = machine.shares;
    if (samba_serves(snapshot, machine)) read_samba(snapshot, known);
    for (std::string_view const path : {"/etc/exports", "/proc/fs/nfsd/exports"})
        read_exports(snapshot, std::string(path), known);
    for (std::string const& path : paths_of(snapshot, "/etc/exports.d/*.exports", known))
        read_exports(snapshot, path, known);
    read_avahi(snapshot, known);
    read_servers(snapshot, known);
}

}  // namespace keepmum::linux_host
