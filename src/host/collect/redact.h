// Taking secrets out of what is collected: the judge needs to know that there is a key, never the key.
//
// By the names that settings have (psk, password, PrivateKey, token, …) in whatever form the file is written: INI, YAML,
// JSON, XML, words after one another; PEM and OpenVPN blocks; names and passwords in addresses; /etc/shadow. Too much
// rather than too little: what looks like the value of such a name goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"

namespace keepmum {

// What stands in the place of a secret.
constexpr std::string_view redacted = "[redacted]";

// `path` as in the snapshot. Linear in `bytes`; text without secrets comes back as it was.
std::string redact(std::string_view path, std::string_view bytes);

// `text` with each hardware address (six bytes in hexadecimal, parted by ':' or '-') made another one, the same for the
// same address under one key.
std::string hide_addresses(std::string_view text, Key const& key);

}  // namespace keepmum
