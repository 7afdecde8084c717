// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/programs/programs.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace keepmum {
namespace {

Programs shipped() {
    auto programs = Programs::load(KEEPMUM_SOURCE);
    EXPECT_TRUE(programs) << (programs ? "" : programs.error().what + " " + programs.error().where);
    return programs ? *programs : Programs();
}

std::string id_of(ProgramRow const* row) { return row == nullptr ? "" : row->id; }

TEST(Programs, ShippedListReads) {
    Programs const programs = shipped();
    EXPECT_GE(programs.rows().size(), 100u);
    for (ProgramRow const& row : programs.rows()) {
        EXPECT_FALSE(row.en.empty() || row.zh.empty()) << row.id;
        EXPECT_TRUE(is_utf8(row.zh)) << row.id;
        bool traced = !row.ports.empty();
        for (ProgramTraces const& traces : row.on) {
            traced |= !traces.packages.empty() || !traces.processes.empty() || !traces.names.empty() || !traces.folders.empty();
        }
        EXPECT_TRUE(traced) << row.id;
    }
}

// Each trace leads back to its own row, but where an earlier row takes it on purpose.
TEST(Programs, TracesLeadToTheirRow) {
    Programs const programs = shipped();
    for (ProgramRow const& row : programs.rows()) {
        for (std::size_t i = 0; i < system_count; ++i) {
            auto const system = static_cast<System>(i);
            auto plain = [](std::string text) {
                return text.substr(0, text.find('*')) +
                       (text.find('*') == text.npos ? "" : text.substr(text.find('*') + 1));
            };
            for (auto const& name : row.on[i].packages) EXPECT_EQ(id_of(programs.by_package(system, plain(name))), row.id) << name;
            for (auto const& name : row.on[i].processes) EXPECT_EQ(id_of(programs.by_process(system, plain(name))), row.id) << name;
            for (auto const& name : row.on[i].names) EXPECT_EQ(id_of(programs.by_name(system, name + " 9.1")), row.id) << name;
            for (auto const& name : row.on[i].services) EXPECT_EQ(id_of(programs.by_service(system, plain(name))), row.id) << name;
        }
    }
}

TEST(Programs, NamesEndWords) {
    Programs const programs = shipped();
    EXPECT_EQ(id_of(programs.by_name(System::windows, "QQ")), "qq");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "QQ9.7.1")), "qq");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "QQ音乐")), "");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "QQMail")), "");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "企业微信")), "wecom");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "微信 (x64)")), "wechat");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "微信输入法")), "");
    EXPECT_EQ(id_of(programs.by_name(System::windows, "")), "");
    EXPECT_EQ(id_of(programs.by_process(System::linux_, "gnome-remote-de")), "gnome-remote-desktop");
    EXPECT_EQ(id_of(programs.by_process(System::linux_, "gnome-remote-d")), "");
}

FolderTrace trace_of(char const* id, System system, std::size_t number = 0) {
    static Programs const programs = shipped();
    ProgramRow const* const row = programs.find(id);
    EXPECT_NE(row, nullptr) << id;
    if (row == nullptr || row->traces(system).folders.size() <= number) return {};
    return row->traces(system).folders[number];
}

struct FolderCase {
    char const* id;
    System system;
    char const* content;
    char const* path;
    char const* account;
};

class ProgramFolders : public testing::TestWithParam<FolderCase> {};

