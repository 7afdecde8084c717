// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/folders.h"

namespace keepmum {

std::span<char const* const> readable_folders(std::string_view family) {
    // Character maps of poppler-data, without which Chinese text in PDF files cannot be read; fonts
    // and where fontconfig looks for them.
    static constexpr char const* pdf[] = {"/usr/share/poppler",     "/usr/share/fonts",
                                          "/usr/local/share/fonts", "/etc/fonts",
                                          "/usr/share/fontconfig",  "/var/cache/fontconfig"};
    // Fonts alone.
    if (family == "drawing") return std::span(pdf).subspan(1);
    if (family == "pdf") return pdf;
    return {};
}

Threads threads_of(std::string_view family) {
    // Pango looks for fonts in a thread of its own, librsvg blurs in several; the lines of a picture are read by two.
    return family == "drawing" || family == "ocr" ? Threads::allowed : Threads::forbidden;
}

}  // namespace keepmum
