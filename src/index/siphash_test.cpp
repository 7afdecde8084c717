// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/siphash.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

// The vectors of the paper's appendix: key 00 01 … 0f, texts 00 01 02 … of growing length.
TEST(SipHash, GivesThePublishedValues) {
    SipKey const key{0x0706050403020100ull, 0x0f0e0d0c0b0a0908ull};
    std::string text;
    EXPECT_EQ(siphash(key, text), 0x726fdb47dd0e0e31ull);
    text.push_back('\0');
    EXPECT_EQ(siphash(key, text), 0x74f839c593dc67fdull);
    while (text.size() < 15) text.push_back(static_cast<char>(text.size()));
    EXPECT_EQ(siphash(key, text), 0xa129ca6149be45e5ull);
}

}  // namespace
}  // namespace keepmum
