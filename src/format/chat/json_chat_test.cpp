// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

TEST(Telegram, OneChat) {
    std::string const text = R"({"name":"Vincent","type":"personal_chat","id":7,"messages":[
 {"id":1,"type":"service","date":"2026-03-01T10:00:00","actor":"Vincent","actor_id":"user7","action":"set_messages_ttl","period":86400,"text":""},
 {"id":2,"type":"message","date":"2026-03-01T10:01:00","from":"Vincent","from_id":"user7","text":["see ",
  {"type":"text_link","text":"bank","href":"https://evil.example/"}," \u2764\x0Bnow"],"text_entities":[]},
 {"id":3,"type":"message","date":"2026-03-01T10:02:00","from":"Dana","from_id":"user8","photo":"photos/1.jpg","text":"caption"},
 {"id":4,"type":"message","date":"2026-03-01T10:02:00","from":"Dana","from_id":"user8","file":"(File not included.) ","file_name":"plan.pdf","media_type":"video_file","text":""},
 {"id":5,"type":"service","date":"2026-03-01T10:03:00","actor":"Dana","actor_id":"user8","action":"phone_call","text":""},
 {"id":6,"type":"unsupported","date":"2026-03-01T10:04:00","from":"Dana","from_id":"user8"},
 {"id":7,"type":"message","date_unixtime":"1772355600","from":null,"from_id":9,"text":"","text_entities":[{"type":"plain","text":"only entities"}]},
 {"id":8,"type":"message","date":"2026-03-01T10:05:00","from":"Vincent","from_id":"user7","text":"","poll":{"question":"Which ship?","answers":[{"text":"A"},{"text":"B"}]}},
 {"id":9,"type":"service","date":"2026-03-01T10:06:00","actor":"Vincent","actor_id":"user7","action":"send_star_gift","text":""}
]})";
    ChatExport const read = read_chat(text);
    ASSERT_EQ(read.dialect, "telegram");
    ASSERT_EQ(read.conversations.size(), 1u);
    Conversation const& chat = read.conversations[0];
    EXPECT_EQ(kinds_of(chat), "STMMCUTTP");
    EXPECT_EQ(chat.title, "Vincent");
    EXPECT_EQ(chat.messages[0].text, "set_messages_ttl period=86400");
    EXPECT_EQ(chat.messages[1].text, "see bank ❤ now");
    ASSERT_EQ(chat.messages[1].links.size(), 1u);
    EXPECT_EQ(chat.messages[1].links[0].shown, "bank");
    EXPECT_EQ(chat.messages[1].links[0].target, "https://evil.example/");
    EXPECT_EQ(chat.messages[2].text, "caption");
    EXPECT_EQ(chat.messages[3].text, "plan.pdf");
    EXPECT_EQ(chat.messages[6].text, "only entities");
    EXPECT_EQ(chat.messages[6].sender, "user9");
    EXPECT_EQ(chat.messages[6].when, "2026-03-01T09:00:00Z");
    EXPECT_EQ(chat.messages[7].text, "Which ship?\nA\nB");
    EXPECT_FALSE(read.owner_known);
    EXPECT_TRUE(read.gaps.empty());
    EXPECT_EQ(text.substr(chat.messages[5].span.begin, 8), "{\"id\":6,");
}

TEST(Telegram, AnAccountKnowsItsOwnerByNumberNotByName) {
    ChatExport const read = read_chat(R"({"about":"x","personal_information":{"user_id":2,"first_name":"Dana"},"contacts":{"list":[{"user_id":3}]},
"chats":{"about":"y","list":[{"name":"Vincent","type":"personal_chat","id":3,"messages":[
 {"id":1,"type":"message","date":"2026-03-01T10:01:00","from":"Dana","from_id":"user3","text":"I am called Dana too"},
 {"id":2,"type":"message","date":"2026-03-01T10:02:00","from":"Dana","from_id":"user2","text":"so am I"}]}]},
"left_chats":{"list":[{"name":"Ships","type":"public_channel","id":4,"messages":[{"id":1,"type":"message","date":"2026-03-01T10:01:00","from":"Ships","from_id":"channel4","text":"hi"}]}]}})");
    ASSERT_EQ(read.conversations.size(), 2u);
    EXPECT_TRUE(read.owner_known);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"Dana: I am called Dana too", "*Dana: so am I"}));
    EXPECT_TRUE(read.conversations[1].group);
    EXPECT_EQ(read.conversations[1].me, "");
}

