// Where data lies at rest: mounted volumes and swap, and whether dm-crypt stands below them; core dumps; hibernation; print
// queues (printers.conf of CUPS).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "host/linux/readers.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

// Block devices: what the names of device-mapper mean, and what stands below what. Each device is judged once.
class Blocks final {
  public:
    explicit Blocks(Snapshot const& snapshot) : snapshot_(snapshot) {
        for (std::string const& path : snapshot.find("/sys/block/dm-*/dm/name").paths) {
            names_.emplace(snapshot.line(path), path.substr(11, path.size() - 11 - 8));
        }
    }

    // The name under /sys/block of "/dev/dm-0" or "/dev/mapper/root"; "" where it is not known.
    std::string block_of(std::string_view device) const {
        constexpr std::string_view mapper = "/dev/mapper/", dev = "/dev/";
        if (device.starts_with(mapper)) {
            auto const found = names_.find(device.substr(mapper.size()));
            return found == names_.end() ? std::string() : found->second;
        }
        return device.starts_with(dev) ? std::string(device.substr(dev.size())) : std::string();
    }

    // Whether dm-crypt (its uuid begins with CRYPT-) stands at or below that device; nothing where it cannot be said.
    std::optional<bool> is_encrypted(std::string const& block, unsigned depth = 0) {
        if (block.empty() || depth > 8) return std::nullopt;
        if (!block.starts_with("dm-") && !block.starts_with("md")) return false;  // a disk or a part of one, as it is
        auto const [known, fresh] = judged_.try_emplace(block);  // nothing, as long as it is looked at: rings end here
        if (fresh) {
            std::optional<bool> const found = look(block, depth);
            judged_[block] = found;
            return found;
        }
        return known->second;
    }

  private:
    std::optional<bool> look(std::string const& block, unsigned depth) {
        std::string const at = "/sys/block/" + block;
        Look const uuid = snapshot_.file(at + "/dm/uuid");
        if (uuid.present() && trim(uuid.bytes).starts_with("CRYPT-")) return true;
        if (!uuid.present() && uuid.seen != Seen::absent) return std::nullopt;
        Listing const below = snapshot_.list(at + "/slaves");
        if (!below.present() || below.names.empty()) return std::nullopt;
        bool all = true;
        for (std::string const& slave : below.names) {
            std::optional<bool> const one = is_encrypted(slave, depth + 1);
            if (!one) return std::nullopt;
            all = all && *one;
        }
        return all;
    }

    Snapshot const& snapshot_;
    std::map<std::string, std::string, std::less<>> names_;
    std::map<std::string, std::optional<bool>, std::less<>> judged_;
};

// mounts of the kernel write a blank as \040.
std::string unescaped_mount(std::string_view path) {
    std::string out(path);
    for (std::size_t at = out.find("\\040"); at != out.npos; at = out.find("\\040", at)) out.replace(at, 4, " ");
    return made_name(out);
}

struct Mounted {
    std::string_view device, at;
};

std::vector<Mounted> read_mounts(Snapshot const& snapshot, Blocks& blocks, Known<Volume>& known) {
    constexpr std::string_view path = "/proc/mounts";
    constexpr std::string_view disks[] = {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "vfat", "exfat", "ntfs", "ntfs3",
                                          "fuseblk", "jfs", "reiserfs", "nilfs2", "bcachefs", "zfs"};
    std::vector<Mounted> mounted;
    std::string_view text = text_of(snapshot, path, known);
    if (!snapshot.file(path).present()) known.unseen.push_back({std::string(path), Blank::uncollected});
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line, 4);
        if (part.size() < 3 || std::find(std::begin(disks), std::end(disks), part[2]) == std::end(disks)) continue;
        if (part[0].starts_with("/dev/loop") || mounted.size() >= 1000) continue;
        // The boot loader's own volumes cannot be encrypted for it, and hold nothing of people's.
        if (part[1] == "/boot" || part[1] == "/boot/efi" || part[1] == "/efi") continue;
        bool const again =
            std::any_of(mounted.begin(), mounted.end(), [&](Mounted const& one) { return one.device == part[0]; });
        mounted.push_back({part[0], part[1]});
        if (again) continue;  // a part of it mounted elsewhere too
        std::string const block = blocks.block_of(part[0]);
        Volume volume{made_name(block.empty() ? part[0] : std::string_view(block)), unescaped_mount(part[1]),
                      blocks.is_encrypted(block)};
        if (part[2] == "zfs" || part[2] == "bcachefs") volume.encrypted.reset();  // may encrypt by themselves
        std::string_view const disk = std::string_view(block).substr(0, block.find_first_of("0123456789"));
        volume.removable = !disk.empty() && snapshot.line("/sys/block/" + std::string(disk) + "/removable") == "1";
        volume.proof = prove(path, line);
        add(known, std::move(volume));
    }
    return mounted;
}

