// Each made dialogue of tests/approach, written in the form of each messenger and read again: the same words by the same
// people in the same order.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>

#include "base/tree.h"
#include "format/chat/chat_testing.h"

namespace keepmum {
namespace {

struct Turn {
    bool mine = false;
    std::string text;
};
using Dialogue = std::vector<Turn>;

std::vector<Dialogue> dialogues() {
    std::vector<Dialogue> all;
    for (char const* name : {"hard_negatives", "dialogues_tune"}) {
        std::ifstream file(std::string(KEEPMUM_SOURCE) + "/tests/approach/" + name + ".jsonl");
        for (std::string line; std::getline(file, line);) {
            Result<Tree> const row = parse_json(line, name);
            if (!row || row->find("turns") == nullptr) continue;
            Dialogue& dialogue = all.emplace_back();
            for (Tree const& turn : row->find("turns")->items()) dialogue.push_back({*turn.text("who") == "me", *turn.text("text")});
        }
    }
    return all;
}

std::string clock(std::size_t i) { return std::to_string(10 + i / 60) + ":" + (i % 60 < 10 ? "0" : "") + std::to_string(i % 60); }

std::string csv_cell(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string json(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

std::string front(std::string_view form) {
    if (form == "telegram") return R"({"personal_information":{"user_id":2},"chats":{"list":[{"name":"V","type":"personal_chat","messages":[)";
    if (form == "signal") return "[";
    if (form == "wechat") return "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n";
    if (form == "linkedin") return "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
                                     "b,,O,u/o,Me,u/m,2026-09-28 10:00:00 UTC,,x,INBOX\n";
    return {};
}

std::string write(std::string_view form, Turn const& turn, std::size_t i) {
    std::string const who = turn.mine ? "Me" : "Vincent Wu", time = clock(i), id = turn.mine ? "2" : "3", comma = i == 0 ? "" : ",\n";
    if (form == "android") return "28/02/2026, " + time + " - " + who + ": " + turn.text + "\n";
    if (form == "ios") return "\u200E[2026/2/28 下午" + std::to_string(1 + i % 11) + ":00:00] " + who + ": " + turn.text + "\r\n";
    if (form == "signal-export") return "[2026-02-28, " + time + "] " + who + ": " + turn.text + "\n";
    if (form == "telegram") return comma + R"({"id":1,"type":"message","date":"2026-02-28T10:00:00","from":")" + who + R"(","from_id":"user)" + id +
               R"(","text":)" + json(turn.text) + "}";
    if (form == "signal") return comma + R"({"conversationId":"c","type":")" + (turn.mine ? "outgoing" : "incoming") +
               R"(","sent_at":1772355600000,"sender":")" + who + R"(","body":)" + json(turn.text) + "}";
    if (form == "wechat") return "1,12,1,0," + std::string(turn.mine ? "1" : "0") + ",1772355600,," + csv_cell(turn.text) + ",2026-02-28 " + time + ":00,," + who + ",w" + id + "\n";
    if (form == "linkedin") return "a,,\"" + who + "\"," + (turn.mine ? "u/m" : "u/v") + ",x," + (turn.mine ? "u/v" : "u/m") + ",2026-09-28 10:00:00 UTC,," + csv_cell(turn.text) + ",INBOX\n";
    if (form == "heads") return who + " 2026-02-28 " + time + ":00\n" + turn.text + "\n\n";
    return who + ": " + turn.text + "\n";
}

std::string back(std::string_view form) { return form == "telegram" ? "]}]}}" : form == "signal" ? "]" : ""; }

TEST(Dialogues, ReadAgainFromEachFormTheyAreTheSame) {
    std::vector<Dialogue> const all = dialogues();
    ASSERT_GT(all.size(), 800u);
    for (std::string_view const form : {"android", "ios", "signal-export", "telegram", "signal", "wechat", "linkedin", "heads", "speakers"}) {
        std::size_t different = 0;
        for (std::size_t number = 0; number < all.size(); ++number) {
            std::string bytes = front(form);
            Lines expected;
            for (std::size_t i = 0; i < all[number].size(); ++i) {
                Turn const& turn = all[number][i];
                bytes += write(form, turn, i);
                expected.push_back(turn.mine ? "*Me: " + turn.text : "Vincent Wu: " + turn.text);
            }
            ChatExport const read = read_chat(bytes + back(form));
            bool const same = !read.conversations.empty() && lines_of(read.conversations.back()) == expected && read.gaps.empty();
            if (!same && different++ < 3) {
                ADD_FAILURE() << form << " " << number << "\n" << bytes;
                for (Conversation const& conversation : read.conversations) {
                    for (std::string const& line : lines_of(conversation)) ADD_FAILURE() << line;
                }
            }
        }
        EXPECT_EQ(different, 0u) << form << " of " << all.size();
    }
}

}  // namespace
}  // namespace keepmum
