// The checks, by what they are about; host_checks() (host/check.h) gives all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "host/check.h"

namespace keepmum {

// N networks, W Wi-Fi, B Bluetooth, H wireless mice and keyboards.
std::span<Check const> connection_checks();

// C clouds and chats, R removable media, L place, V cameras and microphones, T remote control, S shares, P proxies and
// tunnels, D data at rest and print.
std::span<Check const> exit_checks();

}  // namespace keepmum
