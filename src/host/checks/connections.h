// The questions behind connection_checks() (host/checks/list.h), one function each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/check.h"

namespace keepmum {

Answered ask_public_route(Machine const& machine);      // n1
Answered ask_two_networks(Machine const& machine);      // n2
Answered ask_phone_or_modem(Machine const& machine);    // n3
Answered ask_past_networks(Machine const& machine);     // n4
Answered ask_public_names(Machine const& machine);      // n5
Answered ask_wifi_adapter(Machine const& machine);      // w1
Answered ask_wifi_on(Machine const& machine);           // w2
Answered ask_wifi_in_use(Machine const& machine);       // w3
Answered ask_saved_wifi(Machine const& machine);        // w4
Answered ask_hotspot(Machine const& machine);           // w5
Answered ask_bluetooth(Machine const& machine);         // b1
Answered ask_paired(Machine const& machine);            // b2
Answered ask_wireless_input(Machine const& machine);    // h1
Answered ask_weak_receiver(Machine const& machine);     // h2
Answered ask_radio_dongles(Machine const& machine);     // h3

}  // namespace keepmum
