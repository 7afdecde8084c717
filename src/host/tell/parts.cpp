// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/tell/parts.h"

#include <algorithm>

#include "base/utf8.h"
#include "report/words.h"

namespace keepmum {

namespace {

std::string join(Language language, std::vector<std::string> const& list) {
    std::string out;
    for (std::string const& item : list) out += (out.empty() ? "" : language == Language::zh ? "；" : "; ") + item;
    return out;
}

std::string reasons_of(Language language, std::vector<ToldAnswer> const& list, std::size_t most) {
    std::vector<std::string> reasons;
    for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
        reasons.push_back(show_text(without_stop(list[i].what(language))));
    }
    std::string out = join(language, reasons);
    if (list.size() > most) out += (language == Language::zh ? "；" : "; ") + say_rest(language, list.size() - most, Counted::all);
    return out;
}

std::string sentence(std::string text, Language language) {
    return text + (language == Language::zh ? "。" : ".");
}

std::string because_of_host(HostTelling const& telling, HostVerdict const& host, ToldGroups const& groups) {
    constexpr std::size_t most = 3;
    Language const language = telling.language;
    std::vector<ToldAnswer> const deciding(groups.unseen.begin(), groups.unseen.begin() + static_cast<std::ptrdiff_t>(groups.deciding));
    switch (host.fitness) {
        case Fitness::unfit: {
            std::string reasons = reasons_of(language, groups.stops, most);
            if (reasons.empty() && !host.carried.empty()) reasons = say(language, Message::host_carried);
            if (reasons.empty()) reasons = reasons_of(language, groups.fixes, most);
            return sentence(say(language, Message::host_unfit_because, {{"reasons", reasons}}), language);
        }
        case Fitness::unsure:
            return sentence(say(language, Message::host_unsure_because, {{"reasons", reasons_of(language, deciding, most)}}), language);
        case Fitness::mend: {
            std::vector<ToldAnswer> list = groups.fixes;
            if (list.empty()) list = groups.unseen;
            return sentence(say(language, Message::host_mend_because, {{"reasons", reasons_of(language, list, most)}}), language);
        }
        case Fitness::fit: break;
    }
    return say(language, Message::host_fit_because, {{"count", std::to_string(host.answer.answers.size())}});
}

std::string change_of_host(Language language, HostVerdict const& host, ToldGroups const& groups) {
    constexpr std::size_t most = 12;
    std::vector<ToldAnswer> stops = groups.stops;
    stops.insert(stops.end(), groups.unseen.begin(), groups.unseen.begin() + static_cast<std::ptrdiff_t>(groups.deciding));
    std::vector<ToldAnswer> fixes = groups.fixes;
    fixes.insert(fixes.end(), groups.unseen.begin() + static_cast<std::ptrdiff_t>(groups.deciding), groups.unseen.end());
    switch (host.fitness) {
        case Fitness::unfit: return say(language, Message::host_change_unfit, {{"checks", list_ids(language, stops, most)}});
        case Fitness::unsure: return say(language, Message::host_change_unsure, {{"checks", list_ids(language, stops, most)}});
        case Fitness::mend: return say(language, Message::host_change_mend, {{"checks", list_ids(language, fixes, most)}});
        case Fitness::fit: break;
    }
    return say(language, Message::host_change_fit);
}

}  // namespace

std::string id_of(Check const& check) { return ascii_upper(check.id); }

std::string list_ids(Language language, std::vector<ToldAnswer> const& list, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
        out += (out.empty() ? "" : language == Language::zh ? "、" : ", ") + id_of(*list[i].check);
    }
    if (list.size() > most) out += (language == Language::zh ? "，" : ", ") + say_rest(language, list.size() - most, Counted::all);
    return out.empty() ? "-" : out;
}

