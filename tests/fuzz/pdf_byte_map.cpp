// The byte map must cover the file without gap or overlap, whatever it holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pdf/byte_map.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const file(reinterpret_cast<char const*>(data), size);
    std::uint64_t at = 0;
    for (keepmum::PdfPiece const& piece : keepmum::map_pdf_bytes(file).pieces) {
        bool const inside = piece.stream_begin == 0 || (piece.stream_begin >= piece.begin && piece.stream_end <= piece.end);
        if (piece.begin != at || piece.end <= piece.begin || !inside) __builtin_trap();
        at = piece.end;
    }
    if (at != size) __builtin_trap();
    return 0;
}
