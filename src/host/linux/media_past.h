// Removable media that were here once: kernel lines, and lists of files that desktops keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "host/machine.h"

namespace keepmum::linux_host {

// Lines of the kernel in any log that has them as text (kern.log, syslog, messages, dmesg, journalctl's export). A device counts
// once it is a storage; one and the same, by vendor, product and serial number, is one entry with its first and last day.
// `taken` (ISO 8601, or "") tells the year of logs that keep none.
void parse_kernel_log(std::string_view text, std::string_view path, std::string_view taken, Known<Past>& known);

// recently-used.xbel (Desktop Bookmark Specification): files opened from below /media, /run/media or /mnt.
void parse_recently_used(std::string_view text, std::string_view path, Known<Past>& known);
// KDE's RecentDocuments: URL[$e]=file:///…
void parse_recent_document(std::string_view text, std::string_view path, Known<Past>& known);
// A thumbnail: the address of its picture in the PNG's text (Thumbnail Managing Standard).
void parse_thumbnail(std::string_view png, std::string_view path, Known<Past>& known);

}  // namespace keepmum::linux_host
