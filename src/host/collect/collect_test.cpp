// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/collect.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "host/collect/nl80211.h"
#include "host/snapshot_text.h"

namespace keepmum {
namespace {

// A folder that stands for "/".
class MadeComputer {
  public:
    MadeComputer() {
        char name[] = "/tmp/keepmum-collect-XXXXXX";
        root = mkdtemp(name);
    }
    ~MadeComputer() { std::filesystem::remove_all(root); }
    void put(std::string const& path, std::string const& content) const {
        std::filesystem::create_directories(std::filesystem::path(root + path).parent_path());
        std::ofstream(root + path) << content;
    }
    Snapshot collected(std::optional<Key> key = {}, std::vector<std::string> more = {}) const {
        return collect({root, CollectOptions::Kernel::left_alone, std::move(more), {}, key});
    }
    std::string root;
};

TEST(Collect, TakesFilesLinksListsAndSaysWhatIsNotThere) {
    MadeComputer made;
    made.put("/sys/class/net/eth0/carrier", "1\n");
    std::filesystem::create_directories(made.root + "/sys/class/net/eth0/device");
    std::filesystem::create_symlink("../../../bus/usb/drivers/rndis_host", made.root + "/sys/class/net/eth0/device/driver");
    made.put("/etc/hostname", "lab\n");
    Snapshot const snapshot = made.collected();
    EXPECT_EQ(snapshot.line("/sys/class/net/eth0/carrier"), "1");
    EXPECT_EQ(snapshot.link_end("/sys/class/net/eth0/device/driver"), "rndis_host");
    EXPECT_EQ(snapshot.file("/sys/class/net/eth0/operstate").seen, Seen::absent);
    EXPECT_EQ(snapshot.list("/sys/class/net").names, std::vector<std::string>{"eth0"});
    EXPECT_EQ(snapshot.list("/sys/class/rfkill").seen, Seen::absent);
    EXPECT_EQ(snapshot.file("/etc/NetworkManager/system-connections/a").seen, Seen::absent);
    EXPECT_EQ(snapshot.file("/etc/some-other-file").seen, Seen::uncollected);
}

TEST(Collect, ReadsHomesAndOnlyWhatIsTheirOwners) {
    MadeComputer made;
    unsigned const me = geteuid();
    made.put("/etc/passwd", "me:x:" + std::to_string(me) + ":0::/home/me:/bin/sh\nbroken:x\nother:x:1:1::/var:/bin/sh\n");
    made.put("/home/me/.ssh/authorized_keys", "ssh-ed25519 AAAA me@lab\n");
    made.put("/home/me/.dropbox/info.json", "{\"personal\":{\"path\":\"/home/me/Dropbox\",\"token\":\"hunter2\"}}\n");
    std::filesystem::create_directories(made.root + "/home/me/.config/autostart");
    // A link to a file of somebody else's: /proc/1/… belongs to root; as root, to what is nobody's here.
    if (me != 0) std::filesystem::create_symlink("/etc/hostname", made.root + "/home/me/.ssh/authorized_keys2");
    Snapshot const snapshot = made.collected({}, {"~/.dropbox/info.json"});
    ASSERT_EQ(snapshot.users().size(), 1u);
    EXPECT_EQ(snapshot.users()[0].home, "/home/me");
    EXPECT_TRUE(snapshot.file("users/me/.ssh/authorized_keys").present());
    EXPECT_EQ(snapshot.file("users/me/.dropbox/info.json").bytes.find("hunter2"), std::string_view::npos);
    EXPECT_TRUE(snapshot.file("users/me/.dropbox/info.json").present());
    if (me != 0) {
        EXPECT_EQ(snapshot.file("users/me/.ssh/authorized_keys2").seen, Seen::denied);
    } else {
        ASSERT_EQ(chown((made.root + "/home/me/.ssh/authorized_keys").c_str(), 12345, 0), 0);
        EXPECT_EQ(made.collected().file("users/me/.ssh/authorized_keys").seen, Seen::denied);
    }
}

TEST(Collect, IsNotHeldUpByPipesHugeFilesAndLoops) {
    MadeComputer made;
    std::filesystem::create_directories(made.root + "/etc/sudoers.d");
    ASSERT_EQ(mkfifo((made.root + "/etc/hosts").c_str(), 0600), 0);
    made.put("/etc/fstab", std::string(1u << 20, 'x'));
    made.put("/var/log/kern.log", std::string(5u << 20, 'x') + "the end\n");
    std::filesystem::create_directory_symlink("..", made.root + "/etc/modprobe.d");
    std::filesystem::create_symlink("resolv.conf", made.root + "/etc/resolv.conf");
    Snapshot const snapshot = made.collected();
    EXPECT_EQ(snapshot.file("/etc/hosts").seen, Seen::damaged);
    EXPECT_TRUE(snapshot.file("/etc/fstab").cut);
    EXPECT_EQ(snapshot.file("/etc/fstab").bytes.size(), 256u << 10);
    EXPECT_TRUE(snapshot.file("/var/log/kern.log").cut);
    EXPECT_TRUE(snapshot.file("/var/log/kern.log").bytes.ends_with("the end\n"));
    EXPECT_EQ(snapshot.file("/etc/resolv.conf").seen, Seen::damaged);
}

TEST(Collect, DeniedIsNotAbsent) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    MadeComputer made;
    made.put("/etc/NetworkManager/system-connections/a", "psk=x\n");
    std::filesystem::permissions(made.root + "/etc/NetworkManager/system-connections", std::filesystem::perms::none);
    EXPECT_EQ(made.collected().find("/etc/NetworkManager/system-connections/*").unseen.size(), 1u);
    std::filesystem::permissions(made.root + "/etc/NetworkManager/system-connections", std::filesystem::perms::owner_all);
}

TEST(Collect, AddressesCanBeHiddenEverywhere) {
    MadeComputer made;
    made.put("/var/lib/bluetooth/AA:BB:CC:DD:EE:01/AA:BB:CC:DD:EE:02/info", "Name=x AA:BB:CC:DD:EE:02\n");
    made.put("/sys/class/net/eth0/address", "aa:bb:cc:dd:ee:03\n");
    std::string const text = print_snapshot_text(made.collected(random_key()));
    EXPECT_EQ(text.find("DD:EE:0"), std::string::npos) << text.substr(0, 2000);
    EXPECT_EQ(text.find("dd:ee:0"), std::string::npos);
    EXPECT_NE(text.find("Name=x 02:"), std::string::npos);
}

TEST(Collect, ThisComputerWithinItsTime) {
    Snapshot const snapshot = collect({});
    EXPECT_TRUE(snapshot.file("/proc/net/route").seen != Seen::uncollected);
    EXPECT_NE(snapshot.command("nl80211").seen, Seen::absent);
}

TEST(Nl80211, DescribesWhatTheKernelSays) {
    auto const attribute = [](unsigned type, std::string payload) {
        std::string out;
        unsigned const length = 4 + static_cast<unsigned>(payload.size());
        out += {static_cast<char>(length & 255), static_cast<char>(length >> 8), static_cast<char>(type & 255), static_cast<char>(type >> 8)};
        out += payload;
        out.resize((out.size() + 3) / 4 * 4);
        return out;
    };
    std::string const interface = attribute(4, std::string("wlan0\0", 6)) + attribute(5, std::string("\2\0\0\0", 4));
    EXPECT_EQ(describe_interface(interface), "{\"name\":\"wlan0\",\"type\":2,\"ssid\":\"\"}");
    std::string const bss = attribute(47 | 0x8000, attribute(1, "\xAA\xBB\xCC\xDD\xEE\xFF") + attribute(5, std::string("\x11\0", 2)) +
                                                       attribute(6, std::string("\0\3Lab", 5)) + attribute(9, std::string("\1\0\0\0", 4)));
    EXPECT_EQ(describe_bss("wlan0", bss), "{\"interface\":\"wlan0\",\"bssid\":\"aa:bb:cc:dd:ee:ff\",\"frequency\":0,\"capability\":17,"
                                          "\"status\":1,\"elements\":\"00034c6162\"}");
    for (std::size_t cut = 0; cut < bss.size(); ++cut) describe_bss("w", std::string_view(bss).substr(0, cut));
}

}  // namespace
}  // namespace keepmum
