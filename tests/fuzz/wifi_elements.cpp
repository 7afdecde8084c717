// Information elements of a Wi-Fi network, as any transmitter nearby may send them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/wifi_elements.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    if (size == 0) return 0;
    std::string_view const elements(reinterpret_cast<char const*>(data + 1), size - 1);
    auto const found = keepmum::linux_host::judge_elements(data[0], elements);
    if (found.ssid.size() > 32) std::abort();
    // "Open" is only what says so by its privacy bit; nothing may be added behind to make a protected one of it unseen.
    if (found.cipher == keepmum::AirCipher::open && (data[0] & 0x10)) std::abort();
    keepmum::linux_host::judge_words({elements, elements, elements, (data[0] & 1) != 0, true});
    return 0;
}
