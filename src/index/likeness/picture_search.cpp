// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/picture_search.h"

#include <algorithm>

namespace keepmum {

namespace {

// Building tables costs as much as comparing some fifty pictures with all of them.
constexpr std::size_t small_set = 20'000;

std::uint16_t chunk_of(PictureHash const& hash, std::size_t chunk) {
    return static_cast<std::uint16_t>(hash[chunk / 4] >> (chunk % 4 * 16));
}

}  // namespace

PictureSearch::PictureSearch(std::vector<PictureHash> hashes) : hashes_(std::move(hashes)) {
    if (hashes_.size() < small_set) return;
    begins_.assign(chunks * (values + 1), 0);
    numbers_.resize(chunks * hashes_.size());
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        // Counting sort: counts stand one value further on, so that their sums are where each value begins.
        std::uint32_t* const begins = &begins_[chunk * (values + 1)];
        for (PictureHash const& hash : hashes_) ++begins[chunk_of(hash, chunk) + 1];
        for (std::size_t value = 0; value < values; ++value) begins[value + 1] += begins[value];
        std::vector<std::uint32_t> next(begins, begins + values);
        std::uint32_t* const numbers = &numbers_[chunk * hashes_.size()];
        for (std::size_t i = 0; i < hashes_.size(); ++i) numbers[next[chunk_of(hashes_[i], chunk)]++] = static_cast<std::uint32_t>(i);
    }
}

std::vector<PictureSearch::Near> PictureSearch::compare_all(PictureHash const& asked) const {
    std::vector<Near> near;
    for (std::size_t i = 0; i < hashes_.size(); ++i) {
        int const bits = distance(hashes_[i], asked);
        if (bits <= alike_within) near.push_back({static_cast<std::uint32_t>(i), bits});
    }
    return near;
}

std::vector<PictureSearch::Near> PictureSearch::find(PictureHash const& asked) const {
    if (begins_.empty()) return compare_all(asked);
    std::vector<Near> near;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        std::uint32_t const* const begins = &begins_[chunk * (values + 1)];
        std::uint32_t const* const numbers = &numbers_[chunk * hashes_.size()];
        std::uint16_t const value = chunk_of(asked, chunk);
        auto const look_up = [&](std::uint16_t neighbour) {
            for (std::uint32_t i = begins[neighbour]; i < begins[neighbour + 1]; ++i) {
                int const bits = distance(hashes_[numbers[i]], asked);
                if (bits <= alike_within) near.push_back({numbers[i], bits});
            }
        };
        look_up(value);
        for (std::size_t bit = 0; bit < chunk_bits; ++bit) look_up(static_cast<std::uint16_t>(value ^ (1u << bit)));
    }
    std::sort(near.begin(), near.end(), [](Near const& left, Near const& right) { return left.number < right.number; });
    auto const same = [](Near const& left, Near const& right) { return left.number == right.number; };
    near.erase(std::unique(near.begin(), near.end(), same), near.end());
    return near;
}

}  // namespace keepmum