TEST_P(ProgramFolders, AreRead) {
    FolderCase const& one = GetParam();
    auto const folders = folders_in(trace_of(one.id, one.system), one.content);
    ASSERT_EQ(folders.size(), 1u);
    EXPECT_EQ(folders[0].path, one.path);
    EXPECT_EQ(folders[0].account, one.account);
    EXPECT_NE(folders[0].line.find(one.path), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Each, ProgramFolders,
    testing::Values(
        FolderCase{"dropbox", System::linux_,
                   R"({"personal": {"path": "/home/li/Dropbox", "host": 4567, "is_team": false}})",
                   "/home/li/Dropbox", ""},
        FolderCase{"dropbox", System::windows,
                   R"({"business": {"path": "C:\\Users\\li\\Dropbox Lab", "host": 1}})",
                   "C:\\Users\\li\\Dropbox Lab", ""},
        FolderCase{"onedrive", System::linux_,
                   "# comment\nsync_dir = \"~/OneDrive\"\nskip_file = \"*.tmp\"\n", "~/OneDrive", ""},
        FolderCase{
            "nextcloud", System::linux_,
            "[Accounts]\n0\\Folders\\1\\localPath=/home/li/Nextcloud/\n0\\url=https://cloud.example.org\n",
            "/home/li/Nextcloud/", "https://cloud.example.org"},
        FolderCase{"owncloud", System::linux_, "0\\Folders\\1\\localPath=/home/li/ownCloud/\n",
                   "/home/li/ownCloud/", ""},
        FolderCase{"syncthing", System::linux_,
                   "<configuration version=\"37\"><folder id=\"x\" label=\"Lab\" path=\"/home/li/Sync\" "
                   "type=\"sendreceive\"/></configuration>",
                   "/home/li/Sync", ""},
        FolderCase{
            "gnome-accounts", System::linux_,
            "[Account account_1]\nProvider=google\nPresentationIdentity=li@example.org\nFilesEnabled=true\n",
            "google", "li@example.org"},
        FolderCase{"rclone", System::linux_, "[gd]\ntype = drive\nscope = drive\n", "drive", ""},
        FolderCase{"yandex-disk", System::linux_,
                   "auth=\"/home/li/.config/yandex-disk/passwd\"\ndir=\"/home/li/Yandex.Disk\"\n",
                   "/home/li/Yandex.Disk", ""},
        FolderCase{"unison", System::linux_, "root = /home/li/lab\n", "/home/li/lab", ""},
        FolderCase{"resilio", System::linux_, R"({"shared_folders": [{"dir": "/srv/share"}]})", "/srv/share",
                   ""}));

TEST(ProgramFolders, AccountGoesWithItsFolder) {
    FolderTrace const trace{FolderTrace::Form::json, "x", "*.path", "*.email"};
    auto const folders = folders_in(trace, R"({"a": {"path": "/a", "email": "a@x"}, "b": {"path": "/b", "email": "b@x"}, "c": 1})");
    ASSERT_EQ(folders.size(), 2u);
    EXPECT_EQ(folders[1].path, "/b");
    EXPECT_EQ(folders[1].account, "b@x");
}

TEST(ProgramFolders, NonsenseSaysNothing) {
    for (char const* id : {"dropbox", "syncthing", "nextcloud"}) {
        for (std::string const& bytes : {std::string(), std::string("\xff\x00\x01", 3), std::string("{"),
                                         std::string(5000, '='), std::string("<a><b")}) {
            EXPECT_TRUE(folders_in(trace_of(id, System::linux_), bytes).empty()) << id;
        }
    }
}

TEST(Programs, ComplaintsNameTheLine) {
    auto complaint = [](std::string const& text) {
        auto const programs = Programs::read(text, "p.toml");
        return programs ? std::string() : programs.error().where + " " + programs.error().what;
    };
    std::string const head = "[[program]]\nid = 'x'\nen = 'X'\nzh = 'X'\n";
    EXPECT_EQ(complaint(head + "kind = 'sync'\n"), "");
    EXPECT_NE(complaint(head + "kind = 'game'\n").find("game"), std::string::npos);
    EXPECT_NE(complaint(head + "kind = 'sync'\ncolour = 1\n").find("colour"), std::string::npos);
    EXPECT_NE(complaint(head + "kind = 'sync'\nports = [70000]\n").find("65535"), std::string::npos);
    EXPECT_NE(
        complaint(head + "kind = 'sync'\nfolder = [{on = 'linux', json = 'a', ini = 'b', path = 'c'}]\n")
            .find("ini"),
        std::string::npos);
    EXPECT_NE(complaint(head + "kind = 'sync'\n" + head + "kind = 'sync'\n").find("twice"), std::string::npos);
}

TEST(Fits, StarsAndCase) {
    EXPECT_TRUE(fits_glob("a*c", "ABBc"));
    EXPECT_TRUE(fits_glob("*", ""));
    EXPECT_TRUE(fits_glob("*\\localPath", "0\\Folders\\1\\localPath"));
    EXPECT_FALSE(fits_glob("a*c", "abcd"));
    EXPECT_FALSE(fits_glob("", "a"));
}

}  // namespace
}  // namespace keepmum
