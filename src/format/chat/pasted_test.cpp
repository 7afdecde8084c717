// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "base/icu.h"
#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

Conversation only(ChatExport const& read, std::string_view dialect) {
    EXPECT_EQ(read.dialect, dialect);
    EXPECT_EQ(read.conversations.size(), 1u);
    EXPECT_TRUE(read.gaps.empty());
    return read.conversations.empty() ? Conversation() : read.conversations.front();
}

TEST(Pasted, WeChatsTextForm) {
    Conversation const chat = only(read_chat("小静 2026-03-01 17:01:00\n最近手头紧？\n\n我 2026-03-01 17:02:00\n"
                                             "[引用](2026-03-01 17:01:00)小静: 最近手头紧？\n欠了几万块\n\n小静 2026-03-01 17:03:00\n[图片]\n\n小静 2026-03-01 17:04:00\n[转账] 500元\n"), "wechat");
    EXPECT_EQ(lines_of(chat), (Lines{"小静: 最近手头紧？", "*我: 欠了几万块", "小静: [图片]", "小静: [转账] 500元"}));
    EXPECT_EQ(kinds_of(chat), "TTMP");
    EXPECT_EQ(times_of(chat)[0], "2026-03-01T17:01:00");
}

TEST(Pasted, AQuotationOfNothingThatIsThereStays) {
    Conversation const chat = only(read_chat("小静 2026-03-01 17:01:00\n[引用](2026-02-01 17:01:00)我: 把图纸发我\n好吗\n"), "wechat");
    EXPECT_NE(chat.messages.at(0).text.find("把图纸发我"), std::string::npos);
}

TEST(Pasted, WeChatByMailWithDayLines) {
    Conversation const chat = only(read_chat("—————  2026-03-01  —————\n\n小静  17:01\n\n最近忙吗\n\n我  17:02\n\n还行\n\n—————  2026-03-02  —————\n\n小静  08:00\n\n早\n"), "wechat");
    EXPECT_EQ(lines_of(chat), (Lines{"小静: 最近忙吗", "*我: 还行", "小静: 早"}));
    EXPECT_EQ(times_of(chat), (Lines{"2026-03-01T17:01", "2026-03-01T17:02", "2026-03-02T08:00"}));
}

TEST(Pasted, QqTimeFirst) {
    Conversation const chat = only(read_chat("2026-03-01 17:01:00 小静(12345)\n在吗\n\n2026-03-01 17:01:09 阿宁<a@b.example>\n在\n"), "wechat");
    EXPECT_EQ(lines_of(chat), (Lines{"小静: 在吗", "阿宁: 在"}));
    EXPECT_EQ(chat.messages[0].sender_id, "12345");
}

TEST(Pasted, NamesAloneAsWeChatsWindowCopiesThem) {
    Conversation const chat = only(read_chat("小静:\n最近忙吗\n\n阿宁:\n还行\n"), "pasted");
    EXPECT_EQ(lines_of(chat), (Lines{"小静: 最近忙吗", "阿宁: 还行"}));
}

TEST(Pasted, QqsExportHasATitle) {
    Conversation const chat = only(read_chat("消息记录\n\n====\n消息分组:我的好友\n====\n消息对象:小静\n====\n\n2026-03-01 17:01:00 小静\n在吗\n\n2026-03-01 17:01:09 阿宁\n在\n"), "wechat");
    ASSERT_EQ(chat.messages.size(), 3u);
    EXPECT_EQ(lines_of(chat)[1], "小静: 在吗");
    EXPECT_EQ(chat.senders, (Lines{"小静", "阿宁"}));
}

TEST(ReadChat, OtherFilesAreNoConversation) {
    for (std::string const& bytes : {std::string("PK\3\4some words: here\nMe: no\n"), std::string("%PDF-1.7\nMe: a\n"), std::string("{\\rtf1 Me: a}"),
                                     std::string("<?xml version=\"1.0\"?><a>Me: b</a>")}) {
        EXPECT_TRUE(read_chat(bytes).conversations.empty()) << bytes;
        EXPECT_EQ(read_chat(bytes).gaps.size(), 1u);
    }
}

TEST(Pasted, LinesExport) {
    Conversation const chat = only(read_chat("[LINE] 與小靜的聊天記錄\r\n儲存日期：2026/03/01 17:05\r\n\r\n2026/03/01（日）\r\n17:01\t小靜\t缺錢嗎？: 免保人\r\n下午05:02\t我\t不用\r\n第二行\r\n\r\n"
                                             "2026/03/02（一）\r\n08:00\t小靜\t早\r\n"), "pasted");
    ASSERT_EQ(chat.messages.size(), 4u);
    EXPECT_EQ(lines_of(chat)[1], "小靜: 缺錢嗎？: 免保人");
    EXPECT_EQ(lines_of(chat)[2], "*我: 不用\n第二行");
    EXPECT_EQ(lines_of(chat)[3], "小靜: 早");
    EXPECT_EQ(times_of(chat)[1], "2026-03-01T17:01");
    EXPECT_EQ(times_of(chat)[3], "2026-03-02T08:00");
    EXPECT_EQ(chat.senders, (Lines{"小靜", "我"}));
}

