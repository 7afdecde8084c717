// Snapshots that are made to be slow: lists of thousands against lists of thousands, rings, devices upon devices.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <chrono>

#include "host/check.h"
#include "host/programs/programs.h"
#include "host/read.h"

namespace keepmum {
namespace {

// The bound is far above what it takes (about a second), and far below what squares of these lists would.
TEST(LinuxHuge, EndsSoon) {
    constexpr int many = 15'000;
    Snapshot snapshot;
    snapshot.otherwise = Seen::absent;
    std::string routes = "Iface\tDestination\n", mounts, trie = "Main:\n", journal, swaps = "Filename\n";
    for (int i = 0; i < many; ++i) {
        std::string const n = std::to_string(i);
        snapshot.put("/sys/class/net/e" + n + "/flags", "0x1003");
        snapshot.put("/sys/class/net/e" + n + "/carrier", "1");
        snapshot.put("/sys/class/net/e" + n + "/phy80211", "../phy" + n);
        snapshot.put("/sys/class/ieee80211/phy" + n + "/x", "");
        snapshot.put("/sys/class/rfkill/rfkill" + n + "/name", "phy" + n);
        snapshot.put("/sys/class/bluetooth/hci" + n + "/x", "");
        snapshot.put("/sys/class/video4linux/video" + n + "/name", "Camera");
        snapshot.put("/sys/block/dm-" + n + "/dm/name", "n" + n);
        snapshot.put("/sys/block/sd" + n + "/removable", "1");
        routes += "e" + n + "\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
        trie += "     |-- 10.0." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256) + "\n        /32 host LOCAL\n";
        mounts += "/dev/mapper/n" + n + " /m" + n + " ext4 rw 0 0\n";
        swaps += "/dev/dm-" + n + " partition 1 0 -2\n";
    }
    for (int i = 0; i < 100; ++i) {  // each stands upon all others
        for (int j = 0; j < 100; ++j) snapshot.put("/sys/block/dm-" + std::to_string(i) + "/slaves/dm-" + std::to_string(j), "");
    }
    snapshot.put("/proc/net/route", routes);
    snapshot.put("/proc/net/fib_trie", trie);
    snapshot.put("/proc/mounts", mounts);
    snapshot.put("/proc/swaps", swaps);
    Result<Programs> const programs = Programs::load(KEEPMUM_SOURCE);
    ASSERT_TRUE(programs);
    auto const start = std::chrono::steady_clock::now();
    Machine const machine = read_linux(snapshot, *programs);
    for (Check const& check : host_checks()) check.ask(machine);
    double const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.2f s\n", seconds);
    EXPECT_LT(seconds, 30);
    EXPECT_FALSE(machine.radios.unseen.empty());  // what was not looked at is said
}

}  // namespace
}  // namespace keepmum
