// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/mail_signs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "approach/read_signs.h"
#include "format/chat/read_chat.h"
#include "io/file.h"

namespace keepmum {
namespace {

Trust usual() {
    HostLists lists;
    std::string const file = std::string(KEEPMUM_SOURCE) + "/packs/approach/hosts.toml";
    EXPECT_TRUE(lists.read(*read_file(file), file));
    return {LinkJudge(std::move(lists), {read_trusted_name("paypal.com"), read_trusted_name("中国银行")}), {"ana@friends.example"}, {"mx.mine.example"}};
}

SignBook book() {
    Folders folders;
    folders.shipped = KEEPMUM_SOURCE;
    Result<SignBook> loaded = SignBook::load(folders);
    EXPECT_TRUE(loaded) << loaded.error().where << loaded.error().what;
    return std::move(*loaded);
}

std::string mail(std::string const& head, std::string const& body) {
    return head + "To: me@mine.example\nDelivered-To: me@mine.example\nDate: Thu, 20 Mar 2025 10:00:00 +0000\nMessage-ID: <1@x.example>\n"
           "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + body + "\n";
}

// "l5:0.7 l2:0.7", each sign once at its strongest.
std::string signs_in(std::string const& bytes) {
    SignBook const signs = book();
    ChatExport const read = read_chat(bytes, "x.eml");
    std::string said;
    for (Conversation const& conversation : read.conversations) {
        for (Sighting const& one : read_technical(signs, usual(), conversation)) {
            EXPECT_FALSE(one.remark_en.empty() || one.remark_zh.empty());
            EXPECT_LE(one.span.end, conversation.messages[one.message].text.size());
            said += (said.empty() ? "" : " ") + signs.signs()[one.sign].id + ":" + std::to_string(one.strength).substr(0, 4);
        }
    }
    return said;
}

TEST(MailSigns, OrdinaryMailHasNone) {
    EXPECT_EQ(signs_in(mail("From: Ben <ben@firm.example>\nSubject: Tuesday\n", "See you at nine. https://firm.example/map")), "");
    EXPECT_EQ(signs_in(mail("From: Ben <ben@gmail.com>\nSubject: Tuesday\n", "See you at nine.")), "");
    EXPECT_EQ(signs_in(mail("From: PayPal <service@paypal.com>\nSubject: Receipt\n", "https://www.paypal.com/r")), "");
}

TEST(MailSigns, SendersWhoAreNotWhoTheySay) {
    EXPECT_EQ(signs_in(mail("From: Security Department <x1@gmail.com>\nSubject: a\n", "Hello")), "l5:0.50");
    EXPECT_EQ(signs_in(mail("From: PayPal Team <x1@firm.example>\nSubject: a\n", "Hello")), "l5:0.70");
    EXPECT_EQ(signs_in(mail("From: =?utf-8?B?5Lit5ZyL6YqA6KGM?= <x1@qq.com>\nSubject: a\n", "Hello")), "l5:0.70");
    EXPECT_EQ(signs_in(mail("From: \"boss@mine.example\" <x1@other.example>\nSubject: a\n", "Hello")), "l5:0.50");
    EXPECT_EQ(signs_in(mail("From: Ben <ben@firm.example>\nReply-To: ben1@gmail.com\nSubject: a\n", "Hello")), "l5:0.50");
    EXPECT_EQ(signs_in(mail("From: Ben <ben@paypa1.com>\nSubject: a\n", "Hello")), "l1:0.80");
}

TEST(MailSigns, ListsAndFriendsAreLeftAlone) {
    std::string const shortened = "https://bit.ly/x";
    EXPECT_EQ(signs_in(mail("From: Ben <ben@firm.example>\nSubject: a\n", shortened)), "l2:0.70");
    EXPECT_EQ(signs_in(mail("From: Ben <ben@firm.example>\nSubject: a\nList-Id: <talk.firm.example>\n", shortened)), "l2:0.10");
    EXPECT_EQ(signs_in(mail("From: Ana <ana@friends.example>\nSubject: a\n", shortened)), "l2:0.25");
}

TEST(MailSigns, OnlyTheOwnServerIsBelieved) {
    std::string const own = "Authentication-Results: mx.mine.example 1; spf=pass (ok) x; dmarc=fail (p=none) header.from=a\n",
                      other = "Authentication-Results: mx.other.example; dmarc=fail header.from=a\n";
    EXPECT_EQ(signs_in(mail(own + "From: Ana <ana@friends.example>\nSubject: a\n", "Hello")), "l5:0.70");
    EXPECT_EQ(signs_in(mail(other + "From: Ana <ana@friends.example>\nSubject: a\n", "Hello")), "");
    EXPECT_EQ(read_checks({"mx.other.example; dmarc=pass", "MX.mine.example; dkim=fail; dkim=pass; spf=softfail"}, {"mx.mine.example"}).spf, MailCheck::fail);
    EXPECT_EQ(read_checks({"mx.mine.example; dkim=fail; dkim=pass"}, {"mx.mine.example"}).dkim, MailCheck::pass);
    EXPECT_EQ(read_checks({"(((", ";;;=", ""}, {"mx.mine.example"}).dmarc, MailCheck::none);
}

TEST(MailSigns, TwoOfThemMakeItAmber) {
    SignBook const signs = book();
    std::string const bytes = mail("From: PayPal Team <x1@firm.example>\nSubject: a\n", "Please look: http://203.0.113.45/x");
    ChatExport const read = read_chat(bytes, "x.eml");
    ASSERT_EQ(read.conversations.size(), 1u);
    Trust const trust = usual();
    EXPECT_EQ(judge_conversation(signs, read.conversations[0], &trust).ladder.light, Light::amber);
    EXPECT_EQ(judge_conversation(signs, read.conversations[0]).ladder.light, Light::green);
}

}  // namespace
}  // namespace keepmum
