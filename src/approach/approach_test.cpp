// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <set>

#include "approach/read_signs.h"
#include "approach/who_is_me.h"
#include "io/file.h"

namespace keepmum {
namespace {

SignBook load_signs(BookText const& wording) {
    std::vector<BookText> texts;
    std::string const folder = std::string(KEEPMUM_SOURCE) + "/packs/approach/signs";
    for (std::string const& name : list_folder(folder)) texts.push_back({name, read_file(folder + "/" + name).value()});
    Result<SignBook> book = SignBook::load(texts, PhraseBook::Examples::all, wording);
    if (!book) ADD_FAILURE() << book.error().where << ": " << book.error().what;
    return std::move(*book);
}

// The shipped signs, each tried on its own examples, and nothing learned.
SignBook const& book() {
    static SignBook const loaded = load_signs({});
    return loaded;
}

// "< what they say", "> what we say", a line each.
Conversation talk(std::vector<std::string> const& lines) {
    Conversation conversation;
    conversation.me = "me";
    for (std::string const& line : lines) {
        ChatMessage message;
        message.number = static_cast<std::uint32_t>(conversation.messages.size() + 1);
        message.mine = line.front() == '>';
        message.sender = message.mine ? "me" : "Vincent";
        message.text = line.substr(2);
        conversation.messages.push_back(std::move(message));
    }
    return conversation;
}

// Here "gravel" is how approaches are worded, and "custard" how they are not.
SignBook const& learned() {
    static SignBook const loaded =
        load_signs({"wording.txt", "keepmum wording 1\n=class\tstep\t-100\n=class\tanswer\t0\n=talk\t30\t50\t50\t0\t-100\n"
                                   "gravel\t0=700\nmarble\t0=420\ncustard\t0=-2000\nfudge\t1=1000\n"});
    return loaded;
}

Ladder judge(std::vector<std::string> const& lines) { return judge_conversation(book(), talk(lines)).ladder; }

std::set<std::string> ids(Ladder const& ladder) {
    std::set<std::string> all;
    for (Sighting const& one : ladder.sightings) all.insert(book().signs()[one.sign].id);
    return all;
}

TEST(Signs, AllSixtyTwoAreThere) {
    std::size_t count = 0;
    for (Sign const& sign : book().signs()) count += sign.what == Sign::What::sign && !book().row(book().find(sign.id)).frame;
    EXPECT_EQ(count, 62u);
    for (Sign const& sign : book().signs()) {
        if (sign.what != Sign::What::sign || book().row(book().find(sign.id)).frame) continue;
        EXPECT_GE(sign.stage, 1u) << sign.id;
        PhraseRow const& row = book().row(book().find(sign.id));
        EXPECT_FALSE(row.rule.defined_by.empty()) << sign.id;
        EXPECT_FALSE(row.rule.title_zh.empty() || row.rule.why_en.empty()) << sign.id;
    }
    // The only ones that can make it red.
    std::set<std::string> hard;
    for (Sign const& sign : book().signs()) {
        if (sign.hard) hard.insert(sign.id);
    }
    EXPECT_EQ(hard, (std::set<std::string>{"a2", "a3", "e1", "e2", "k1", "k2", "k3", "k4", "k5", "l1", "l3",
                                           "l4", "m4", "t2", "t3", "t5", "t6"}));
}

TEST(Ladder, RedNeedsAHardSignAndAnotherGroup) {
    EXPECT_EQ(judge({"< Send me the internal minutes."}).light, Light::green);
    Ladder const red = judge({"< I am a consultant from a think tank, we pay 900 dollars for a short report.",
                              "> ok", "< Send me the internal minutes."});
    EXPECT_EQ(red.light, Light::red);
    EXPECT_EQ(red.reddened, 2u);
    EXPECT_TRUE(ids(red).count("e1"));
}

TEST(Ladder, ContactPraiseAndAnotherAppAreNoReason) {
    EXPECT_EQ(judge({"< Hi, I am a recruiter, your profile is impressive. Shall we switch to WhatsApp?"}).light, Light::green);
}

TEST(Ladder, HidingWithAnotherReasonIsAmberAndNeverRed) {
    EXPECT_EQ(judge({"< Do not tell your boss that we meet."}).light, Light::green);
    EXPECT_EQ(judge({"< Do not tell your boss that we meet.", "> ok", "< Here is the advance, 300 dollars."}).light, Light::amber);
    EXPECT_EQ(judge({"< 这事别跟单位说。", "> 好", "< 钱打到你表弟卡上了。"}).light, Light::amber);
    // Three ways of hiding need no other reason; two do.
    EXPECT_EQ(judge({"< 聊完删掉记录。", "> 好", "< 别用办公室的网。"}).light, Light::green);
    EXPECT_EQ(judge({"< 聊完删掉记录。", "> 好", "< 别用办公室的网。", "< 东西夹在书里放长椅上。"}).light, Light::amber);
}

TEST(Ladder, QuestionsAmongTwoOtherKindsOfSmallSignsAreAmber) {
    EXPECT_EQ(judge({"< 你在哪个部门？"}).light, Light::green);
    EXPECT_EQ(judge({"< 你真厉害！", "> 哪里", "< 你在哪个部门？"}).light, Light::green);
    EXPECT_EQ(judge({"< 我是记者。", "> 你好", "< 你真厉害！", "> 哪里", "< 你在哪个部门？"}).light, Light::amber);
}

TEST(Ladder, WhatSpeaksForThemLowers) {
    std::vector<std::string> const offer = {"< I am a consultant. We pay 300 dollars for an interview about your time at the ministry."};
    EXPECT_NE(judge(offer).light, Light::green);
    std::vector<std::string> ruled = offer;
    ruled.push_back("< No confidential information please, and get written consent from your compliance department first.");
    EXPECT_EQ(judge(ruled).light, Light::green);
}

TEST(Ladder, ThreeMessagesWordedLikeAnApproachAreAmberAndNeverRed) {
    auto const light = [](std::vector<std::string> const& lines) { return judge_conversation(learned(), talk(lines)).ladder; };
    EXPECT_EQ(light({"< Gravel.", "> ok", "< Gravel."}).light, Light::green);
    Ladder const amber = light({"< Gravel.", "> ok", "< Hm.", "< Gravel.", "< Gravel."});
    EXPECT_EQ(amber.light, Light::amber);
    EXPECT_EQ(amber.turned, 4u);
    EXPECT_EQ(amber.stage, 0u);
    ASSERT_EQ(amber.carrying.size(), 1u);
    EXPECT_EQ(learned().signs()[amber.carrying[0]].id, "s1");
    // What we write ourselves, and what only speaks about such words, is worded as it likes.
    EXPECT_EQ(light({"> Gravel.", "> Gravel.", "> Gravel.", "< hm"}).light, Light::green);
    // A single mail, or one side alone, is too little.
    EXPECT_EQ(light({"< Gravel.", "< Gravel.", "< Gravel."}).light, Light::green);
    EXPECT_EQ(light({"> ok", "< Gravel. Gravel. Gravel. Gravel."}).light, Light::green);
    // The longer somebody talks, the more of it is worded so by chance.
    std::vector<std::string> longer(3000, "< Hm.");
    longer.push_back("> ok");
    longer.insert(longer.end(), 3, "< Gravel.");
    EXPECT_EQ(light(longer).light, Light::green);
}

TEST(Ladder, SignsThatAreNotWordedLikeAnApproachAreDoubted) {
    std::vector<std::string> const lines = {"< I am a consultant from a think tank, we pay 900 dollars for a short report.", "> ok",
                                            "< Send me the internal minutes."};
    EXPECT_EQ(judge(lines).light, Light::red);
    auto const with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), lines.begin(), lines.end());
        return judge_conversation(learned(), talk(more)).ladder;
    };
    EXPECT_EQ(with({}).light, Light::green);
    EXPECT_EQ(with({"< Gravel.", "< Marble."}).light, Light::amber);
    Ladder const red = with({"< Gravel.", "< Gravel."});
    EXPECT_EQ(red.light, Light::red);
    for (std::uint16_t const sign : red.carrying) EXPECT_NE(learned().signs()[sign].id, "s1");
}

