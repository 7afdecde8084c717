// Pieces that the text and the page are put together from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "host/tell/tell.h"

namespace keepmum {

// One answer, sorted into what it means for the person.
struct ToldAnswer {
    Check const* check = nullptr;
    Answered const* answered = nullptr;
    std::string_view what(Language language) const { return language == Language::zh ? answered->what_zh : answered->what_en; }
};

struct ToldGroups {
    std::vector<ToldAnswer> stops, fixes, notes;  // that fail and are not exempted
    std::vector<ToldAnswer> unseen;               // those that decide first
    std::size_t deciding = 0;                     // so many of them decide
    std::vector<ToldAnswer> exempted, passes, others;
};
ToldGroups group_answers(HostVerdict const& host);

std::string id_of(Check const& check);  // "W2"
// "W2, N1 and 3 more".
std::string list_ids(Language language, std::vector<ToldAnswer> const& list, std::size_t most);

struct HostHeadline {
    std::string answer;   // "NOT FIT TO HOLD SECRETS"
    std::string because;  // one sentence
    std::string who;      // which computer, when
    std::string tally;
    std::string change, now;  // what would change it, what to do
};
HostHeadline headline_of(HostTelling const& telling, HostVerdict const& host, ToldGroups const& groups);

std::string say_missing(Language language, Answered const& answered, std::size_t most);
std::string say_leaving(Language language, SyncedFolder const& folder);
std::string say_carried(HostTelling const& telling, CarriedFile const& file);
std::string say_exemption(Language language, Message message, Exemption const& exemption);
// Where a denied place could be seen by asking again, or collecting again; "" where nothing is missing.
std::string advice_on_missing(HostTelling const& telling, ToldGroups const& groups);

// A proof as people read it: runs of blanks and zeros of a table made short.
std::string show_proof(Proof const& proof);

// "2026-11-22 15:40" of "2026-11-22T15:40:12Z".
std::string say_time(std::string_view iso);

// The heading of an area of changes.
std::string say_area(Language language, std::string_view area);
std::string say_change(Language language, HostChange const& change);
struct DifferenceHeadline {
    std::string title, since, blind;
};
DifferenceHeadline headline_of(Language language, HostDifference const& difference);

}  // namespace keepmum
