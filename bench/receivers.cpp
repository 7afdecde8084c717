// For receivers.py: lines of vendor, product, maker, name and HID protocols ("12": keyboard and mouse), parted by tabs; out
// comes by which sign each was taken for a receiver.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/receivers.h"

#include <cstdlib>
#include <iostream>
#include <string>

int main() {
    constexpr char const* words[] = {"id", "name", "offer", "none"};
    for (std::string line; std::getline(std::cin, line);) {
        std::string fields[5];
        for (std::size_t at = 0, i = 0; i < 5; ++i) {
            std::size_t const tab = std::min(line.find('\t', at), line.size());
            fields[i] = line.substr(at, tab - at);
            at = std::min(tab + 1, line.size());
        }
        keepmum::UsbDevice device;
        device.vendor = static_cast<unsigned>(std::strtoul(fields[0].c_str(), nullptr, 16));
        device.product = static_cast<unsigned>(std::strtoul(fields[1].c_str(), nullptr, 16));
        device.maker = fields[2];
        device.name = fields[3];
        for (char const protocol : fields[4]) device.interfaces.push_back({0, 3, 1, static_cast<unsigned>(protocol - '0')});
        std::cout << words[static_cast<int>(keepmum::receiver_sign(device))] << '\n';
    }
}
