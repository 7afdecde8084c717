// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/programs.h"
#include "host/linux/readers.h"
#include "host/linux/text.h"
#include "host/read.h"

namespace keepmum {

namespace {

// os-release(5): Kylin, UOS, deepin and openKylin name themselves there like everyone.
std::string version_of(Snapshot const& snapshot) {
    for (std::string_view const path : {"/etc/os-release", "/usr/lib/os-release"}) {
        std::string id, shown;
        for (linux_host::Pair const& pair : linux_host::pairs(snapshot.file(path).bytes)) {
            if (pair.key == "ID") id = linux_host::made_name(linux_host::unquoted(pair.value));
            if (pair.key == "PRETTY_NAME") shown = linux_host::made_name(linux_host::unquoted(pair.value));
        }
        if (!shown.empty() || !id.empty()) return shown.empty() ? id : shown;
    }
    return {};
}

// A home folder of which nothing at all was seen is one thing to say, not one for each file that may stand there.
template <class T>
void fold_homes(std::vector<std::string> const& closed, Known<T>& known) {
    for (std::string const& home : closed) {
        auto const below = [&](Unseen const& one) { return one.why == Blank::denied && one.path.starts_with(home + "/"); };
        if (std::erase_if(known.unseen, below) > 0) known.unseen.push_back({home, Blank::denied});
    }
}

std::vector<std::string> closed_homes(Snapshot const& snapshot) {
    std::vector<std::string> closed;
    for (SnapshotUser const& user : snapshot.users()) {
        std::string const home = "users/" + user.name;
        bool any = false;
        for (auto at = snapshot.entries().lower_bound(home + "/");
             at != snapshot.entries().end() && at->first.starts_with(home + "/"); ++at) {
            any = any || at->second.seen == Seen::present;
        }
        if (!any) closed.push_back(home);
    }
    return closed;
}

}  // namespace

Machine read_linux(Snapshot const& snapshot, Programs const& programs) {
    using namespace linux_host;
    Machine machine;
    machine.system = "linux";
    machine.version = version_of(snapshot);
    read_network(snapshot, machine);
    read_interfaces(snapshot, machine);
    read_resolvers(snapshot, machine);
    read_past_networks(snapshot, machine);
    read_radios(snapshot, machine);
    read_wifi(snapshot, machine);
    read_bluetooth(snapshot, machine);
    read_usb(snapshot, machine);
    read_removable(snapshot, machine);
    read_past_media(snapshot, machine);
    read_usb_policy(snapshot, machine);
    read_location(snapshot, machine);
    read_sensors(snapshot, machine);
    read_listeners(snapshot, machine);
    read_services(snapshot, machine);
    read_programs(snapshot, programs, machine);
    read_shares(snapshot, machine);
    read_proxies(snapshot, machine);
    read_tunnels(snapshot, machine);
    read_volumes(snapshot, machine);
    read_printers(snapshot, machine);
    read_accounts(snapshot, machine);
    read_credentials(snapshot, machine);
    std::vector<std::string> const closed = closed_homes(snapshot);
    fold_homes(closed, machine.programs);
    fold_homes(closed, machine.folders);
    fold_homes(closed, machine.past_media);
    fold_homes(closed, machine.sensors);
    fold_homes(closed, machine.credentials);
    return machine;
}

}  // namespace keepmum
