// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/digest.h"

#include <algorithm>

#include "report/formats.h"
#include "report/photo_words.h"

namespace keepmum {

void Digest::add(Verdict const& verdict) {
    held_ += !verdict.together && verdict.outcome == Outcome::hold;
    warned_ += !verdict.together && verdict.outcome == Outcome::warn;
    if (sources_++ == 0 || verdict.outcome > worst_) {
        worst_ = verdict.outcome;
        worst_source_ = verdict.source;
    }
    Standings const standings = standings_of(verdict);
    for (std::size_t i = 0; i < verdict.findings.size(); ++i) {
        add_finding(verdict.findings[i], standings.findings[i].clause, standings.findings[i].outcome);
    }
    for (std::size_t i = 0; i < verdict.gaps.size(); ++i) {
        add_gap(verdict.gaps[i], standings.gaps[i].clause, standings.gaps[i].outcome);
    }
    note_unjudged(verdict);
}

// Of a rule that was not followed to the end it is not known how many findings there are, whatever
// clause judges them.
void Digest::note_unjudged(Verdict const& verdict) {
    for (Gap const& gap : verdict.gaps) {
        if (gap.rule.empty()) continue;
        std::string const first = gap.rule + '\n';
        for (auto item = items_.lower_bound(first); item != items_.end() && item->first.starts_with(first); ++item) {
            item->second.counted = Counted::at_least;
        }
    }
}

void Digest::add_finding(Finding const& finding, std::string_view clause, Outcome outcome) {
    DigestItem& item = items_[finding.rule + '\n' + std::string(clause)];
    item.rule = finding.rule;
    item.clause = clause;
    item.outcome = outcome;
    item.certainty = std::max(item.certainty, finding.certainty);
    std::string const overlap = say_overlap(language_, finding);  // says its facts, in words
    add_sample(item, finding.place.source, describe_spot(language_, finding.place, finding.role, finding.position),
               {"", show_text(overlap.empty() ? say_photo_excerpt(language_, finding.rule, finding.excerpt) : overlap),
                overlap.empty() ? finding.facts : std::vector<Fact>()});
}

void Digest::add_gap(Gap const& gap, std::string_view clause, Outcome outcome) {
    DigestItem& item = items_['\n' + std::to_string(static_cast<int>(message_of(gap))) + '\n' + std::string(clause)];
    item.is_gap = true;
    item.cause = message_of(gap);
    item.advice = advice_on(gap);
    item.clause = clause;
    item.outcome = outcome;
    std::string size = gap.bytes ? say_size(language_, gap.bytes) : "";
    add_sample(item, gap.place.source, describe_spot(language_, gap.place, Role::shown, ""), {"", std::move(size), {}});
}

void Digest::add_sample(DigestItem& item, std::string const& source, Spot spot, Sample sample) {
    ++item.count;
    sample.inside = std::move(spot.inside);
    // Findings come file by file, so the last one's name is enough to tell a new file.
    if (item.count == 1 || item.last_source != source) {
        ++item.files;
        item.last_source = source;
    }
    if (item.count == 1 || item.last_file != spot.file) {
        item.last_file = spot.file;
        if (item.parts.size() < most_files_) item.parts.push_back({spot.file, {}, 0});
    }
    if (item.parts.empty() || item.parts.back().file != spot.file) return;
    FilePart& part = item.parts.back();
    ++part.count;
    for (Sample& known : part.samples) {
        if (known.inside == sample.inside && known.excerpt == sample.excerpt) {
            ++known.times;
            return;
        }
        // Only the latest few can be the same again; looking at all would be quadratic.
        if (part.samples.size() > 8) break;
    }
    if (part.samples.size() < most_samples_) part.samples.push_back(std::move(sample));
}

Counted Digest::counted() const {
    auto const at_least = [](auto const& item) { return item.second.counted == Counted::at_least; };
    return std::any_of(items_.begin(), items_.end(), at_least) ? Counted::at_least : Counted::all;
}

std::vector<DigestItem const*> Digest::ranked() const {
    // A gap weighs more than a mere possibility and less than a likely finding.
    auto const weight = [](DigestItem const& item) {
        int const kind = item.is_gap ? 1 : item.certainty == Certainty::hint ? 0 : 1 + static_cast<int>(item.certainty);
        return static_cast<int>(item.outcome) * 10 + kind;
    };
    std::vector<DigestItem const*> list;
    for (auto const& [key, item] : items_) list.push_back(&item);
    std::stable_sort(list.begin(), list.end(), [&](DigestItem const* a, DigestItem const* b) {
        return weight(*a) != weight(*b) ? weight(*a) > weight(*b) : a->count > b->count;
    });
    return list;
}

}  // namespace keepmum
