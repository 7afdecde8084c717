// Proxies and tunnels: where traffic goes by way of somebody else, past a firewall that watches the usual ways.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/tree.h"
#include "base/utf8.h"
#include "format/gvdb/gvdb.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// "http_proxy=", "HTTPS_PROXY=", "export all_proxy=" and the like, with something behind it.
void read_environment(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        std::string_view plain = line;
        if (plain.starts_with("export ")) plain = trim(plain.substr(7));
        std::size_t const equal = plain.find('=');
        if (equal == plain.npos || plain.starts_with('#')) continue;
        std::string const key = ascii_lower(plain.substr(0, equal));
        std::string_view const value = unquoted(trim(plain.substr(equal + 1)));
        if (key != "http_proxy" && key != "https_proxy" && key != "all_proxy" && key != "ftp_proxy" &&
            key != "socks_proxy")
            continue;
        if (!value.empty()) add(known, {"proxy.environment", made_name(value), prove(path, line)});
    }
}

// apt.conf(5): Acquire::http::Proxy "http://…"; DIRECT is none.
void read_apt(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        if (line.starts_with("//") || line.starts_with('#') || !has_word_part(line, "acquire::") ||
            !has_word_part(line, "proxy"))
            continue;
        std::size_t const open = line.find('"'), close = line.rfind('"');
        if (open == line.npos || close <= open + 1) continue;
        std::string_view const value = line.substr(open + 1, close - open - 1);
        if (!equal_ascii_case(value, "DIRECT")) add(known, {"proxy.apt", made_name(value), prove(path, line)});
    }
}

void read_desktop(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::optional<std::vector<GvdbEntry>> const entries = read_gvdb(text_of(snapshot, path, known));
    std::string mode, host, script;
    for (GvdbEntry const& entry : entries.value_or(std::vector<GvdbEntry>())) {
        std::string const text = made_name(gvdb_text(entry));
        if (entry.key == "/system/proxy/mode") mode = text;
        if (entry.key == "/system/proxy/autoconfig-url") script = text;
        if ((entry.key == "/system/proxy/http/host" || entry.key == "/system/proxy/socks/host") && !text.empty())
            host = text;
    }
    if (mode == "manual") add(known, {"proxy.desktop", host, prove(path, "/system/proxy/mode = manual " + host)});
    if (mode == "auto") add(known, {"proxy.desktop", script, prove(path, "/system/proxy/mode = auto " + script)});
}

// Policies of Firefox ("policies": {"Proxy": {"Mode", "HTTPProxy", …}}) and Chromium ("ProxyMode", "ProxyServer", "ProxySettings").
void read_browser(Snapshot const& snapshot, std::string const& path, Known<Setting>& known) {
    std::string_view const bytes = text_of(snapshot, path, known);
    if (bytes.empty()) return;
    Result<Tree> const tree = parse_json(bytes, path, 32);
    if (!tree || !tree->is(Tree::Kind::table)) return known.unseen.push_back({path, Blank::damaged});
    auto const say = [&](Tree const* table, std::string_view mode_key, std::initializer_list<std::string_view> keys) {
        Tree const* const mode = table ? table->find(mode_key) : nullptr;
        bool const off = mode && (mode->string() == "none" || mode->string() == "direct" || mode->string() == "system");
        if (!table || off) return;
        for (std::string_view const key : keys) {
            Tree const* const value = table->find(key);
            if (!value || value->string().empty()) continue;
            add(known, {"proxy.browser", made_name(value->string()),
                        prove(path, std::string(key) + ": " + value->string())});
            return;
        }
    };
    Tree const* const policies = tree->find("policies");
    say(policies ? policies->find("Proxy") : nullptr, "Mode", {"HTTPProxy", "SSLProxy", "SOCKSProxy", "AutoConfigURL"});
    say(&*tree, "ProxyMode", {"ProxyServer", "ProxyPacUrl"});
    say(tree->find("ProxySettings"), "ProxyMode", {"ProxyServer", "ProxyPacUrl"});
}

