// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace keepmum {

namespace {

using Key = std::pair<std::string, std::string>;  // area, name

std::map<Key, std::vector<HostFact>> by_name(HostAnswer const& answer) {
    std::map<Key, std::vector<HostFact>> facts;
    for (HostFact const& fact : answer.facts) facts[{fact.area, fact.name}].push_back(fact);
    return facts;
}

std::set<std::string> unseen_areas(HostAnswer const& answer) {
    std::set<std::string> areas;
    for (Unseen const& unseen : answer.unseen) areas.insert(unseen.path);
    return areas;
}

bool holds(std::vector<HostFact> const& list, HostFact const& fact) { return std::find(list.begin(), list.end(), fact) != list.end(); }

}  // namespace

std::string_view word(HostChange::What what) {
    switch (what) {
        case HostChange::What::added: return "added";
        case HostChange::What::removed: return "removed";
        case HostChange::What::changed: return "changed";
        case HostChange::What::appeared: break;
    }
    return "appeared";
}

HostDifference compare(HostAnswer const& before, HostAnswer const& after) {
    HostDifference made{before.host, after.host, before.taken, after.taken, {}, {}};
    std::set<std::string> const dim_before = unseen_areas(before), dim_after = unseen_areas(after);
    std::set<std::string> blind = dim_before;
    blind.insert(dim_after.begin(), dim_after.end());
    made.blind.assign(blind.begin(), blind.end());
    auto const old_facts = by_name(before), new_facts = by_name(after);
    std::set<std::string_view> seen_before;
    for (HostFact const& fact : before.facts) seen_before.insert(fact.area);
    static std::vector<HostFact> const none;
    auto const facts_of = [](auto const& facts, Key const& key) -> std::vector<HostFact> const& {
        auto const at = facts.find(key);
        return at == facts.end() ? none : at->second;
    };
    for (auto const& [key, now] : new_facts) {
        std::vector<HostFact> const& was = facts_of(old_facts, key);
        // What was there may only not have been seen: where nothing of its kind was, that says nothing.
        bool const dim = dim_before.contains(key.first);
        if (was.empty() && dim && !seen_before.contains(key.first)) continue;
        for (HostFact const& fact : now) {
            if (holds(was, fact)) continue;
            if (!was.empty()) made.changes.push_back({HostChange::What::changed, fact, was.front()});
            else made.changes.push_back({dim ? HostChange::What::appeared : HostChange::What::added, fact, {}});
        }
    }
    for (auto const& [key, was] : old_facts) {
        if (new_facts.contains(key) || dim_after.contains(key.first)) continue;
        for (HostFact const& fact : was) made.changes.push_back({HostChange::What::removed, fact, {}});
    }
    auto const order = [](HostChange const& change) {
        constexpr int ranks[] = {0, 3, 2, 1};  // new first, then perhaps new, changed, gone
        int const rank = ranks[static_cast<std::size_t>(change.what)];
        return std::tuple(std::string_view(change.fact.area), rank, std::string_view(change.fact.name));
    };
    std::stable_sort(made.changes.begin(), made.changes.end(), [&](auto const& a, auto const& b) { return order(a) < order(b); });
    return made;
}

}  // namespace keepmum