void read_swaps(Snapshot const& snapshot, std::vector<Mounted> const& mounted, Blocks& blocks, Known<Volume>& known) {
    constexpr std::string_view path = "/proc/swaps";
    std::string_view text = text_of(snapshot, path, known);
    while (!text.empty()) {
        std::string_view const line = next_line(text);
        std::vector<std::string_view> const part = words(line, 5);
        if (part.size() < 3 || part[0] == "Filename" || part[0].starts_with("/dev/zram")) continue;  // zram is memory
        std::string_view device = part[0];
        if (part[1] == "file") {  // as safe as the volume that it lies on
            std::size_t longest = 0;
            for (Mounted const& one : mounted) {
                if (!part[0].starts_with(one.at) || one.at.size() < longest) continue;
                longest = one.at.size();
                device = one.device;
            }
        }
        add(known, {made_name(part[0]), "swap", blocks.is_encrypted(blocks.block_of(device)), false,
                    prove(path, line)});
    }
}

}  // namespace

void read_volumes(Snapshot const& snapshot, Machine& machine) {
    Blocks blocks(snapshot);
    std::vector<Mounted> const mounted = read_mounts(snapshot, blocks, machine.volumes);
    read_swaps(snapshot, mounted, blocks, machine.volumes);
    constexpr std::string_view core = "/proc/sys/kernel/core_pattern", resume = "/sys/power/resume",
                               command = "/proc/cmdline";
    std::string_view const pattern = text_of(snapshot, core, machine.settings);
    if (!pattern.empty()) add(machine.settings, {"core.pattern", made_name(pattern), prove(core, pattern)});
    std::string_view const device = trim(text_of(snapshot, resume, machine.settings));
    std::string_view const line = text_of(snapshot, command, machine.settings);
    std::size_t const at = line.find("resume=");
    bool const named = at != line.npos && (at == 0 || line[at - 1] == ' ');
    if (!device.empty() && device != "0:0") {
        add(machine.settings, {"hibernation.resume", made_name(device), prove(resume, device)});
    } else if (named) {
        std::string_view const value = line.substr(at + 7, line.find_first_of(" \n", at) - at - 7);
        add(machine.settings, {"hibernation.resume", made_name(value), prove(command, line.substr(at, 7 + value.size()))});
    }
}

void read_printers(Snapshot const& snapshot, Machine& machine) {
    constexpr std::string_view path = "/etc/cups/printers.conf";
    constexpr std::string_view near[] = {"usb:",    "parallel:", "serial:",    "file:",     "hp:/usb",
                                         "hp:/par", "cups-pdf:", "bluetooth:", "canonusb:", "hal:"};
    Known<Printer>& known = machine.printers;
    std::string_view text = text_of(snapshot, path, known);
    std::string name;
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        bool const opens = line.starts_with("<Printer ") || line.starts_with("<DefaultPrinter ");
        if (opens && line.ends_with('>'))
            name = made_name(line.substr(line.find(' ') + 1, line.size() - line.find(' ') - 2));
        if (!line.starts_with("DeviceURI ") || name.empty()) continue;
        std::string_view const address = trim(line.substr(10));
        bool const local = std::any_of(std::begin(near), std::end(near),
                                       [&](std::string_view scheme) { return address.starts_with(scheme); });
        add(known, {name, made_name(address), !local, prove(path, line)});
        name.clear();
    }
}

}  // namespace keepmum::linux_host
