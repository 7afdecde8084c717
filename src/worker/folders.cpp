// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/folders.h"

namespace keepmum {

std::span<char const* const> readable_folders(std::string_view family) {
    // Character maps of poppler-data, without which Chinese text in PDF files cannot be read; fonts
    // and where fontconfig looks for them.
    static constexpr char const* pdf[] = {"/usr/share/poppler",     "/usr/share/fonts",
                                          "/usr/local/share/fonts", "/etc/fonts",
                                          "/usr/share/fontconfig",  "/var/cache/fontconfig"};
    if (family == "pdf") return pdf;
    return {};
}

}  // namespace keepmum
