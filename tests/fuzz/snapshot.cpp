// Any text as a snapshot, any bytes as the files of one, any text through the redactor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/redact.h"
#include "host/snapshot_folder.h"
#include "host/snapshot_text.h"

using namespace keepmum;

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    if (auto const read = read_snapshot_text(text, "fuzz")) {
        std::string const printed = print_snapshot_text(read->snapshot);
        auto const again = read_snapshot_text(printed, "again");
        if (!again || print_snapshot_text(again->snapshot) != printed) __builtin_trap();
        for (auto const& [path, entry] : read->snapshot.entries()) {
            (void)read->snapshot.list(path);
            (void)read->snapshot.find(path + "/*/x*");
        }
    }
    (void)snapshot_of({{"manifest.json", text}, {"root/etc/hosts", text}, {"users/a/.netrc", text}}).has_value();
    (void)redact("/etc/wpa_supplicant/a.conf", text);
    (void)redact("/etc/shadow", text);
    (void)hide_addresses(text, Key{});
    return 0;
}
