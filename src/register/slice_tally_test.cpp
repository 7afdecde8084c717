// What went wrong with what is remembered is known before anything is reported. The sums themselves: tests/remember.py.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/slice_tally.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "index/made_key_test.h"
#include "register/remembered.h"

namespace keepmum {
namespace {

TEST(SliceTally, RefusesWhatWasRememberedUnderAnotherKey) {
    std::string folder = testing::TempDir() + "keepmum-tally-XXXXXX";
    ASSERT_TRUE(mkdtemp(folder.data()));
    RegisterKey const key = made_key(1), other = made_key(2);
    Result<Matcher> matcher = Matcher::build({});
    keepmum::Setup const setup{{}, PackSet(), {}, std::move(*matcher), Directive(), {}, "2026-01-01", {}, Key{}, "", {}};
    ASSERT_TRUE(Rememberer::open(folder + "/remembered", key, "2026-01-01"));
    std::shared_ptr<Store const> const store = *Store::open(folder + "/register", key);
    EXPECT_TRUE(SliceTally::open(setup, key, store, folder + "/remembered", "press"));
    Result<std::unique_ptr<SliceTally>> const refused = SliceTally::open(setup, other, store, folder + "/remembered", "press");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::denied);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace keepmum
