// Sealed notes: anyone may seal, only two key holders together may open.
//
// A note is sealed to the first holder's public key and the result to the second's (libsodium sealed
// boxes: X25519, XSalsa20-Poly1305, with a key pair drawn for each note). Neither can read it alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keepmum {

struct KeyPair {
    std::string open;    // public half, base64
    std::string secret;  // secret half, base64; to be kept by one person
};

KeyPair make_key_pair();

// Base64 of `note` sealed to both public keys. The length of `note` is hidden up to 128 bytes.
Result<std::string> seal(std::string_view note, std::string_view first_open, std::string_view second_open);

// The note, given both secrets in either order. Fault::denied where they do not fit.
Result<std::string> unseal(std::string_view sealed, std::string_view one_secret, std::string_view other_secret);

// Standard base64 with padding (RFC 4648); decoding refuses anything else.
std::string to_base64(std::string_view bytes);
Result<std::string> from_base64(std::string_view text);

}  // namespace keepmum