TEST(Pasted, TelegramsWindow) {
    Conversation const chat = only(read_chat("Vincent Wu, [31.10.2024 15:50]\nHello\nthere\n\nDana, [31.10.2024 15:51]\nHi\n"), "pasted");
    EXPECT_EQ(lines_of(chat), (Lines{"Vincent Wu: Hello\nthere", "Dana: Hi"}));
    EXPECT_EQ(times_of(chat)[0], "2024-10-31T15:50");
}

TEST(Pasted, NamesWithATimeOnly) {
    Conversation const chat = only(read_chat("Vincent Wu  10:02 AM\nHello\n\nDana Hale  10:05 AM\nmeet at 12:00\n"), "pasted");
    EXPECT_EQ(lines_of(chat), (Lines{"Vincent Wu: Hello", "Dana Hale: meet at 12:00"}));
}

TEST(Pasted, NameColonText) {
    Conversation const chat = only(read_chat("Them: we pay well\nfor: each picture\nMe: what for?\nThem: https://a.example/x\nMe: no\n"), "pasted");
    EXPECT_EQ(lines_of(chat), (Lines{"Them: we pay well\nfor: each picture", "*Me: what for?", "Them: https://a.example/x", "*Me: no"}));
    Conversation const chinese = only(read_chat("对方：在吗\n我：在\n"), "pasted");
    EXPECT_EQ(lines_of(chinese), (Lines{"对方: 在吗", "*我: 在"}));
    Conversation const timed = only(read_chat("[10:02] Bob: hi\n10:03 Ann: hello\n"), "pasted");
    EXPECT_EQ(lines_of(timed), (Lines{"Bob: hi", "Ann: hello"}));
}

TEST(Pasted, WithoutAnyNameEachParagraphIsAMessage) {
    std::string const text = "Hello, we pay 500: for a report.\nsecond line\n\nWhat about it?\n";
    Conversation const chat = only(read_chat(text), "pasted");
    EXPECT_EQ(lines_of(chat), (Lines{": Hello, we pay 500: for a report.\nsecond line", ": What about it?"}));
    EXPECT_TRUE(chat.senders.empty());
    EXPECT_EQ(chat.messages[1].span, (Span{46, text.size()}));
}

// Whatever form is guessed: no word of the text may be lost.
TEST(Pasted, NoWordIsLost) {
    for (std::string const text : {"Note: alpha\nbeta\nTo: gamma", "10:00 alpha\n11:00 beta\ngamma", "alpha 10:00\nbeta gamma", "a: alpha\n\nb c d beta 2026-01-01 10:00\ngamma",
                                   "2026-01-01\nalpha\nbeta 10:00\ngamma\n", "http://alpha\nhttp://beta\ngamma:",
                                   "10:00\tA\tx\n10:01\tB\talpha\n2026-01-01(beta)\n2026-01-01 gamma\n"}) {
        ChatExport const read = read_chat(text);
        std::string all;
        for (Conversation const& conversation : read.conversations) {
            for (std::string const& line : lines_of(conversation)) all += line + "\n";
        }
        for (char const* word : {"alpha", "beta", "gamma"}) EXPECT_NE(all.find(word), std::string::npos) << text << "\n->\n" << all;
    }
}

TEST(Pasted, OtherCharsets) {
    std::string const text = "小静 2026-03-01 17:01:00\n最近手头紧？我们可以帮你解决一些困难\n\n我 2026-03-01 17:02:00\n欠了几万块\n";
    for (char const* charset : {"gb18030", "UTF-16LE", "UTF-16BE", "UTF-8"}) {
        std::string bytes = encode_with_icu(text, charset);
        if (charset == std::string_view("UTF-16LE")) bytes.insert(0, "\xFF\xFE");
        Conversation const chat = only(read_chat(bytes), "wechat");
        ASSERT_EQ(chat.messages.size(), 2u) << charset;
        EXPECT_EQ(chat.messages[1].text, "欠了几万块") << charset;
        EXPECT_EQ(chat.messages[1].span.end, bytes.size()) << charset;
        std::string const second = encode_with_icu("我 2026", charset);
        EXPECT_EQ(bytes.substr(chat.messages[1].span.begin, second.size()), second) << charset;
    }
    std::string const traditional = "對方：最近缺錢嗎？我們可以幫您處理一些困難\n我：欠了幾萬塊，請問怎麼辦理\n";
    Conversation const chat = only(read_chat(encode_with_icu(traditional, "Big5")), "pasted");
    EXPECT_EQ(lines_of(chat).at(1), "*我: 欠了幾萬塊，請問怎麼辦理");
}

TEST(ReadChat, WhatIsNoTextIsAGap) {
    for (std::string const& bytes : {std::string(), std::string("\x7F" "ELF\0\0\0\1\2\3\0\0\xFF\xFE\xFD\0\0\0\0", 19), std::string(" \n\n \n")}) {
        ChatExport const read = read_chat(bytes);
        EXPECT_TRUE(read.conversations.empty());
        EXPECT_EQ(read.dialect, "");
        EXPECT_EQ(read.gaps.size(), 1u);
    }
}

TEST(ReadChat, APageIsItsWords) {
    ChatExport const read = read_chat("<!DOCTYPE html><html><body><p>Them: we pay <a href=\"http://x.example/\">here</a></p><p>Me: no</p></body></html>");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"Them: we pay here", "*Me: no"}));
    EXPECT_EQ(read.conversations[0].messages[1].links.size(), 1u);
}

}  // namespace
}  // namespace keepmum
