// Base64 of a short text (RFC 4648), either alphabet: for tokens and keys. Long encoded runs in
// documents, with maps back to their source, are format/'s work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

// Both alphabets, blanks and line ends left out, padding optional but nothing behind it. Nothing
// where another byte occurs or one letter is left over.
std::optional<std::string> decode_base64(std::string_view text);

// The usual alphabet, padded, on one line.
std::string encode_base64(std::string_view bytes);

}  // namespace keepmum
