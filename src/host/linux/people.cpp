// Who can log in here, and which keys and certificates are trusted: passwd(5), group(5), sudoers(5), authorized_keys, the host's
// own keys, certificates that the administrator added. Secret keys are never read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "base/base64.h"
#include "base/hash.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// The parts of "a:b:c".
std::vector<std::string_view> fields(std::string_view line) {
    std::vector<std::string_view> all;
    while (all.size() < 16) {
        std::size_t const colon = line.find(':');
        all.push_back(line.substr(0, colon));
        if (colon == line.npos) break;
        line.remove_prefix(colon + 1);
    }
    return all;
}

// Names of people, and numbers of groups, that may become root.
struct Rights {
    std::set<std::string, std::less<>> people, groups, numbers;
};

void read_sudoers(Snapshot const& snapshot, std::string const& path, Rights& rights, Known<Account>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty() && rights.people.size() + rights.groups.size() < 2000) {
        std::string_view line = trim(next_line(text));
        if (line.starts_with('#') || line.starts_with('@') || line.find('=') == line.npos) continue;
        std::string_view const who = next_word(line);
        if (who == "Defaults" || who.starts_with("Defaults") || who.ends_with("_Alias")) continue;
        if (who.starts_with('%')) rights.groups.emplace(who.substr(1));
        else rights.people.emplace(who);
    }
}

Rights read_rights(Snapshot const& snapshot, Known<Account>& known) {
    Rights rights;
    rights.groups = {"sudo", "wheel", "admin"};
    read_sudoers(snapshot, "/etc/sudoers", rights, known);
    for (std::string const& path : paths_of(snapshot, "/etc/sudoers.d/*", known))
        read_sudoers(snapshot, path, rights, known);
    std::string_view text = text_of(snapshot, "/etc/group", known);
    while (!text.empty()) {
        std::vector<std::string_view> const part = fields(next_line(text));
        if (part.size() < 4 || !rights.groups.contains(part[0])) continue;
        rights.numbers.emplace(part[2]);
        for (std::string_view rest = part[3]; !rest.empty() && rights.people.size() < 5000;) {
            std::size_t const end = std::min(rest.find(','), rest.size());
            rights.people.emplace(trim(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return rights;
}

std::string fingerprint_of(std::string_view bytes) {
    std::string const digits = sha256_hex(bytes);
    std::string raw = hex_bytes(digits).value_or(std::string());
    std::string text = encode_base64(raw);
    while (!text.empty() && text.back() == '=') text.pop_back();  // as ssh-keygen -l prints it
    return "SHA256:" + text;
}

// "[options] type base64 [comment]" of authorized_keys(8) and NAME.pub.
void read_keys(Snapshot const& snapshot, std::string const& path, std::string const& kind, std::string const& whose,
               Known<Credential>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view line = trim(next_line(text));
        if (line.empty() || line.starts_with('#')) continue;
        for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
            bool const type = word.starts_with("ssh-") || word.starts_with("ecdsa-") || word.starts_with("sk-");
            if (!type) continue;
            std::string_view const key = next_word(line);
            std::optional<std::string> const bytes = decode_base64(key);
            if (!bytes || bytes->empty()) {
                known.unseen.push_back({path, Blank::damaged});
                break;
            }
            std::string const name = whose + (trim(line).empty() ? "" : " " + made_name(line));
            std::string const print = fingerprint_of(*bytes);
            add(known, {kind, name, print, prove(path, std::string(word) + " " + print + " " + name)});
            break;
        }
    }
}

// The certificates of a PEM file (RFC 7468).
void read_certificates(Snapshot const& snapshot, std::string const& path, Known<Credential>& known) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
    std::string_view text = text_of(snapshot, path, known);
    for (std::size_t at = text.find(begin); at != text.npos;) {
        std::size_t const close = text.find(end, at);
        if (close == text.npos) return known.unseen.push_back({path, Blank::damaged});
        std::optional<std::string> const bytes = decode_base64(text.substr(at + begin.size(), close - at - begin.size()));
        if (!bytes) return known.unseen.push_back({path, Blank::damaged});
        std::string const name = made_name(path.substr(path.rfind('/') + 1));
        add(known, {"ca", name, "SHA256:" + sha256_hex(*bytes), prove(path, name)});
        at = text.find(begin, close);
    }
}

}  // namespace

void read_accounts(Snapshot const& snapshot, Machine& machine) {
    constexpr std::string_view path = "/etc/passwd";
    Known<Account>& known = machine.accounts;
    std::string_view text = text_of(snapshot, path, known);
    Rights const rights = read_rights(snapshot, known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = fields(line);
        if (part.size() < 7 || part[0].empty()) continue;
        Account account{made_name(part[0])};
        account.may_administer = part[2] == "0" || rights.people.contains(part[0]) || rights.numbers.contains(part[3]);
        account.can_log_in = !part[6].ends_with("/nologin") && !part[6].ends_with("/false") && !part[6].ends_with("/sync");
        account.proof = prove(path, account.name + ":" + std::string(part[2]) + ":" + std::string(part[6]));
        add(known, std::move(account));
    }
}

void read_credentials(Snapshot const& snapshot, Machine& machine) {
    Known<Credential>& known = machine.credentials;
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const home = "users/" + user.name + "/.ssh/";
        for (std::string_view const name : {"authorized_keys", "authorized_keys2"}) {
            read_keys(snapshot, home + std::string(name), "ssh", user.name, known);
        }
    }
    for (std::string const& path : paths_of(snapshot, "/etc/ssh/*.pub", known))
        read_keys(snapshot, path, "ssh-host", "", known);
    for (std::string_view const pattern :
         {"/usr/local/share/ca-certificates/*", "/usr/local/share/ca-certificates/*/*",
          "/etc/pki/ca-trust/source/anchors/*", "/etc/ca-certificates/trust-source/anchors/*"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) {
            if (!snapshot.list(path).present()) read_certificates(snapshot, path, known);
        }
    }
}

}  // namespace keepmum::linux_host
