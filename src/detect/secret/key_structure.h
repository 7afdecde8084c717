// Does it begin like a private key, and does it reach its own end? Reads the outer structure only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

struct KeyStructure {
    std::string_view format;     // "pkcs8", "pkcs1", "sec1", "dsa", "openssh", "pgp", "putty"
    std::string algorithm = {};  // "rsa", "ec", "ed25519", …; empty where it does not show
    bool encrypted = false;
    bool whole = true;  // all bytes that the structure announces are there
};

// `label` is what stands in the frame ("RSA PRIVATE KEY"); `encrypted` what its headers said. Nothing
// where the bytes do not begin as the label promises.
std::optional<KeyStructure> read_key(std::string_view label, std::string_view bytes, bool encrypted);

}  // namespace keepmum
