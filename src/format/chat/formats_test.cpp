// The exports that the project keeps outside of the tree: each dialect, with exact counts, senders and times.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "format/chat/read_chat.h"

namespace keepmum {
namespace {

std::string data_folder() {
    char const* const set = std::getenv("KEEPMUM_DATA");
    return (set != nullptr ? std::string(set) : std::string(KEEPMUM_SOURCE) + "/../shared/data") + "/approach/formats/";
}

struct Expected {
    char const* file;
    char const* dialect;
    std::vector<std::size_t> counts;             // messages of each conversation
    std::vector<std::vector<std::string>> senders;
    std::string me;                              // of the first conversation
    std::string first_when;
    std::string kinds;                           // one letter a message, all conversations
};

char letter(ChatMessage::Kind kind) { return "TMSCIPU"[static_cast<int>(kind)]; }

TEST(ChatFormats, EveryDialectOfTheKeptExports) {
    Expected const all[] = {
        {"whatsapp-android-24h.txt", "whatsapp", {6}, {{"Vincent", "Dana Hale", "+44 7700 900123"}}, "", "2024-06-20T20:28", "STMMSS"},
        {"whatsapp-android-us12h.txt", "whatsapp", {2}, {{"Vincent", "Dana Hale"}}, "", "2024-06-20T20:28", "TT"},
        {"whatsapp-android-ca.txt", "whatsapp", {1}, {{"Farid"}}, "", "2023-12-20T17:46", "T"},
        {"whatsapp-android-es.txt", "whatsapp", {2}, {{"Ana", "Luis"}}, "", "2025-03-28T21:29", "TM"},
        {"whatsapp-ios-12h.txt", "whatsapp", {2}, {{"Ana", "Bo"}}, "", "2021-10-14T15:34:09", "TT"},
        {"whatsapp-ios-24h.txt", "whatsapp", {4}, {{"Chris", "Anna"}}, "", "2026-03-07T21:22:39", "STMT"},
        {"whatsapp-ios-zh.txt", "whatsapp", {3}, {{"老王", "我", "Bob"}}, "我", "2024-10-31T15:50:46", "TTT"},
        {"telegram-single-chat.json", "telegram", {3}, {{"Vincent Wu", "user4000000002"}}, "", "2026-03-01T10:00:00", "STM"},
        {"telegram-full-export.json", "telegram", {1}, {{"user4000000003"}}, "", "2026-03-02T09:00:00", "T"},
        {"signal-export.md", "signal", {3}, {{"Me", "Aya", "Jim"}}, "Me", "2026-03-01T10:00", "TMT"},
        {"signal-desktop-rows.json", "signal", {2}, {{"+447700900123", "Me"}}, "Me", "2026-03-01T09:00:00Z", "TU"},
        {"wechat-plain.txt", "wechat", {2}, {{"小静", "我"}}, "我", "2026-03-01T17:01:00", "TT"},
        {"wechat-wechatmsg.csv", "wechat", {5}, {{"小静", "我"}}, "我", "2026-03-01T17:00:00", "ITUPS"},
        {"linkedin-messages.csv", "linkedin", {2, 1}, {{"Vincent Wu", "Dana Hale"}, {"LinkedIn Member"}}, "Dana Hale", "2026-09-28T10:00:00Z", "TTT"},
        {"linkedin-invitations.csv", "linkedin", {1}, {{"Vincent Wu"}}, "Dana Hale", "2026-09-27T08:00", "I"},
        {"mail.mbox", "mail", {1, 1}, {{"Wall Street Journal <news@wsj.example>"}, {"Ana"}}, "dana@corp.example", "2026-03-01T10:00:00Z", "TT"},
    };
    for (Expected const& expected : all) {
        std::ifstream file(data_folder() + expected.file, std::ios::binary);
        if (!file) GTEST_SKIP() << "no data in " << data_folder();
        std::ostringstream bytes;
        bytes << file.rdbuf();
        ChatExport const read = read_chat(bytes.str(), expected.file);
        SCOPED_TRACE(expected.file);
        EXPECT_EQ(read.dialect, expected.dialect);
        EXPECT_TRUE(read.gaps.empty()) << read.gaps.front().what;
        std::vector<std::size_t> counts;
        std::vector<std::vector<std::string>> senders;
        std::string kinds;
        for (Conversation const& conversation : read.conversations) {
            counts.push_back(conversation.messages.size());
            senders.push_back(conversation.senders);
            for (ChatMessage const& message : conversation.messages) kinds += letter(message.kind);
        }
        EXPECT_EQ(counts, expected.counts);
        EXPECT_EQ(senders, expected.senders);
        EXPECT_EQ(kinds, expected.kinds);
        if (read.conversations.empty()) continue;
        EXPECT_EQ(read.conversations[0].me, expected.me);
        EXPECT_EQ(read.conversations[0].messages[0].when, expected.first_when);
    }
}

}  // namespace
}  // namespace keepmum
