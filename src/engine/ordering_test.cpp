// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ordering.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(AreOne, AnAddressAndTheBase64InItAlone) {
    Place const address = Place{"a.svg", {}, {}}.with(How::field, "data:152");
    Place const code = Place{"a.svg", {}, {}}.with(How::decode, "base64-at-174");
    EXPECT_TRUE(are_one(address, code));
    EXPECT_TRUE(are_one(code, address));
    EXPECT_FALSE(are_one(address, address));
    EXPECT_FALSE(are_one(code, Place({"a.svg", {}, {}}).with(How::decode, "base64-at-900")));
    EXPECT_FALSE(are_one(address, Place({"a.svg", {}, {}}).with(How::decode, "base64-at-900")));
    EXPECT_FALSE(are_one(address, Place({"a.svg", {}, {}}).with(How::decode, "base64-at-100")));
    EXPECT_FALSE(are_one(address, Place({"b.svg", {}, {}}).with(How::decode, "base64-at-174")));
    EXPECT_FALSE(are_one(address, Place({"a.svg", {}, {}}).with(How::part, "1").with(How::decode, "base64-at-174")));
    EXPECT_FALSE(are_one(Place{"a.svg", {}, {}}, Place{"a.svg", {}, {}}));
}

}  // namespace
}  // namespace keepmum
