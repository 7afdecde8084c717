// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/receivers.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/utf8.h"

namespace keepmum {

namespace {

#define DONGLE(...)
#define RECEIVER(id, family, verdict, first, second) {id, family, verdict, {first, second}},
constexpr ReceiverRow receivers[] = {
#include "receivers.inc"
};
#undef RECEIVER
#undef DONGLE

#define RECEIVER(...)
#define DONGLE(id, kind, en, zh) {id, kind, en, zh},
constexpr DongleRow dongles[] = {
#include "receivers.inc"
};
#undef RECEIVER
#undef DONGLE

template <class Row, std::size_t size>
Row const* find_row(Row const (&rows)[size], unsigned vendor, unsigned product) {
    std::uint32_t const id = (vendor & 0xFFFF) << 16 | (product & 0xFFFF);
    Row const* const at =
        std::lower_bound(rows, rows + size, id, [](Row const& row, std::uint32_t other) { return row.id < other; });
    return at != rows + size && at->id == id ? at : nullptr;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != text.npos; });
}

// USB-IF: class 3 is HID; of the boot subclass, protocol 1 is a keyboard and 2 a mouse.
bool offers(UsbDevice const& device, unsigned protocol) {
    return std::any_of(device.interfaces.begin(), device.interfaces.end(), [&](UsbInterface const& one) {
        return one.device_class == 3 && one.protocol == protocol;
    });
}

bool is_hid(UsbDevice const& device) {
    return std::any_of(device.interfaces.begin(), device.interfaces.end(),
                       [](UsbInterface const& one) { return one.device_class == 3; });
}

// Names that say "radio for keyboards and mice"; others that use the same words do not.
bool named_wireless(UsbDevice const& device) {
    std::string const name = ascii_lower(device.maker + " " + device.name);
    if (has_any(name, {"wired mode",
                       "cabled",
                       "bluetooth radio",
                       "bluetooth adapter",
                       "bluetooth dongle",
                       "802.11",
                       "wlan",
                       "wi-fi",
                       "wifi",
                       "lan adapter",
                       "network",
                       "infrared",
                       "ir receiver",
                       "headset",
                       "audio",
                       "speaker",
                       "microphone",
                       "gps",
                       "dvb",
                       "tuner",
                       "modem",
                       "gamepad",
                       "joystick",
                       "controller",
                       "charger",
                       "mass storage",
                       "flash",
                       "security key",
                       "license",
                       "hasp",
                       "smart card"})) {
        return false;
    }
    if (has_any(name, {"2.4g", "2,4g", "2.4 g", "5 ghz wireless", "27 mhz", "27mhz", "unifying", "logi bolt",
                       "lightspeed", "slipstream", "cordless", "无线", "無線"})) {
        return true;
    }
    bool const radio = has_any(name, {"wireless", "receiver", "transceiver", "nano receiver", "dongle", " rf "});
    bool const hand = has_any(name, {"mouse", "keyboard", "kbd", "desktop", "presenter", "trackball", "touchpad",
                                     "combo", "receiver", "optical", "pointer", "intellimouse", "usb device"});
    return radio && (hand || is_hid(device));
}

}  // namespace

ReceiverRow const* find_receiver(unsigned vendor, unsigned product) { return find_row(receivers, vendor, product); }
DongleRow const* find_dongle(unsigned vendor, unsigned product) { return find_row(dongles, vendor, product); }

ReceiverSign receiver_sign(UsbDevice const& device) {
    if (find_receiver(device.vendor, device.product)) return ReceiverSign::id;
    if ((device.interfaces.empty() || is_hid(device)) && named_wireless(device)) return ReceiverSign::name;
    if (offers(device, 1) && offers(device, 2)) return ReceiverSign::offer;
    return ReceiverSign::none;
}

bool is_outdated(ReceiverRow const& row, unsigned release) {
    if (row.verdict != ReceiverVerdict::update) return false;
    return std::none_of(std::begin(row.fixed), std::end(row.fixed), [&](unsigned fixed) {
        return fixed != 0 && release >> 8 == fixed >> 8 && release >= fixed;
    });
}

}  // namespace keepmum
