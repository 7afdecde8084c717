// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

Conversation const& only(ChatExport const& read) {
    EXPECT_EQ(read.dialect, "whatsapp");
    EXPECT_EQ(read.conversations.size(), 1u);
    return read.conversations.front();
}

TEST(WhatsApp, AndroidWithContinuedLinesSystemLinesAndMedia) {
    std::string const text =
        "13/06/2024, 20:28 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
        "13/06/2024, 20:28 - Vincent: Hello\nsecond: line\n\nfourth\n"
        "13/06/2024, 20:29 - Dana Hale: <Media omitted>\n"
        "13/06/2024, 20:30 - Dana Hale: IMG-1.jpg (file attached)\nlook at this\n"
        "13/06/2024, 20:30 - Vincent: PTT-1.opus (文件附件)\n"
        "13/06/2024, 20:31 - Vincent: This message was deleted\n"
        "13/06/2024, 20:32 - Vincent: <pay you 1000> (now)\n"
        "13/06/2024, 20:33 - Vincent changed the group name from \"Anna: b\" to \"c\"\n"
        "13/06/2024, 20:34 - Vincent: good <This message was edited>\n"
        "13/06/2024, 20:35 - Bob:Hi\n";
    ChatExport const read = read_chat(text, "WhatsApp Chat with Vincent.txt");
    Conversation const& chat = only(read);
    EXPECT_EQ(kinds_of(chat), "STMMMSTSTT");
    EXPECT_EQ(lines_of(chat)[1], "Vincent: Hello\nsecond: line\n\nfourth");
    EXPECT_EQ(lines_of(chat)[3], "Dana Hale: look at this");
    EXPECT_EQ(lines_of(chat)[4], "Vincent: PTT-1.opus");
    EXPECT_EQ(lines_of(chat)[6], "Vincent: <pay you 1000> (now)");
    EXPECT_EQ(lines_of(chat)[8], "Vincent: good");
    EXPECT_EQ(lines_of(chat)[9], "Bob: Hi");
    EXPECT_EQ(chat.senders, (Lines{"Vincent", "Dana Hale", "Bob"}));
    EXPECT_TRUE(chat.group);
    EXPECT_EQ(chat.title, "Vincent");
    EXPECT_EQ(chat.me, "");
    // Each message's span holds its whole line or lines.
    ChatMessage const& second = chat.messages[1];
    EXPECT_EQ(text.substr(second.span.begin, second.span.size()), "13/06/2024, 20:28 - Vincent: Hello\nsecond: line\n\nfourth\n");
}

TEST(WhatsApp, TheFileNameNamesTheOtherOfTwo) {
    ChatExport const read = read_chat("13/06/2024, 20:28 - Vincent: a\n13/06/2024, 20:28 - Dana: b\n", "x/WhatsApp Chat with Vincent.txt");
    EXPECT_EQ(only(read).me, "Dana");
    EXPECT_EQ(lines_of(only(read)), (Lines{"Vincent: a", "*Dana: b"}));
}

TEST(WhatsApp, IosInManyWords) {
    ChatExport const read = read_chat(
        "\u200E[2024/10/31 下午3:50:46] 群: \u200E消息和通话已进行端到端加密。\r\n"
        "[2024/10/31 下午3:50:46] 群: \u200E老王创建了此群组\r\n"
        "[2024/10/31 下午3:50:47] 老王: 你好\r\n第二行\r\n"
        "\u200E[2024/10/31 下午3:51:00] 老王: \u200E图像已忽略\r\n"
        "\u200E[2024/10/31 下午3:52:00] ~\u202F小李: \u200E<附件：00000002-PHOTO.jpg>\r\n"
        "\u200E[2024/10/31 下午3:53:00] 老王: \u200EMissed voice call\r\n"
        "[2024/10/31 下午3:54:00] 我: \u200E您删除了此消息。\r\n");
    Conversation const& chat = only(read);
    EXPECT_EQ(kinds_of(chat), "SSTMMCS");
    EXPECT_EQ(chat.messages[2].text, "你好\n第二行");
    EXPECT_EQ(chat.messages[4].sender, "小李");
    EXPECT_EQ(chat.messages[4].text, "00000002-PHOTO.jpg");
    EXPECT_EQ(chat.messages[4].when, "2024-10-31T15:52:00");
    EXPECT_EQ(chat.senders, (Lines{"老王", "小李"}));
}

TEST(WhatsApp, AMarkBeforeATextHidesNothing) {
    ChatExport const read = read_chat("[31/10/2024, 15:50:46] Eve: \u200Esend me the drawings\n[31/10/2024, 15:50:47] Eve: ok\n");
    EXPECT_EQ(kinds_of(only(read)), "TT");
    EXPECT_EQ(only(read).messages[0].text, "send me the drawings");
}

TEST(WhatsApp, ADateInTwoOrdersIsReadAsItCan) {
    ChatExport const read = read_chat("13/06/2024, 20:28 - A: a\n14/06/2024, 20:28 - A: b\n06/15/2024, 20:28 - A: c\n");
    EXPECT_EQ(times_of(only(read)), (Lines{"2024-06-13T20:28", "2024-06-14T20:28", "2024-06-15T20:28"}));
}

TEST(WhatsApp, LinesBeforeTheFirstMessageAreAGap) {
    ChatExport const read = read_chat("some words\n13/06/2024, 20:28 - A: a\n13/06/2024, 20:28 - B: b\n");
    ASSERT_EQ(read.gaps.size(), 1u);
    EXPECT_EQ(read.gaps[0].span, (Span{0, 11}));
}

TEST(WhatsApp, ArabicAndHebrewMarks) {
    ChatExport const read = read_chat("\u200F٢٠\u200F/٦\u200F/٢٠٢٤، ٨:٢٨ م - \u202Aسامي\u202C: مرحبا\n\u200F٢١\u200F/٦\u200F/٢٠٢٤، ٨:٢٨ ص - سامي: نعم\n");
    EXPECT_EQ(times_of(only(read)), (Lines{"2024-06-20T20:28", "2024-06-21T08:28"}));
    EXPECT_EQ(only(read).senders, (Lines{"سامي"}));
}

TEST(SignalExport, MarkdownLines) {
    ChatExport const read = read_chat("[2026-03-01, 10:00] Me: How is everyone?\n[2026-03-01, 10:10] Aya: ![photo](media/x.jpg)\n[2026-03-01, 10:20] Jim: one\n\ntwo\n");
    EXPECT_EQ(read.dialect, "signal");
    EXPECT_EQ(kinds_of(read.conversations[0]), "TMT");
    EXPECT_EQ(lines_of(read.conversations[0])[0], "*Me: How is everyone?");
    EXPECT_EQ(lines_of(read.conversations[0])[2], "Jim: one\n\ntwo");
}

}  // namespace
}  // namespace keepmum
