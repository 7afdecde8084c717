// The register's file `pictures`: the hashes of registered pictures.
//
//   header   the line "keepmum pictures 1\n" padded with zeros to 24 bytes, salt (8), encrypted record: number of pictures (8)
//   blocks   encrypted records of 1024 pictures each, the last one of fewer, bound to salt and number
//   picture  document (8) · hash (32) · 1 where it is a cut, else 0 (1)
//
// Pictures are found by how many bits differ, so they cannot be kept as keyed hashes like text: they are encrypted, and
// decrypted into memory by who holds the key, when a check meets its first picture. Without the key the
// file tells how many there are, and nothing else. Who holds key and file could test whether a picture of
// his own is registered; the picture itself cannot be got back from 256 bits.
// Written anew as a whole: a million pictures are 41 MB.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/key.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {

inline constexpr std::string_view pictures_file = "pictures";

struct StoredPicture {
    enum class Kind : std::uint8_t { whole, cut };
    std::uint64_t document = 0;
    PictureHash hash{};
    Kind kind = Kind::whole;
};

// What is kept of a signature: its upright views, and its cuts.
void append_pictures(std::uint64_t document, PictureSignature const& signature, std::vector<StoredPicture>& out);

// Pictures with a shorter side are icons and rules: they are not registered.
inline constexpr std::uint32_t least_registered_side = 96;

// How many hashes a file has, by its header alone; 0 where there is none. Errors as read_pictures().
Result<std::uint64_t> count_pictures(std::string const& path, RegisterKey const& key);

// All of it; none where there is no such file. Errors: denied (another key, or its beginning was changed), invalid
// (damaged: cut short, bytes were changed), io.
Result<std::vector<StoredPicture>> read_pictures(std::string const& path, RegisterKey const& key);

// Writes beside and renames over `path`.
Result<> write_pictures(std::string const& path, RegisterKey const& key, std::vector<StoredPicture> const& pictures);

}  // namespace keepmum
