// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/checks/exits.h"

#include <gtest/gtest.h>

#include <set>

#include "base/utf8.h"
#include "host/checks/answers.h"
#include "host/checks/list.h"

namespace keepmum {
namespace {

// A machine of which everything was seen, and on which there is nothing.
Machine empty_machine() {
    Machine machine;
    machine.system = "linux";
    for (bool* looked :
         {&machine.routes.looked, &machine.interfaces.looked, &machine.removable.looked,
          &machine.past_media.looked, &machine.usb.looked, &machine.settings.looked, &machine.programs.looked,
          &machine.folders.looked, &machine.listeners.looked, &machine.shares.looked, &machine.sensors.looked,
          &machine.volumes.looked, &machine.printers.looked, &machine.credentials.looked}) {
        *looked = true;
    }
    return machine;
}

Answered ask(std::string_view id, Machine const& machine) {
    for (Check const& check : exit_checks()) {
        if (check.id == id) return check.ask(machine);
    }
    ADD_FAILURE() << id;
    return {};
}

TEST(ExitChecks, TextsAreWhole) {
    std::set<std::string_view> ids;
    for (Check const& check : exit_checks()) {
        ids.insert(check.id);
        EXPECT_EQ(check.proved_by, check.id);
        EXPECT_FALSE(check.source.empty());
        for (Bilingual const& text : {check.question, check.why, check.mend, check.breaks, check.undo}) {
            EXPECT_FALSE(text.en.empty()) << check.id;
            bool chinese = false;
            for (std::size_t at = 0; at < text.zh.size(); at += decode_utf8(text.zh, at).length)
                chinese |= is_cjk(decode_utf8(text.zh, at).value);
            EXPECT_TRUE(chinese) << check.id << text.zh;
        }
    }
    EXPECT_EQ(ids.size(), 14u);
}

TEST(ExitChecks, NothingIsThere) {
    Machine const machine = empty_machine();
    for (char const* id : {"c1", "c2", "r1", "r2", "l1", "v1", "t1", "s1", "p1", "p2", "d2"})
        EXPECT_EQ(ask(id, machine).answer, Answer::pass) << id;
    for (char const* id : {"v2", "d1", "r3"}) EXPECT_EQ(ask(id, machine).answer, Answer::not_applicable) << id;
}

TEST(ExitChecks, NothingWasSeen) {
    Machine const machine;
    for (Check const& check : exit_checks()) {
        Answered const answered = check.ask(machine);
        EXPECT_EQ(answered.answer, Answer::unknown) << check.id;
        EXPECT_FALSE(answered.missing.empty()) << check.id;
        EXPECT_FALSE(answered.what_zh.empty()) << check.id;
    }
}

// What could not be seen never turns into a pass, and never hides what was seen.
TEST(ExitChecks, DeniedIsNotAbsent) {
    Machine machine = empty_machine();
    machine.programs.unseen.push_back({"/var/lib/dpkg/status", Blank::denied});
    for (char const* id : {"c1", "c2", "t1", "p1", "p2"}) {
        Answered const answered = ask(id, machine);
        EXPECT_EQ(answered.answer, Answer::unknown) << id;
        EXPECT_EQ(answered.missing.at(0).path, "/var/lib/dpkg/status");
    }
    EXPECT_EQ(ask("s1", machine).answer, Answer::pass);
    machine.programs.items.push_back(
        {"todesk", "remote", "ToDesk", "ToDesk", true, true, true, false, false, {"/proc/9/comm", "ToDesk"}});
    EXPECT_EQ(ask("t1", machine).answer, Answer::fail);
    machine.settings.unseen.push_back({"/etc/dconf/db", Blank::denied});
    EXPECT_EQ(ask("l1", machine).answer, Answer::unknown);
    EXPECT_EQ(ask("r3", machine).answer, Answer::not_applicable);  // that file has no say in it
}

TEST(ExitChecks, RemoteControlTellsStatesApart) {
    auto told = [](bool installed, bool starts, bool running, bool listening, bool connected) {
        Machine machine = empty_machine();
        machine.programs.items.push_back({"x", "remote", "X", "X", installed, starts, running, listening, connected, {"p", "l"}});
        return ask("t1", machine);
    };
    EXPECT_NE(told(true, false, false, false, false).what_en.find("installed, not running"), std::string::npos);
    EXPECT_NE(told(true, true, true, false, false).what_en.find("running, starts by itself"), std::string::npos);
    EXPECT_NE(told(true, false, true, true, false).what_en.find("waiting for connections"), std::string::npos);
    EXPECT_NE(told(true, false, true, true, true).what_zh.find("正有人连接"), std::string::npos);
    Machine machine = empty_machine();
    machine.listeners.items.push_back({"tcp", "0.0.0.0", 5900, true, {"/proc/net/tcp", "x"}});
    EXPECT_NE(ask("t1", machine).what_en.find("port 5900 open (VNC)"), std::string::npos);
    machine.listeners.items[0].outside = false;
    EXPECT_EQ(ask("t1", machine).answer, Answer::pass);
    machine.settings.items.push_back({"remote.desktop", "off", {}});
    EXPECT_EQ(ask("t1", machine).answer, Answer::pass);
    machine.settings.items.back().value = "on";
    EXPECT_EQ(ask("t1", machine).answer, Answer::fail);
}

TEST(ExitChecks, FoldersGoWithTheKindOfTheirProgram) {
    Machine machine = empty_machine();
    machine.programs.items.push_back({"dropbox", "sync", "Dropbox", "Dropbox", true, false, false, false, false, {"a", "b"}});
    machine.programs.items.push_back({"wechat", "chat", "WeChat", "微信", true, false, true, false, false, {"a", "c"}});
    machine.folders.items.push_back({"dropbox", "/home/li/Dropbox", "", {"i", "j"}});
    machine.folders.items.push_back({"wechat", "/home/li/xwechat_files", "", {"k", "l"}});
    Answered const clouds = ask("c1", machine), chats = ask("c2", machine);
    EXPECT_NE(clouds.what_en.find("/home/li/Dropbox"), std::string::npos);
    EXPECT_EQ(clouds.what_en.find("xwechat"), std::string::npos);
    EXPECT_NE(chats.what_zh.find("微信（正在运行）"), std::string::npos);
    EXPECT_NE(chats.what_zh.find("xwechat_files"), std::string::npos);
}

TEST(ExitChecks, UsbPolicy) {
    auto with = [](std::vector<Setting> settings) {
        Machine machine = empty_machine();
        machine.usb.items.push_back({});
        machine.settings.items = std::move(settings);
        return ask("r3", machine).answer;
    };
    EXPECT_EQ(with({}), Answer::fail);
    EXPECT_EQ(with({{"usb.authorized_default", "1", {}}}), Answer::fail);
    EXPECT_EQ(with({{"usb.authorized_default", "0", {}}}), Answer::pass);
    EXPECT_EQ(with({{"usb.authorized_default", "0", {}}, {"usb.authorized_default", "1", {}}}), Answer::fail);
    EXPECT_EQ(with({{"usb.authorized_default", "1", {}}, {"usb.guard", "block", {}}}), Answer::pass);
    EXPECT_EQ(with({{"usb.guard", "allow", {}}}), Answer::fail);
    EXPECT_EQ(with({{"usb.module.usb-storage", "disabled", {}}}), Answer::pass);
    EXPECT_EQ(with({{"usb.module.usb-storage", "blacklisted", {}}}), Answer::fail);
    EXPECT_EQ(with({{"usb.debugging", "1", {}}, {"usb.guard", "block", {}}}), Answer::fail);
}

TEST(ExitChecks, Location) {
    auto with = [](std::vector<Setting> settings) {
        Machine machine = empty_machine();
        machine.settings.items = std::move(settings);
        return ask("l1", machine).answer;
    };
    EXPECT_EQ(with({{"location.service", "on demand", {}}}), Answer::fail);
    EXPECT_EQ(with({{"location.service", "masked", {}}}), Answer::pass);
    EXPECT_EQ(with({{"location.service", "on demand", {}}, {"location.enabled", "false", {}}}), Answer::pass);
    EXPECT_EQ(with({{"location.enabled", "false", {}}, {"location.enabled", "true", {}}}), Answer::fail);
}

TEST(ExitChecks, DisksAndSensors) {
    Machine machine = empty_machine();
    machine.volumes.items = {{"sda2", "/", true, false, {}}, {"sdb1", "", false, true, {}}};
    EXPECT_EQ(ask("d1", machine).answer, Answer::pass);
    machine.volumes.items.push_back({"sda3", "swap", std::nullopt, false, {}});
    EXPECT_EQ(ask("d1", machine).answer, Answer::unknown);
    machine.volumes.items.push_back({"sda4", "/data", false, false, {}});
    EXPECT_NE(ask("d1", machine).what_en.find("sda4 (/data)"), std::string::npos);
    machine.sensors.items = {{Sensor::Kind::camera, "Cam", false, {}, {}}};
    EXPECT_EQ(ask("v1", machine).answer, Answer::fail);
    EXPECT_EQ(ask("v2", machine).answer, Answer::pass);
    machine.sensors.items[0].allowed = {"Zoom"};
    EXPECT_EQ(ask("v2", machine).answer, Answer::fail);
    machine.sensors.items[0] = {Sensor::Kind::camera, "Cam", std::nullopt, {}, {}};
    EXPECT_EQ(ask("v2", machine).answer, Answer::unknown);
}

TEST(Listed, CountsTheRest) {
    EXPECT_EQ(listed({"a"}, Language::en), "a");
    EXPECT_EQ(listed({"a", "b", "a"}, Language::en), "a and b");
    EXPECT_EQ(listed({"a", "b", "c", "d", "e", "f"}, Language::en), "a, b, c, d and 2 more");
    EXPECT_EQ(listed({"甲", "乙", "丙", "丁", "戊"}, Language::zh), "甲、乙、丙、丁 等 5 项");
}

}  // namespace
}  // namespace keepmum
