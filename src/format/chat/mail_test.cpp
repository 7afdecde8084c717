// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/chat/chat_testing.h"
#include "format/chat/mail_head.h"

namespace keepmum {
namespace {

TEST(MailChat, OneMessageWithAllThatTellsItsSender) {
    ChatExport const read = read_chat(
        "Return-Path: <bounce@mailer.example>\r\n"
        "Delivered-To: dana@corp.example\r\n"
        "Received: from a by b; Sun, 1 Mar 2026 10:00:05 +0000\r\n"
        "Received: from c by a; Sun, 1 Mar 2026 10:00:01 +0000\r\n"
        "Authentication-Results: mx.corp.example; dmarc=fail header.from=freemail.example\r\n"
        "From: \"News, Daily <news@real.example>\" <Farn.F@freemail.example>\r\n"
        "Reply-To: =?utf-8?B?5bCP6Z2Z?= <q@other.example>\r\n"
        "To: Dana Hale <dana@corp.example>, \"Smith, Bob\" <bob@corp.example>\r\n"
        "Cc: c@corp.example (Carl)\r\n"
        "Subject: =?utf-8?B?6YeH6K6/?=\r\n"
        "List-Id: <list.example>\r\n"
        "Message-ID: <1@x>\r\n"
        "Date: Sun, 1 Mar 2026 11:00:00 +0200\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n\xC4\xFA\xBA\xC3\xA3\xAC\xCE\xD2\xC3\xC7\xCF\xEB\xD4\xBC\xB8\xE5\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<p>Login <a href=\"https://203.0.113.9/v\">https://real.example/</a></p>\r\n"
        "--b\r\nContent-Type: application/zip; name=\"plan.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsD\r\n--b--\r\n");
    ASSERT_EQ(read.dialect, "mail");
    ASSERT_EQ(read.conversations.size(), 1u);
    Conversation const& chat = read.conversations[0];
    ASSERT_EQ(chat.messages.size(), 1u);
    ASSERT_EQ(chat.mails.size(), 1u);
    MailFacts const& facts = chat.mails[0];
    EXPECT_EQ(facts.from.name, "News, Daily <news@real.example>");
    EXPECT_EQ(facts.from.address, "farn.f@freemail.example");
    EXPECT_EQ(facts.reply_to.name, "小静");
    EXPECT_EQ(facts.reply_to.address, "q@other.example");
    EXPECT_EQ(facts.return_path, "bounce@mailer.example");
    EXPECT_EQ(facts.delivered_to, "dana@corp.example");
    ASSERT_EQ(facts.to.size(), 3u);
    EXPECT_EQ(facts.to[1].name, "Smith, Bob");
    EXPECT_EQ(facts.to[2].name, "Carl");
    EXPECT_EQ(facts.subject, "采访");
    EXPECT_EQ(facts.list_id, "<list.example>");
    EXPECT_EQ(facts.received.size(), 2u);
    EXPECT_EQ(facts.authentication.size(), 1u);
    EXPECT_EQ(facts.attachments, (Lines{"plan.zip"}));
    EXPECT_EQ(chat.messages[0].text, "采访\n\n您好，我们想约稿\n\nLogin https://real.example/");
    EXPECT_EQ(chat.messages[0].when, "2026-03-01T09:00:00Z");
    ASSERT_EQ(chat.messages[0].links.size(), 1u);
    EXPECT_EQ(chat.messages[0].links[0].target, "https://203.0.113.9/v");
    EXPECT_FALSE(chat.messages[0].mine);
    EXPECT_EQ(chat.me, "dana@corp.example");
}

std::string mail(std::string_view from, std::string_view to, std::string_view more, std::string_view body) {
    std::string out = "From x@y Sun Mar  1 10:00:00 2026\n";
    out += "From: " + std::string(from) + "\nTo: " + std::string(to) + "\nSubject: s\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n" + std::string(more) + "\n" + std::string(body) + "\n\n";
    return out;
}

TEST(MailChat, AMailboxAsConversationsWithoutWhatIsQuoted) {
    std::string const box = mail("V <v@x.example>", "d@c.example", "Delivered-To: d@c.example\n", "Please send us the internal report soon.\n>From here it is quoted") +
                            mail("D <d@c.example>", "v@x.example", "", "No, I will not do that at all.\n> Please send us the internal report soon.\n> a line that stands nowhere else") +
                            mail("V <v@x.example>", "d@c.example", "Delivered-To: d@c.example\n", "Think again about it, will you.\n> No, I will not do that at all.") +
                            mail("Ana <a@c.example>", "d@c.example", "Delivered-To: d@c.example\n", "Noon?");
    ChatExport const read = read_chat(box);
    ASSERT_EQ(read.conversations.size(), 2u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"V: s\n\nPlease send us the internal report soon.\nFrom here it is quoted",
                                                      "*D: s\n\nNo, I will not do that at all.\n> a line that stands nowhere else",
                                                      "V: s\n\nThink again about it, will you."}));
    EXPECT_EQ(read.conversations[0].me, "D");
    EXPECT_EQ(lines_of(read.conversations[1]), (Lines{"Ana: s\n\nNoon?"}));
    EXPECT_EQ(read.conversations[1].mails.size(), 1u);
}

