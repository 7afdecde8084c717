// Text and codes that were read from pictures by a machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// Media type of evidence that holds what stands written in a picture: kind text, role shown, `reason` the reader
// ("tesseract", "PP-OCRv4"), a box mark for each word in 1/100 pixel of the upright picture. Some letters in it are
// wrong: what compares it with known texts must be patient with that.
inline constexpr std::string_view picture_text_media = "text/x-keepmum-ocr";

// Media type of evidence that holds a bar code or two-dimensional code: kind fields, role link, lines "name: value" with the names
// below, a box mark. The payload comes last and may have several lines.
inline constexpr std::string_view picture_code_media = "application/x-keepmum-code";

// Done::media of an extractor that read the writing in a picture: this and its name, also where there was none to be read.
inline constexpr std::string_view picture_reader_media = "text/x-keepmum-ocr; reader=";

namespace code_field {
inline constexpr std::string_view symbology = "code";    // "QR code"
inline constexpr std::string_view does = "does";         // what a phone that scans it would do: "open-link", see read_payload()
inline constexpr std::string_view host = "host";         // of the address that it opens
inline constexpr std::string_view network = "network";   // name of the wireless network that it joins
inline constexpr std::string_view password = "password";
inline constexpr std::string_view payload = "payload";   // all that it says
}  // namespace code_field

}  // namespace keepmum
