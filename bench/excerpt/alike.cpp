// SPDX-License-Identifier: GPL-3.0-or-later
#include "excerpt/alike.h"

#include <algorithm>
#include <vector>

using namespace keepmum;

namespace {

template <class Unit>
int align(std::basic_string_view<Unit> a, std::basic_string_view<Unit> b, int enough) {
    constexpr int wrong = 4;
    std::vector<int> row(b.size() + 1);
    int best = 0;
    for (Unit const letter : a) {
        int corner = 0, left = 0;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            int const above = row[j];
            int const along = corner + (letter == b[j - 1] ? 1 : -wrong);
            left = std::max({0, along, std::max(above, left) - wrong});
            row[j] = left;
            best = std::max(best, left);
            corner = above;
        }
        if (best >= enough) return best;
    }
    return best;
}

}  // namespace

int best_alignment(std::string_view a, std::string_view b, int enough) { return align(a, b, enough); }
int best_alignment(std::u16string_view a, std::u16string_view b, int enough) { return align(a, b, enough); }

double share_of_a_quote(Letters const& a, Letters const& b) {
    double const cjk = best_alignment(a.cjk.letters, b.cjk.letters, least_of_a_quote[1]) / double{least_of_a_quote[1]};
    if (cjk >= 1) return cjk;
    double const latin = best_alignment(a.latin.letters, b.latin.letters, least_of_a_quote[0]) / double{least_of_a_quote[0]};
    return std::max(latin, cjk);
}
