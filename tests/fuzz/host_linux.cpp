// A whole Linux computer as one text, or one of the files that are read of it (byte 0 chooses), through all readers and all
// checks: whatever stands there, each check answers in both languages, and an unknown names what is missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "host/checks/list.h"
#include "host/programs/programs.h"
#include "host/read.h"
#include "host/snapshot_text.h"

namespace {

constexpr char const* paths[] = {
    "/proc/net/route", "/proc/net/ipv6_route", "/proc/net/fib_trie", "/proc/net/if_inet6", "/proc/net/tcp", "/proc/net/udp6",
    "/sys/class/net/e/flags", "/sys/class/net/e/uevent", "/etc/resolv.conf", "/etc/hosts", "/etc/chrony/chrony.conf",
    "/var/lib/NetworkManager/timestamps", "/var/lib/dhcp/a.leases", "/var/log/apt/history.log", "cmd/nl80211.json",
    "/etc/NetworkManager/system-connections/a", "/etc/wpa_supplicant/a.conf", "/var/lib/iwd/a.open", "/etc/netplan/a.yaml",
    "/var/lib/connman/a/settings", "/etc/hostapd/hostapd.conf", "/var/lib/bluetooth/02:00:00:00:00:01/02:00:00:00:00:02/info",
    "/sys/bus/usb/devices/1-1/idVendor", "/sys/bus/hid/devices/0005:1/uevent", "/run/udev/data/b8:0", "/proc/mounts",
    "/var/log/kern.log", "users/a/.local/share/recently-used.xbel", "users/a/.cache/thumbnails/large/a.png",
    "/etc/usbguard/usbguard-daemon.conf", "/etc/modprobe.d/a.conf", "/etc/udev/rules.d/a.rules", "/etc/geoclue/geoclue.conf",
    "users/a/.config/dconf/user", "users/a/.local/share/flatpak/db/devices", "/proc/asound/pcm", "/var/lib/dpkg/status",
    "/etc/xdg/autostart/a.desktop", "/etc/samba/smb.conf", "/etc/exports", "/etc/avahi/services/a.service", "/etc/environment",
    "/etc/apt/apt.conf", "/etc/firefox/policies/policies.json", "/proc/swaps", "/proc/cmdline", "/etc/cups/printers.conf",
    "/etc/passwd", "/etc/group", "/etc/sudoers", "users/a/.ssh/authorized_keys", "/usr/local/share/ca-certificates/a.crt",
    "users/a/.config/Nextcloud/nextcloud.cfg", "users/a/.dropbox/info.json", "users/a/.config/syncthing/config.xml",
};

keepmum::Programs const& programs() {
    static keepmum::Programs const all = [] {
        auto read = keepmum::Programs::load(KEEPMUM_SOURCE);
        if (!read) std::abort();
        return *read;
    }();
    return all;
}

void judge(keepmum::Snapshot const& snapshot) {
    keepmum::Machine const machine = keepmum::read_linux(snapshot, programs());
    for (keepmum::Check const& check : keepmum::host_checks()) {
        keepmum::Answered const answered = check.ask(machine);
        if ((answered.answer == keepmum::Answer::unknown) == answered.missing.empty()) std::abort();
        for (std::string const& text : {answered.what_en, answered.what_zh}) {
            if (text.empty() || !keepmum::is_utf8(text)) std::abort();
        }
        for (keepmum::Proof const& proof : answered.proofs) {
            if (proof.line.size() > 200 || !keepmum::is_utf8(proof.line)) std::abort();
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    if (keepmum::is_snapshot_text(bytes)) {
        if (auto const text = keepmum::read_snapshot_text(bytes, "fuzz")) judge(text->snapshot);
        return 0;
    }
    if (size == 0) return 0;
    keepmum::Snapshot snapshot;
    snapshot.otherwise = keepmum::Seen::absent;
    snapshot.put_user("a", "/home/a");
    snapshot.put("/sys/class/net/e/type", "1");
    snapshot.put("/sys/class/net/lo/type", "772");
    snapshot.put("/proc/1/comm", "systemd");
    snapshot.put(paths[data[0] % std::size(paths)], std::string(bytes.substr(1)));
    judge(snapshot);
    return 0;
}