ToldGroups group_answers(HostVerdict const& host) {
    ToldGroups groups;
    std::vector<ToldAnswer> later;
    for (HostAnswer::One const& one : host.answer.answers) {
        Check const* const check = find_check(one.check);
        if (!check) continue;
        ToldAnswer const told{check, &one.answered};
        bool const exempt = std::any_of(host.applied.begin(), host.applied.end(),
                                        [&](Exemption const& given) { return given.check == one.check; });
        switch (one.answered.answer) {
            case Answer::pass: groups.passes.push_back(told); break;
            case Answer::not_applicable: groups.others.push_back(told); break;
            case Answer::unknown: (check->weight == Weight::stop ? groups.unseen : later).push_back(told); break;
            case Answer::fail:
                if (exempt) groups.exempted.push_back(told);
                else if (check->weight == Weight::stop) groups.stops.push_back(told);
                else (check->weight == Weight::fix ? groups.fixes : groups.notes).push_back(told);
        }
    }
    groups.deciding = groups.unseen.size();
    groups.unseen.insert(groups.unseen.end(), later.begin(), later.end());
    return groups;
}

std::string show_proof(Proof const& proof) {
    constexpr std::size_t most = 100;
    std::string line;
    for (char const c : show_text(proof.line)) {
        if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
    }
    if (line.size() > most) {
        line.resize(valid_utf8_prefix(std::string_view(line).substr(0, most)));
        line += "…";
    }
    return show_name(proof.path) + (line.empty() ? "" : "  " + line);
}

std::string say_time(std::string_view iso) {
    std::string out(iso.substr(0, 16));
    if (out.size() > 10 && out[10] == 'T') out[10] = ' ';
    if (out.size() == 16 && iso.ends_with('Z')) out += " UTC";
    return show_text(out);
}

HostHeadline headline_of(HostTelling const& telling, HostVerdict const& host, ToldGroups const& groups) {
    Language const language = telling.language;
    constexpr Message answers[] = {Message::host_fit, Message::host_mend, Message::host_unsure, Message::host_unfit};
    constexpr Message steps[] = {Message::host_now_fit, Message::host_now_mend, Message::host_now_unsure, Message::host_now_unfit};
    auto const fitness = static_cast<std::size_t>(host.fitness);
    HostHeadline made;
    made.answer = say(language, answers[fitness]);
    made.because = because_of_host(telling, host, groups);
    std::string name = host.answer.host.empty() ? say(language, Message::host_this_computer) : show_name(host.answer.host);
    std::string const system = host.answer.version.empty() ? host.answer.system : host.answer.version;
    if (!system.empty()) name += (language == Language::zh ? "，" : ", ") + show_text(system);
    Message const when = telling.seen == HostTelling::Seen::live ? Message::host_who_now
                         : host.answer.taken.empty() ? Message::host_who_then : Message::host_who;
    made.who = say(language, when, {{"name", name}, {"time", say_time(host.answer.taken)}});
    made.tally = say(language, Message::host_tally,
                     {{"stop", std::to_string(groups.stops.size() + (host.carried.empty() ? 0 : 1))},
                      {"fix", std::to_string(groups.fixes.size())},
                      {"unknown", std::to_string(groups.unseen.size())},
                      {"pass", std::to_string(groups.passes.size())},
                      {"other", std::to_string(groups.others.size())}});
    made.change = change_of_host(language, host, groups);
    made.now = say(language, steps[fitness]);
    return made;
}

std::string say_missing(Language language, Answered const& answered, std::size_t most) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < std::min(most, answered.missing.size()); ++i) {
        Unseen const& one = answered.missing[i];
        Message const message = one.why == Blank::denied ? Message::host_missing_denied
                                : one.why == Blank::damaged ? Message::host_missing_damaged : Message::host_missing_uncollected;
        list.push_back(say(language, message, {{"path", show_name(one.path)}}));
    }
    if (answered.missing.size() > most) {
        list.push_back(say(language, Message::host_missing_more, {{"count", std::to_string(answered.missing.size() - most)}}));
    }
    return join(language, list);
}