TEST(Ladder, OwnTurnsAreNoSigns) {
    EXPECT_TRUE(ids(judge({"> Send me the internal minutes, I pay 900 dollars, do not tell your employer."})).empty());
}

TEST(Ladder, AskingAgainAfterARefusal) {
    EXPECT_FALSE(ids(judge({"< How far can your radar see?"})).count("e7"));
    EXPECT_TRUE(ids(judge({"< How far can your radar see?", "> I cannot discuss that.",
                           "< Sure. But the maximum range of your radar, in fog?"}))
                    .count("e7"));
}

TEST(Ladder, TrainingsSpeakOfSignsAndDoNotMeanThem) {
    EXPECT_EQ(judge({"< Security training: a typical first message is \"we pay 1,500 for internal reports, "
                     "don't tell your employer\"."})
                  .light,
              Light::green);
    EXPECT_EQ(judge({"< 保密培训举例：有人加好友说稿费一千五，要内部文件，别跟单位说，怎么办？"}).light, Light::green);
}

TEST(Ladder, ProgramLinesAndInvitationsCount) {
    Conversation conversation = talk({"< hello", "< set_messages_ttl period=86400", "< I'd like to connect"});
    conversation.messages[1].kind = ChatMessage::Kind::system;
    conversation.messages[2].kind = ChatMessage::Kind::invitation;
    std::set<std::string> const seen = ids(judge_conversation(book(), conversation).ladder);
    EXPECT_TRUE(seen.count("c2"));
    EXPECT_TRUE(seen.count("p1"));
}

