// What a Wi-Fi network says of its protection in the information elements of its beacon, and in the names that programs
// give to ways of proving oneself: one place for the truth table, so that air and files are judged alike.
//
//   privacy bit   RSN (48)          WPA (221 00:50:F2:01)   it is
//   0             -                 -                       open
//   1             -                 -                       WEP; WAPI where element 68 is there
//   any           OWE only          any                     OWE: encrypted, but anyone may join
//   any           -                 yes                     WPA1
//   any           TKIP alone        any                     WPA1 by another name
//   any           PSK (with SAE)    any                     WPA2: SAE beside it can be refused by an attacker
//   any           SAE               any                     WPA3
//   any           802.1X            any                     enterprise
//
// IEEE 802.11-2020 9.4.1.4, 9.4.2.24 (RSN), GB 15629.11 (WAPI).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/machine.h"

namespace keepmum::linux_host {

struct AirSecurity {
    AirCipher cipher = AirCipher::unknown;
    std::string ssid;      // as sent: any bytes, or empty (hidden)
    bool damaged = false;  // an element ends behind the end; what was understood stands
};

// `elements`: (id, length, bytes) one behind another. `capability` has the privacy bit, 0x0010.
AirSecurity judge_elements(std::uint64_t capability, std::string_view elements);

// What NetworkManager, wpa_supplicant, netplan, hostapd and connman write. Words are of either case, parted by blanks, commas
// or semicolons; empty where the file does not say.
struct AirWords {
    std::string_view key_management;  // "wpa-psk", "WPA-PSK SAE", "none", "psk", …
    std::string_view protocol;        // "wpa;rsn": empty is any
    std::string_view pairwise;        // "tkip": empty is any
    bool wep_key = false;             // a WEP key stands there
    bool secured = false;             // a section or a key about protection stands there at all
};
AirCipher judge_words(AirWords const& words);

// "WPA2", and so on, for proofs.
std::string_view word(AirCipher cipher);

}  // namespace keepmum::linux_host
