// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "index/made_key_test.h"

namespace keepmum {
namespace {

TEST(GramFilter, LosesNothingAndStopsMostStrangers) {
    std::mt19937_64 random(8);
    SegmentKeys const keys(made_key(1));
    for (std::uint64_t count : {1u, 500u, 200'000u}) {
        std::vector<std::uint64_t> hashes(count);
        for (std::uint64_t& hash : hashes) hash = random() & ~0ull << 26;  // as buckets keep them: 38 bits
        std::sort(hashes.begin(), hashes.end());
        std::uint64_t const blocks = GramFilter::blocks_for(count);
        FilterFiller filler(keys, 7, 1, blocks);
        for (std::uint64_t hash : hashes) filler.add(hash);
        std::string const bytes = filler.finish();
        ASSERT_EQ(bytes.size(), blocks * GramFilter::block_size);
        GramFilter const filter(blocks);
        auto const has = [&](std::uint64_t hash) {
            return GramFilter::has(bytes.data() + filter.block_of(hash) * GramFilter::block_size, hash);
        };
        EXPECT_TRUE(std::all_of(hashes.begin(), hashes.end(), has)) << count;
        int passed = 0;
        for (int i = 0; i < 100'000; ++i) passed += has(random() & ~0ull << 26);
        EXPECT_LT(passed, 5'000) << count;
        EXPECT_GT(passed, 1'000) << count;  // an empty one would tell how empty it is
        for (std::uint64_t number = 0; number < blocks; ++number) {
            ASSERT_TRUE(GramFilter::is_whole(keys, bytes.data() + number * GramFilter::block_size, 7, 1, number));
        }
    }
}

TEST(GramFilter, ABlockOfAnotherPlaceOrChangedIsNotWhole) {
    SegmentKeys const keys(made_key(2));
    FilterFiller filler(keys, 7, 1, 8);
    std::string bytes = filler.finish();
    EXPECT_TRUE(GramFilter::is_whole(keys, bytes.data(), 7, 1, 0));
    EXPECT_FALSE(GramFilter::is_whole(keys, bytes.data(), 7, 1, 1));
    EXPECT_FALSE(GramFilter::is_whole(keys, bytes.data(), 7, 3, 0));
    EXPECT_FALSE(GramFilter::is_whole(keys, bytes.data(), 8, 1, 0));
    for (std::size_t at = 0; at < GramFilter::block_size; ++at) {
        bytes[at] = static_cast<char>(bytes[at] ^ 4);
        EXPECT_FALSE(GramFilter::is_whole(keys, bytes.data(), 7, 1, 0)) << at;
        bytes[at] = static_cast<char>(bytes[at] ^ 4);
    }
}

}  // namespace
}  // namespace keepmum