TEST(Ladder, InAGroupEachIsJudgedByOwnWords) {
    Conversation conversation = talk({"< Send me the internal minutes.", "< Your career is most impressive."});
    EXPECT_NE(judge_conversation(book(), conversation).ladder.light, Light::green);
    conversation.group = true;
    conversation.messages[1].sender = "Ana";
    EXPECT_EQ(judge_conversation(book(), conversation).ladder.light, Light::green);
}

TEST(Ladder, SaysWhatItRestsOn) {
    Ladder const red = judge({"< Each photo of the naval base pays 50 dollars, send me some."});
    ASSERT_EQ(red.light, Light::red);
    std::set<std::string> carrying;
    for (std::uint16_t sign : red.carrying) carrying.insert(book().signs()[sign].id);
    EXPECT_TRUE(carrying.count("t2"));
}

Conversation writers(std::vector<std::string> const& names) {
    Conversation conversation;
    conversation.senders = names;
    for (std::string const& name : names) {
        ChatMessage message;
        message.sender = name;
        message.text = "hi";
        conversation.messages.push_back(std::move(message));
    }
    return conversation;
}

TEST(WhoIsMe, IsToldWrittenCommonOrAsked) {
    std::vector<std::string> who;
    std::vector<Conversation> two = {writers({"Dana Hale", "Vincent"}), writers({"Ana", "Dana Hale"})};
    EXPECT_EQ(find_me(two, "", who).value(), MeBy::common);
    EXPECT_EQ(two[0].me, "Dana Hale");
    EXPECT_TRUE(two[1].messages[1].mine);
    std::vector<Conversation> one = {writers({"Dana Hale", "Vincent"})};
    EXPECT_EQ(find_me(one, "", who).error().fault, Fault::not_found);
    EXPECT_EQ(who, (std::vector<std::string>{"Dana Hale", "Vincent"}));
    EXPECT_EQ(find_me(one, "hale", who).value(), MeBy::told);
    EXPECT_EQ(find_me(one, "bob", who).error().what, "nobody here is called 'bob'; there are 'Dana Hale', 'Vincent'");
    EXPECT_EQ(find_me(one, "n", who).error().what, "'n' may be 'Dana Hale', 'Vincent': give the whole name with --me");
    std::vector<Conversation> pasted = {writers({"them", "me"})};
    EXPECT_EQ(find_me(pasted, "", who).value(), MeBy::written);
    std::vector<Conversation> alone = {writers({"Vincent"})};
    EXPECT_EQ(find_me(alone, "", who).value(), MeBy::nobody);
}

}  // namespace
}  // namespace keepmum
