// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/judge_chats.h"

#include <algorithm>
#include <tuple>

namespace keepmum {

namespace {

auto gravity(Approached const& one) {
    Ladder const& ladder = one.judged.ladder;
    return std::tuple(ladder.light, ladder.stage, ladder.sightings.size(), one.judged.theirs);
}

}  // namespace

Result<MeBy> settle_me(OpenedChats& opened, std::string_view name, std::vector<std::string>& who) {
    bool const known =
        !opened.chats.empty() && std::all_of(opened.chats.begin(), opened.chats.end(),
                                             [](OpenedChat const& one) { return one.owner_known; });
    if (known && name.empty()) return MeBy::written;
    std::vector<Conversation> all;
    for (OpenedChat& chat : opened.chats) {
        for (Conversation& conversation : chat.conversations) all.push_back(std::move(conversation));
    }
    Result<MeBy> const by = find_me(all, name, who);
    auto next = all.begin();
    for (OpenedChat& chat : opened.chats) {
        for (Conversation& conversation : chat.conversations) conversation = std::move(*next++);
    }
    return by;
}

Result<ApproachReport> judge_chats(Setup const& setup, SignBook const& book, Trust const& trust, std::string source,
                                   OpenedChats opened, MeBy me) {
    ApproachReport report;
    report.source = std::move(source);
    report.me = me;
    report.gaps = std::move(opened.gaps);
    report.coverage = opened.coverage;
    std::vector<Approached> green;  // at most one: the one with most signs
    for (OpenedChat& chat : opened.chats) {
        for (Conversation& conversation : chat.conversations) {
            Approached one;
            one.place = chat.place;
            one.judged = judge_conversation(book, conversation, &trust);
            one.conversation = std::move(conversation);
            ++report.conversations;
            report.messages += one.conversation.messages.size();
            if (one.judged.ladder.light != Light::green) {
                report.told.push_back(std::move(one));
                continue;
            }
            ++report.green;
            if (green.empty()) green.push_back(std::move(one));
            else if (gravity(one) > gravity(green.front())) green.front() = std::move(one);
        }
    }
    if (report.told.empty()) report.told = std::move(green);
    std::stable_sort(report.told.begin(), report.told.end(),
                     [](Approached const& a, Approached const& b) { return gravity(a) > gravity(b); });
    for (Approached& one : report.told) one.given = TRY(find_given(setup, book, one.conversation, one.judged.own));
    return report;
}

}  // namespace keepmum
