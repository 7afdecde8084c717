// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/foreign/foreign.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/icu.h"
#include "format/zip/writer.h"
#include "host/check.h"
#include "host/read.h"
#include "host/snapshot_text.h"

namespace keepmum {
namespace {

Programs shipped() {
    auto programs = Programs::load(KEEPMUM_SOURCE);
    EXPECT_TRUE(programs);
    return programs ? *programs : Programs();
}

Machine read(std::vector<std::pair<std::string, std::string>> const& files) {
    static Programs const programs = shipped();
    Snapshot snapshot;
    for (auto const& [path, bytes] : files) EXPECT_TRUE(snapshot.put(path, bytes)) << path;
    return read_machine(snapshot, programs);
}

std::string const chinese_wlan =
    "\r\n系统上有 1 个接口:\r\n\r\n    名称                   : 无线网络连接\r\n    描述                   : "
    "Intel(R) Centrino(R)\r\n"
    "    状态                   : 已连接\r\n    SSID                   : 机房\r\n    身份验证               "
    ": 开放式\r\n    密码                   : 无\r\n";

TEST(Foreign, TextsInTheCodePageOfTheComputer) {
    for (char const* charset : {"gb18030", "utf-8", "utf-16le"}) {
        std::string bytes = encode_with_icu(chinese_wlan, charset);
        if (std::string_view(charset) == "utf-16le") bytes = "\xFF\xFE" + bytes;
        Machine const machine = read({{"wlan-interfaces.txt", bytes}});
        ASSERT_EQ(machine.networks.items.size(), 1u) << charset;
        EXPECT_EQ(machine.networks.items[0].ssid, "机房") << charset;
        EXPECT_EQ(machine.networks.items[0].cipher, AirCipher::open) << charset;
        EXPECT_EQ(machine.radios.items.at(0).name, "无线网络连接") << charset;
    }
}

TEST(Foreign, ProtectionByItsName) {
    struct Case {
        char const* authentication;
        char const* encryption;
        AirCipher cipher;
    };
    for (Case const& one : {Case{"open", "none", AirCipher::open},
                            {"open", "WEP", AirCipher::wep},
                            {"shared", "WEP", AirCipher::wep},
                            {"WPA", "TKIP", AirCipher::wpa1},
                            {"WPAPSK", "TKIP", AirCipher::wpa1},
                            {"WPAPSK", "AES", AirCipher::wpa2},
                            {"WPA2PSK", "AES", AirCipher::wpa2},
                            {"WPA2", "AES", AirCipher::enterprise},
                            {"WPA3SAE", "AES", AirCipher::wpa3},
                            {"WPA3ENT192", "GCMP256", AirCipher::enterprise},
                            {"OWE", "AES", AirCipher::owe},
                            {"WPA2 - 个人", "CCMP", AirCipher::wpa2},
                            {"WPA2 - 企业", "CCMP", AirCipher::enterprise},
                            {"WPA3-Personal", "CCMP", AirCipher::wpa3},
                            {"开放式", "无", AirCipher::open},
                            {"spairport_security_mode_none", "", AirCipher::open},
                            {"spairport_security_mode_wpa2_enterprise", "", AirCipher::enterprise},
                            {"spairport_security_mode_wpa3_transition", "", AirCipher::wpa3},
                            {"WEP", "", AirCipher::wep},
                            {"SAE", "", AirCipher::wpa3},
                            {"NONE", "", AirCipher::open},
                            {"WPA_EAP IEEE8021X", "", AirCipher::enterprise},
                            {"WAPI_PSK", "", AirCipher::wapi},
                            {"", "", AirCipher::unknown},
                            {"???", "", AirCipher::unknown}}) {
        EXPECT_EQ(cipher_named(one.authentication, one.encryption), one.cipher) << one.authentication << " " << one.encryption;
    }
}

TEST(Foreign, KindsAreKnownByTheirContent) {
    auto kind = [](char const* name, char const* bytes) { return foreign_file(name, bytes).kind; };
    EXPECT_EQ(kind("x.txt", "REGEDIT4\n"), ForeignKind::registry);
    EXPECT_EQ(kind("x.txt", "\n<?xml version=\"1.0\"?><WLANProfile xmlns=\"x\">"), ForeignKind::wlan_profile);
    EXPECT_EQ(kind("x", "{\"SPUSBDataType\": []}"), ForeignKind::system_profiler);
    EXPECT_EQ(kind("usb_devices.json", "[]"), ForeignKind::osquery);
    EXPECT_EQ(kind("x.json", "{\"a\": 1}"), ForeignKind::unknown);
    EXPECT_EQ(kind("x", "-----\nDUMP OF SERVICE wifi:\n"), ForeignKind::bugreport);
    EXPECT_EQ(kind("users/li/.dropbox/info.json", "{"), ForeignKind::settings);
    EXPECT_EQ(kind("letter.txt", "Dear all,"), ForeignKind::unknown);
}

TEST(Foreign, ABugReportMayBeZipped) {
    ZipWriter writer;
    writer.add("bugreport-x.txt", "== dumpstate: 2026-11-20 08:00:00\nDUMP OF SERVICE wifi:\nWi-Fi is enabled\n");
    writer.add("FS/data/misc/secret.txt", "DUMP OF SERVICE wifi:\nWi-Fi is disabled\n");
    std::string const bytes = writer.finish();
    Machine const machine = read({{"bugreport.zip", bytes}});
    EXPECT_EQ(machine.system, "android");
    ASSERT_EQ(machine.radios.items.size(), 1u);
    EXPECT_TRUE(machine.radios.items[0].on);
    EXPECT_EQ(machine.radios.items[0].proof.path, "bugreport.zip/bugreport-x.txt");
    for (std::size_t size = 0; size < bytes.size(); size += 7) read({{"bugreport.zip", bytes.substr(0, size)}});
}

// Whatever a file is cut to: what comes out is less, never something else, and no check passes for it.
TEST(Foreign, CutFilesNeverPass) {
    Programs const programs = shipped();
    std::string const whole =
        "Windows Registry Editor Version "
        "5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Enum\\USBSTOR\\Disk&Ven_A&Prod_B\\1234&"
        "0]\r\n"
        "\"FriendlyName\"=\"A B USB Device\"\r\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        Snapshot snapshot;
        snapshot.put("usbstor.reg", whole.substr(0, size), true);
        Machine const machine = read_machine(snapshot, programs);
        for (Check const& check : host_checks()) {
            if (check.id != "r2") continue;
            EXPECT_NE(check.ask(machine).answer, Answer::pass) << size;
        }
    }
}

// Each folder that the list of programs names is known again on Windows and macOS, below whatever home.
TEST(Foreign, EveryFixedFolderOfTheListIsKnown) {
    Programs const programs = shipped();
    std::size_t tried = 0;
    for (ProgramRow const& row : programs.rows()) {
        for (System const system : {System::windows, System::macos}) {
            for (FolderTrace const& trace : row.traces(system).folders) {
                if (trace.form != FolderTrace::Form::fixed) continue;
                std::string path = trace.at;
                if (path.starts_with('~')) path = (system == System::windows ? "D:/Users/li" : "/Users/li") + path.substr(1);
                if (path.ends_with('*')) path.back() = '1';
                if (system == System::windows) std::replace(path.begin(), path.end(), '/', '\\');
                Machine machine;
                Snapshot const snapshot;
                Foreign foreign{snapshot, programs, machine};
                note_program_folders(system, {path, "/Users/li/Documents", "C:\\Users\\li\\Desktop"}, foreign);
                EXPECT_GE(machine.folders.items.size(), 1u) << path;
                for (SyncedFolder const& folder : machine.folders.items) EXPECT_EQ(folder.path, path);
                ++tried;
            }
        }
    }
    EXPECT_GE(tried, 40u);
}

TEST(Foreign, EmptySnapshotKnowsNothing) {
    Programs const programs = shipped();
    Snapshot snapshot;
    snapshot.put("nothing.txt", "");
    Machine const machine = read_machine(snapshot, programs);
    for (Check const& check : host_checks()) EXPECT_NE(check.ask(machine).answer, Answer::pass) << check.id;
}

}  // namespace
}  // namespace keepmum
