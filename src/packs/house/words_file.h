// Reads the words of the house from TOML: docs/formats/words.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "packs/house/house_word.h"

namespace keepmum {

// Fault::invalid with one sentence and FILE:LINE for the first thing that is not right. `file` is what
// complaints call the text.
Result<std::vector<HouseWord>> read_words(std::string_view text, std::string_view file);

}  // namespace keepmum
