// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/snapshot.h"

#include <gtest/gtest.h>

#include "host/snapshot_text.h"

namespace keepmum {
namespace {

Snapshot sample() {
    Snapshot snapshot;
    snapshot.put_folder("/sys/class/net", {"eth0", "wlan0", "lo"});
    snapshot.put("/sys/class/net/eth0/carrier", "1\n");
    snapshot.put("/sys/class/net/wlan0/carrier", Seen::denied);
    snapshot.put("/sys/class/net/lo/carrier", Seen::absent);
    snapshot.put("/sys/class/net/eth0/device/driver", "../../../../bus/usb/drivers/rndis_host");
    snapshot.put("/etc/shadow", Seen::denied);
    snapshot.put("/etc/NetworkManager", Seen::absent);
    snapshot.put_user("alice", "/home/alice");
    snapshot.put("users/alice/.netrc", "machine x\n");
    snapshot.put("usb.reg", "text");
    return snapshot;
}

TEST(Snapshot, SaysWhyNothingIsKnown) {
    Snapshot const snapshot = sample();
    EXPECT_EQ(snapshot.line("/sys/class/net/eth0/carrier"), "1");
    EXPECT_EQ(snapshot.file("/sys/class/net/wlan0/carrier").seen, Seen::denied);
    EXPECT_EQ(snapshot.file("/sys/class/net/wlan0/operstate").seen, Seen::uncollected);  // named, not read
    EXPECT_EQ(snapshot.file("/sys/class/net/usb0/carrier").seen, Seen::absent);          // not among the names
    EXPECT_EQ(snapshot.file("/etc/shadow/x").seen, Seen::denied);
    EXPECT_EQ(snapshot.file("/etc/NetworkManager/system-connections/a").seen, Seen::absent);
    EXPECT_EQ(snapshot.file("/etc/passwd").seen, Seen::uncollected);
    EXPECT_EQ(snapshot.file("/sys/class/net").seen, Seen::damaged);  // a folder is no file
    EXPECT_EQ(snapshot.list("/sys/class/net/eth0/carrier").seen, Seen::damaged);
    EXPECT_EQ(snapshot.link_end("/sys/class/net/eth0/device/driver"), "rndis_host");
    EXPECT_TRUE(snapshot.has("/sys/class/net/eth0"));
    EXPECT_FALSE(snapshot.has("/sys/class/net/usb0"));
    EXPECT_FALSE(snapshot.has("/etc/shadow"));
}

TEST(Snapshot, ListsFoldersWithAndWithoutTheirOwnEntry) {
    Snapshot const snapshot = sample();
    EXPECT_EQ(snapshot.list("/sys/class/net").names, (std::vector<std::string>{"eth0", "lo", "wlan0"}));
    EXPECT_EQ(snapshot.list("/sys/class/net/").names.size(), 3u);
    EXPECT_EQ(snapshot.list("/sys").names, std::vector<std::string>{"class"});
    EXPECT_EQ(snapshot.list("/").names, (std::vector<std::string>{"etc", "sys"}));
    EXPECT_EQ(snapshot.list("").names, (std::vector<std::string>{"usb.reg", "users"}));
    EXPECT_EQ(snapshot.list("users/alice").names, std::vector<std::string>{".netrc"});
    EXPECT_EQ(snapshot.list("/etc/NetworkManager").seen, Seen::absent);
    EXPECT_EQ(snapshot.list("/etc/NetworkManager/system-connections").seen, Seen::absent);
    EXPECT_EQ(snapshot.list("/var").seen, Seen::uncollected);
}

TEST(Snapshot, FindsAndNamesWhatItCouldNotSee) {
    Snapshot const snapshot = sample();
    Paths const found = snapshot.find("/sys/class/net/*/carrier");
    EXPECT_EQ(found.paths, std::vector<std::string>{"/sys/class/net/eth0/carrier"});
    EXPECT_EQ(found.unseen, (std::vector<Unseen>{{"/sys/class/net/wlan0/carrier", Blank::denied}}));
    EXPECT_TRUE(found.looked);
    EXPECT_EQ(snapshot.find("/sys/class/net/w*0").paths.size(), 1u);
    EXPECT_TRUE(snapshot.find("/etc/NetworkManager/system-connections/*").looked);
    Paths const unknown = snapshot.find("/var/lib/iwd/*.psk");
    EXPECT_FALSE(unknown.looked);
    EXPECT_EQ(unknown.unseen, (std::vector<Unseen>{{"/var/lib/iwd", Blank::uncollected}}));

    Known<Route> known;
    EXPECT_TRUE(note(known, found));
    EXPECT_FALSE(note(known, "/etc/shadow", snapshot.file("/etc/shadow").seen));
    EXPECT_TRUE(known.looked);
    EXPECT_EQ(known.unseen.size(), 2u);
}

TEST(Snapshot, RefusesPathsThatLeaveIt) {
    Snapshot snapshot;
    for (char const* path : {"", "/", "/a/../b", "/a//b", "/a/", "./a", "..", "/a/."}) EXPECT_FALSE(snapshot.put(path, "x")) << path;
    EXPECT_FALSE(snapshot.put(std::string(2000, 'a'), "x"));
    std::string deep;
    for (int i = 0; i < 41; ++i) deep += "/a";
    EXPECT_FALSE(snapshot.put(deep, "x"));
    EXPECT_EQ(snapshot.size(), 0u);
}

TEST(Snapshot, AProofIsShortAndShowsWhatHides) {
    EXPECT_EQ(prove("/x", " a\tb\n").line, "a b");
    EXPECT_EQ(prove("/x", std::string("a\0b", 3)).line, "a\uFFFDb");
    EXPECT_LE(prove("/x", std::string(300, '\xE4')).line.size(), 200u);
    EXPECT_EQ(snapshot_name("a\nb\xFF"), "a%0Ab%FF");
}

TEST(SnapshotText, GivesTheSameAgain) {
    Snapshot snapshot = sample();
    snapshot.host = "lab-7";
    snapshot.taken = "2026-11-22T10:00:00Z";
    snapshot.put("/binary", std::string("\0\xFF== x", 6));
    snapshot.put("/long", "first part\n", true);
    snapshot.put("/long2", "first part", true);
    snapshot.put("/name with words cut", "x\n");
    snapshot.put("/tricky", "a\n== b\n-- c\n");
    snapshot.put("/empty", "");
    auto const read = read_snapshot_text(print_snapshot_text(snapshot), "t");
    ASSERT_TRUE(read) << read.error().where << read.error().what;
    EXPECT_EQ(print_snapshot_text(read->snapshot), print_snapshot_text(snapshot));
    EXPECT_EQ(read->snapshot.file("/binary").bytes, snapshot.file("/binary").bytes);
    EXPECT_EQ(read->snapshot.file("/tricky").bytes, snapshot.file("/tricky").bytes);
    EXPECT_EQ(read->snapshot.file("/long2").bytes, "first part");
    EXPECT_TRUE(read->snapshot.file("/long2").cut);
    EXPECT_EQ(read->snapshot.line("/name with words cut"), "x");
    EXPECT_EQ(read->snapshot.host, "lab-7");
    ASSERT_EQ(read->snapshot.users().size(), 1u);
    EXPECT_EQ(read->snapshot.users()[0].home, "/home/alice");
}

TEST(SnapshotText, ReadsWhatPeopleWrite) {
    auto const read = read_snapshot_text(
        "keepmum-snapshot 1\n# a bare server\nsystem linux\notherwise absent\n"
        "/sys/class/net/eth0/carrier = 1\n"
        "== /etc/shadow denied\n"
        "== /proc/net/route\nIface\tDestination\neth0\t00000000\n"
        "== usb.reg utf16\nWin\n"
        "-- files\n/etc/hostname = lab\n"
        "-- expect\nn1 fail eth0\nw2 not-applicable\n",
        "bare.txt");
    ASSERT_TRUE(read) << read.error().where << read.error().what;
    Snapshot const& snapshot = read->snapshot;
    EXPECT_EQ(snapshot.file("/proc/net/route").bytes, "Iface\tDestination\neth0\t00000000\n");
    EXPECT_EQ(snapshot.file("usb.reg").bytes, std::string_view("\xFF\xFEW\0i\0n\0\r\0\n\0", 12));
    EXPECT_EQ(snapshot.file("/etc/shadow").seen, Seen::denied);
    EXPECT_EQ(snapshot.file("/etc/passwd").seen, Seen::absent);
    EXPECT_EQ(snapshot.line("/etc/hostname"), "lab");
    ASSERT_EQ(read->expected.size(), 2u);
    EXPECT_EQ(read->expected[0].words, "eth0");
    EXPECT_EQ(read->expected[1].answer, "not-applicable");
}

TEST(SnapshotText, NamesTheLineThatIsWrong) {
    for (auto const& [text, where] : {std::pair{"keepmum-snapshot 1\nsytem linux\n", "t:2"}, {"nothing\n", "t:1"},
             {"keepmum-snapshot 1\n== /a/../b\nx\n", "t:2"}, {"keepmum-snapshot 1\n-- expect\nn1 maybe\n", "t:3"}}) {
        auto const read = read_snapshot_text(text, "t");
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().where, where);
    }
}

}  // namespace
}  // namespace keepmum
