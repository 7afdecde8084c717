// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/seal.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(Seal, OpensForBothTogetherInEitherOrder) {
    KeyPair const a = make_key_pair(), b = make_key_pair();
    std::string const sealed = seal("王小明 / Wang", a.open, b.open).value();
    EXPECT_EQ(unseal(sealed, a.secret, b.secret).value(), "王小明 / Wang");
    EXPECT_EQ(unseal(sealed, b.secret, a.secret).value(), "王小明 / Wang");
}

TEST(Seal, NeitherOpensAlone) {
    KeyPair const a = make_key_pair(), b = make_key_pair(), c = make_key_pair();
    std::string const sealed = seal("name", a.open, b.open).value();
    EXPECT_FALSE(unseal(sealed, a.secret, a.secret));
    EXPECT_FALSE(unseal(sealed, b.secret, b.secret));
    EXPECT_FALSE(unseal(sealed, a.secret, c.secret));
    EXPECT_FALSE(unseal(sealed, c.secret, b.secret));
}

TEST(Seal, TellsNothingByItsLength) {
    KeyPair const a = make_key_pair(), b = make_key_pair();
    EXPECT_EQ(seal("x", a.open, b.open)->size(), seal(std::string(100, 'x'), a.open, b.open)->size());
}

TEST(Seal, ATouchedNoteDoesNotOpen) {
    KeyPair const a = make_key_pair(), b = make_key_pair();
    std::string sealed = seal("name", a.open, b.open).value();
    sealed[60] = sealed[60] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(unseal(sealed, a.secret, b.secret));
    EXPECT_FALSE(unseal("not base64!", a.secret, b.secret));
}

}  // namespace
}  // namespace keepmum
