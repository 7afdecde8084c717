// The least Exif that says what its owner wants said, and the place of it in a cleaned file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepmum {

// A TIFF structure (CIPA DC-008) with the facts named, which are those of core/photo.h in their forms there. Facts
// that have no tag here are left out. Empty where none is left.
std::string write_exif(std::vector<std::pair<std::string, std::string>> const& facts);

// `file` with the block put in: JPEG behind its first segment, PNG before its pixels. Nothing where the format has no
// place for one here.
std::optional<std::string> with_exif(std::string_view file, std::string_view exif);

// `file` without the block that with_exif() put in; unchanged where there is none.
std::string without_exif(std::string_view file);

}  // namespace keepmum
