// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/place.h"

#include <gtest/gtest.h>

#include <random>

namespace keepmum {
namespace {

TEST(Place, PrintsAsDocumented) {
    Place place{"mail.eml", {{How::part, "2"}, {How::member, "report.docx"}, {How::member, "comments"}}, Span{1042, 1069}};
    EXPECT_EQ(print(place), "mail.eml!part:2!report.docx!comments@1042+27");
}

TEST(Place, EscapesNamesThatLookLikeSyntax) {
    Place place{"a!b@c+d%.txt", {{How::member, "page:3"}, {How::page, "3"}, {How::member, "line\nbreak\xFF"}}, {}};
    EXPECT_EQ(print(place), "a%21b%40c%2Bd%25.txt!page%3A3!page:3!line%0Abreak%FF");
    EXPECT_EQ(parse_place(print(place)).value(), place);
}

TEST(Place, ParsePrintIsIdentity) {
    std::mt19937 random(7);
    std::string const alphabet("a:!@+%/\\ \n\xE7\xA7\x98\xFF" "page", 19);
    auto name = [&] {
        std::string text;
        for (int i = random() % 9; i > 0; --i) text += alphabet[random() % alphabet.size()];
        return text;
    };
    for (int round = 0; round < 20000; ++round) {
        Place place{name(), {}, {}};
        for (int i = random() % 4; i > 0; --i) place.steps.push_back({static_cast<How>(random() % 13), name()});
        if (random() % 2) {
            std::uint64_t const begin = random();
            place.span = Span{begin, begin + random() % 100};
        }
        ASSERT_EQ(parse_place(print(place)).value(), place) << print(place);
    }
}

TEST(Place, SortsPagesByNumber) {
    Place two{"a", {{How::page, "2"}}, {}}, ten{"a", {{How::page, "10"}}, {}};
    EXPECT_TRUE(before(two, ten));
    EXPECT_FALSE(before(ten, two));
}

TEST(Place, RefusesNonsense) {
    EXPECT_FALSE(parse_place("a%G1"));
    EXPECT_FALSE(parse_place("a@12"));
    EXPECT_FALSE(parse_place("a@12+x"));
}

}  // namespace
}  // namespace keepmum
