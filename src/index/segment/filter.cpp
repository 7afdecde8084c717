// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/filter.h"

#include "base/seal.h"

namespace keepmum {

FilterFiller::FilterFiller(SegmentKeys const& keys, std::uint64_t salt, std::size_t layer, std::uint64_t blocks)
    : keys_(keys), salt_(salt), layer_(layer), count_(blocks), filter_(blocks) {}

void FilterFiller::add(std::uint64_t hash) {
    while (number_ < filter_.block_of(hash)) close();
    GramFilter::set(block_, hash);
    ++here_;
}

void FilterFiller::close() {
    std::uint64_t noise[GramFilter::grams_a_block];
    if (here_ < GramFilter::grams_a_block) fill_random(reinterpret_cast<char*>(noise), sizeof noise);
    for (; here_ < GramFilter::grams_a_block; ++here_) GramFilter::set(block_, noise[here_]);
    std::uint32_t const check = GramFilter::check_of(keys_, block_, salt_, layer_, number_);
    std::memcpy(block_ + 60, &check, sizeof check);
    out_.append(block_, sizeof block_);
    std::memset(block_, 0, sizeof block_);
    here_ = 0;
    ++number_;
}

std::string FilterFiller::finish() {
    while (number_ < count_) close();
    return take();
}

}  // namespace keepmum
