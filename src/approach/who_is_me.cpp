// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/who_is_me.h"

#include <algorithm>
#include <map>

#include "base/icu.h"
#include "base/message.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::string_view called_me[] = {"me", "i", "myself", "you", "我", "本人", "自己"};

std::string fold(std::string_view name) {
    std::string folded;
    for (std::size_t at = 0; at < name.size();) {
        CodePoint const point = decode_utf8(name, at);
        if (!is_ignorable(point.value)) append_utf8(folded, fold_case(point.value));
        at += point.length;
    }
    return folded;
}

void set_me(Conversation& conversation, std::string const& name) {
    conversation.me = name;
    for (ChatMessage& message : conversation.messages) message.mine = !name.empty() && message.sender == name;
}

std::string list_names(std::vector<std::string> const& names) {
    constexpr std::size_t most = 8;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) list += (i ? ", '" : "'") + names[i] + "'";
    return names.size() > most ? list + ", …" : list;
}

// Writers by name, with the number of conversations that each writes in.
std::map<std::string, std::size_t> count_writers(std::span<Conversation const> conversations) {
    std::map<std::string, std::size_t> writers;
    for (Conversation const& conversation : conversations) {
        for (std::string const& sender : conversation.senders) ++writers[sender];
    }
    writers.erase("");
    return writers;
}

Result<MeBy> by_name(std::span<Conversation> conversations, std::string_view name, std::map<std::string, std::size_t> const& writers) {
    std::vector<std::string> equal, part, all;
    for (auto const& [writer, times] : writers) {
        all.push_back(writer);
        if (fold(writer) == fold(name)) equal.push_back(writer);
        else if (fold(writer).find(fold(name)) != std::string::npos) part.push_back(writer);
    }
    std::vector<std::string> const& fits = equal.empty() ? part : equal;
    if (fits.empty()) return fail(Fault::invalid, Message::fault_who_none, {{"name", std::string(name)}, {"names", list_names(all)}});
    if (fits.size() > 1)
        return fail(Fault::invalid, Message::fault_who_many, {{"name", std::string(name)}, {"names", list_names(fits)}});
    for (Conversation& conversation : conversations) set_me(conversation, fits.front());
    return MeBy::told;
}

std::string writer_called_me(std::map<std::string, std::size_t> const& writers) {
    for (auto const& [writer, times] : writers) {
        if (std::find(std::begin(called_me), std::end(called_me), fold(writer)) != std::end(called_me)) return writer;
    }
    return {};
}

// Who writes in all of several conversations, alone in that.
std::string writer_in_all(std::map<std::string, std::size_t> const& writers, std::size_t conversations) {
    std::string found;
    for (auto const& [writer, times] : writers) {
        if (times * 10 < conversations * 6 || times < 2) continue;
        if (!found.empty()) return {};
        found = writer;
    }
    return found;
}

}  // namespace

Result<MeBy> find_me(std::span<Conversation> conversations, std::string_view name, std::vector<std::string>& who) {
    std::map<std::string, std::size_t> const writers = count_writers(conversations);
    if (writers.empty()) return MeBy::nobody;  // nothing could be read, or no names are told: no name given can be wrong then
    if (!name.empty()) return by_name(conversations, name, writers);
    bool const written = std::any_of(conversations.begin(), conversations.end(), [](Conversation const& one) {
        return !one.me.empty() || std::any_of(one.messages.begin(), one.messages.end(),
                                              [](ChatMessage const& message) { return message.mine; });
    });
    if (written) return MeBy::written;
    if (std::string const me = writer_called_me(writers); !me.empty()) {
        for (Conversation& conversation : conversations) set_me(conversation, me);
        return MeBy::written;
    }
    if (writers.size() < 2) return MeBy::nobody;
    if (std::string const me = writer_in_all(writers, conversations.size()); !me.empty()) {
        for (Conversation& conversation : conversations) set_me(conversation, me);
        return MeBy::common;
    }
    for (auto const& [writer, times] : writers) who.push_back(writer);
    return fail(Fault::not_found, Message::fault_who, {{"names", list_names(who)}});
}

}  // namespace keepmum
