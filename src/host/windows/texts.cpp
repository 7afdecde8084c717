// What commands of Windows print, in whatever language: only numbers, addresses and the few words that both English and
// Chinese Windows are known to use are looked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "format/registry_file/registry_file.h"
#include "format/xml/stream.h"
#include "host/windows/windows.h"

namespace keepmum::windows_host {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return equal_ascii_case(text, word); });
}

bool holds(std::string_view text, std::initializer_list<std::string_view> words) {
    std::string const lower = ascii_lower(text);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// "   IPv4 Address. . . : 10.0.0.1(Preferred)" → key and value; a colon of full width is one too.
struct Field {
    std::string_view key, value;
};

Field field_of(std::string_view line) {
    std::size_t at = line.find(" :"), size = 2;
    if (at == std::string_view::npos) at = line.find("："), size = 3;
    if (at == std::string_view::npos) at = line.find(':'), size = 1;
    if (at == std::string_view::npos) return {};
    std::string_view key = strip_blank(line.substr(0, at));
    while (key.ends_with('.') || key.ends_with(' ')) key.remove_suffix(1);
    return {key, strip_blank(line.substr(at + size))};
}

unsigned number_of(std::string_view text) {
    unsigned number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

// ">>>  [Device Install (Hardware initiated) - USBSTOR\Disk&Ven_X&Prod_Y&Rev_1\0123&0]"
// ">>>  Section start 2025/05/15 09:30:05.123"
void read_setupapi(ForeignFile const& file, Windows& windows) {
    windows.machine.past_media.looked = true;
    std::string_view rest = file.text;
    std::string instance, device, line_shown;
    while (!rest.empty()) {
        std::string_view const line = cut_line(rest);
        if (!line.starts_with(">>>")) continue;
        std::size_t const at = ascii_lower(line).find("usbstor\\");
        std::size_t const start = line.find("Section start ");
        if (at != std::string_view::npos) {
            std::string_view text = line.substr(at);
            text = text.substr(0, text.find(']'));
            auto const parts = split_at(text, '\\', 4);
            if (parts.size() < 3) continue;
            device = parts[1];
            instance = parts[2];
            line_shown = line;
        } else if (start != std::string_view::npos && !instance.empty()) {
            std::string when(line.substr(start + 14, 19));  // "2025/05/15 09:30:05"
            std::replace(when.begin(), when.end(), '/', '-');
            std::replace(when.begin(), when.end(), ' ', 'T');
            Past& past = note_medium(windows, instance, medium_name(device), medium_serial(instance), prove(file.path, line_shown));
            if (when.size() == 19 && (past.first.empty() || when < past.first.substr(0, 19))) past.first = when;
            instance.clear();
        } else if (line.find('[') != std::string_view::npos) {
            instance.clear();
        }
    }
}

namespace {

// <WLANProfile><name/><SSIDConfig><SSID><name/>…<connectionMode/><MSM><security><authEncryption><authentication/><encryption/>
class Profile final : public XmlHandler {
  public:
    void start(std::string_view name, XmlAttributes const&, XmlOrigin) override {
        inside_ = std::string(name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1));
        if (inside_ == "SSID") in_ssid = true;
    }
    void end(std::string_view) override { inside_.clear(); }
    void text(std::string_view text, XmlOrigin) override {
        if (inside_ == "name" && in_ssid) ssid += text;
        else if (inside_ == "authentication") authentication += text;
        else if (inside_ == "encryption") encryption += text;
        else if (inside_ == "connectionMode") mode += text;
    }
    void aside(std::string_view, XmlOrigin) override {}

    std::string ssid, authentication, encryption, mode;
    bool in_ssid = false;

  private:
    std::string inside_;
};

}  // namespace

void read_wlan_profile(ForeignFile const& file, Windows& windows) {
    Profile profile;
    std::string_view text = file.text;
    // What was UTF-16 may still say so in its first line.
    if (std::size_t const end = text.find("?>"); text.starts_with("<?xml") && end != std::string_view::npos) text.remove_prefix(end + 2);
    XmlOutcome const outcome = read_xml(text, profile);
    if (outcome.end != XmlEnd::complete || profile.ssid.empty()) {
        windows.machine.networks.unseen.push_back({file.path, Blank::damaged});
        if (profile.ssid.empty()) return;
    }
    windows.foreign.topics.insert("network kept");
    Network network;
    network.ssid = plain_name(profile.ssid);
    network.cipher = cipher_named(profile.authentication, profile.encryption);
    network.joins_itself = strip_blank(profile.mode) == "auto";
    network.proof = prove(file.path, profile.authentication + " " + profile.encryption);
    add_fact(windows.machine.networks, std::move(network));
}

void read_wlan_interfaces(ForeignFile const& file, Windows& windows) {
    Network network;
    std::string cipher, authentication, name;
    bool connected = false;
    auto const finish = [&] {
        if (!name.empty()) {
            windows.machine.networks.looked = true;
            windows.foreign.topics.insert("network in use");
            Radio radio{Radio::Kind::wifi, name, "", true, std::nullopt, prove(file.path, name)};
            auto& radios = windows.machine.radios;
            bool const known = std::any_of(radios.items.begin(), radios.items.end(),
                                           [&](Radio const& other) { return other.name == radio.name; });
            if (!known) add_fact(radios, std::move(radio));
        }
        if (connected && !network.ssid.empty()) {
            network.cipher = cipher_named(authentication, cipher);
            network.in_use = true;
            network.proof = prove(file.path, network.ssid + " " + authentication + " " + cipher);
            add_fact(windows.machine.networks, std::move(network));
        }
        network = {};
        name.clear(), cipher.clear(), authentication.clear();
        connected = false;
    };
    windows.machine.radios.looked = true;
    windows.foreign.topics.insert("wifi");
    std::string_view rest = file.text;
    while (!rest.empty()) {
        Field const field = field_of(cut_line(rest));
        if (is_one_of(field.key, {"Name", "名称"})) {
            finish();
            name = plain_name(field.value);
        } else if (is_one_of(field.key, {"State", "状态"})) {
            connected = is_one_of(field.value, {"connected", "已连接"});
        } else if (is_one_of(field.key, {"SSID"})) {
            network.ssid = plain_name(field.value);
        } else if (is_one_of(field.key, {"Authentication", "身份验证"})) {
            authentication = field.value;
        } else if (is_one_of(field.key, {"Cipher", "密码"})) {
            cipher = field.value;
        } else if (is_one_of(field.key, {"Hosted network status", "承载网络状态"}) && is_one_of(field.value, {"Started", "已启动"})) {
            Network hotspot{"", AirCipher::unknown, true, false, true, prove(file.path, field.value)};
            add_fact(windows.machine.networks, std::move(hotspot));
        }
    }
    finish();
}

// "  TCP    0.0.0.0:3389    0.0.0.0:0    LISTENING    1234"; the word for the state is in the computer's language.
void read_netstat(ForeignFile const& file, Windows& windows) {
    std::string_view rest = file.text;
    while (!rest.empty()) {
        std::string_view const line = cut_line(rest);
        auto const words = split_words(line, 6);
        if (words.size() < 3 || !is_one_of(words[0], {"TCP", "UDP", "TCPv6", "UDPv6"})) continue;
        bool const waits = words[2] == "0.0.0.0:0" || words[2] == "[::]:0" || words[2] == "*:*";
        std::size_t const colon = words[1].rfind(':');
        if (!waits || colon == std::string_view::npos) continue;
        std::uint64_t const process = number_of(words.back());
        note_listener(windows, ascii_lower(words[0].substr(0, 3)), words[1].substr(0, colon),
                      number_of(words[1].substr(colon + 1)), process, prove(file.path, line));
    }
    windows.machine.listeners.looked = true;
}

namespace {

Link link_named(std::string_view title) {
    if (holds(title, {"wireless", "wi-fi", "wlan", "无线局域网"})) return Link::wireless;
    if (holds(title, {"mobile broadband", "移动宽带"})) return Link::mobile;
    if (holds(title, {"rndis", "remote ndis", "apple mobile device ethernet"})) return Link::tethered;
    if (holds(title, {"tunnel", "隧道", "ppp", "tap-windows", "wintun", "wireguard", "vpn"})) return Link::tunnel;
    if (holds(title, {"vmware", "virtualbox", "vethernet", "hyper-v"})) return Link::virtual_;
    return Link::wired;
}

class Ipconfig final {
  public:
    Ipconfig(ForeignFile const& file, Windows& windows) : file_(file), machine_(windows.machine) {}

    void read() {
        std::string_view rest = file_.text;
        while (!rest.empty()) {
            std::string_view const line = cut_line(rest);
            if (strip_blank(line).empty()) continue;
            bool const title = line.front() != ' ' && line.front() != '\t';
            if (title) begin(line);
            else if (!name_.empty()) take(line);
        }
        finish();
        machine_.interfaces.looked = machine_.routes.looked = machine_.addresses.looked = true;
        machine_.resolvers.looked = true;
    }

  private:
    void begin(std::string_view line) {
        finish();
        line = strip_blank(line);
        name_.clear();
        if (line.ends_with(':')) name_ = line.substr(0, line.size() - 1);
        else if (line.ends_with("：")) name_ = line.substr(0, line.size() - 3);
        interface_ = {plain_name(alias_of(name_)), "", link_named(name_), true, true, prove(file_.path, line)};
    }
    // "Ethernet adapter Ethernet 2" and "以太网适配器 以太网 2" are called "Ethernet 2", "以太网 2" elsewhere.
    static std::string_view alias_of(std::string_view title) {
        for (std::string_view const word : {std::string_view(" adapter "), std::string_view("适配器 ")}) {
            std::size_t const at = title.find(word);
            if (at != std::string_view::npos) return title.substr(at + word.size());
        }
        return title;
    }
    // What the tables of collect.ps1 told already is not told twice.
    void finish() {
        auto const& known = machine_.interfaces.items;
        bool const twice = std::any_of(known.begin(), known.end(), [this](Interface const& one) { return one.name == interface_.name; });
        bool const idle_tunnel = interface_.link == Link::tunnel && !interface_.carrier;  // Windows keeps some for itself
        if (!name_.empty() && !twice && !idle_tunnel) add_fact(machine_.interfaces, interface_);
        name_.clear();
    }
    void add_address(std::string_view value, std::string_view line) {
        auto const& known = machine_.addresses.items;
        bool const twice = std::any_of(known.begin(), known.end(), [value](Address const& one) { return one.address == value; });
        if (!twice)
            add_fact(machine_.addresses, {interface_.name, plain_name(value), 0, is_global_address(value),
                                          prove(file_.path, line)});
    }
    void add_route(std::string_view gateway, std::string_view line) {
        std::string const all = gateway.find(':') != std::string_view::npos ? "::/0" : "0.0.0.0/0";
        auto const& known = machine_.routes.items;
        bool const twice = std::any_of(known.begin(), known.end(), [&](Route const& one) {
            return one.destination == all && one.interface == interface_.name;
        });
        if (!twice) add_fact(machine_.routes, {all, plain_name(gateway), interface_.name, true, prove(file_.path, line)});
    }
    // A line without a key goes on with the one before: further gateways, further servers.
    void take(std::string_view line) {
        Field field = field_of(line);
        bool const further = field.key.empty() || line.find(" :") == std::string_view::npos;
        if (further) field = {last_, strip_blank(line)};
        last_ = field.key;
        std::string_view const value = field.value.substr(0, field.value.find_first_of("(（%"));
        if (holds(field.key, {"media state", "媒体状态"})) interface_.carrier = interface_.up = false;
        if (is_one_of(field.key, {"Description", "描述"})) {
            interface_.driver = plain_name(field.value);
            if (Link const other = link_named(field.value); interface_.link == Link::wired) interface_.link = other;
        }
        if (holds(field.key, {"ipv4 address", "ipv6 address", "ip address", "ipv4 地址", "ipv6 地址", "autoconfiguration", "自动配置"}) &&
            value.find_first_of(".:") != std::string_view::npos) {
            add_address(value, line);
        }
        if (holds(field.key, {"default gateway", "默认网关"}) && !value.empty()) add_route(value, line);
        if (holds(field.key, {"dns servers", "dns 服务器"}) && !value.empty())
            add_fact(machine_.resolvers, {"dns", plain_name(value), prove(file_.path, line)});
    }

    ForeignFile const& file_;
    Machine& machine_;
    std::string name_, last_;
    Interface interface_;
};

}  // namespace

void read_ipconfig(ForeignFile const& file, Windows& windows) { Ipconfig(file, windows).read(); }

// "Volume C: [Windows]" / "卷 C: [系统]", then "Percentage Encrypted: 100.0%", "Protection Status: Protection On".
void read_bitlocker(ForeignFile const& file, Windows& windows) {
    Volume volume;
    auto const finish = [&] {
        if (!volume.name.empty()) add_fact(windows.machine.volumes, volume);
        volume = {};
    };
    std::string_view rest = file.text;
    while (!rest.empty()) {
        std::string_view const line = cut_line(rest), plain = strip_blank(line);
        if (plain.starts_with("Volume ") || plain.starts_with("卷 ")) {
            finish();
            auto const words = split_words(plain, 3);
            if (words.size() < 2 || !words[1].ends_with(':')) continue;
            volume = {plain_name(words[1]), "", std::nullopt, false, prove(file.path, plain)};
        }
        Field const field = field_of(line);
        if (holds(field.key, {"percentage encrypted", "已加密百分比", "加密百分比"})) {
            volume.encrypted = number_of(field.value) >= 100;
            volume.proof = prove(file.path, plain);
        }
        if (holds(field.key, {"protection status", "保护状态"}) && holds(field.value, {"off", "关闭"})) volume.encrypted = false;
    }
    finish();
    if (windows.machine.volumes.items.empty()) windows.machine.volumes.unseen.push_back({file.path, Blank::denied});
}

}  // namespace keepmum::windows_host
