// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/strings.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

bool is_plain_text(std::string_view bytes) {
    return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
           });
}

// Printable characters at `first`, `first + stride`, …, with zeros at the places between them.
void collect(std::string_view bytes, std::size_t first, std::size_t stride, std::size_t least, std::string& out) {
    std::string run;
    auto const close = [&] {
        if (run.size() >= least) out.append(run).push_back('\n');
        run.clear();
    };
    for (std::size_t at = first; at < bytes.size(); at += stride) {
        bool const alone = stride == 1 || (at + 1 < bytes.size() && bytes[at + 1] == 0);
        if (is_printable(bytes[at]) && alone) run.push_back(bytes[at]);
        else close();
    }
    close();
}

}  // namespace

std::string printable_strings(std::string_view bytes, std::size_t least) {
    if (is_plain_text(bytes)) return std::string(bytes);
    std::string out;
    collect(bytes, 0, 1, least, out);
    // Big-endian text at an even place is little-endian text one byte further on, but for its last character.
    collect(bytes, 0, 2, least, out);
    collect(bytes, 1, 2, least, out);
    return out;
}

}  // namespace keepmum