TEST(Telegram, ACutFileIsAGapAndKeepsWhatItHas) {
    std::string const text = R"({"name":"V","type":"personal_chat","messages":[{"id":1,"type":"message","from":"V","from_id":"user1","text":"a"},
  {"id":2,"type":"message","from":"V","from_id":"user1","text":"bro)";
    ChatExport const read = read_chat(text);
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"V: a", "V: bro"}));
    ASSERT_FALSE(read.gaps.empty());
}

TEST(Telegram, ThePageForPeople) {
    std::string const text = R"(<!DOCTYPE html><html><head><title>Exported Data</title></head><body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
Vincent Wu
</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">1 March 2026</div></div>
<div class="message default clearfix" id="message2"><div class="pull_left userpic_wrap"><div class="userpic userpic1"><div class="initials">V</div></div></div>
 <div class="body"><div class="pull_right date details" title="01.03.2026 10:01:00 UTC+01:00">10:01</div><div class="from_name">
Vincent Wu </div><div class="text">
Hello, see <a href="https://evil.example/">our site</a><br>second &amp; last</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body"><div class="pull_right date details" title="01.03.2026 10:02:00 UTC+01:00">10:02</div>
 <div class="media_wrap clearfix"><div class="media clearfix pull_left media_photo">
  <div class="body"><div class="title bold">Photo</div><div class="status details">Not included</div></div></div></div></div></div>
<div class="message default clearfix" id="message4"><div class="body"><div class="pull_right date details" title="01.03.2026 10:03:00 UTC+01:00">10:03</div><div class="from_name">Dana</div>
 <div class="reply_to details">In reply to <a href="#go_to_message2">this message</a></div>
 <div class="forwarded body"><div class="from_name">Some Channel <span class="date details" title="01.01.2026 09:00:00">x</span></div><div class="text">news</div></div></div></div>
<div class="message service" id="message5"><div class="body details">Vincent set messages to auto-delete in 1 day</div></div>
</div></div></div></body></html>)";
    ChatExport const read = read_chat(text);
    ASSERT_EQ(read.dialect, "telegram");
    ASSERT_EQ(read.conversations.size(), 1u);
    Conversation const& chat = read.conversations[0];
    EXPECT_EQ(chat.title, "Vincent Wu");
    EXPECT_EQ(kinds_of(chat), "TMTS");
    EXPECT_EQ(lines_of(chat)[0], "Vincent Wu: Hello, see our site\nsecond & last");
    EXPECT_EQ(chat.messages[0].when, "2026-03-01T10:01:00");
    ASSERT_EQ(chat.messages[0].links.size(), 1u);
    EXPECT_EQ(chat.messages[0].links[0].shown, "our site");
    EXPECT_EQ(chat.messages[1].sender, "Vincent Wu");
    EXPECT_EQ(lines_of(chat)[2], "Dana: news");
    EXPECT_TRUE(chat.messages[2].links.empty());
    EXPECT_EQ(chat.messages[3].text, "Vincent set messages to auto-delete in 1 day");
    EXPECT_TRUE(read.gaps.empty());
}

