// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/tell_parts.h"

#include <algorithm>
#include <tuple>

#include "report/words.h"

namespace keepmum {

Message unread_message(std::span<ApproachReport const> reports) {
    bool const opened = std::any_of(reports.begin(), reports.end(), [](ApproachReport const& report) {
        return report.gaps.empty() || std::any_of(report.gaps.begin(), report.gaps.end(), [](Gap const& gap) {
            return gap.cause != Cause::unreadable || gap.bytes > 0;
        });
    });
    return opened ? Message::approach_unread_detail : Message::approach_unopened_detail;
}

Message light_message(Light light) {
    return light == Light::red ? Message::approach_red : light == Light::amber ? Message::approach_amber : Message::approach_green;
}

Message change_message(Light light) {
    return light == Light::red     ? Message::approach_change_red
           : light == Light::amber ? Message::approach_change_amber
                                   : Message::approach_change_green;
}

Message stage_message(unsigned stage) {
    constexpr Message names[ladder_stages] = {Message::approach_stage_s1, Message::approach_stage_s2,
                                              Message::approach_stage_s3, Message::approach_stage_s4,
                                              Message::approach_stage_s5, Message::approach_stage_s6,
                                              Message::approach_stage_s7, Message::approach_stage_s8};
    return names[std::clamp(stage, 1u, ladder_stages) - 1];
}

std::vector<Sighting> best_sightings(SignBook const& book, Ladder const& ladder) {
    std::vector<Sighting> best;
    std::vector<unsigned> shown(book.signs().size());
    std::vector<Sighting> sorted = ladder.sightings;
    std::stable_sort(sorted.begin(), sorted.end(), [&](Sighting const& a, Sighting const& b) {
        auto const key = [&](Sighting const& one) {
            bool const carries = std::find(ladder.carrying.begin(), ladder.carrying.end(), one.sign) != ladder.carrying.end();
            return std::tuple(!carries, -one.strength);
        };
        return key(a) < key(b);
    });
    for (Sighting const& one : sorted) {
        // Wording is told only where the light rests on it, and by more than one example.
        bool const worded = one.sign == book.worded();
        if (worded && std::find(ladder.carrying.begin(), ladder.carrying.end(), one.sign) == ladder.carrying.end()) continue;
        if (shown[one.sign]++ < (worded ? 3u : 1u)) best.push_back(one);
    }
    return best;
}

std::string quote_of(Approached const& told, Sighting const& sighting, std::size_t most) {
    return quote_around(told.conversation.messages[sighting.message].text, sighting.sentence, sighting.span, most);
}

std::string quote_around(std::string_view text, Span whole, Span span, std::size_t most) {
    std::string_view const sentence = text.substr(whole.begin, whole.size());
    if (sentence.size() <= most) return show_text(sentence);
    std::size_t begin = span.begin - whole.begin;
    std::size_t const size = std::min<std::size_t>(span.size(), most);
    begin = begin > (most - size) / 2 ? begin - (most - size) / 2 : 0;
    std::size_t end = std::min(begin + most, sentence.size());
    auto const inside = [&](std::size_t at) {
        return at > 0 && at < sentence.size() && (static_cast<unsigned char>(sentence[at]) & 0xC0) == 0x80;
    };
    while (inside(begin)) --begin;
    while (inside(end)) --end;
    return (begin > 0 ? "…" : "") + show_text(sentence.substr(begin, end - begin)) + (end < sentence.size() ? "…" : "");
}

std::string title_of_talk(Language language, Approached const& told) {
    if (!told.judged.about.empty()) return told.judged.about;
    if (!told.conversation.title.empty()) return told.conversation.title;
    for (std::string const& sender : told.conversation.senders) {
        if (!sender.empty() && sender != told.conversation.me) return sender;
    }
    return say(language, Message::approach_untitled);
}

std::string say_message(Language language, Approached const& told, std::uint32_t message) {
    ChatMessage const& one = told.conversation.messages[message];
    std::string const number = std::to_string(one.number);
    if (one.when.empty()) return say(language, Message::approach_message, {{"number", number}});
    std::string when = one.when.substr(0, 16);
    std::replace(when.begin(), when.end(), 'T', ' ');
    return say(language, Message::approach_message_when, {{"number", number}, {"when", show_text(when)}});
}

std::string say_turned(Language language, Approached const& told) {
    Ladder const& ladder = told.judged.ladder;
    auto const number = [&](std::uint32_t message) { return std::to_string(told.conversation.messages[message].number); };
    if (!ladder.turned) return {};
    if (!ladder.reddened) return say(language, Message::approach_first_turned, {{"number", number(*ladder.turned)}});
    if (*ladder.turned == *ladder.reddened)
        return say(language, Message::approach_first_red, {{"number", number(*ladder.reddened)}});
    return say(language, Message::approach_both_turned, {{"amber", number(*ladder.turned)}, {"red", number(*ladder.reddened)}});
}

std::string say_carrying(Language language, SignBook const& book, Ladder const& ladder) {
    std::string list;
    for (std::uint16_t sign : ladder.carrying) {
        if (!list.empty()) list += language == Language::zh ? "；" : "; ";
        list += book.title(language, sign);
    }
    return list;
}

std::string say_given(Language language, SignBook const& book, Glossary const& glossary, Approached const& told, Given const& given) {
    std::string title;
    if (given.rule.starts_with("approach.")) {
        std::size_t const row = book.find(std::string_view(given.rule).substr(9));
        if (row != std::string_view::npos) title = book.title(language, row);
    } else {
        title = title_of(language, &glossary, given.rule);
    }
    std::string const mark = language == Language::zh ? "：" : ": ";
    return title + mark + show_text(given.excerpt) + " (" + say_message(language, told, given.message) + ")";
}

Lure lure_in(SignBook const& book, Ladder const& ladder) {
    bool const there = std::any_of(ladder.sightings.begin(), ladder.sightings.end(), [&](Sighting const& sighting) {
        return book.signs()[sighting.sign].group == 'l' && sighting.strength >= 0.4;
    });
    return there ? Lure::there : Lure::none;
}

std::vector<std::string> steps_now(Language language, Light light, Lure lure, bool gave, std::vector<Contact> const& contacts) {
    if (light == Light::green) return {say(language, Message::approach_now_green)};
    std::vector<std::string> steps;
    if (lure == Lure::there) steps.push_back(say(language, Message::approach_now_lure));
    if (light == Light::red) steps.push_back(say(language, Message::approach_now_quiet));
    else steps.push_back(say(language, Message::approach_now_ask));
    steps.push_back(say(language, Message::approach_now_keep));
    if (gave) steps.push_back(say(language, Message::approach_now_stop_giving));
    std::string whom;
    for (Contact const& contact : contacts) {
        if (!contact.language.empty() && contact.language != (language == Language::zh ? "zh" : "en")) continue;
        std::string const& name = language == Language::zh ? contact.name_zh : contact.name_en;
        std::string const& reach = language == Language::zh ? contact.reach_zh : contact.reach_en;
        if (name.empty()) continue;
        if (!whom.empty()) whom += language == Language::zh ? "；" : "; ";
        whom += show_text(name) + (reach.empty() ? "" : (language == Language::zh ? "，" : ", ") + show_text(reach));
    }
    if (!whom.empty()) steps.push_back(say(language, Message::approach_now_tell, {{"contacts", whom}}));
    return steps;
}

}  // namespace keepmum
