// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/walk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace keepmum {
namespace {

class WalkTest : public ::testing::Test {
  protected:
    WalkTest() {
        char pattern[] = "/tmp/keepmum-walk-XXXXXX";
        root_ = mkdtemp(pattern);
    }
    ~WalkTest() override { std::filesystem::remove_all(root_); }

    void put(std::string const& name) {
        std::filesystem::create_directories(std::filesystem::path(root_ + "/" + name).parent_path());
        std::ofstream(root_ + "/" + name) << "x";
    }
    // What is walked, relative to the root; "!" behind what has a gap.
    std::vector<std::string> walked(std::vector<std::string> const& paths) {
        std::vector<std::string> out;
        std::unique_ptr<Source> const source = walk(paths);
        while (std::optional<Item> item = source->next()) {
            EXPECT_EQ(item->path, item->name);
            out.push_back(item->name.substr(root_.size()) + (item->gap ? "!" : ""));
        }
        return out;
    }
    using Names = std::vector<std::string>;

    std::string root_;
};

TEST_F(WalkTest, GivesFilesSortedByTheirWholePath) {
    for (char const* name : {"b", "a/z", "a.txt", "a-b/1", "a/b/c", "a0"}) put(name);
    std::filesystem::create_directory(root_ + "/empty");
    EXPECT_EQ(walked({root_}), (Names{"/a-b/1", "/a.txt", "/a/b/c", "/a/z", "/a0", "/b"}));
    EXPECT_EQ(walked({root_ + "/b", root_ + "/a"}), (Names{"/b", "/a/b/c", "/a/z"}));
}

TEST_F(WalkTest, WhatIsNoFileIsSaidWhereItWasAskedFor) {
    put("d/file");
    ASSERT_EQ(symlink("file", (root_ + "/d/link").c_str()), 0);
    ASSERT_EQ(symlink("nothing", (root_ + "/dangling").c_str()), 0);
    ASSERT_EQ(mkfifo((root_ + "/d/pipe").c_str(), 0600), 0);
    EXPECT_EQ(walked({root_}), Names{"/d/file"});
    EXPECT_EQ(walked({root_ + "/d/link", root_ + "/d/pipe", root_ + "/dangling", root_ + "/missing"}),
              (Names{"/d/link", "/d/pipe!", "/dangling!", "/missing!"}));
}

TEST_F(WalkTest, AFolderThatCannotBeListedIsAGap) {
    if (geteuid() == 0) GTEST_SKIP() << "root may list everything";
    put("locked/file");
    put("open/file");
    chmod((root_ + "/locked").c_str(), 0);
    EXPECT_EQ(walked({root_}), (Names{"/locked!", "/open/file"}));
    chmod((root_ + "/locked").c_str(), 0700);
}

}  // namespace
}  // namespace keepmum
