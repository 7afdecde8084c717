// What must hold for any bytes: nothing is silently empty, spans lie in the file, texts are UTF-8, time is linear.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/utf8.h"
#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

std::string const samples[] = {
    "13/06/2024, 20:28 - Vincent: Hello\nsecond line\n13/06/2024, 20:29 - Dana: <Media omitted>\n13/06/2024, 20:30 - Vincent: bye\n",
    "[2024/10/31 下午3:50:46] 老王: 你好\n[2024/10/31 下午3:51:02] 我: 在\n",
    R"({"name":"V","type":"personal_chat","messages":[{"id":1,"type":"message","from":"V","from_id":"user1","text":["a ",{"type":"text_link","text":"b","href":"http://c"}]},
 {"id":2,"type":"service","actor":"V","action":"clear_history","text":""}]})",
    R"([{"conversationId":"c","type":"incoming","sent_at":1772355600000,"body":"Hello","source":"+44"},{"conversationId":"c","type":"outgoing","body":"Hi"}])",
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
    "1,2,1,0,0,1,,\"在吗, \"\"你\"\"\",2026-03-01 17:01:00,,小静,w\n2,2,49,57,1,1,,,2026-03-01 17:02:00,,我,m\n",
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\na,,V,u/v,D,u/d,2026-09-28 10:00:00 UTC,,<p>x &amp; y</p>,INBOX\n",
    "{\"version\":\"1\",\"backupTimeMs\":\"1\"}\n{\"recipient\":{\"id\":\"1\",\"self\":{}}}\n{\"chat\":{\"id\":\"10\",\"recipientId\":\"1\"}}\n"
    "{\"chatItem\":{\"chatId\":\"10\",\"authorId\":\"2\",\"dateSent\":\"5\",\"incoming\":{},\"standardMessage\":{\"text\":{\"body\":\"Hi\"}}}}\n",
    "<!DOCTYPE html><html><div class=\"page_wrap\"><div class=\"message default\" id=\"message2\"><div class=\"date\" title=\"01.03.2026 10:01:00\">1</div><div class=\"from_name\">V</div>"
    "<div class=\"text\">a <a href=\"http://x\">b</a></div></div><div class=\"message default joined\" id=\"message3\"><div class=\"text\">c</div></div></div></html>",
    "小静 2026-03-01 17:01:00\n最近手头紧？\n\n我 2026-03-01 17:02:00\n没有\n",
    "Them: hi\nMe: hello\nThem: bye\n",
    "From a@b Sun Mar  1 10:00:00 2026\nFrom: A <a@b.example>\nTo: c@d.example\nDate: Sun, 1 Mar 2026 10:00:00 +0000\nSubject: s\n\ntext\n\nFrom a@b Sun Mar  1 10:00:00 2026\nFrom: "
    "A <a@b.example>\nTo: c@d.example\nSubject: t\n\nmore\n",
};

void expect_sound(std::string_view bytes) {
    ChatExport const read = read_chat(bytes);
    bool any = false;
    for (Conversation const& conversation : read.conversations) {
        std::uint32_t number = 0;
        EXPECT_TRUE(conversation.mails.empty() || conversation.mails.size() == conversation.messages.size());
        for (ChatMessage const& message : conversation.messages) {
            any = true;
            EXPECT_EQ(message.number, ++number);
            EXPECT_LE(message.span.begin, message.span.end);
            EXPECT_LE(message.span.end, bytes.size());
            EXPECT_TRUE(is_utf8(message.text)) << read.dialect << message.text;
            EXPECT_TRUE(is_utf8(message.sender)) << read.dialect << message.sender;
            EXPECT_TRUE(message.kind != ChatMessage::Kind::text || !message.text.empty());
        }
    }
    EXPECT_TRUE(any || !read.gaps.empty());
    EXPECT_EQ(any, !read.dialect.empty());
}

std::size_t count(ChatExport const& read) {
    std::size_t messages = 0;
    for (Conversation const& conversation : read.conversations) messages += conversation.messages.size();
    return messages;
}

TEST(HostileChat, CutAnywhereItIsPartOfTheWhole) {
    for (std::string const& sample : samples) {
        std::size_t const whole = count(read_chat(sample));
        ASSERT_GT(whole, 0u) << sample;
        for (std::size_t size = 0; size <= sample.size(); ++size) {
            SCOPED_TRACE(sample.substr(0, size));
            expect_sound(std::string_view(sample).substr(0, size));
            EXPECT_LE(count(read_chat(sample.substr(0, size))), whole + 4);
        }
    }
}

TEST(HostileChat, AnyByteMayBeAnother) {
    std::mt19937 dice(7);
    for (int round = 0; round < 4000; ++round) {
        std::string bytes = samples[dice() % std::size(samples)];
        for (unsigned i = dice() % 8; i-- > 0;) bytes[dice() % bytes.size()] = static_cast<char>(dice());
        if (dice() % 4 == 0) bytes.insert(dice() % bytes.size(), samples[dice() % std::size(samples)].substr(0, dice() % 64));
        expect_sound(bytes);
    }
}

// Each of these costs hours where something is quadratic.
TEST(HostileChat, TimeIsLinear) {
    std::size_t const size = 3'000'000;
    auto const repeat = [&](std::string_view front, std::string_view part, std::string_view back = "") {
        std::string out(front);
        while (out.size() < size) out += part;
        return out += back;
    };
    for (std::string const& bytes : {
             repeat("", "["), repeat("", "{\"messages\":["), repeat("{\"messages\":[", "{\"text\":[{"), repeat("[", "\"a\","), repeat("", "{\"a\":"),
             repeat("13/06/2024, 20:28 - V: ", "x"), repeat("", "13/06/2024, 20:28 - "), repeat("", "13/06/2024, 20:28 - A\n"), repeat("13/06/2024, 20:28 - V: <", "<"),
             repeat("13", " "), repeat("", "a: b\n"), repeat("", "a"), repeat("", "a "), repeat("", "\n"), repeat("", "10:00 "), repeat("", "a 10:00\n"), repeat("a: ", "："),
             repeat("CONTENT,FROM,CONVERSATION ID\n", "<a href=x>"), repeat("CONTENT,FROM,CONVERSATION ID\n\"", "\"\""), repeat("text,sender\n", ","), repeat("", ","),
             repeat("text,sender\n", "\"a\","), repeat("StrContent,IsSender,Type\n", "<title>"), repeat("From: a\nTo: b\nSubject: c\n\n", "> x\n"),
             repeat("From: a\nTo: ", "\"a,<"), repeat("From: ", "<", "\nTo: b\nSubject: c\n\nx"), repeat("From: a\nTo: b\nSubject: c\nContent-Type: text/html\n\n", "<a href=x>y"),
             repeat("", "From: a\nTo: b\nSubject: c\n\nFrom x\n"), repeat("<html>", "<a>&"), repeat("<html><div class=\"page_wrap\">", "<div class=\"message default\"><a href=x://y>"),
             repeat("{\"chatItem\":{", "\"revisions\":[{"), repeat("", "{\"chatItem\":{}}"), repeat("{", "\"a\":{"), repeat("", "\xE2\x80\x8E"),
             repeat("", "小静 2026-03-01 17:01:00\n[引用](2026-03-01 17:01:00)小静: \n"),
         }) {
        SCOPED_TRACE(bytes.substr(0, 60));
        expect_sound(bytes);
    }
}

}  // namespace
}  // namespace keepmum
