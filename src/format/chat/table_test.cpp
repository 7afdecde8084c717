// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

constexpr char const* wechat_head = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\r\n";

TEST(WeChat, EveryTypeOfATable) {
    std::string text = wechat_head;
    text += "1,12,37,0,0,1772355600,,\"<msg fromusername=\"\"w1\"\" content=\"\"我是招聘网的&amp;你好\"\" scene=\"\"3\"\"/>\",2026-03-01 17:00:00,,小静,w1\r\n";
    text += "2,12,1,0,0,1772355660,,\"最近手头紧？\n第二行, 逗号\",2026-03-01 17:01:00,,小静,w1\r\n";
    text += "3,12,1,0,1,1772355661,,没有,2026-03-01 17:01:01,,阿宁,me\r\n";
    text += "4,12,49,57,1,1772355720,,,2026-03-01 17:02:00,,阿宁,me\r\n";
    text += "5,12,49,2000,0,1772355780,,<msg><appmsg><title>微信转账</title><type>2000</type><wcpayinfo>"
            "<feedesc><![CDATA[￥500.00]]></feedesc><pay_memo>稿费</pay_memo></wcpayinfo></appmsg></msg>,2026-03-01 17:03:00,,小静,w1\r\n";
    text += "6,12,10000,0,0,1772355840,,\"\"\"小静\"\" 撤回了一条消息\",2026-03-01 17:04:00,,小静,w1\r\n";
    text += "7,12,3,0,0,1772355840,,<img/>,2026-03-01 17:04:00,,小静,w1\r\n";
    text += "8,12,49,6,0,1772355840,,<msg><appmsg><title>plan.pdf</title></appmsg></msg>,2026-03-01 17:04:00,,小静,w1\r\n";
    text += "9,12,49,5,0,1772355840,,<msg><appmsg><title>看这里</title><des>军舰</des><url>http://a.example/?x=1&amp;y=2</url></appmsg></msg>,,,小静,w1\r\n";
    text += "10,12,50,0,0,1772355840,,,2026-03-01 17:04:00,,小静,w1\r\n";
    text += "11,13,1,0,0,1772355840,,另一个人,2026-03-01 17:04:00,备注名,昵称,w2\r\n";
    text += "12,12,49,19,0,1772355840,,<msg><appmsg><title>聊天记录</title><des>王: 把图发我</des></appmsg></msg>,2026-03-01 17:05:00,,小静,w1\r\n";
    ChatExport const read = read_chat(text);
    ASSERT_EQ(read.dialect, "wechat");
    ASSERT_EQ(read.conversations.size(), 2u);
    Conversation const& chat = read.conversations[0];
    EXPECT_EQ(kinds_of(chat), "ITTUPSMMMCT");
    EXPECT_EQ(lines_of(chat)[0], "小静: 我是招聘网的&你好");
    EXPECT_EQ(lines_of(chat)[1], "小静: 最近手头紧？\n第二行, 逗号");
    EXPECT_EQ(lines_of(chat)[2], "*阿宁: 没有");
    EXPECT_EQ(lines_of(chat)[4], "小静: 微信转账\n￥500.00\n稿费");
    EXPECT_EQ(chat.messages[5].text, "\"小静\" 撤回了一条消息");
    EXPECT_EQ(chat.messages[7].text, "plan.pdf");
    EXPECT_EQ(chat.messages[8].text, "看这里\n军舰");
    ASSERT_EQ(chat.messages[8].links.size(), 1u);
    EXPECT_EQ(chat.messages[8].links[0].target, "http://a.example/?x=1&y=2");
    EXPECT_EQ(chat.messages[8].when, "2026-03-01T09:04:00Z");  // from CreateTime
    EXPECT_EQ(chat.messages[10].text, "聊天记录\n王: 把图发我");
    EXPECT_EQ(chat.me, "阿宁");
    EXPECT_EQ(chat.title, "小静");
    EXPECT_EQ(chat.senders, (Lines{"小静", "阿宁"}));
    EXPECT_EQ(read.conversations[1].title, "备注名");
}

TEST(WeChat, PyWxDumpsTable) {
    ChatExport const read = read_chat("id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
                                      "1,9,文本,0,wxid_a,wxid_a,在吗,,2026-03-01 17:00:00\n2,9,文本,1,wxid_me,wxid_a,在,,2026-03-01 17:00:09\n3,9,图片,0,wxid_a,wxid_a,图片,x.jpg,2026-03-01 17:01:00\n");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(kinds_of(read.conversations[0]), "TTM");
    EXPECT_EQ(lines_of(read.conversations[0])[1], "*我: 在");
}

