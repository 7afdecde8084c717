// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/slice_tally.h"

#include "recognise/excerpt.h"
#include "recognise/level.h"
#include "register/recall.h"
#include "register/remembered.h"
#include "report/words.h"

namespace keepmum {

Result<std::unique_ptr<SliceTally>> SliceTally::open(Setup const& setup, RegisterKey const& key, std::shared_ptr<Store const> store,
                                                     std::string const& remembered, std::string const& to) {
    RememberedReader reader = TRY(RememberedReader::open(remembered, key, ""));
    std::unique_ptr<SliceTally> tally(new SliceTally(setup, std::move(store), to));
    while (std::optional<RememberedCheck> const check = reader.next()) {
        if (check->to != to || check->outcome == Outcome::hold) continue;
        tally->slices_.add(to, check->id(), slice_of(check->sketch, *tally->store_, setup.today));
    }
    tally->damage_ = reader.damage();
    return tally;
}

void SliceTally::take(SourceReport& report) {
    if (report.verdict.partial || report.verdict.outcome == Outcome::hold) return;
    std::optional<Sketch> sketch = read_sketch(report.keepsake);
    if (!sketch || sketch->content.empty()) return;
    std::vector<Overlap> const overlaps = slice_of(*sketch, *store_, setup_.today);
    if (overlaps.empty()) return;
    RememberedCheck check;
    check.sketch = std::move(*sketch);
    std::vector<Finding> findings;
    std::vector<Gap> gaps;
    for (Sliced const& sliced : slices_.foresee(to_, check.id(), overlaps)) findings.push_back(state(sliced, report.verdict.source));
    if (!damage_.empty()) gaps.push_back(unread(report.verdict.source));
    add_to_report(setup_, std::move(findings), std::move(gaps), report);
    // Only what goes counts for others.
    if (report.verdict.outcome != Outcome::hold) slices_.add(to_, check.id(), overlaps);
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

Gap SliceTally::unread(std::string const& source) const {
    Gap gap;
    gap.cause = Cause::unreadable;
    gap.stage = Stage::detect;
    gap.media = std::string(remembered_media);
    gap.place.source = source;
    std::string const& file = damage_.front().file;
    gap.detail = "what is remembered is damaged: " + file.substr(file.rfind('/') + 1) + ": " + damage_.front().what;
    return gap;
}

}  // namespace keepmum
