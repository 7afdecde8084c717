// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/soundness.h"

#include <hs/hs.h>

#include <array>
#include <cstddef>
#include <string>

namespace keepmum {
namespace {

int note(unsigned, unsigned long long, unsigned long long, unsigned, void* found) {
    *static_cast<bool*>(found) = true;
    return 1;
}

// Each occurs in "abcd ec" wherever that stands among other letters; each makes the library skip
// ahead in another way.
constexpr std::array expressions = {
    "a.*c", "a[^x]*c", "(?i)A.{0,40}E", "a.{0,40}c", "[ae].*?c", "abcd[^e]*e", "\\bab[^d]+d", "bcd\\s[^c]*c",
};

bool finds(char const* expression) {
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile(expression, 0, HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return false;
    }
    hs_scratch_t* scratch = nullptr;
    bool sound = hs_alloc_scratch(database, &scratch) == HS_SUCCESS;
    for (std::size_t before = 0; sound && before < 140; ++before) {
        for (std::size_t after : {0, 1, 17, 63, 64, 150}) {
            std::string const text = std::string(before, 'z') + " abcd ec" + std::string(after, 'z');
            bool found = false;
            hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, note, &found);
            sound &= found;
        }
    }
    hs_free_scratch(scratch);
    hs_free_database(database);
    return sound;
}

}  // namespace

bool search_is_sound() {
    for (char const* expression : expressions) {
        if (!finds(expression)) return false;
    }
    return true;
}

}  // namespace keepmum
