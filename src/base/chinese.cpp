// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/chinese.h"

#include <unicode/ucnv.h>

#include <array>

namespace keepmum {

namespace {

constexpr int side = 94;

// ICU opens a converter slower than it converts all pairs, so they are converted once.
std::array<char16_t, side * side> read_pairs() {
    std::array<char16_t, side * side> pairs{};
    UErrorCode error = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("gb18030", &error);
    if (U_FAILURE(error)) return pairs;
    for (int lead = 0; lead < side; ++lead) {
        for (int trail = 0; trail < side; ++trail) {
            char const bytes[2] = {static_cast<char>(0xA1 + lead), static_cast<char>(0xA1 + trail)};
            UChar out[4];
            error = U_ZERO_ERROR;
            int const size = ucnv_toUChars(converter, out, 4, bytes, 2, &error);
            bool const assigned = U_SUCCESS(error) && size == 1 && out[0] != 0xFFFD &&
                                  !(out[0] >= 0xE000 && out[0] <= 0xF8FF);
            if (assigned) pairs[lead * side + trail] = static_cast<char16_t>(out[0]);
        }
    }
    ucnv_close(converter);
    return pairs;
}

}  // namespace

char32_t decode_gb_pair(std::uint8_t lead, std::uint8_t trail) {
    if (lead < 0xA1 || lead > 0xFE || trail < 0xA1 || trail > 0xFE) return 0;
    static std::array<char16_t, side * side> const pairs = read_pairs();
    return pairs[(lead - 0xA1) * side + (trail - 0xA1)];
}

}  // namespace keepmum
