// What the kernel says of Wi-Fi, asked without any program or library: interfaces, and the networks that it has heard
// of lately (no scan is started, nothing is sent). Netlink, generic netlink; linux/nl80211.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "host/snapshot.h"

namespace keepmum {

// {"interfaces":[{"name","type","ssid"}],"bss":[{"interface","bssid","frequency","capability","status","elements"}]}, as
// docs/formats/snapshot.md says; empty lists where this kernel knows no Wi-Fi. `seen` tells why there is no answer.
std::string ask_nl80211(Seen& seen);

// Attributes of one answer as JSON objects; any bytes. For tests.
std::string describe_interface(std::string_view attributes);
std::string describe_bss(std::string_view interface, std::string_view attributes);

}  // namespace keepmum
