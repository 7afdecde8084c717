// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/carried.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace keepmum {
namespace {

namespace fs = std::filesystem;

// The leaking paper and its clean twin lie in a folder that two programs carry away: the leaking one is named for both.
TEST(Carried, NamesProtectedFilesByProgramAndAccount) {
    Folders folders;
    folders.shipped = KEEPMUM_SOURCE;
    folders.cache = KEEPMUM_BUILD "/test-home/cache";
    folders.libexec = KEEPMUM_BUILD "/libexec/keepmum";
    Result<std::unique_ptr<keepmum::Setup>> const setup = make_setup(folders, {});
    ASSERT_TRUE(setup) << setup.error().what;
    char name[] = "/tmp/keepmum-carried-XXXXXX";
    std::string const folder = mkdtemp(name);
    fs::copy_file(KEEPMUM_SOURCE "/samples/leaky/bank-details.txt", folder + "/leaky.txt");
    fs::copy_file(KEEPMUM_SOURCE "/samples/clean/bank-details.txt", folder + "/clean.txt");
    Broker broker(folders.libexec, (*setup)->limits);
    std::vector<SyncedFolder> const carried = {{"dropbox", folder, "li", {}}, {"nutstore", folder, "", {}}, {"wechat", "/nowhere/at/all", "", {}}};
    Result<CarriedFiles> const found = scan_carried(**setup, broker, carried, 2);
    fs::remove_all(folder);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->checked, 4u);
    ASSERT_EQ(found->files.size(), 2u);
    EXPECT_EQ(found->files[0].path, folder + "/leaky.txt");
    EXPECT_EQ(found->files[0].program, "dropbox");
    EXPECT_EQ(found->files[0].account, "li");
    EXPECT_EQ(found->files[1].program, "nutstore");
    EXPECT_TRUE(found->files[0].rule.starts_with("identity."));
    ASSERT_EQ(found->absent.size(), 1u);
    EXPECT_EQ(found->absent[0].program, "wechat");
}

}  // namespace
}  // namespace keepmum
