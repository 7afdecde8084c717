// The texts of the checks on how data leaves a computer other than by its networks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/checks/exits.h"
#include "host/checks/list.h"

namespace keepmum {
namespace {

// What each rests on. GB/T 39786, NIST and CIS are named where they ask the same; the rest is plain reason, said in `why`.
constexpr std::string_view cis_media = "NIST SP 800-171 3.8.7 (removable media); CIS Controls v8 10.3";
constexpr std::string_view nist_flow = "NIST SP 800-171 3.1.3 (flow of information), 3.1.20 (external systems)";

constexpr Check programs_that_send[] = {
    {"c1", Weight::stop,
     {"Does a program copy folders to a cloud or to other computers?", "有没有程序把文件夹同步到网盘或其他电脑？"},
     {"What lies in such a folder leaves the computer at once and without a question, also what somebody puts there by mistake.",
      "放进这种文件夹的文件会立即自动传出去，不再询问，误放的也一样。"},
     {"Sign out in the program, then remove it. Linux: sudo apt purge NAME. Windows: Settings > Apps > Uninstall. macOS: move it to the "
      "bin. Then see to the copies in the cloud.",
      "先在程序里退出登录，再卸载。Linux：sudo apt purge 名称；Windows：设置 > 应用 > 卸载；macOS：移到废纸篓。然后处理网盘里已有的副本。"},
     {"Files are no longer the same on your other devices; copies that are already there stay.", "文件不再与其他设备同步；已经传上去的副本仍在。"},
     {"Install the program again and sign in.", "重新安装并登录。"},
     "c1", nist_flow, ask_clouds},
    {"c2", Weight::fix,
     {"Can a program here send files to people or services?", "有没有程序可以把文件发给别人或在线服务？"},
     {"Chat, mail and AI programs send a file with one careless drag, and keep what they receive in folders that nobody looks after.",
      "聊天、邮件和人工智能程序，随手一拖文件就发出去了；收到的文件也留在没人管的文件夹里。"},
     {"Use them on another computer. Here, remove them as under C1, and look through the folders named.",
      "请在另一台电脑上使用这些程序；在本机按 C1 的办法卸载，并检查列出的文件夹。"},
     {"You can no longer write to people from this computer.", "不能再用这台电脑收发消息。"},
     {"Install the program again.", "重新安装。"},
     "c2", nist_flow, ask_chats},
    {"t1", Weight::stop,
     {"Can somebody at a distance see or steer this computer?", "有没有人能远程查看或控制这台电脑？"},
     {"Remote control shows the screen and the files to whoever has the password, or runs the relay in between.",
      "远程控制会把屏幕和文件展示给知道密码的人，或者中间的转发服务器。"},
     {"Remove the program. Linux: sudo systemctl disable --now ssh. Windows: Settings > System > Remote Desktop > Off. macOS: System "
      "Settings > General > Sharing.",
      "卸载该程序。Linux：sudo systemctl disable --now ssh；Windows：设置 > 系统 > 远程桌面 > 关；macOS：系统设置 > 通用 > 共享。"},
     {"Help from a distance no longer works; someone has to come.", "不能再远程协助，需要有人到现场。"},
     {"Switch it on again in the same place.", "在同一处重新打开。"},
     "t1", "NIST SP 800-171 3.1.12 (remote access), 3.4.7 (nonessential services)", ask_remote_control},
    {"s1", Weight::stop,
     {"Are folders shared over the network?", "有没有文件夹在网络上共享？"},
     {"Who is in the same network can copy what lies there; where no password is asked, anybody.",
      "同一网络里的人可以拷走里面的文件；不要密码的，任何人都可以。"},
     {"Linux: sudo systemctl disable --now smbd nfs-server. Windows: right-click the folder > Properties > Sharing > stop. macOS: System "
      "Settings > General > Sharing > File Sharing.",
      "Linux：sudo systemctl disable --now smbd nfs-server；Windows：右击文件夹 > 属性 > 共享 > 停止；macOS：系统设置 > 通用 > 共享 > 文件共享。"},
     {"Others no longer reach these folders; scanners that deliver into them stop.", "别人不能再访问这些文件夹；往里存扫描件的设备会失败。"},
     {"Share the folder again, for named people only.", "重新共享，并只给指定的人。"},
     "s1", "NIST SP 800-171 3.1.2, 3.13.4 (shared resources)", ask_shares},
    {"p1", Weight::fix,
     {"Does traffic go through a proxy?", "上网数据是否经过代理？"},
     {"A proxy sees, keeps and may change what goes through it, and hides from your own network who talks to whom.",
      "代理能看到、保存甚至修改经过它的数据，也让单位看不清谁在和谁通信。"},
     {"If your organisation did not set it: remove the program, and the setting in the system's network settings or in /etc/environment.",
      "如果不是单位设置的：卸载该程序，并在系统网络设置或 /etc/environment 中删除代理。"},
     {"Pages that are reached only through it no longer open.", "只能经它打开的网页将打不开。"},
     {"Enter the address again.", "重新填入地址。"},
     "p1", nist_flow, ask_proxies},
    {"p2", Weight::fix,
     {"Is there a VPN or a tunnel?", "有没有 VPN 或内网穿透？"},
     {"A tunnel that was opened from inside passes by every firewall: what is at its other end stands in your network.",
      "从里面打开的隧道会绕过所有防火墙：另一端的人等于进了单位内网。"},
     {"If your organisation did not set it: remove the program. Linux: sudo systemctl disable --now NAME; sudo apt purge NAME.",
      "如果不是单位设置的：卸载该程序。Linux：sudo systemctl disable --now 名称；sudo apt purge 名称。"},
     {"Networks behind it are no longer reached.", "不能再访问对面的网络。"},
     {"Install it again.", "重新安装。"},
     "p2", "NIST SP 800-171 3.13.7 (split tunneling), 3.1.20", ask_tunnels},
};

constexpr Check devices_and_disks[] = {
    {"r1",
     Weight::stop,
     {"Is a removable disk or stick plugged in?", "现在插着 U 盘或移动硬盘吗？"},
     {"It carries files out in a pocket, and brings programs in.",
      "它能装在口袋里把文件带走，也能带进恶意程序。"},
     {"Eject it and take it out. Keep only media that your organisation lists.",
      "安全弹出并拔掉，只使用单位登记过的介质。"},
     {"Files on it are not at hand.", "上面的文件暂时不能用。"},
     {"Plug it in again.", "重新插上。"},
     "r1",
     cis_media,
     ask_media_now},
    {"r2",
     Weight::fix,
     {"Were removable media used here?", "这台电脑用过 U 盘或移动硬盘吗？"},
     {"The list tells which media may hold copies of what was here. It is no reproach: it is a list to tick "
      "off.",
      "这份清单说明哪些介质里可能有这里的文件。它不是指责，只是便于逐一核对。"},
     {"Find each medium of the list and compare it with your organisation's register of media. Deleting the "
      "traces mends nothing.",
      "逐一找到清单上的介质，与单位的介质登记核对。删除痕迹并不能解决问题。"},
     {"Nothing.", "没有影响。"},
     {"Nothing to undo.", "无需恢复。"},
     "r2",
     cis_media,
     ask_media_history},
    {"r3",
     Weight::fix,
     {"Are the USB sockets guarded?", "USB 接口有没有管控？"},
     {"Without a rule, every stick is opened and every false keyboard may type.",
      "没有规则时，任何 U 盘都能打开，任何伪装的键盘都能输入。"},
     {"Linux: sudo apt install usbguard, then write down what is plugged in now BEFORE starting it: usbguard "
      "generate-policy > "
      "/etc/usbguard/rules.conf. Windows: group policy 'All Removable Storage classes: Deny all access'.",
      "Linux：sudo apt install usbguard，启动之前先把当前设备写入规则：usbguard generate-policy > "
      "/etc/usbguard/rules.conf。"
      "Windows：组策略“所有可移动存储类：拒绝所有权限”。"},
     {"Devices that are not in the list stop working, keyboard and mouse too: keep a second way in.",
      "清单外的设备不能用，包括键盘鼠标，请留好备用办法。"},
     {"Linux: sudo systemctl disable --now usbguard. Windows: set the policy to 'Not configured'.",
      "Linux：sudo systemctl disable --now usbguard；Windows：把该策略改为“未配置”。"},
     "r3",
     "NIST SP 800-171 3.8.7; USBGuard, usbguard-daemon.conf(5)",
     ask_usb_policy},
    {"l1",
     Weight::fix,
     {"May programs ask where this computer is?", "程序能获取这台电脑的位置吗？"},
     {"The place of a computer tells the place of its work; it is found from the Wi-Fi around and sent to a "
      "service for that.",
      "电脑的位置就是工作的位置；定位靠周围的 Wi-Fi，并会发给定位服务商。"},
     {"Linux: sudo systemctl mask geoclue. Windows: Settings > Privacy > Location > Off. macOS and Android: "
      "Settings > Privacy > Location.",
      "Linux：sudo systemctl mask geoclue；Windows：设置 > 隐私 > 位置 > 关；macOS 和安卓：设置 > 隐私 > "
      "定位服务。"},
     {"Maps, weather and the automatic time zone no longer know the place.",
      "地图、天气和自动时区不再知道所在地。"},
     {"sudo systemctl unmask geoclue, or the same switch.",
      "sudo systemctl unmask geoclue，或重新打开同一开关。"},
     "l1",
     "NIST SP 800-53 SC-42 (sensors)",
     ask_location},
    {"v1",
     Weight::fix,
     {"Is there a camera or a microphone?", "有没有摄像头或麦克风？"},
     {"Whoever takes over the computer sees and hears the room.", "谁控制了电脑，谁就能看到、听到这个房间。"},
     {"Unplug it. Where it is built in: switch it off in the firmware setup, cover the camera.",
      "拔掉；内置的请在 BIOS 中关闭，并遮住摄像头。"},
     {"No video calls from this computer.", "这台电脑不能再视频通话。"},
     {"Plug it in, or switch it on in the firmware setup.", "重新插上，或在 BIOS 中打开。"},
     "v1",
     "NIST SP 800-171 3.13.12 (collaborative devices)",
     ask_sensors},
    {"v2",
     Weight::fix,
     {"Does a program use, or may it use, the camera or the microphone?",
      "有没有程序正在或可以使用摄像头、麦克风？"},
     {"A program that may listen can do so while nobody thinks of it.",
      "被允许使用的程序，可以在没人注意的时候使用。"},
     {"Close the program; take the right away. Windows: Settings > Privacy > Camera, Microphone. macOS and "
      "Android: Settings > Privacy.",
      "关闭该程序并取消权限。Windows：设置 > 隐私 > 相机、麦克风；macOS 和安卓：设置 > 隐私。"},
     {"The program asks again, or cannot call.", "该程序会再次询问，或无法通话。"},
     {"Allow it in the same place.", "在同一处重新允许。"},
     "v2",
     "NIST SP 800-171 3.13.12 (collaborative devices)",
     ask_sensor_use},
    {"d1",
     Weight::fix,
     {"Are the disks encrypted?", "硬盘加密了吗？"},
     {"Without it, who takes the computer, or its disk at repair, reads everything.",
      "没有加密，电脑丢失或送修时，谁拿到硬盘谁就能读取全部内容。"},
     {"Linux: encrypt when installing (LUKS), swap too. Windows: manage-bde -on C:. macOS: System Settings > "
      "Privacy & Security > FileVault.",
      "Linux：安装时选择加密（LUKS），交换区也要；Windows：manage-bde -on C:；macOS：系统设置 > 隐私与安全性 "
      "> 文件保险箱。"},
     {"Who loses the password and the recovery key loses the data.",
      "密码和恢复密钥都丢了，数据就找不回来。"},
     {"Windows: manage-bde -off C:. macOS: switch FileVault off. Linux: install anew.",
      "Windows：manage-bde -off C:；macOS：关闭文件保险箱；Linux：需重装。"},
     "d1",
     "NIST SP 800-171 3.13.16 (data at rest); GB/T 39786-2021",
     ask_data_at_rest},
    {"d2",
     Weight::note,
     {"Are printers set up?", "设置了打印机吗？"},
     {"Paper is a way out too, and printers keep copies.", "纸张也是出口，打印机里还会留存副本。"},
     {"Remove what is not needed: Linux: lpadmin -x NAME. Windows: Settings > Printers > Remove. Prefer a "
      "cable to the network.",
      "删除不需要的：Linux：lpadmin -x 名称；Windows：设置 > 打印机 > 删除。尽量用线缆而不是网络。"},
     {"That printer is no longer offered.", "不能再用该打印机。"},
     {"Set the printer up again.", "重新添加打印机。"},
     "d2",
     "NIST SP 800-171 3.8.1 (paper media)",
     ask_printers},
};

}  // namespace

std::span<Check const> exit_checks() {
    static std::vector<Check> const all = [] {
        std::vector<Check> checks(std::begin(programs_that_send), std::begin(programs_that_send) + 2);
        checks.insert(checks.end(), std::begin(devices_and_disks), std::begin(devices_and_disks) + 6);
        checks.insert(checks.end(), std::begin(programs_that_send) + 2, std::end(programs_that_send));
        checks.insert(checks.end(), std::begin(devices_and_disks) + 6, std::end(devices_and_disks));
        return checks;
    }();
    return all;
}

}  // namespace keepmum
