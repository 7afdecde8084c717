// Removable media, place, cameras and microphones, disks, printers: what is plugged in or built in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/checks/answers.h"
#include "host/checks/exits.h"

namespace keepmum {
namespace {

std::string name_of(UsbDevice const& device) {
    std::string name = device.maker;
    if (!device.name.empty()) name += (name.empty() ? "" : " ") + device.name;
    if (name.empty()) name = "USB";
    if (!device.serial.empty()) name += " [" + device.serial + "]";
    return name;
}

std::string dated(Past const& past) {
    std::string text = past.what;
    if (!past.serial.empty()) text += " [" + past.serial + "]";
    if (std::string const day = day_of(past); !day.empty()) text += " " + day;
    return text;
}

}  // namespace

Answered ask_media_now(Machine const& machine) {
    Gathered found;
    for (UsbDevice const& device : machine.removable.items) found.add(name_of(device), device.proof);
    if (!found.empty()) return answer_fail("plugged in now: " + found.en(), "当前插着：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.removable, "disks that are plugged in");
    if (!missing.empty())
        return answer_unknown("it cannot be said whether a removable medium is plugged in",
                              "无法判断是否插着移动存储", std::move(missing));
    return answer_pass("no removable medium is plugged in", "没有插着移动存储");
}

Answered ask_media_history(Machine const& machine) {
    Gathered found;
    std::size_t files = 0;
    std::vector<Past const*> media;
    for (Past const& past : machine.past_media.items) media.push_back(&past);
    auto const when = [](Past const* past) -> std::string const& { return past->last.empty() ? past->first : past->last; };
    std::stable_sort(media.begin(), media.end(), [&](Past const* a, Past const* b) { return when(a) > when(b); });
    for (Past const* past : media) {
        files += past->files.size();
        found.add(dated(*past), past->proof);
    }
    if (!found.empty()) {
        std::string en =
            std::to_string(found.size()) +
            (found.size() == 1 ? " removable medium was used here: " : " removable media were used here: ") +
            found.en();
        std::string zh = "这台电脑用过 " + std::to_string(found.size()) + " 个移动存储：" + found.zh();
        if (files > 0) {
            en += "; " + std::to_string(files) + (files == 1 ? " file was opened from them" : " files were opened from them");
            zh += "；从中打开过 " + std::to_string(files) + " 个文件";
        }
        return answer_fail(std::move(en), std::move(zh), found.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.past_media, "history of USB devices");
    if (!missing.empty())
        return answer_unknown("no removable medium was seen, but not every trace could be looked at",
                              "没有看到移动存储的痕迹，但有些记录无法查看", std::move(missing));
    return answer_pass("no trace of a removable medium", "没有用过移动存储的痕迹");
}

Answered ask_usb_policy(Machine const& machine) {
    Gathered guards, holes;
    std::size_t controllers = 0, closed = 0;
    for (Setting const& setting : machine.settings.items) {
        if (setting.name == "usb.debugging" && setting.value == "1") {
            holes.add("USB debugging is switched on", "USB 调试已打开", setting.proof);
        } else if (setting.name == "usb.authorized_default") {
            ++controllers;
            if (setting.value != "0") continue;
            ++closed;
            guards.add("the kernel refuses new USB devices", "内核拒绝新的 USB 设备", setting.proof);
        } else if (setting.name == "usb.guard") {
            if (setting.value == "allow") holes.add("USBGuard lets everything in", "USBGuard 放行所有设备", setting.proof);
            else guards.add("new USB devices are refused until they are allowed", "新的 USB 设备须经许可", setting.proof);
        } else if (setting.name.starts_with("usb.module.usb-storage") && setting.value == "disabled") {
            guards.add("USB storage is switched off", "USB 存储已停用", setting.proof);
        } else if (setting.name == "usb.rule") {
            guards.add("a rule refuses USB devices", "有规则拒绝 USB 设备", setting.proof);
        }
    }
    if (!holes.empty()) return answer_fail(holes.en(), holes.zh(), holes.proofs());
    // A controller that takes everything is a way in, whatever the others do, where nothing else guards.
    bool const by_controllers_alone = closed > 0 && closed == guards.size();
    if (!guards.empty() && (!by_controllers_alone || closed == controllers))
        return answer_pass(guards.en(), guards.zh(), guards.proofs());
    std::vector<Unseen> missing = missing_settings(machine, {"usb", "modprobe", "udev", "removable"}, "USB policy");
    if (!missing.empty()) return answer_unknown("it cannot be said what guards the USB sockets", "无法判断 USB 接口有无管控", std::move(missing));
    bool const none = machine.usb.looked && machine.usb.unseen.empty() && machine.usb.items.empty() && controllers == 0;
    if (none && machine.system == "linux") return answer_not_applicable("there is no USB here", "这台电脑没有 USB");
    return answer_fail("any USB stick that is plugged in is taken at once", "插入任何 U 盘都会直接识别，没有管控", {});
}

Answered ask_location(Machine const& machine) {
    Gathered on, programs;
    bool said = false, off = false;
    for (Setting const& setting : machine.settings.items) {
        if (setting.name == "location.enabled") {
            said = true;
            if (setting.value == "true") on.add("the location service is switched on", "位置服务已打开", setting.proof);
            else off = true;
        } else if (setting.name == "location.program") {
            programs.add(setting.value, setting.proof);
        }
    }
    if (!said) {
        for (Setting const& setting : machine.settings.items) {
            if (setting.name != "location.service" || setting.value == "masked") continue;
            on.add("a service that finds out the place can be started by any program", "任何程序都可以启动定位服务", setting.proof);
        }
    }
    if (!on.empty()) {
        std::string en = on.en(), zh = on.zh();
        if (!programs.empty()) {
            en += "; may ask: " + programs.en();
            zh += "；可以使用的程序：" + programs.zh();
        }
        return answer_fail(std::move(en), std::move(zh), on.proofs());
    }
    std::vector<Unseen> missing = missing_settings(machine, {"location", "geoclue", "dconf"}, "location service");
    if (!missing.empty())
        return answer_unknown("it cannot be said whether programs may ask for the place",
                              "无法判断程序能否获取位置", std::move(missing));
    if (off) return answer_pass("the location service is switched off", "位置服务已关闭");
    return answer_pass("there is no location service", "没有位置服务");
}

Answered ask_sensors(Machine const& machine) {
    Gathered found;
    for (Sensor const& sensor : machine.sensors.items) {
        bool const camera = sensor.kind == Sensor::Kind::camera;
        std::string const name = sensor.name.empty() ? "" : " " + sensor.name;
        found.add((camera ? "camera" : "microphone") + name, (camera ? "摄像头" : "麦克风") + name, sensor.proof);
    }
    if (!found.empty()) return answer_fail("this computer can see or hear: " + found.en(), "这台电脑能看到或听到周围：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.sensors, "cameras and microphones");
    if (!missing.empty())
        return answer_unknown("no camera or microphone was seen, but not every place could be looked at",
                              "没有看到摄像头或麦克风，但有些位置无法查看", std::move(missing));
    return answer_pass("there is no camera and no microphone", "没有摄像头和麦克风");
}

Answered ask_sensor_use(Machine const& machine) {
    Gathered found;
    bool known = false;
    for (Sensor const& sensor : machine.sensors.items) {
        bool const camera = sensor.kind == Sensor::Kind::camera;
        known |= sensor.in_use.has_value() || !sensor.allowed.empty();
        if (sensor.in_use.value_or(false)) {
            found.add(camera ? "the camera is in use now" : "the microphone is in use now",
                      camera ? "摄像头正在被使用" : "麦克风正在被使用", sensor.proof);
        }
        for (std::string const& program : sensor.allowed) {
            found.add(program + (camera ? " may use the camera" : " may use the microphone"),
                      program + (camera ? " 可以使用摄像头" : " 可以使用麦克风"), sensor.proof);
        }
    }
    if (!found.empty()) return answer_fail(found.en(), found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.sensors, "use of cameras and microphones");
    if (machine.sensors.items.empty() && missing.empty())
        return answer_not_applicable("there is no camera and no microphone", "没有摄像头和麦克风");
    if (!known && missing.empty()) missing.push_back({"use of cameras and microphones", Blank::uncollected});
    if (!missing.empty())
        return answer_unknown("it cannot be said who uses the camera or the microphone",
                              "无法判断谁在使用摄像头或麦克风", std::move(missing));
    return answer_pass("nobody uses the camera or the microphone now", "当前没有程序使用摄像头或麦克风");
}

Answered ask_data_at_rest(Machine const& machine) {
    Gathered plain, unclear;
    bool any = false;
    for (Volume const& volume : machine.volumes.items) {
        if (volume.removable) continue;
        any = true;
        std::string const name = volume.use.empty() || volume.use == volume.name ? volume.name : volume.name + " (" + volume.use + ")";
        if (!volume.encrypted) unclear.add(name, volume.proof);
        else if (!*volume.encrypted) plain.add(name, volume.proof);
    }
    if (!plain.empty()) {
        std::string en = "can be read by whoever takes the disk out: " + plain.en(), zh = "拆走硬盘就能读取，没有加密：" + plain.zh();
        Setting const* const cores = setting_of(machine, "core.pattern");
        if (cores != nullptr && cores->value.starts_with('|') && cores->value.find("/bin/false") == std::string::npos) {
            en += "; memory of crashed programs is kept there too";
            zh += "；程序崩溃时的内存也会存到上面";
        }
        return answer_fail(std::move(en), std::move(zh), plain.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.volumes, "encryption of disks");
    for (Proof const& proof : unclear.proofs()) missing.push_back({proof.path, Blank::uncollected});
    if (!unclear.empty() && missing.empty()) missing.push_back({"encryption of " + unclear.en(), Blank::uncollected});
    if (!missing.empty()) return answer_unknown("it cannot be said whether the disks are encrypted", "无法判断硬盘是否加密", std::move(missing));
    if (!any) return answer_not_applicable("there is no disk here", "这里没有硬盘");
    return answer_pass("disks and swap are encrypted", "硬盘和交换区均已加密");
}

Answered ask_printers(Machine const& machine) {
    Gathered found;
    for (Printer const& printer : machine.printers.items) {
        found.add(printer.name + (printer.over_network ? " (over the network)" : ""),
                  printer.name + (printer.over_network ? "（网络打印机）" : ""), printer.proof);
    }
    if (!found.empty()) return answer_fail("paper can leave by: " + found.en(), "可以打印到：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.printers, "printers");
    if (!missing.empty()) return answer_unknown("it cannot be said whether a printer is set up", "无法判断是否设置了打印机", std::move(missing));
    return answer_pass("no printer is set up", "没有设置打印机");
}

}  // namespace keepmum
