// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/align.h"

#include <algorithm>

namespace keepmum {

namespace {

constexpr int errors = 7;  // in one place, where nothing is known to be shared further on
constexpr int never = -(1 << 28);

}  // namespace

template <bool of_pairs>
int Aligner::extend(std::uint8_t const* here, std::size_t here_size, std::uint8_t const* there, std::size_t there_size, int step,
                    std::size_t least) {
    // Column c of row i stands for letter i here and letter i + c - 1 - width there, both counted from the shared one; the
    // columns at either end stay `never`. Row 0 is the shared letter itself; here[i - 1] is the code of letter i, or of i - 1 and i.
    constexpr int middle = width + 1;
    for (Row& row : agree_) row.fill(never);
    for (Row& row : error_) row.fill(never);
    agree_[0][middle] = 0;
    for (int c = middle + 1; c + 1 < static_cast<int>(columns); ++c) error_[0][static_cast<std::size_t>(c)] = -wrong_ * (c - middle);
    int best = 0;
    for (std::size_t i = 1; i <= here_size; ++i) {
        Row const& agree_before = agree_[(i + 1) % 2];
        Row const& error_before = error_[(i + 2) % 3];
        Row const& error_two_before = error_[(i + 1) % 3];
        Row& agree = agree_[i % 2];
        Row& error = error_[i % 3];
        std::int64_t const first = static_cast<std::int64_t>(i) - middle;
        std::uint8_t const code = here[(static_cast<std::ptrdiff_t>(i) - 1) * step];
        int most = never;
        for (std::size_t c = 1; c + 1 < columns; ++c) {
            std::int64_t const j = first + static_cast<std::int64_t>(c);
            bool const same = j >= 1 && j <= static_cast<std::int64_t>(there_size) && code == there[(j - 1) * step];
            int const afresh = !of_pairs ? error_before[c] + 1 : i >= 2 ? error_two_before[c] + 2 : never;
            agree[c] = same ? std::max(agree_before[c] + 1, afresh) : never;
            int const through = std::max({agree_before[c], error_before[c], agree_before[c + 1], error_before[c + 1],
                                          agree[c - 1], error[c - 1]});
            error[c] = through - wrong_;
            most = std::max({most, agree[c], error[c]});
            best = std::max(best, agree[c]);
        }
        if (i >= least && most < best - errors * wrong_) break;
    }
    return best;
}

std::uint32_t Aligner::score(Stream stream, std::span<std::uint8_t const> here, std::span<std::uint8_t const> there, Meeting const& at,
                             int error_cost) {
    wrong_ = error_cost;
    if (at.here >= here.size() || at.there >= there.size()) return 0;
    std::size_t const here_left = here.size() - at.here - 1, there_left = there.size() - at.there - 1;
    std::uint8_t const *const h = here.data() + at.here, *const t = there.data() + at.there;
    int gained = 1;
    if (stream == Stream::latin) {
        // The codes of the shared letters tell of those before them; that of a text's first letter says nothing.
        gained += extend<true>(h + 1, here_left, t + 1, there_left, 1, at.behind);
        gained += extend<true>(h, at.here, t, at.there, -1, at.before);
    } else {
        gained += extend<false>(h + 1, here_left, t + 1, there_left, 1, at.behind);
        if (at.here > 0 && at.there > 0) gained += extend<false>(h - 1, at.here, t - 1, at.there, -1, at.before);
    }
    return static_cast<std::uint32_t>(gained);
}

}  // namespace keepmum
