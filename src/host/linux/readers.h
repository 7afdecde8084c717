// The readers of a Linux computer (Debian, Kylin, UOS, …): each fills one part of what is known of a machine.
//
// Reading and parsing stand apart: what takes a text can be tested and fuzzed with any text; what takes a snapshot only
// says which file is which. A file that is there and makes no sense is noted as damaged, never passed over.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "host/machine.h"
#include "host/snapshot.h"

namespace keepmum::linux_host {

// routes, addresses; /proc/net
void read_network(Snapshot const& snapshot, Machine& machine);
// interfaces, and settings "forwarding.ipv4", "forwarding.ipv6", "bridge.NAME"; /sys/class/net
void read_interfaces(Snapshot const& snapshot, Machine& machine);
// resolvers: "dns", "host", "time"
void read_resolvers(Snapshot const& snapshot, Machine& machine);
// past_networks
void read_past_networks(Snapshot const& snapshot, Machine& machine);
// radios. After read_interfaces.
void read_radios(Snapshot const& snapshot, Machine& machine);
// networks: those in use (nl80211, NetworkManager's state) and those kept
void read_wifi(Snapshot const& snapshot, Machine& machine);
// paired
void read_bluetooth(Snapshot const& snapshot, Machine& machine);
// usb, and settings "hid.bluetooth"
void read_usb(Snapshot const& snapshot, Machine& machine);
// removable
void read_removable(Snapshot const& snapshot, Machine& machine);
// past_media
void read_past_media(Snapshot const& snapshot, Machine& machine);
// settings "usb.…"
void read_usb_policy(Snapshot const& snapshot, Machine& machine);
// settings "location.…"
void read_location(Snapshot const& snapshot, Machine& machine);
// sensors
void read_sensors(Snapshot const& snapshot, Machine& machine);
// listeners
void read_listeners(Snapshot const& snapshot, Machine& machine);
// shares
void read_shares(Snapshot const& snapshot, Machine& machine);
// settings "proxy.…"
void read_proxies(Snapshot const& snapshot, Machine& machine);
// settings "tunnel.…"
void read_tunnels(Snapshot const& snapshot, Machine& machine);
// volumes, and settings "core.…", "hibernation.…"
void read_volumes(Snapshot const& snapshot, Machine& machine);
void read_printers(Snapshot const& snapshot, Machine& machine);
void read_accounts(Snapshot const& snapshot, Machine& machine);
void read_credentials(Snapshot const& snapshot, Machine& machine);
void read_services(Snapshot const& snapshot, Machine& machine);

}  // namespace keepmum::linux_host
