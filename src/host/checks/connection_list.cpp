// The texts of the checks on networks and radio.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/checks/connections.h"
#include "host/checks/list.h"

namespace keepmum {
namespace {

constexpr std::string_view isolation = "NIST SP 800-171 3.13.1 (boundary), 3.13.6 (deny by default)";
constexpr std::string_view wireless = "NIST SP 800-171 3.1.16, 3.1.17 (wireless access); NIST SP 800-153";
constexpr std::string_view bluetooth = "NIST SP 800-121 r2 (Bluetooth)";

constexpr Check connections[] = {
    {"n1",
     Weight::stop,
     {"Is there a way to a public network?", "有没有通往公网的路？"},
     {"A computer that holds secrets and can reach the public network can lose them in a second, by a mistake or by "
      "a program that nobody asked.",
      "存有秘密的电脑只要能上公网，一次误操作或一个恶意程序，一秒钟就可能泄露。"},
     {"Pull the network cable. To keep it so: Linux: nmcli connection modify NAME ipv4.never-default yes ipv6.method "
      "disabled. Windows: remove the "
      "default gateway from the adapter.",
      "拔掉网线。要长期有效：Linux：nmcli connection modify 名称 ipv4.never-default yes ipv6.method "
      "disabled；Windows：在网卡设置里删除默认网关。"},
     {"Web, mail and updates no longer work from here.", "不能再上网、收邮件、自动更新。"},
     {"Linux: nmcli connection modify NAME ipv4.never-default no ipv6.method auto. Windows: enter the gateway again.",
      "Linux：nmcli connection modify 名称 ipv4.never-default no ipv6.method auto；Windows：重新填写网关。"},
     "n1",
     isolation,
     ask_public_route},
    {"n2",
     Weight::stop,
     {"Is it in two networks at once?", "是不是同时接在两个网络上？"},
     {"A computer in two networks is a bridge between them, past every firewall.",
      "同时接两个网络的电脑就是一座桥，绕过了所有防火墙。"},
     {"Unplug one of the networks. Linux: nmcli device disconnect NAME; sudo sysctl net.ipv4.ip_forward=0.",
      "断开其中一个网络。Linux：nmcli device disconnect 名称；sudo sysctl net.ipv4.ip_forward=0。"},
     {"What lies in the other network is no longer reached.", "不能再访问另一个网络。"},
     {"Linux: nmcli device connect NAME.", "Linux：执行 nmcli device connect 名称。"},
     "n2",
     "NIST SP 800-171 3.13.7 (split tunneling); one computer, one network",
     ask_two_networks},
    {"n3",
     Weight::stop,
     {"Does a phone lend its connection, or is there a modem?", "有没有手机共享网络，或者上网模块？"},
     {"A phone on the cable to charge is often a network too: a way out that no firewall of yours sees.",
      "手机插上来充电，往往同时成了网卡：这条路单位的防火墙看不见。"},
     {"Unplug the phone or modem; charge phones at the wall. A built-in modem: switch it off in the firmware "
      "settings (BIOS), or nmcli radio wwan off.",
      "拔掉手机或上网模块，手机用插座充电。内置模块：在 BIOS 里关闭，或执行 nmcli radio wwan off。"},
     {"That way out is gone.", "这条上网通道就没有了。"},
     {"Plug it in again; nmcli radio wwan on.", "重新插上；nmcli radio wwan on。"},
     "n3",
     isolation,
     ask_phone_or_modem},
    {"n4",
     Weight::fix,
     {"Was it in networks before?", "以前连过网络吗？"},
     {"What was in a network once may have brought something along, also if the cable is out now.",
      "以前连过网，就可能带进过东西，即使现在网线已经拔掉。"},
     {"Ask your security officer whether this computer must be set up anew. Do not delete the traces: they are what "
      "he needs.",
      "请保密员判断要不要重装系统。不要删除这些痕迹，他需要看。"},
     {"Setting it up anew removes all programs and data.", "重装会删除所有程序和数据。"},
     {"None: save what is needed before.", "无法恢复：请事先备份需要的内容。"},
     "n4",
     "Common rule for computers that never meet a network",
     ask_past_networks},
    {"n5",
     Weight::fix,
     {"Does it ask servers outside for names or time?", "会不会向外部服务器查询域名或时间？"},
     {"Each question for a name tells the one who answers what this computer is after; and an answer can lead it "
      "astray.",
      "每次查询域名，都等于告诉对方你要访问什么；对方的回答也可能把你引到假网站。"},
     {"Name only servers of your own network: in /etc/resolv.conf or the network settings, and in "
      "/etc/systemd/timesyncd.conf.",
      "只用单位内部的服务器：修改 /etc/resolv.conf 或网络设置，以及 /etc/systemd/timesyncd.conf。"},
     {"Names outside your network are no longer found.", "外部网站的域名将无法解析。"},
     {"Enter the old addresses again.", "填回原来的地址。"},
     "n5",
     "NIST SP 800-81 r2 (DNS)",
     ask_public_names},
};

constexpr Check radio[] = {
    {"w1",
     Weight::stop,
     {"Is there a Wi-Fi adapter?", "有没有无线网卡？"},
     {"What is built in can be switched on, by a program too. A computer for secrets has none.",
      "装着就可能被打开，程序也能打开它。涉密电脑不应装无线网卡。"},
     {"Have it taken out by those who look after the computers, or switched off in the firmware settings (BIOS). "
      "Until then: sudo rfkill block wifi.",
      "请管理人员拆除，或在 BIOS 中禁用。在此之前：sudo rfkill block wifi。"},
     {"Wi-Fi no longer works.", "不能再用无线网络。"},
     {"Switch it on in the BIOS again, or sudo rfkill unblock wifi.",
      "在 BIOS 中重新启用，或 sudo rfkill unblock wifi。"},
     "w1",
     wireless,
     ask_wifi_adapter},
    {"w2",
     Weight::stop,
     {"Is Wi-Fi switched on?", "无线网络打开了吗？"},
     {"Even without a connection it tells everyone nearby which networks it knows.",
      "即使没有连上，它也会告诉附近的人自己认得哪些网络。"},
     {"sudo rfkill block wifi; Windows: flight mode; or the switch on the case.",
      "sudo rfkill block wifi；Windows：打开飞行模式；或用机身上的开关。"},
     {"Wi-Fi no longer works.", "不能再用无线网络。"},
     {"sudo rfkill unblock wifi", "执行 sudo rfkill unblock wifi"},
     "w2",
     wireless,
     ask_wifi_on},
    {"w3",
     Weight::stop,
     {"Is the Wi-Fi network in use protected?", "正在用的无线网络有保护吗？"},
     {"In an open network, or under WEP and WPA1, somebody in the street reads along.",
      "开放的、WEP 或 WPA1 的无线网络，街上的人就能偷看。"},
     {"Leave that network: nmcli device disconnect NAME. Ask for one with WPA2 or WPA3.",
      "断开该网络：nmcli device disconnect 名称。请改用 WPA2 或 WPA3 的网络。"},
     {"The connection is gone.", "网络会断开。"},
     {"nmcli device connect NAME", "执行 nmcli device connect 名称"},
     "w3",
     "IEEE 802.11-2020 12; NIST SP 800-153",
     ask_wifi_in_use},
    {"w4",
     Weight::fix,
     {"Are unprotected Wi-Fi networks kept?", "有没有保存无保护的无线网络？"},
     {"It joins a network that it knows by its name alone; an attacker only has to call his the same.",
      "电脑只凭名字认网络；攻击者起个同样的名字，它就会连过去。"},
     {"nmcli connection delete NAME; Windows: Settings > Network > Wi-Fi > Manage known networks > Forget.",
      "nmcli connection delete 名称；Windows：设置 > 网络 > WLAN > 管理已知网络 > 忘记。"},
     {"It no longer joins that network by itself.", "不会再自动连接该网络。"},
     {"Choose the network again.", "重新选择该网络。"},
     "w4",
     wireless,
     ask_saved_wifi},
    {"w5",
     Weight::fix,
     {"Is it a hotspot for others?", "它有没有开热点？"},
     {"A hotspot lets devices nearby into this computer's network.", "开热点会让附近的设备进入这台电脑所在的网络。"},
     {"nmcli connection delete Hotspot; sudo systemctl disable --now hostapd; Windows: Settings > Network > Mobile "
      "hotspot > Off.",
      "nmcli connection delete Hotspot；sudo systemctl disable --now hostapd；Windows：设置 > 网络 > 移动热点 > "
      "关。"},
     {"Devices that used it lose their connection.", "用这个热点的设备会断网。"},
     {"Set it up again in the same place.", "在同一处重新设置。"},
     "w5",
     wireless,
     ask_hotspot},
    {"b1",
     Weight::stop,
     {"Is Bluetooth switched on?", "蓝牙打开了吗？"},
     {"Bluetooth reaches through walls, and its faults have let strangers in without a question more than once.",
      "蓝牙能穿墙，它的漏洞不止一次让陌生人无声无息地连进来。"},
     {"sudo systemctl disable --now bluetooth; sudo rfkill block bluetooth; Windows: Settings > Bluetooth > Off.",
      "sudo systemctl disable --now bluetooth；sudo rfkill block bluetooth；Windows：设置 > 蓝牙 > 关。"},
     {"Mice, keyboards and headsets by Bluetooth stop: have a wired mouse at hand first.",
      "蓝牙鼠标、键盘、耳机会失效：请先准备好有线鼠标。"},
     {"sudo rfkill unblock bluetooth; sudo systemctl enable --now bluetooth",
      "执行 sudo rfkill unblock bluetooth；sudo systemctl enable --now bluetooth"},
     "b1",
     bluetooth,
     ask_bluetooth},
    {"b2",
     Weight::fix,
     {"Are Bluetooth devices paired?", "配对过蓝牙设备吗？"},
     {"A paired phone or headset connects by itself, and a trusted one without a question.",
      "配对过的手机、耳机会自动连接，“已信任”的连询问都没有。"},
     {"bluetoothctl remove ADDRESS; Windows: Settings > Bluetooth > Remove device.",
      "bluetoothctl remove 地址；Windows：设置 > 蓝牙 > 删除设备。"},
     {"That device no longer connects.", "该设备不能再连接。"},
     {"Pair it again.", "重新配对。"},
     "b2",
     bluetooth,
     ask_paired},
};

constexpr Check inputs[] = {
    {"h1",
     Weight::stop,
     {"Are mouse or keyboard wireless?", "鼠标或键盘是不是无线的？"},
     {"What is typed goes through the air; with many makes it can be read or forged from the next room.",
      "按键会通过空中传输；许多型号在隔壁房间就能窃听或伪造。"},
     {"Take a mouse and a keyboard with a cable; pull out the receiver, it is a radio also without its mouse.",
      "换用有线鼠标和键盘，并拔掉接收器：即使不用鼠标，它也在收发无线电。"},
     {"The wireless mouse or keyboard no longer works here.", "无线鼠标、键盘不能再用。"},
     {"Plug the receiver in again.", "重新插上接收器。"},
     "h1",
     "Common rule for computers that hold secrets: no wireless device, mouse and keyboard included",
     ask_wireless_input},
    {"h2",
     Weight::stop,
     {"Is a receiver plugged in that is known to be weak?", "有没有插着已知有漏洞的接收器？"},
     {"For these makes the attack is published and costs the price of a lunch.",
      "这些型号的攻击方法早已公开，成本只要一顿午饭钱。"},
     {"Take a wired mouse and keyboard. Where it must stay: update its firmware with its maker's program (Logitech: "
      "fwupdmgr update).",
      "换用有线鼠标和键盘。必须保留的：用厂家程序更新固件（罗技：fwupdmgr update）。"},
     {"As under H1. An update that is cut off can make the receiver useless.", "同 H1。更新中断可能使接收器报废。"},
     {"Plug it in again; firmware cannot be taken back.", "重新插上即可；固件更新不能撤回。"},
     "h2",
     "MouseJack (Bastille, 2016); CVE-2019-13052 to CVE-2019-13055; table packs/host/receivers.toml",
     ask_weak_receiver},
    {"h3",
     Weight::fix,
     {"Is a stick plugged in that listens or attacks by radio?", "有没有插着监听或攻击用的无线电设备？"},
     {"Such sticks read what wireless devices nearby send, or type in their place. In some laboratories they are "
      "tools; here they need a reason.",
      "这类设备能接收附近无线设备的数据，或冒充它们输入。有的实验室把它当工具，但在这里需要说明理由。"},
     {"Pull it out and ask whose it is. If it belongs here, let your security officer enter an exemption.",
      "拔下来，问清是谁的。确有需要的，请保密员登记豁免。"},
     {"Measurements that need it stop.", "依赖它的测量会停止。"},
     {"Plug it in again.", "重新插上。"},
     "h3",
     "Makers' product ids; table packs/host/receivers.toml",
     ask_radio_dongles},
};

}  // namespace

std::span<Check const> connection_checks() {
    static std::vector<Check> const all = [] {
        std::vector<Check> checks(std::begin(connections), std::end(connections));
        checks.insert(checks.end(), std::begin(radio), std::end(radio));
        checks.insert(checks.end(), std::begin(inputs), std::end(inputs));
        return checks;
    }();
    return all;
}

}  // namespace keepmum
