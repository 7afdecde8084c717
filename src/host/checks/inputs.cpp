// Wireless mice and keyboards, and sticks that listen or attack by radio.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/checks/answers.h"
#include "host/checks/connections.h"
#include "host/receivers.h"

namespace keepmum {
namespace {

std::string hex_four(unsigned value) {
    constexpr char digits[] = "0123456789abcdef";
    return {digits[value >> 12 & 15], digits[value >> 8 & 15], digits[value >> 4 & 15], digits[value & 15]};
}

std::string id_of(UsbDevice const& device) { return hex_four(device.vendor) + ":" + hex_four(device.product); }

// What people can find on the thing itself, with its number.
std::string shown(UsbDevice const& device, std::string_view family) {
    std::string name(family);
    if (name.empty()) name = device.name.empty() ? device.maker : device.name;
    return (name.empty() ? std::string("USB") : name) + " [" + id_of(device) + "]";
}

bool is_input(Paired const& device) { return (device.device_class >> 8 & 0x1F) == 5; }

}  // namespace

Answered ask_wireless_input(Machine const& machine) {
    Gathered sure, maybe;
    std::vector<Unseen> to_look_at;
    for (UsbDevice const& device : machine.usb.items) {
        ReceiverSign const sign = receiver_sign(device);
        if (sign == ReceiverSign::id) {
            sure.add(shown(device, find_receiver(device.vendor, device.product)->family), device.proof);
        } else if (sign == ReceiverSign::name) {
            sure.add(shown(device, {}), device.proof);
        } else if (sign == ReceiverSign::offer) {
            maybe.add(shown(device, {}), device.proof);
            to_look_at.push_back({device.proof.path, Blank::uncollected});
        }
    }
    for (Paired const& device : machine.paired.items) {
        if (is_input(device)) sure.add(device.name + " (Bluetooth)", device.name + "（蓝牙）", device.proof);
    }
    for (Setting const& setting : machine.settings.items) {
        if (setting.name == "hid.bluetooth") sure.add(setting.value + " (Bluetooth)", setting.value + "（蓝牙）", setting.proof);
    }
    if (!sure.empty()) {
        std::string en = "a wireless mouse, keyboard or its receiver is in use: " + sure.en(),
                    zh = "正在使用无线鼠标、键盘或其接收器：" + sure.zh();
        return answer_fail(std::move(en), std::move(zh), sure.proofs());
    }
    if (!maybe.empty()) {
        Answered answered = answer_unknown(
            "offers a keyboard and a mouse through one plug, as receivers do; look whether a cable goes to it: " +
                maybe.en(),
            "一个插头同时带键盘和鼠标，可能是无线接收器，请看看有没有线连着它：" + maybe.zh(), std::move(to_look_at));
        answered.proofs = maybe.proofs();
        return answered;
    }
    std::vector<Unseen> missing = missing_of(machine.usb, "USB devices");
    bool const by_air = std::any_of(machine.radios.items.begin(), machine.radios.items.end(),
                                    [](Radio const& radio) { return radio.kind == Radio::Kind::bluetooth && radio.on; });
    if (by_air) {
        for (Unseen const& unseen : missing_of(machine.paired, "paired Bluetooth devices")) missing.push_back(unseen);
    }
    for (Unseen const& unseen : machine.settings.unseen) {
        if (unseen.path.find("/hid/") != std::string::npos) missing.push_back(unseen);
    }
    if (!missing.empty())
        return answer_unknown("it cannot be said whether mouse and keyboard are wireless",
                              "无法判断鼠标和键盘是不是无线的", std::move(missing));
    return answer_pass("no wireless mouse or keyboard", "没有无线鼠标或键盘");
}

Answered ask_weak_receiver(Machine const& machine) {
    Gathered weak, others;
    for (UsbDevice const& device : machine.usb.items) {
        ReceiverRow const* const row = find_receiver(device.vendor, device.product);
        if (!row) continue;
        std::string const name = shown(device, row->family);
        std::string const firmware = hex_four(device.release);
        if (is_outdated(*row, device.release)) {
            weak.add(name + ", old firmware " + firmware + ": somebody nearby can type on this computer",
                     name + "，固件 " + firmware + " 过旧：附近的人可以替你敲键盘", device.proof);
        } else if (row->verdict == ReceiverVerdict::update) {
            weak.add(name + ", firmware " + firmware + ": attacks on pairing were never mended; better use a cable",
                     name + "，固件 " + firmware + "：配对漏洞始终没有修复，最好改用有线", device.proof);
        } else if (row->verdict == ReceiverVerdict::weak) {
            weak.add(name + ": somebody nearby can read or forge keystrokes", name + "：附近的人可以窃听或伪造按键", device.proof);
        } else {
            others.add(name, device.proof);
        }
    }
    if (!weak.empty()) return answer_fail(weak.en(), weak.zh(), weak.proofs());
    std::vector<Unseen> missing = missing_of(machine.usb, "USB devices");
    if (!missing.empty())
        return answer_unknown("it cannot be said which receivers are plugged in", "无法判断插着哪些接收器",
                              std::move(missing));
    if (!others.empty()) {
        return answer_pass("nothing published against it is known to keepmum: " + others.en(),
                           "本程序所知范围内没有已公开的漏洞：" + others.zh(), others.proofs());
    }
    return answer_not_applicable("no receiver that the list knows", "没有名单上的接收器");
}

Answered ask_radio_dongles(Machine const& machine) {
    Gathered found;
    for (UsbDevice const& device : machine.usb.items) {
        DongleRow const* const row = find_dongle(device.vendor, device.product);
        if (!row) continue;
        std::string const id = " [" + id_of(device) + "]";
        found.add(std::string(row->en) + id, std::string(row->zh) + id, device.proof);
    }
    if (!found.empty()) return answer_fail("plugged in: " + found.en(), "当前插着：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.usb, "USB devices");
    if (!missing.empty())
        return answer_unknown("it cannot be said whether such a stick is plugged in", "无法判断是否插着这类设备",
                              std::move(missing));
    return answer_pass("no stick that listens or attacks by radio", "没有监听或攻击用的无线电设备");
}

}  // namespace keepmum
