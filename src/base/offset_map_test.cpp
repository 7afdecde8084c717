// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/offset_map.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(OffsetMap, EmptyIsIdentity) { EXPECT_EQ(OffsetMap().to_source({3, 9}), (Span{3, 9})); }

TEST(OffsetMap, FollowsUnits) {
    OffsetMap map;               // "ab密" out of UTF-16 with a BOM
    map.add(0, 2, 1, 2);
    map.add(2, 6, 3, 2);
    EXPECT_EQ(map.to_source({0, 2}), (Span{2, 6}));
    EXPECT_EQ(map.to_source({2, 5}), (Span{6, 8}));
    EXPECT_EQ(map.to_source({1, 5}), (Span{4, 8}));
    EXPECT_EQ(map.to_source({3, 4}), (Span{6, 8}));  // a part of a character is the character
}

TEST(OffsetMap, SkipsDroppedSource) {
    OffsetMap map;  // "a<b>b" without the tag
    map.add(0, 0);
    map.add(1, 4);
    EXPECT_EQ(map.to_source({0, 2}), (Span{0, 5}));
    EXPECT_EQ(map.to_source({1, 2}), (Span{4, 5}));
}

TEST(OffsetMap, MergesWhatGoesOnInStep) {
    OffsetMap map;
    map.add(0, 10);
    map.add(5, 15);
    EXPECT_EQ(map.segments().size(), 1u);
}

}  // namespace
}  // namespace keepmum
