// Wi-Fi networks that programs keep: NetworkManager's keyfiles, wpa_supplicant.conf, iwd, netplan, connman, hostapd.
//
// Each parser takes the whole text of one file. Keys were blotted when the file was collected, but stand there: that a
// key is named is what counts. `path` is where it stood.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/machine.h"

namespace keepmum::linux_host {

// nm-settings-keyfile(5). `current` are UUIDs of connections that are up. No network where it is another kind of connection.
void parse_keyfile(std::string_view text, std::string_view path, std::vector<std::string> const& current,
                   Known<Network>& known);
void parse_wpa_supplicant(std::string_view text, std::string_view path, Known<Network>& known);
// iwd.network(5): NAME.open, NAME.psk, NAME.8021x; the name tells most. `name` without the folder.
void parse_iwd(std::string_view text, std::string_view path, std::string_view name, Known<Network>& known);
// The part of netplan(5) that is about wifis, block style. False where it uses what this does not read.
bool parse_netplan(std::string_view text, std::string_view path, Known<Network>& known);
void parse_connman(std::string_view text, std::string_view path, Known<Network>& known);
void parse_hostapd(std::string_view text, std::string_view path, Known<Network>& known);

}  // namespace keepmum::linux_host
