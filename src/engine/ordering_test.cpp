// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ordering.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(AreOne, AnAddressAndTheBase64InItAlone) {
    Place const file{"a.svg", {}, {}}, other{"b.svg", {}, {}};
    auto const place_of = [&](char const* name) { return file.with(How::decode, name); };
    Place const address = file.with(How::field, "data:152"), code = place_of("base64-at-174");
    constexpr std::uint64_t size = 60;  // of the address: it ends at 212
    EXPECT_TRUE(are_one({address, size}, {code, 38}));
    EXPECT_TRUE(are_one({code, 38}, {address, size}));
    EXPECT_FALSE(are_one({address, size}, {address, size}));
    EXPECT_FALSE(are_one({code, 38}, {place_of("base64-at-900"), 38}));
    EXPECT_TRUE(are_one({address, size}, {place_of("base64-at-211"), 38}));
    EXPECT_FALSE(are_one({address, size}, {place_of("base64-at-212"), 38})) << "a second copy right behind it";
    EXPECT_FALSE(are_one({address, size}, {place_of("base64-at-100"), 38}));
    EXPECT_FALSE(are_one({address, size}, {other.with(How::decode, "base64-at-174"), 38}));
    EXPECT_FALSE(are_one({address, size}, {file.with(How::part, "1").with(How::decode, "base64-at-174"), 38}));
    EXPECT_FALSE(are_one({file, size}, {file, size}));
}

}  // namespace
}  // namespace keepmum
