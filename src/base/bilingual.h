// A sentence in the two languages that keepmum speaks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

enum class Language { en, zh };

// Both are always filled; `zh` is simplified Chinese. Points to constant or longer-lived text.
struct Bilingual {
    std::string_view en;
    std::string_view zh;
    std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace keepmum