TEST(MailChat, WhoClaimsToBeTheOwnerIsNot) {
    std::string const box = mail("Ana <a@c.example>", "d@c.example", "Delivered-To: d@c.example\n", "Noon?") +
                            mail("D <d@c.example>", "d@c.example", "Delivered-To: d@c.example\nReturn-Path: <x@evil.example>\n", "I have your files.") +
                            mail("D <d@c.example>", "d@c.example", "Delivered-To: d@c.example\n", "Pay now.") +
                            mail("D <d@c.example>", "d@c.example", "Authentication-Results: mx.c.example; dmarc=fail\n", "Pay at once.");
    ChatExport const read = read_chat(box);
    for (Conversation const& conversation : read.conversations) {
        for (ChatMessage const& message : conversation.messages) EXPECT_FALSE(message.mine) << message.text;
    }
}

TEST(MailChat, SealedAndEmptyMailIsUnread) {
    ChatExport const sealed = read_chat("From: a@b.example\nTo: c@d.example\nDate: Sun, 1 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIIB\n");
    EXPECT_EQ(kinds_of(sealed.conversations.at(0)), "U");
    ChatExport const empty = read_chat("From: a@b.example\nTo: c@d.example\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n\n");
    EXPECT_EQ(kinds_of(empty.conversations.at(0)), "U");
    ChatExport const subject = read_chat("From: a@b.example\nTo: c@d.example\nSubject: call me\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n\n");
    EXPECT_EQ(kinds_of(subject.conversations.at(0)), "T");
    ChatExport const picture = read_chat("From: a@b.example\nTo: c@d.example\nSubject: s\nContent-Type: text/html\n\n<img src=\"http://x.example/\">\n");
    EXPECT_EQ(kinds_of(picture.conversations.at(0)), "M");
}

TEST(MailChat, APageThatSaysMoreThanThePlainTextIsReadToo) {
    std::string const head = "From: a@b.example\nTo: c@d.example\nDate: Sun, 1 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n";
    std::string const same = "--b\nContent-Type: text/plain\n\nHello there, how are you doing today\n--b\nContent-Type: text/html\n\n<p>Hello <b>there</b>, how are you doing today</p>\n--b--\n";
    EXPECT_EQ(read_chat(head + same).conversations.at(0).messages.at(0).text, "Hello there, how are you doing today");
    std::string const more = "--b\nContent-Type: text/plain\n\nHello there\n--b\nContent-Type: text/html\n\n<p>Hello there, send the drawings</p>\n--b--\n";
    EXPECT_NE(read_chat(head + more).conversations.at(0).messages.at(0).text.find("send the drawings"), std::string::npos);
}

TEST(MailHead, Addresses) {
    EXPECT_TRUE(read_addresses("").empty());
    EXPECT_EQ(read_addresses("A@B.example").at(0).address, "a@b.example");
    EXPECT_EQ(read_addresses("just a name").at(0).name, "just a name");
    EXPECT_EQ(read_addresses("\"open quote <a@b.example>, c@d.example").size(), 1u);
    EXPECT_EQ(read_addresses("x <a@b.example> <c@d.example>").at(0).address, "c@d.example");
    EXPECT_EQ(read_addresses("<<<<").size(), 1u);
}

TEST(MailHead, Dates) {
    EXPECT_EQ(mail_date("Sun, 1 Mar 2026 10:00:00 +0100"), "2026-03-01T09:00:00Z");
    EXPECT_EQ(mail_date("1 Mar 26 10:00 GMT"), "2026-03-01T10:00:00Z");
    EXPECT_EQ(mail_date("Tue, 29 Feb 2000 23:59:59 -0800"), "2000-03-01T07:59:59Z");
    for (char const* text : {"", "x", "Sun,", "99 Mar 2026", "1 Foo 2026 10:00", "1 Mar", "1 M"}) EXPECT_EQ(mail_date(text), "") << text;
}

}  // namespace
}  // namespace keepmum