TEST(Signal, ItsOwnExport) {
    ChatExport const read = read_chat(R"({"version":"1","backupTimeMs":"1772355600000"}
{"account":{"givenName":"Dana"}}
{"recipient":{"id":"1","self":{}}}
{"recipient":{"id":"2","contact":{"e164":"447700900123","profileGivenName":"Vincent","profileFamilyName":"Wu"}}}
{"recipient":{"id":"3","group":{"snapshot":{"title":{"title":"Sailing"}}}}}
{"chat":{"id":"10","recipientId":"2"}}
{"chat":{"id":"11","recipientId":"3"}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355600000","incoming":{},"standardMessage":{"text":{"body":"Hello"},"quote":{"text":{"body":"not said now"}}}}}
{"chatItem":{"chatId":"10","authorId":"1","dateSent":"1772355601000","outgoing":{},"standardMessage":{"text":{"body":"Hi"}}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355602000","incoming":{},"standardMessage":{"attachments":[{"pointer":{"fileName":"plan.pdf"}}]}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355603000","directionless":{},"updateMessage":{"expirationTimerChange":{"expiresInMs":"3600000"}}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355604000","directionless":{},"updateMessage":{"individualCall":{"type":"AUDIO_CALL"}}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355605000","incoming":{},"remoteDeletedMessage":{}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355606000","incoming":{},"somethingNewMessage":{}}}
{"chatItem":{"chatId":"10","authorId":"2","dateSent":"1772355607000","incoming":{},"standardMessage":{"text":{"body":"now"}},"revisions":[{"standardMessage":{"text":{"body":"before"}}}]}}
{"chatItem":{"chatId":"11","authorId":"1","dateSent":"1772355607500","directionless":{},"poll":{"question":"Where?","options":[{"option":"here"}]}}}
{"chatItem":{"chatId":"11","authorId":"2","dateSent":"1772355608000","incoming":{},"standardMessage":{"text":{"body":"ahoy"}}}}
)");
    ASSERT_EQ(read.dialect, "signal");
    ASSERT_EQ(read.conversations.size(), 2u);
    EXPECT_TRUE(read.owner_known);
    Conversation const& chat = read.conversations[0];
    EXPECT_EQ(kinds_of(chat), "TTMSCSUT");
    EXPECT_EQ(chat.title, "Vincent Wu");
    EXPECT_EQ(chat.senders, (Lines{"Vincent Wu", "Me"}));
    EXPECT_EQ(lines_of(chat)[0], "Vincent Wu: Hello");
    EXPECT_EQ(lines_of(chat)[1], "*Me: Hi");
    EXPECT_EQ(lines_of(chat)[2], "Vincent Wu: plan.pdf");
    EXPECT_EQ(lines_of(chat)[3], "Vincent Wu: set_messages_ttl period=3600");
    EXPECT_EQ(lines_of(chat)[7], "Vincent Wu: now\nbefore");
    EXPECT_EQ(times_of(chat)[0], "2026-03-01T09:00:00Z");
    EXPECT_EQ(read.conversations[1].title, "Sailing");
    EXPECT_EQ(lines_of(read.conversations[1])[0], "*Me: Where?\nhere");
    EXPECT_TRUE(read.conversations[1].group);
    EXPECT_TRUE(read.gaps.empty());
}

TEST(Signal, DesktopRows) {
    ChatExport const read = read_chat(R"([
 {"id":"m1","conversationId":"c1","type":"incoming","sent_at":1772355600000,"source":"+447700900123","body":"Hello"},
 {"id":"m2","conversationId":"c1","type":"outgoing","sent_at":1772355660000,"body":"Hi"},
 {"id":"m3","conversationId":"c1","type":"incoming","sent_at":1772355661000,"source":"+447700900123","body":null,"attachments":[{"fileName":"x.pdf"}]},
 {"id":"m4","conversationId":"c1","type":"incoming","sent_at":1772355662000,"source":"+447700900123","expirationTimerUpdate":{"expireTimer":3600},"body":null},
 {"id":"m5","conversationId":"c1","type":"call-history","sent_at":1772355663000,"body":null},
 {"id":"m6","conversationId":"c2","type":"incoming","sent_at":1772355664000,"source":"+447700900124","quote":{"text":"not theirs"},"body":"other"},
 {"id":"m7","conversationId":"c2","type":"incoming","sent_at":1772355665000,"source":"+447700900124"}])");
    ASSERT_EQ(read.dialect, "signal");
    ASSERT_EQ(read.conversations.size(), 2u);
    EXPECT_EQ(kinds_of(read.conversations[0]), "TTMSC");
    EXPECT_EQ(lines_of(read.conversations[0])[1], "*Me: Hi");
    EXPECT_EQ(lines_of(read.conversations[0])[3], "+447700900123: set_messages_ttl period=3600");
    EXPECT_EQ(read.conversations[0].me, "Me");
    EXPECT_EQ(times_of(read.conversations[0])[0], "2026-03-01T09:00:00Z");
    EXPECT_EQ(lines_of(read.conversations[1])[0], "+447700900124: other");
    EXPECT_TRUE(read.owner_known);
}

TEST(Signal, RowsWithoutAnyTextAreUnreadAndAGap) {
    ChatExport const read = read_chat(R"([{"conversationId":"c1","type":"incoming","sent_at":1772355600000,"body":null},{"conversationId":"c1","type":"incoming","sent_at":1772355600000,"body":""}])");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(kinds_of(read.conversations[0]), "UU");
    ASSERT_EQ(read.gaps.size(), 1u);
    EXPECT_EQ(read.gaps[0].what, "no message has a text");
    // Newer versions leave the member out altogether.
    ChatExport const without = read_chat(R"([{"conversationId":"c1","type":"incoming","sent_at":1772355600000,"source":"+44"}])");
    EXPECT_FALSE(without.gaps.empty());
}

TEST(Signal, ExportsDataJsonOneObjectALine) {
    ChatExport const read = read_chat("{\"date\": \"2026-03-01 10:00:00\", \"sender\": \"Aya\", \"body\": \"one\", \"quote\": \"\", \"reactions\": [], \"attachments\": []}\n"
                                      "{\"date\": \"2026-03-01 10:01:00\", \"sender\": \"Me\", \"body\": \"two\", \"quote\": \"\", \"reactions\": [], \"attachments\": []}\n");
    ASSERT_EQ(read.dialect, "signal");
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"Aya: one", "*Me: two"}));
    EXPECT_EQ(times_of(read.conversations[0])[0], "2026-03-01T10:00:00");
}

