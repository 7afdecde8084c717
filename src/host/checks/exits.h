// The questions behind exit_checks() (host/checks/list.h), one function each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/check.h"

namespace keepmum {

Answered ask_clouds(Machine const& machine);           // c1
Answered ask_chats(Machine const& machine);            // c2
Answered ask_media_now(Machine const& machine);        // r1
Answered ask_media_history(Machine const& machine);    // r2
Answered ask_usb_policy(Machine const& machine);       // r3
Answered ask_location(Machine const& machine);         // l1
Answered ask_sensors(Machine const& machine);          // v1
Answered ask_sensor_use(Machine const& machine);       // v2
Answered ask_remote_control(Machine const& machine);   // t1
Answered ask_shares(Machine const& machine);           // s1
Answered ask_proxies(Machine const& machine);          // p1
Answered ask_tunnels(Machine const& machine);          // p2
Answered ask_data_at_rest(Machine const& machine);     // d1
Answered ask_printers(Machine const& machine);         // d2

}  // namespace keepmum