void read_keyfile_tunnels(Snapshot const& snapshot, Known<Setting>& known) {
    for (std::string const& path : paths_of(snapshot, "/etc/NetworkManager/system-connections/*", known)) {
        std::string name;
        std::string_view kind, service;
        for (Pair const& pair : pairs(snapshot.file(path).bytes)) {
            if (pair.section == "connection" && pair.key == "id") name = made_name(pair.value);
            if (pair.section == "connection" && pair.key == "type") kind = pair.value;
            if (pair.section == "vpn" && pair.key == "service-type") service = pair.value.substr(pair.value.rfind('.') + 1);
        }
        if (kind != "vpn" && kind != "wireguard" && kind != "tun" && kind != "ip-tunnel") continue;
        std::string const shown = name + (service.empty() ? std::string() : " (" + made_name(service) + ")");
        add(known, {"tunnel.networkmanager", shown, prove(path, "type=" + std::string(kind) + " " + shown)});
    }
}

std::string file_name(std::string_view path) { return made_name(path.substr(path.rfind('/') + 1)); }

}  // namespace

void read_proxies(Snapshot const& snapshot, Machine& machine) {
    Known<Setting>& known = machine.settings;
    read_environment(snapshot, "/etc/environment", known);
    for (std::string const& path : paths_of(snapshot, "/etc/profile.d/*.sh", known)) read_environment(snapshot, path, known);
    read_apt(snapshot, "/etc/apt/apt.conf", known);
    for (std::string const& path : paths_of(snapshot, "/etc/apt/apt.conf.d/*", known)) read_apt(snapshot, path, known);
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const home = "users/" + user.name + "/";
        for (std::string_view const name : {".profile", ".bashrc"})
            read_environment(snapshot, home + std::string(name), known);
        for (std::string const& path : paths_of(snapshot, home + ".config/environment.d/*.conf", known))
            read_environment(snapshot, path, known);
        read_desktop(snapshot, home + ".config/dconf/user", known);
    }
    for (std::string_view const pattern :
         {"/etc/opt/chrome/policies/managed/*.json", "/etc/chromium/policies/managed/*.json",
          "/etc/firefox/policies/policies.json", "/usr/lib/firefox/distribution/policies.json"}) {
        for (std::string const& path : paths_of(snapshot, pattern, known)) read_browser(snapshot, path, known);
    }
}

void read_tunnels(Snapshot const& snapshot, Machine& machine) {
    Known<Setting>& known = machine.settings;
    for (Interface const& interface : machine.interfaces.items) {
        if (interface.link != Link::tunnel || (!interface.up && !interface.carrier)) continue;
        add(known, {"tunnel.interface", interface.name, interface.proof});
    }
    constexpr std::pair<std::string_view, std::string_view> files[] = {
        {"tunnel.wireguard", "/etc/wireguard/*.conf"},      {"tunnel.openvpn", "/etc/openvpn/*.conf"},
        {"tunnel.openvpn", "/etc/openvpn/client/*.conf"},   {"tunnel.openvpn", "/etc/openvpn/server/*.conf"},
        {"tunnel.program", "/etc/frp/frpc.*"},              {"tunnel.program", "/etc/cloudflared/config.yml"},
    };
    for (auto const& [name, pattern] : files) {
        for (std::string const& path : paths_of(snapshot, pattern, known))
            add(known, {std::string(name), file_name(path), prove(path, file_name(path))});
    }
    constexpr std::pair<std::string_view, std::string_view> states[] = {
        {"/var/lib/tailscale", "tailscaled.state"}, {"/var/lib/zerotier-one", "identity.public"}};
    for (auto const& [folder, file] : states) {
        std::vector<std::string> const names = more_names_of(snapshot, folder, known);
        if (std::find(names.begin(), names.end(), file) == names.end()) continue;
        add(known, {"tunnel.program", file_name(folder), prove(std::string(folder) + "/" + std::string(file), file)});
    }
    read_keyfile_tunnels(snapshot, known);
}

}  // namespace keepmum::linux_host