TEST(WeChat, ACommaThatNobodyQuotedLosesNothing) {
    ChatExport const read = read_chat(std::string(wechat_head) + "2,12,1,0,0,1772355660,,一,2026-03-01 17:01:00,,小静,w1,把图纸发我\n");
    EXPECT_NE(read.conversations.at(0).messages.at(0).text.find("把图纸发我"), std::string::npos);
}

TEST(LinkedIn, MessagesAndWhoseTheyAre) {
    ChatExport const read = read_chat(
        "\xEF\xBB\xBF" "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\r\n"
        "a,,Vincent Wu,u/vw,Dana Hale,u/dh,2026-09-28 10:00:00 UTC,,\"Hello, \"\"you\"\"\nsecond line\",INBOX,,No,No\r\n"
        "a,,Dana Hale,u/dh,Vincent Wu,u/vw,2026-09-28 11:00:00 UTC,,\"<p class=\"\"x\"\">See <a href=\"\"https://e.example/\"\">here</a> &amp; now</p><p>bye</p>\",INBOX,,No,No\r\n"
        "b,Group,Eve,u/e,\"Dana Hale,Finn\",\"u/dh,u/f\",2026-09-28 12:00:00 UTC,Subject,body,SPAM,,No,No\r\n"
        "b,Group,Dana Hale,u/dh,Eve,u/e,2026-09-28 13:00:00 UTC,,not sent yet,SPAM,,Yes,No\r\n"
        "b,Group,Finn,u/f,Eve,u/e,2026-09-28 13:00:00 UTC,,,SPAM,x.pdf,No,No\r\n");
    ASSERT_EQ(read.conversations.size(), 2u);
    Conversation const& first = read.conversations[0];
    EXPECT_TRUE(read.owner_known);
    EXPECT_EQ(lines_of(first), (Lines{"Vincent Wu: Hello, \"you\"\nsecond line", "*Dana Hale: See here & now\nbye"}));
    EXPECT_EQ(first.me, "Dana Hale");
    EXPECT_EQ(first.title, "Vincent Wu");
    ASSERT_EQ(first.messages[1].links.size(), 1u);
    EXPECT_EQ(first.messages[1].links[0].shown, "here");
    Conversation const& second = read.conversations[1];
    EXPECT_EQ(kinds_of(second), "TSM");
    EXPECT_EQ(second.messages[0].text, "Subject\n\nbody");
    EXPECT_EQ(second.folder, "SPAM");
    EXPECT_EQ(second.messages[0].when, "2026-09-28T12:00:00Z");
}

TEST(LinkedIn, OneConversationDoesNotTellWhoseItIs) {
    ChatExport const read = read_chat("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
                                      "a,,Vincent Wu,u/vw,Dana Hale,u/dh,2026-09-28 10:00:00 UTC,,Hello,INBOX\n");
    EXPECT_FALSE(read.owner_known);
    EXPECT_EQ(read.conversations.at(0).me, "");
}

TEST(LinkedIn, Invitations) {
    ChatExport const read = read_chat("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
                                      "Vincent Wu,Dana Hale,\"9/7/26, 8:00 AM\",I read your paper,INCOMING,u/vw,u/dh\nDana Hale,Ann,\"9/8/26, 8:00 PM\",,OUTGOING,u/dh,u/a\n");
    ASSERT_EQ(read.conversations.size(), 2u);
    EXPECT_EQ(kinds_of(read.conversations[0]), "I");
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"Vincent Wu: I read your paper"}));
    EXPECT_EQ(times_of(read.conversations[0]), (Lines{"2026-09-07T08:00"}));
    EXPECT_EQ(lines_of(read.conversations[1]), (Lines{"*Dana Hale: "}));
    EXPECT_EQ(times_of(read.conversations[1]), (Lines{"2026-09-08T20:00"}));
}

TEST(Tables, OthersThatNameASenderAndAText) {
    ChatExport const read = read_chat("时间;昵称;内容\n2026-03-01 17:00:00;小静;在吗\n2026-03-01 17:00:10;我;在\n");
    ASSERT_EQ(read.conversations.size(), 1u);
    EXPECT_EQ(lines_of(read.conversations[0]), (Lines{"小静: 在吗", "*我: 在"}));
    EXPECT_EQ(times_of(read.conversations[0])[1], "2026-03-01T17:00:10");
}

}  // namespace
}  // namespace keepmum
