// Which USB device is the receiver of a wireless mouse or keyboard, and which one listens to radio or attacks by it: our own
// table (packs/host/receivers.toml), since lists of names contradict each other, then words in names, then what it offers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "host/machine.h"

namespace keepmum {

enum class ReceiverVerdict : std::uint8_t { weak, update, strong, unexamined };

struct ReceiverRow {
    std::uint32_t id;         // vendor and product
    std::string_view family;  // "Logitech Unifying"
    ReceiverVerdict verdict;
    unsigned
        fixed[2];  // of update: bcdDevice from which on a line of firmware is mended, 0 where there is no such line
};

enum class DongleKind : std::uint8_t { attack, radio, board };

struct DongleRow {
    std::uint32_t id;
    DongleKind kind;
    std::string_view en, zh;
};

// Null where the table does not have it.
ReceiverRow const* find_receiver(unsigned vendor, unsigned product);
DongleRow const* find_dongle(unsigned vendor, unsigned product);

// How a device was taken for a receiver, surest first.
enum class ReceiverSign : std::uint8_t { id, name, offer, none };  // offer: a keyboard and a mouse in one device
ReceiverSign receiver_sign(UsbDevice const& device);

// Whether a receiver with that firmware takes forged keystrokes by an attack that is published and was mended since. Nothing is
// known of lines of firmware that the table does not have: those count as old.
bool is_outdated(ReceiverRow const& row, unsigned release);

}  // namespace keepmum