std::string advice_on_missing(HostTelling const& telling, ToldGroups const& groups) {
    bool denied = false, other = false;
    for (ToldAnswer const& one : groups.unseen) {
        for (Unseen const& unseen : one.answered->missing) (unseen.why == Blank::denied ? denied : other) = true;
    }
    if (!denied && !other) return {};
    if (telling.seen == HostTelling::Seen::live) return denied ? say(telling.language, Message::host_advice_root) : std::string();
    return say(telling.language, Message::host_advice_again);
}

std::string say_leaving(Language language, SyncedFolder const& folder) {
    Message const message = folder.account.empty() ? Message::host_leaving_one : Message::host_leaving_account;
    return say(language, message,
               {{"path", show_name(folder.path)}, {"program", show_text(folder.program)}, {"account", show_text(folder.account)}});
}

std::string say_carried(HostTelling const& telling, CarriedFile const& file) {
    Message const message = file.account.empty() ? Message::host_carried_one : Message::host_carried_account;
    return say(telling.language, message,
               {{"file", show_name(file.path)},
                {"rule", std::string(title_of(telling.language, telling.glossary, file.rule))},
                {"program", show_text(file.program)},
                {"account", show_text(file.account)}});
}

std::string say_exemption(Language language, Message message, Exemption const& exemption) {
    return say(language, message,
               {{"check", ascii_upper(exemption.check)},
                {"until", exemption.until},
                {"reason", show_text(exemption.reason)},
                {"owner", show_text(exemption.owner)}});
}

std::string say_area(Language language, std::string_view area) {
    std::string key = "host_diff_" + std::string(area);
    std::replace(key.begin(), key.end(), '-', '_');
    std::optional<Message> const message = message_named(key);
    return message ? say(language, *message) : show_text(area);
}

std::string say_change(Language language, HostChange const& change) {
    auto const detail = [&](HostFact const& fact) { return show_text(language == Language::zh ? fact.zh : fact.en); };
    constexpr Message messages[] = {Message::host_diff_added, Message::host_diff_removed, Message::host_diff_changed,
                                    Message::host_diff_appeared};
    Message const message = messages[static_cast<std::size_t>(change.what)];
    bool const chinese = language == Language::zh;
    std::string out = say(language, message) + (chinese ? "：" : ": ") + show_text(change.fact.name);
    if (std::string const more = detail(change.fact); !more.empty()) out += (chinese ? "，" : ", ") + more;
    if (change.what == HostChange::What::changed) {
        std::string const before = detail(change.before);
        std::string const was = say(language, Message::host_diff_was, {{"before", before.empty() ? "-" : before}});
        out += chinese ? "（" + was + "）" : " (" + was + ")";
    }
    return out;
}

DifferenceHeadline headline_of(Language language, HostDifference const& difference) {
    DifferenceHeadline made;
    std::size_t const count = difference.changes.size();
    made.title = count == 0 ? say(language, Message::host_diff_title_none)
                 : count == 1 ? say(language, Message::host_diff_title_one)
                              : say(language, Message::host_diff_title, {{"count", say_number(count)}});
    auto const time = [&](std::string const& taken) {
        return taken.empty() ? say(language, Message::host_diff_unknown_time) : say_time(taken);
    };
    std::string const name = difference.after_host.empty() ? say(language, Message::host_this_computer) : show_name(difference.after_host);
    made.since = say(language, Message::host_diff_since,
                     {{"name", name}, {"before", time(difference.before_taken)}, {"after", time(difference.after_taken)}});
    bool const named = !difference.before_host.empty() && !difference.after_host.empty();
    if (named && difference.before_host != difference.after_host) {
        made.since += (language == Language::zh ? "" : " ") + say(language, Message::host_diff_other_host,
            {{"before", show_name(difference.before_host)}, {"after", show_name(difference.after_host)}});
    }
    std::vector<std::string> areas;
    for (std::string const& area : difference.blind) areas.push_back(say_area(language, area));
    if (!areas.empty()) made.blind = say(language, Message::host_diff_blind, {{"areas", join(language, areas)}});
    return made;
}

}  // namespace keepmum
