// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/snapshot_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "host/snapshot_text.h"

namespace keepmum {
namespace {

class MadeFolder {
  public:
    MadeFolder() {
        char name[] = "/tmp/keepmum-snapshot-XXXXXX";
        path = mkdtemp(name);
    }
    ~MadeFolder() { std::filesystem::remove_all(path); }
    void put(std::string const& name, std::string const& content) const {
        std::filesystem::create_directories(std::filesystem::path(path + "/" + name).parent_path());
        std::ofstream(path + "/" + name) << content;
    }
    Snapshot read() const {
        auto raw = read_raw(path);
        EXPECT_TRUE(raw);
        auto snapshot = snapshot_of(std::move(*raw));
        EXPECT_TRUE(snapshot) << snapshot.error().where << snapshot.error().what;
        return std::move(*snapshot);
    }
    std::string path;
};

TEST(SnapshotFolder, GivesTheSameAgain) {
    Snapshot snapshot;
    snapshot.host = "lab-7";
    snapshot.taken = "2026-11-22T10:00:00Z";
    snapshot.put_user("alice", "/home/alice");
    snapshot.put_folder("/sys/class/net", {"eth0", "lo"});
    snapshot.put_folder("/sys/class/rfkill", {});
    snapshot.put("/sys/class/net/eth0/device", "../../devices/x");  // a link that has files below it
    snapshot.put("/sys/class/net/eth0/device/driver", "../drivers/e1000");
    snapshot.put("/etc/shadow", Seen::denied);
    snapshot.put("/etc/iwd", Seen::absent);
    snapshot.put("/var/log/kern.log", std::string("a\0\xFF", 3), true);
    snapshot.put("/etc/" + std::string(300, 'n'), "long");
    snapshot.put("/etc/mis\xC3\xA9", "x");
    snapshot.put("users/alice/.netrc", "machine");
    snapshot.put("cmd/nl80211.json", "{}");
    snapshot.put("usb.reg", "r");
    MadeFolder made;
    std::string const folder = made.path + "/snap";
    ASSERT_TRUE(write_snapshot(snapshot, folder));
    EXPECT_FALSE(write_snapshot(snapshot, folder));  // not over another
    struct stat facts{};
    ASSERT_EQ(stat(folder.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777u, 0700u);
    auto raw = read_raw(folder);
    ASSERT_TRUE(raw);
    auto const again = snapshot_of(std::move(*raw));
    ASSERT_TRUE(again) << again.error().where << again.error().what;
    EXPECT_EQ(print_snapshot_text(*again), print_snapshot_text(snapshot));
}

TEST(SnapshotFolder, LinksLeadNowhere) {
    MadeFolder made;
    made.put("root/etc/hostname", "lab\n");
    std::filesystem::create_symlink("/etc/passwd", made.path + "/root/etc/passwd");
    std::filesystem::create_directory_symlink("/etc", made.path + "/root/etc/all");
    std::filesystem::create_directory_symlink("..", made.path + "/root/etc/loop");
    ASSERT_EQ(mkfifo((made.path + "/root/etc/pipe").c_str(), 0600), 0);
    Snapshot const snapshot = made.read();
    EXPECT_EQ(snapshot.file("/etc/passwd").bytes, "/etc/passwd");  // the target as a text
    EXPECT_EQ(snapshot.file("/etc/all").bytes, "/etc");
    EXPECT_EQ(snapshot.file("/etc/loop").bytes, "..");
    EXPECT_EQ(snapshot.file("/etc/pipe").seen, Seen::damaged);
    EXPECT_EQ(snapshot.line("/etc/hostname"), "lab");
    EXPECT_EQ(snapshot.size(), 5u);
}

TEST(SnapshotFolder, WhatWasChangedAfterwardsIsDamaged) {
    Snapshot snapshot;
    snapshot.put("/etc/hosts", "127.0.0.1 localhost\n");
    snapshot.put("/etc/hostname", "lab\n");
    MadeFolder made;
    ASSERT_TRUE(write_snapshot(snapshot, made.path + "/snap"));
    std::ofstream(made.path + "/snap/root/etc/hosts") << "other\n";
    std::filesystem::remove(made.path + "/snap/root/etc/hostname");
    auto raw = read_raw(made.path + "/snap");
    ASSERT_TRUE(raw);
    auto const again = snapshot_of(std::move(*raw));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->file("/etc/hosts").seen, Seen::damaged);
    EXPECT_EQ(again->file("/etc/hostname").seen, Seen::damaged);
}

TEST(SnapshotFolder, ForeignFilesKeepTheirNames) {
    MadeFolder made;
    made.put("usbstor.reg", "Windows Registry Editor\n");
    made.put("wlan/home.xml", "<x/>");
    Snapshot const snapshot = made.read();
    EXPECT_TRUE(snapshot.file("usbstor.reg").present());
    EXPECT_TRUE(snapshot.file("wlan/home.xml").present());
}

TEST(SnapshotFolder, OneFileIsASnapshotToo) {
    MadeFolder made;
    made.put("a.txt", "keepmum-snapshot 1\nhost lab\n/etc/hostname = lab\n");
    auto raw = read_raw(made.path + "/a.txt");
    ASSERT_TRUE(raw);
    auto const snapshot = snapshot_of(std::move(*raw));
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->host, "lab");
    EXPECT_EQ(read_raw(made.path + "/none").error().fault, Fault::not_found);
}

TEST(SnapshotFolder, AManifestThatMakesNoSenseIsSaid) {
    for (char const* text : {"{\"type\":\"keepmum-snapshot\",\"version\":9,\"items\":[]}", "{\"type\":\"keepmum-snapshot\"",
                             "{\"type\":\"keepmum-snapshot\",\"version\":1,\"items\":[{\"path\":\"/a\",\"state\":\"odd\"}]}"}) {
        std::vector<RawFile> files = {{"manifest.json", text}};
        EXPECT_FALSE(snapshot_of(std::move(files))) << text;
    }
    // Paths that leave the snapshot are not taken.
    std::vector<RawFile> files = {
        {"manifest.json", "{\"type\":\"keepmum-snapshot\",\"version\":1,\"items\":[{\"path\":\"/../a\",\"state\":\"absent\"}]}"}};
    auto const snapshot = snapshot_of(std::move(files));
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->size(), 0u);
}

}  // namespace
}  // namespace keepmum
