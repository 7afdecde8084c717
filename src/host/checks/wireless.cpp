// Wi-Fi and Bluetooth: what is there, what is on, what protects it, what is kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/checks/answers.h"
#include "host/checks/connections.h"

namespace keepmum {
namespace {

constexpr std::string_view air = "cmd/nl80211.json";

std::vector<Radio const*> radios_of(Machine const& machine, Radio::Kind kind) {
    std::vector<Radio const*> all;
    for (Radio const& radio : machine.radios.items) {
        if (radio.kind == kind) all.push_back(&radio);
    }
    return all;
}

Bilingual told(AirCipher cipher) {
    switch (cipher) {
    case AirCipher::unknown: return {"protection not known", "保护方式不明"};
    case AirCipher::open: return {"open, without encryption", "开放网络，没有加密"};
    case AirCipher::owe: return {"encrypted, but anyone may join (OWE)", "有加密，但谁都能接入（OWE）"};
    case AirCipher::wep: return {"WEP, broken within minutes", "WEP，几分钟即可破解"};
    case AirCipher::wpa1: return {"WPA1 with TKIP, outdated", "WPA1/TKIP，已过时"};
    case AirCipher::wpa2: return {"WPA2", "WPA2"};
    case AirCipher::wpa3: return {"WPA3", "WPA3"};
    case AirCipher::enterprise: return {"WPA with a login of one's own (802.1X)", "企业级认证（802.1X）"};
    case AirCipher::wapi: return {"WAPI", "WAPI"};
    }
    return {"protection not known", "保护方式不明"};
}

bool is_weak(AirCipher cipher) {
    return cipher == AirCipher::open || cipher == AirCipher::owe || cipher == AirCipher::wep || cipher == AirCipher::wpa1;
}

std::string with(Network const& network, Language language) {
    std::string const how(told(network.cipher).in(language));
    return language == Language::zh ? "“" + network.ssid + "”（" + how + "）" : "\"" + network.ssid + "\" (" + how + ")";
}

void gather(Network const& network, Gathered& found) {
    found.add(with(network, Language::en), with(network, Language::zh), network.proof);
}

// Of networks, what could not be seen: of those in the air, or of those that files keep.
std::vector<Unseen> missing_networks(Machine const& machine, bool in_air) {
    std::vector<Unseen> missing;
    for (Unseen const& unseen : machine.networks.unseen) {
        if (unseen.path.ends_with(in_air ? "(kept)" : "(in use)")) continue;
        bool const foreign = !unseen.path.starts_with('/') && !unseen.path.starts_with("users/") && unseen.path != air;
        if (foreign || in_air == (unseen.path == air)) missing.push_back(plain_place(unseen));
    }
    if (missing.empty() && !machine.networks.looked)
        missing.push_back({std::string(in_air ? air : "saved Wi-Fi networks"), Blank::uncollected});
    return missing;
}

// Nothing where the list of radios is whole; what is missing of it otherwise.
// Of one kind: a place that tells of Bluetooth alone says nothing of Wi-Fi, and the other way round.
std::vector<Unseen> missing_radios(Machine const& machine, Radio::Kind kind) {
    std::vector<Unseen> missing = missing_of(machine.radios, "radio adapters");
    std::string_view const other = kind == Radio::Kind::wifi ? "(Bluetooth)" : "(Wi-Fi)";
    std::erase_if(missing, [other](Unseen const& unseen) { return unseen.path.ends_with(other); });
    for (Unseen& unseen : missing) unseen = plain_place(std::move(unseen));
    return missing;
}

}  // namespace

Answered ask_wifi_adapter(Machine const& machine) {
    Gathered found;
    for (Radio const* radio : radios_of(machine, Radio::Kind::wifi)) {
        std::string const name = radio->name + (radio->maker.empty() ? "" : " (" + radio->maker + ")");
        found.add(name, radio->proof);
    }
    if (!found.empty())
        return answer_fail("there is a Wi-Fi adapter: " + found.en(), "装有无线网卡：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_radios(machine, Radio::Kind::wifi);
    if (!missing.empty())
        return answer_unknown("it cannot be said whether there is a Wi-Fi adapter", "无法判断有没有无线网卡",
                              std::move(missing));
    return answer_pass("there is no Wi-Fi adapter", "没有无线网卡");
}

Answered ask_wifi_on(Machine const& machine) {
    std::vector<Radio const*> const radios = radios_of(machine, Radio::Kind::wifi);
    Gathered on;
    for (Radio const* radio : radios) {
        if (radio->on)
            on.add("the Wi-Fi adapter " + radio->name + " is switched on", "无线网卡 " + radio->name + " 已打开",
                   radio->proof);
    }
    if (!on.empty()) return answer_fail(on.en(), on.zh(), on.proofs());
    std::vector<Unseen> missing = missing_radios(machine, Radio::Kind::wifi);
    if (!missing.empty())
        return answer_unknown("it cannot be said whether Wi-Fi is switched on", "无法判断无线网络是否打开",
                              std::move(missing));
    if (radios.empty()) return answer_not_applicable("there is no Wi-Fi adapter", "没有无线网卡");
    return answer_pass("Wi-Fi is switched off", "无线网络已关闭", {radios.front()->proof});
}

Answered ask_wifi_in_use(Machine const& machine) {
    Gathered weak, strong, unclear;
    for (Network const& network : machine.networks.items) {
        if (!network.in_use) continue;
        gather(network, is_weak(network.cipher) ? weak : network.cipher == AirCipher::unknown ? unclear : strong);
    }
    if (!weak.empty())
        return answer_fail("what is sent now can be read or changed by anyone nearby: " + weak.en(),
                           "正在用的无线网络，附近的人可以偷看或篡改：" + weak.zh(), weak.proofs());
    std::vector<Radio const*> const radios = radios_of(machine, Radio::Kind::wifi);
    bool const any_on = std::any_of(radios.begin(), radios.end(), [](Radio const* radio) { return radio->on; });
    if (!strong.empty() && unclear.empty())
        return answer_pass("the network in use is protected: " + strong.en(),
                           "正在用的无线网络有保护：" + strong.zh(), strong.proofs());
    std::vector<Unseen> missing = missing_networks(machine, true);
    if (!unclear.empty()) {
        if (missing.empty()) missing.push_back({std::string(air), Blank::damaged});
        return answer_unknown("it cannot be said what protects the network in use: " + unclear.en(),
                              "无法判断正在用的无线网络有没有保护：" + unclear.zh(), std::move(missing));
    }
    std::vector<Unseen> const adapters = missing_radios(machine, Radio::Kind::wifi);
    if (adapters.empty() && radios.empty()) return answer_not_applicable("there is no Wi-Fi adapter", "没有无线网卡");
    if (adapters.empty() && !any_on) return answer_not_applicable("Wi-Fi is switched off", "无线网络已关闭");
    missing.insert(missing.end(), adapters.begin(), adapters.end());
    if (!missing.empty())
        return answer_unknown("it cannot be said whether a Wi-Fi network is in use", "无法判断是否正在使用无线网络",
                              std::move(missing));
    return answer_not_applicable("no Wi-Fi network is in use", "没有连接无线网络");
}

Answered ask_saved_wifi(Machine const& machine) {
    Gathered weak, joins;
    std::size_t kept = 0;
    for (Network const& network : machine.networks.items) {
        if (network.proof.path == air || network.we_are_host) continue;
        ++kept;
        if (!is_weak(network.cipher)) continue;
        gather(network, weak);
        if (network.joins_itself) joins.add(network.ssid, network.proof);
    }
    if (!weak.empty()) {
        std::string en = "networks without real protection are kept: " + weak.en(), zh = "保存着没有可靠保护的无线网络：" + weak.zh();
        if (!joins.empty()) {
            en += "; it joins these by itself, also when somebody else calls a network so: " + joins.en();
            zh += "；遇到同名网络会自动连接，别人冒名也会连：" + joins.zh();
        }
        return answer_fail(std::move(en), std::move(zh), weak.proofs());
    }
    std::vector<Unseen> missing = missing_networks(machine, false);
    if (!missing.empty())
        return answer_unknown("no unprotected network was seen among those kept, but not all could be looked at",
                              "没有看到保存的无保护网络，但有些无法查看", std::move(missing));
    if (kept == 0 && radios_of(machine, Radio::Kind::wifi).empty() && machine.radios.looked) {
        return answer_not_applicable("no Wi-Fi network is kept", "没有保存无线网络");
    }
    return answer_pass("no unprotected Wi-Fi network is kept", "没有保存无保护的无线网络");
}

Answered ask_hotspot(Machine const& machine) {
    Gathered found;
    for (Network const& network : machine.networks.items) {
        if (network.we_are_host) found.add("\"" + network.ssid + "\"", "“" + network.ssid + "”", network.proof);
    }
    if (!found.empty())
        return answer_fail("it can open a Wi-Fi network of its own: " + found.en(), "设置了自己的热点：" + found.zh(),
                           found.proofs());
    std::vector<Radio const*> const radios = radios_of(machine, Radio::Kind::wifi);
    std::vector<Unseen> missing = missing_networks(machine, false);
    bool const any_on = std::any_of(radios.begin(), radios.end(), [](Radio const* radio) { return radio->on; });
    if (any_on) {
        std::vector<Unseen> const more = missing_networks(machine, true);
        missing.insert(missing.end(), more.begin(), more.end());
    }
    if (radios.empty() && missing_radios(machine, Radio::Kind::wifi).empty())
        return answer_not_applicable("there is no Wi-Fi adapter", "没有无线网卡");
    if (!missing.empty())
        return answer_unknown("no hotspot was seen, but not every place could be looked at",
                              "没有看到热点，但有些设置无法查看", std::move(missing));
    return answer_pass("no hotspot is set up", "没有设置热点");
}

Answered ask_bluetooth(Machine const& machine) {
    std::vector<Radio const*> const radios = radios_of(machine, Radio::Kind::bluetooth);
    Gathered on;
    bool open = false;
    for (Radio const* radio : radios) {
        if (!radio->on) continue;
        on.add(radio->name, radio->proof);
        open = open || radio->discoverable.value_or(false);
    }
    if (!on.empty()) {
        std::string en = "Bluetooth is switched on (" + on.en() + ")", zh = "蓝牙已打开（" + on.zh() + "）";
        if (open) {
            en += ", and any device nearby can see it";
            zh += "，附近的设备都能搜到它";
        }
        return answer_fail(std::move(en), std::move(zh), on.proofs());
    }
    std::vector<Unseen> missing = missing_radios(machine, Radio::Kind::bluetooth);
    if (!missing.empty())
        return answer_unknown("it cannot be said whether Bluetooth is switched on", "无法判断蓝牙是否打开",
                              std::move(missing));
    if (radios.empty()) return answer_pass("there is no Bluetooth adapter", "没有蓝牙");
    return answer_pass("there is Bluetooth, it is switched off", "有蓝牙，但已关闭", {radios.front()->proof});
}

namespace {

// Bluetooth Assigned Numbers, 2.8.2: major classes.
Bilingual kind_of(std::uint32_t device_class) {
    switch (device_class >> 8 & 0x1F) {
    case 1: return {"computer", "电脑"};
    case 2: return {"phone", "手机"};
    case 4: return {"headset or loudspeaker", "耳机或音箱"};
    case 5: return {"keyboard or mouse", "键盘或鼠标"};
    case 6: return {"printer or camera", "打印机或相机"};
    case 7: return {"worn device", "穿戴设备"};
    default: return {"device", "设备"};
    }
}

}  // namespace

Answered ask_paired(Machine const& machine) {
    Gathered found;
    for (Paired const& device : machine.paired.items) {
        Bilingual const kind = kind_of(device.device_class);
        found.add(device.name + " (" + std::string(kind.en) + (device.trusted ? ", trusted)" : ")"),
                  device.name + "（" + std::string(kind.zh) + (device.trusted ? "，已信任）" : "）"), device.proof);
    }
    if (!found.empty())
        return answer_fail("these may connect by Bluetooth: " + found.en(), "这些设备可以通过蓝牙连接：" + found.zh(),
                           found.proofs());
    bool const none = radios_of(machine, Radio::Kind::bluetooth).empty() && missing_radios(machine, Radio::Kind::bluetooth).empty();
    std::vector<Unseen> missing = missing_of(machine.paired, "paired Bluetooth devices");
    if (none) return answer_not_applicable("there is no Bluetooth adapter", "没有蓝牙");
    if (!missing.empty())
        return answer_unknown("it cannot be said which devices are paired", "无法判断配对了哪些设备",
                              std::move(missing));
    return answer_pass("no Bluetooth device is paired", "没有配对蓝牙设备");
}

}  // namespace keepmum
