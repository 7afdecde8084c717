// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/slice_tally.h"

#include "recognise/excerpt.h"
#include "recognise/level.h"
#include "register/recall.h"
#include "register/remembered.h"

namespace keepmum {

SliceTally::SliceTally(Setup const& setup, RegisterKey const& key, std::shared_ptr<Store const> store, std::string remembered,
                       std::string to)
    : setup_(setup), key_(key), store_(std::move(store)), remembered_(std::move(remembered)), to_(std::move(to)) {}

Result<> SliceTally::read_remembered() {
    RememberedReader reader = TRY(RememberedReader::open(remembered_, key_, ""));
    slices_.emplace();
    while (std::optional<RememberedCheck> const check = reader.next()) {
        if (check->to != to_ || check->outcome == Outcome::hold) continue;
        slices_->add(to_, check->id(), slice_of(check->sketch, *store_, setup_.today));
    }
    return {};
}

// Whether the source goes, once that is said of it: only then does it count for others.
bool SliceTally::would_be_held(std::vector<Finding> const& more, SourceReport const& report) const {
    SourceReport then;
    then.verdict = report.verdict;
    then.binding = report.binding;
    add_findings(setup_, more, then);
    return then.verdict.outcome == Outcome::hold;
}

std::vector<Finding> SliceTally::take(SourceReport const& report) {
    if (error_ || report.verdict.partial || report.verdict.outcome == Outcome::hold) return {};
    std::optional<Sketch> sketch = read_sketch(report.keepsake);
    if (!sketch || sketch->content.empty()) return {};
    std::vector<Overlap> const overlaps = slice_of(*sketch, *store_, setup_.today);
    if (overlaps.empty()) return {};
    if (Result<> const read = slices_ ? Result<>() : read_remembered(); !read) {
        error_ = read.error();
        return {};
    }
    RememberedCheck check;
    check.sketch = std::move(*sketch);
    std::vector<Finding> findings;
    for (Sliced const& sliced : slices_->foresee(to_, check.id(), overlaps)) findings.push_back(state(sliced, report.verdict.source));
    if (!would_be_held(findings, report)) slices_->add(to_, check.id(), overlaps);
    return findings;
}

Finding SliceTally::state(Sliced const& sliced, std::string const& source) const {
    Rule const rule = slices_rule();
    Finding finding;
    finding.rule = rule.id;
    finding.certainty = rule.certainty;
    finding.labels = rule.labels;
    finding.labels.emplace_back(label_of_level(sliced.document.level));
    finding.place.source = source;
    std::string const count = std::to_string(sliced.ids.size());
    finding.facts = {{"document", sliced.document.name}, {"level", sliced.document.level}, {"share", print_share(sliced)},
                     {"to", sliced.to}, {"count", count}, {"checks", print_ids(sliced)}};
    finding.reasons = {"adds to " + count + " checks for one destination"};
    return finding;
}

}  // namespace keepmum
