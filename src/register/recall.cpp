// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/recall.h"

#include <algorithm>
#include <cstdio>

#include "engine/examine.h"
#include "policy/directive.h"
#include "recognise/excerpt.h"

namespace keepmum {

namespace {

constexpr std::string_view excerpt_id = "excerpt.document";

std::string print_tag(std::uint64_t tag) {
    char text[24];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(tag));
    return text;
}

}  // namespace

Recaller::Recaller(Directive const& directive, Store const& store, Rule const& excerpt, RegisterKey const& key, std::string today)
    : directive_(directive), store_(store), excerpt_(excerpt), today_(std::move(today)), damage_(store.damage()) {
    CheckTags const tags(key);
    auto const learn = [&](Condition const& condition) {
        goes_by_name_ = goes_by_name_ || !condition.sources.empty();
        for (std::string const& fact : condition.facts) {
            std::size_t const equals = fact.find('=');
            if (equals != std::string::npos) facts_[tags.of("fact", fact)] = {fact.substr(0, equals), fact.substr(equals + 1)};
        }
    };
    for (Clause const& clause : directive.clauses) {
        learn(clause.when);
        for (Condition const& unless : clause.unless) learn(unless);
    }
}

Verdict Recaller::repeat(RememberedCheck const& check) const {
    Verdict verdict;
    verdict.source = check.name;
    verdict.coverage = check.coverage;
    for (RememberedCheck::Seen const& seen : check.findings) {
        // A sketch that is whole answers anew what the text did: documents removed since no longer count.
        if (seen.rule == excerpt_id && check.sketch.thinning == 0) continue;
        Finding& finding = verdict.findings.emplace_back();
        finding.rule = seen.rule;
        finding.certainty = seen.certainty;
        finding.labels = seen.labels;
        finding.fingerprint = print_tag(seen.fingerprint);
        finding.place.source = check.name;
        if (seen.embedded) finding.place.steps.push_back({});
        for (std::uint64_t tag : seen.facts) {
            if (auto const fact = facts_.find(tag); fact != facts_.end()) finding.facts.push_back(fact->second);
        }
    }
    for (RememberedCheck::Unseen const& unseen : check.gaps) {
        Gap& gap = verdict.gaps.emplace_back();
        gap.cause = unseen.cause;
        gap.media = unseen.media;
        gap.place.source = check.name;
        if (unseen.embedded) gap.place.steps.push_back({});
    }
    return verdict;
}

void Recaller::add_excerpts(RememberedCheck const& check, Verdict& verdict) {
    Thresholds const thresholds = thinned(Thresholds(), check.sketch.thinning);
    Question const question = ask_about(check.sketch, store_, thresholds);
    std::vector<Role> roles;
    for (SketchText const& text : check.sketch.texts) roles.push_back(text.role);
    std::vector<std::uint32_t> const files(roles.size(), 0);
    for (Statement& statement : state_overlaps(question.answer(), files, roles, today_)) {
        Finding finding = std::move(statement.finding);
        finding.certainty = std::min(finding.certainty, excerpt_.certainty);
        finding.labels.insert(finding.labels.end(), excerpt_.labels.begin(), excerpt_.labels.end());
        finding.role = roles[statement.look];
        if (std::string_view const label = label_of(finding.role); !label.empty()) finding.labels.emplace_back(label);
        finding.span = {};
        finding.place.source = check.name;
        verdict.findings.push_back(std::move(finding));
    }
    for (Damage& one : question.damage()) {
        if (std::find(damage_.begin(), damage_.end(), one) == damage_.end()) damage_.push_back(std::move(one));
    }
}

std::vector<Overlap> slice_of(Sketch const& sketch, Store const& store, std::string const& today) {
    Thresholds const thresholds = Slices::thresholds(thinned(Thresholds(), sketch.thinning));
    std::vector<Overlap> overlaps = ask_about(sketch, store, thresholds).answer();
    // What is protected no longer may have gone anywhere.
    std::erase_if(overlaps, [&today](Overlap const& one) { return !one.document.until.empty() && one.document.until < today; });
    return overlaps;
}

Verdict Recaller::judge_again(RememberedCheck const& check) {
    Verdict verdict = repeat(check);
    std::vector<std::uint32_t> permitted;
    // Somebody allowed what was found then; what is known only now he did not.
    for (std::uint32_t i = 0; check.permitted && i < verdict.findings.size(); ++i) permitted.push_back(i);
    add_excerpts(check, verdict);
    judge(directive_, verdict, permitted);
    return verdict;
}

}  // namespace keepmum
