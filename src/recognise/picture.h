// Registered pictures: figures, photographs and scans that look like one of a protected document.
//
// One finding a picture and a document. A picture that more than four registered documents have (a logo, a letter
// head) is nobody's, and tells nothing. The register's pictures are decrypted into memory once a check
// meets its first picture, so that starting costs nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/recogniser.h"
#include "index/key.h"
#include "index/store.h"

namespace keepmum {

inline constexpr std::size_t most_documents_of_picture = 4;

Rule picture_rule();

// `path`: the file of pictures in the register's folder. Documents that `store` no longer has are never told.
// `today`: see begin_finding().
std::unique_ptr<Recogniser> make_pictures(std::shared_ptr<Store const> store, std::string path, RegisterKey const& key, std::string today);

}  // namespace keepmum
