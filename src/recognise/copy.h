// Registered files: the file itself, or much of its bytes, under whatever name and in whatever archive.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/recogniser.h"
#include "index/likeness/digest_map.h"
#include "index/key.h"
#include "index/store.h"

namespace keepmum {

// Of 64 tags, how many a near copy shares at least. Chosen, not measured on a large corpus (docs/decisions/0095).
inline constexpr std::size_t near_copy_tags = 16;

Rule copy_rule();

// `path`: the file of copies in the register's folder, opened as `map`. `today`: see begin_finding().
std::unique_ptr<Recogniser> make_copies(std::shared_ptr<Store const> store, std::string path, DigestMap map, RegisterKey const& key,
                                        std::string today);

}  // namespace keepmum