TEST(JsonRows, OthersThatNameASenderAndAText) {
    ChatExport const read = read_chat(R"({"participants":[{"name":"Ann"},{"name":"Ben"}],"messages":[{"sender_name":"Ann","timestamp_ms":1772355600000,"content":"one"},
  {"sender_name":"Ben","timestamp_ms":1772355600000,"content":"two"}]})");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"Ann: one", "Ben: two"}));
}

TEST(JsonRows, MessagesAsMembersOfAnObject) {
    ChatExport const read = read_chat(R"({"4412@s":{"name":"Dave","messages":{"1":{"from_me":true,"timestamp":1584364650,"data":"mine"},
  "2":{"from_me":false,"timestamp":1584364651,"data":"theirs","sender":"Dave"}}}})");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"*Me: mine", "Dave: theirs"}));
}

TEST(JsonRows, JsonWithoutRowsIsAGap) {
    for (char const* text : {"{}", "[]", R"({"a":1})", R"({"messages":[]})", R"([[[[[[[[{"sender":"a","text":"b"}]]]]]]]])"}) {
        ChatExport const read = read_chat(text);
        EXPECT_TRUE(read.conversations.empty()) << text;
        EXPECT_FALSE(read.gaps.empty()) << text;
        EXPECT_EQ(read.dialect, "");
    }
}

}  // namespace
}  // namespace keepmum
