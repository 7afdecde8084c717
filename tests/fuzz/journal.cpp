// systemd's journal: what it says of USB, through the reader of kernel lines as well.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/journal/journal.h"

#include <cstdlib>

#include "host/linux/media_past.h"
#include "host/usb_journal.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    keepmum::JournalLines const found = keepmum::read_usb_lines(bytes);
    for (keepmum::JournalLine const& line : found.lines) {
        if (line.message.find('\n') != line.message.npos || line.microseconds < 0) std::abort();
    }
    keepmum::UsbJournal journal;
    journal.add(bytes);
    keepmum::Known<keepmum::Past> known;
    keepmum::linux_host::parse_kernel_log(journal.text(), "x", "2026-05-04T10:20:30Z", known);
    return 0;
}
