// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/slices.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

std::vector<Overlap> overlap_of(std::uint64_t letters, std::uint64_t from, std::uint64_t to, Stream stream = Stream::latin) {
    Overlap overlap;
    overlap.document.id = 7;
    overlap.document.letters = letters;
    Passage passage;
    passage.stream = stream;
    passage.registered = {from, to};
    overlap.passages.push_back(passage);
    return {overlap};
}

TEST(Slices, TenTimesTwoPerCentAreAFifth) {
    for (std::uint64_t letters : {1'000u, 8'000u, 50'000u, 3'000'000u}) {
        Slices slices;
        for (std::uint64_t i = 0; i < 10; ++i) {
            std::uint64_t const from = letters / 10 * i;
            slices.add("supplier", "C-" + std::to_string(i), overlap_of(letters, from, from + letters / 50));
            slices.add("press", "C-" + std::to_string(i), overlap_of(letters, 0, letters / 50));  // always the same slice
        }
        std::vector<Sliced> const told = slices.answer();
        ASSERT_EQ(told.size(), 1u) << letters;
        EXPECT_EQ(told[0].to, "supplier");
        EXPECT_EQ(told[0].ids.size(), 10u);
        EXPECT_NEAR(told[0].share, 0.2, 0.01) << letters;
    }
}

TEST(Slices, OneCheckIsNoSliceAndStreamsAreCountedApart) {
    Slices slices;
    slices.add("supplier", "C-1", overlap_of(1000, 0, 900));
    EXPECT_TRUE(slices.answer().empty());
    slices.add("supplier", "C-2", overlap_of(1000, 0, 100, Stream::cjk));
    ASSERT_EQ(slices.answer().size(), 1u);
    EXPECT_NEAR(slices.answer()[0].share, 1.0, 0.01);
    slices.add("supplier", "C-3", overlap_of(10, 5, 4'000'000'000));  // a document that lies about its letters
}

}  // namespace
}  // namespace keepmum
