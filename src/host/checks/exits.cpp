// Clouds, chats, remote control, shares, proxies, tunnels: where data goes out of a computer by way of its programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/checks/answers.h"
#include "host/checks/exits.h"

namespace keepmum {
namespace {

std::string with_state(std::string const& name, Program const& program, Language language) {
    std::string const state = state_of(program, language);
    return language == Language::zh ? name + "（" + state + "）" : name + " (" + state + ")";
}

bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Program const* program_of(Machine const& machine, std::string_view id) {
    for (Program const& program : machine.programs.items) {
        if (program.id == id) return &program;
    }
    return nullptr;
}

// The most urgent first: what is at work now before what only lies there.
int urgency_of(Program const& program) {
    return program.connected ? 4 : program.listening ? 3 : program.running ? 2 : program.starts_itself ? 1 : 0;
}

void gather_programs(Machine const& machine, std::initializer_list<std::string_view> kinds, Gathered& found) {
    std::vector<Program const*> programs;
    for (Program const& program : machine.programs.items) {
        if (is_one_of(program.kind, kinds)) programs.push_back(&program);
    }
    std::stable_sort(programs.begin(), programs.end(), [](Program const* a, Program const* b) { return urgency_of(*a) > urgency_of(*b); });
    for (Program const* program : programs) {
        found.add(with_state(program->en, *program, Language::en), with_state(program->zh, *program, Language::zh), program->proof);
    }
}

void gather_folders(Machine const& machine, std::initializer_list<std::string_view> kinds, Gathered& found) {
    for (SyncedFolder const& folder : machine.folders.items) {
        Program const* const program = program_of(machine, folder.program);
        if (program == nullptr || !is_one_of(program->kind, kinds)) continue;
        found.add(folder.path, folder.proof);
    }
}

// Nothing was found: what could not be seen of programs and of the folders that they take.
std::vector<Unseen> missing_programs(Machine const& machine) {
    std::vector<Unseen> missing = missing_of(machine.programs, "installed programs");
    for (Unseen const& unseen : machine.folders.unseen) {
        if (std::find(missing.begin(), missing.end(), unseen) == missing.end()) missing.push_back(unseen);
    }
    return missing;
}

// Programs of these kinds and the folders they take; `en`, `zh` say what they do.
Answered ask_carriers(Machine const& machine, std::initializer_list<std::string_view> kinds, Bilingual what, Bilingual none) {
    Gathered programs, folders;
    gather_programs(machine, kinds, programs);
    gather_folders(machine, kinds, folders);
    if (programs.empty() && folders.empty()) {
        std::vector<Unseen> missing = missing_programs(machine);
        if (missing.empty()) return answer_pass(std::string(none.en), std::string(none.zh));
        return answer_unknown("no such program was seen, but not every place could be looked at",
                              "没有看到这类程序，但有些位置无法查看", std::move(missing));
    }
    std::string en = std::string(what.en) + programs.en(), zh = std::string(what.zh) + programs.zh();
    if (!folders.empty()) {
        en += "; folders: " + folders.en();
        zh += "；涉及文件夹：" + folders.zh();
    }
    std::vector<Proof> proofs = programs.proofs();
    proofs.insert(proofs.end(), folders.proofs().begin(), folders.proofs().end());
    return answer_fail(std::move(en), std::move(zh), std::move(proofs));
}

}  // namespace

Answered ask_clouds(Machine const& machine) {
    return ask_carriers(machine, {"sync"}, {"these copy files to a cloud or to other computers: ", "以下程序会把文件同步到网盘或其他电脑："},
                        {"no program that copies folders elsewhere is installed", "没有安装网盘或同步类程序"});
}

Answered ask_chats(Machine const& machine) {
    return ask_carriers(machine, {"chat", "mail", "transfer", "assistant"},
                        {"these can send files to people or services: ", "以下程序可以把文件发给别人或在线服务："},
                        {"no chat, mail, AI or transfer program is installed", "没有安装聊天、邮件、人工智能或文件互传类程序"});
}

namespace {

struct RemotePort {
    unsigned first, last;
    std::string_view en, zh;
};

// IANA registrations, and the defaults of the programs (packs/host/programs.toml).
constexpr RemotePort remote_ports[] = {
    {22, 22, "SSH", "SSH"},           {23, 23, "Telnet", "Telnet"},           {512, 514, "rsh, rlogin", "rsh、rlogin"},
    {3389, 3389, "Remote Desktop", "远程桌面"}, {4899, 4899, "Radmin", "Radmin"}, {5900, 5910, "VNC", "VNC"},
    {5938, 5938, "TeamViewer", "TeamViewer"},   {5985, 5986, "WinRM", "WinRM"},   {7070, 7070, "AnyDesk", "AnyDesk"},
    {21115, 21119, "RustDesk", "RustDesk"},     {5555, 5555, "Android debugging", "Android 调试"},
};

void gather_remote_ports(Machine const& machine, Gathered& found) {
    for (Listener const& listener : machine.listeners.items) {
        if (!listener.outside || !listener.protocol.starts_with("tcp")) continue;
        for (RemotePort const& port : remote_ports) {
            if (listener.port < port.first || listener.port > port.last) continue;
            std::string const number = std::to_string(listener.port);
            found.add("port " + number + " open (" + std::string(port.en) + ")",
                      "端口 " + number + " 开放（" + std::string(port.zh) + "）", listener.proof);
        }
    }
}

}  // namespace

Answered ask_remote_control(Machine const& machine) {
    Gathered found;
    gather_programs(machine, {"remote"}, found);
    if (Setting const* const desktop = setting_of(machine, "remote.desktop"); desktop != nullptr && desktop->value == "on") {
        found.add("Remote Desktop of the system is switched on", "系统自带的远程桌面已打开", desktop->proof);
    }
    if (Setting const* const login = setting_of(machine, "remote.login"); login != nullptr && login->value == "on") {
        found.add("remote login is switched on", "远程登录已打开", login->proof);
    }
    gather_remote_ports(machine, found);
    std::size_t keys = 0;
    for (Credential const& credential : machine.credentials.items) keys += credential.kind == "ssh" ? 1 : 0;
    if (!found.empty()) {
        std::string en = "others can get in or look in: " + found.en(), zh = "别人可以远程进入或查看这台电脑：" + found.zh();
        if (keys > 0) {
            en += "; " + std::to_string(keys) + (keys == 1 ? " key may log in" : " keys may log in");
            zh += "；有 " + std::to_string(keys) + " 把密钥可以登录";
        }
        return answer_fail(std::move(en), std::move(zh), found.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.programs, "installed programs");
    for (Unseen const& unseen : missing_of(machine.listeners, "open ports")) missing.push_back(unseen);
    for (Unseen const& unseen : missing_settings(machine, {"remote", "terminal"}, "remote desktop setting")) missing.push_back(unseen);
    if (!missing.empty())
        return answer_unknown("no remote control was seen, but not every place could be looked at",
                              "没有看到远程控制，但有些位置无法查看", std::move(missing));
    return answer_pass("no remote control is installed, and no such port is open", "没有安装远程控制程序，也没有开放相应端口");
}

Answered ask_shares(Machine const& machine) {
    Gathered found;
    bool open = false;
    for (Share const& share : machine.shares.items) {
        std::string const name = share.name.empty() ? share.path : share.name;
        open |= share.open_to_all;
        found.add(name + (share.open_to_all ? " (" + share.kind + ", open to everyone)" : " (" + share.kind + ")"),
                  name + (share.open_to_all ? "（" + share.kind + "，任何人可访问）" : "（" + share.kind + "）"), share.proof);
    }
    if (!found.empty()) {
        std::string const en = open ? "folders are shared, some without asking for a password: "
                                    : "folders are shared over the network: ";
        std::string const zh = open ? "有文件夹在网络上共享，其中有的不需要密码：" : "有文件夹在网络上共享：";
        return answer_fail(en + found.en(), zh + found.zh(), found.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.shares, "shared folders");
    if (!missing.empty())
        return answer_unknown("no share was seen, but not every place could be looked at",
                              "没有看到共享，但有些位置无法查看", std::move(missing));
    return answer_pass("no folder is shared over the network", "没有文件夹在网络上共享");
}

namespace {

// Settings whose names begin so, and programs of these kinds.
void gather_settings(Machine const& machine, std::string_view prefix, Gathered& found) {
    for (Setting const& setting : machine.settings.items) {
        if (!setting.name.starts_with(prefix) || setting.value.empty()) continue;
        found.add(setting.value, setting.proof);
    }
}

}  // namespace

Answered ask_proxies(Machine const& machine) {
    Gathered found;
    gather_programs(machine, {"proxy"}, found);
    gather_settings(machine, "proxy.", found);
    if (!found.empty())
        return answer_fail("traffic may go through somebody else: " + found.en(),
                           "上网数据可能经由他人转发：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.programs, "installed programs");
    for (Unseen const& unseen : missing_settings(
             machine, {"proxy", "environment", "profile", "apt", "dconf", "policies", "internet settings"},
             "proxy settings")) {
        missing.push_back(unseen);
    }
    if (!missing.empty())
        return answer_unknown("no proxy was seen, but not every place could be looked at",
                              "没有看到代理，但有些位置无法查看", std::move(missing));
    return answer_pass("no proxy is set or installed", "没有设置或安装代理");
}

Answered ask_tunnels(Machine const& machine) {
    Gathered found;
    gather_programs(machine, {"vpn", "tunnel"}, found);
    gather_settings(machine, "tunnel.", found);
    for (Interface const& interface : machine.interfaces.items) {
        if (interface.link == Link::tunnel) found.add(interface.name, interface.proof);
    }
    if (!found.empty())
        return answer_fail("a tunnel passes by the firewall: " + found.en(),
                           "有绕过防火墙的隧道或 VPN：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.programs, "installed programs");
    for (Unseen const& unseen :
         missing_settings(machine,
                          {"tun", "wireguard", "openvpn", "networkmanager", "tailscale", "zerotier", "vpn",
                           "frp", "ngrok", "cloudflared"},
                          "VPN settings")) {
        missing.push_back(unseen);
    }
    for (Unseen const& unseen : missing_of(machine.interfaces, "network interfaces")) missing.push_back(unseen);
    if (!missing.empty())
        return answer_unknown("no tunnel was seen, but not every place could be looked at",
                              "没有看到隧道，但有些位置无法查看", std::move(missing));
    return answer_pass("there is no VPN or tunnel", "没有 VPN 或隧道");
}

}  // namespace keepmum
