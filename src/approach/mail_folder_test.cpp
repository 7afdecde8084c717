// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/mail_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "io/file.h"

namespace keepmum {
namespace {

class MailFolderTest : public testing::Test {
  protected:
    void SetUp() override {
        char name[] = "/tmp/keepmum-maildir-XXXXXX";
        ASSERT_NE(mkdtemp(name), nullptr);
        folder_ = name;
        for (char const* below : {"/cur", "/new", "/tmp", "/.Sent", "/.Sent/cur", "/.Sent/new"}) ASSERT_EQ(mkdir((folder_ + below).c_str(), 0700), 0);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void put(std::string const& name, std::string const& text) { ASSERT_TRUE(write_file(folder_ + name, text)); }

    OpenedChats open() {
        OpenedChats opened;
        EXPECT_TRUE(open_mail_folder({folder_, folder_, std::nullopt}, opened));
        return opened;
    }

    std::string folder_;
};

TEST_F(MailFolderTest, FilesAreStepsOfOneConversation) {
    put("/cur/1.host:2,S", "Delivered-To: d@c.example\nFrom: V <v@x.example>\nTo: d@c.example\nSubject: one\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n\nWould you write for us?\n");
    put("/new/3.host", "Delivered-To: d@c.example\nFrom: V <v@x.example>\nTo: d@c.example\nSubject: three\nDate: Sun, 1 Mar 2026 12:00:00 +0000\n\nPlease do.\n");
    put("/.Sent/cur/2.host:2,S", "From: D <d@c.example>\nTo: v@x.example\nSubject: two\nDate: Sun, 1 Mar 2026 11:00:00 +0000\n\nWhat about?\n");
    put("/tmp/4.host", "half a mail");
    OpenedChats const opened = open();
    ASSERT_EQ(opened.chats.size(), 1u);
    EXPECT_TRUE(opened.chats[0].owner_known);
    ASSERT_EQ(opened.chats[0].conversations.size(), 1u);
    Conversation const& chat = opened.chats[0].conversations[0];
    ASSERT_EQ(chat.messages.size(), 3u);
    EXPECT_EQ(chat.messages[2].number, 3u);
    EXPECT_EQ(chat.senders, (std::vector<std::string>{"V", "D"}));
    EXPECT_EQ(chat.me, "D");
    // In the order of time, whatever folder they lie in.
    EXPECT_EQ(chat.messages[0].text, "one\n\nWould you write for us?");
    EXPECT_EQ(chat.messages[1].text, "two\n\nWhat about?");
    EXPECT_TRUE(chat.messages[1].mine);
    EXPECT_EQ(chat.messages[2].text, "three\n\nPlease do.");
    EXPECT_EQ(opened.coverage.bytes, opened.coverage.read);
    EXPECT_TRUE(opened.gaps.empty());
}

TEST_F(MailFolderTest, WhatCannotBeOpenedIsAGap) {
    ASSERT_EQ(mkdir((folder_ + "/cur/odd").c_str(), 0700), 0);
    OpenedChats const opened = open();
    ASSERT_EQ(opened.gaps.size(), 1u);
}

TEST_F(MailFolderTest, OtherFoldersAreNone) {
    std::filesystem::remove_all(folder_ + "/tmp");
    OpenedChats opened;
    EXPECT_FALSE(is_mail_folder(folder_));
    EXPECT_FALSE(open_mail_folder({folder_, folder_, std::nullopt}, opened));
}

}  // namespace
}  // namespace keepmum
