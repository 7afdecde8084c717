// Canaries: what the input's metadata says, to be looked for in what was written.
//
// Whoever cleans a file believes that its metadata is gone. We look: every word and number of six bytes and more that stood in
// the metadata, in hidden pictures and in bytes of no known use must be absent from the output, as it
// was, in UTF-16 of both orders, in base64 at each of its three alignments, and in what the output packs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/photo/byte_map.h"

namespace keepmum {

inline constexpr std::size_t least_canary = 6, most_canary = 64, most_canaries = 20'000;  // bytes, bytes, count

// From the pieces of `walk`; of a TIFF from its tags too, which are no pieces: `file` is what was walked. Sorted,
// each once. What stands in `in_every_copy` is no canary: our own headers, and the code tables of ITU-T T.81 annex K,
// which thumbnails have too.
std::vector<std::string> harvest(Walk const& walk, std::string_view in_every_copy, std::string_view file);

// The canaries that stand in `haystack` in any of their forms, each once.
std::vector<std::string> find_canaries(std::vector<std::string> const& canaries, std::string_view haystack);

// As they travel between the worker and the program: length (1 byte) and bytes, each. Nothing where it is damaged.
std::string write_canaries(std::vector<std::string> const& canaries);
std::optional<std::vector<std::string>> read_canaries(std::string_view bytes);

}  // namespace keepmum
