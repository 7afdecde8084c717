// What a code would make a telephone do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

// What protects a wireless network that a code names.
enum class WifiLock : std::uint8_t { none, wep, shared, personal_login };  // shared: WPA to WPA3 with one password for all

struct Payload {
    // open-link, open-app, join-wifi, join-open-wifi, link-device, sign-in, sign-in-key, pay, add-contact, send-message, call,
    // show-place, add-event, install-profile, show-text, name-article
    std::string_view does = "show-text";
    std::string host;      // of addresses: "example.org"
    std::string network;   // of wireless networks
    std::string password;  // likewise
    WifiLock lock = WifiLock::none;  // likewise
    bool hidden = false;   // likewise: it does not announce itself
};

// Reads the forms that telephones act upon: addresses (RFC 3986), WIFI: (ZXing's notation, WPA3 specification 7), otpauth: (Google
// Authenticator), EPC069-12 and EMVCo payments, vCard, MECARD, DPP:, MT: (Matter), LPA: (SGP.22) and the linking codes of messengers.
// Never fails: what has no such form is text.
Payload read_payload(std::string_view text);

}  // namespace keepmum
