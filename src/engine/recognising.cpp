// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recognising.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "engine/examine.h"
#include "engine/overlap.h"

namespace keepmum {

namespace {

bool lies_under(Place const& place, Place const& from) {
    return place.steps.size() >= from.steps.size() && std::equal(from.steps.begin(), from.steps.end(), place.steps.begin());
}

Rule const* rule_of(Recogniser const& recogniser, std::string_view id) {
    for (Rule const& rule : recogniser.rules()) {
        if (rule.id == id) return &rule;
    }
    return nullptr;
}

}  // namespace

namespace {

bool ends_sentence(std::string_view text, std::uint64_t at) {
    CodePoint const point = decode_utf8(text, at);
    if (point.value == '\n' || point.value == U'。' || point.value == U'！' || point.value == U'？') return true;
    bool const stop = point.value == '.' || point.value == '!' || point.value == '?';
    return stop && (at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

// A passage as people would mark it: what is shared is known for certain only some letters in from either end, so
// it is taken from the beginning of its sentence to the end of it, where these are near, else from word to word.
Span widen(std::string_view text, Span span) {
    constexpr std::uint64_t reach = 72;  // bytes: a little more than what selection may leave out at an end
    auto const is_middle = [&](std::uint64_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
    std::uint64_t begin = span.begin, end = span.end;
    for (std::uint64_t at = begin; begin - at <= reach; --at) {
        std::uint64_t before = at;
        while (before > 0 && is_middle(--before)) {
        }
        if (at > 0 && (is_middle(at) || !ends_sentence(text, before))) continue;
        for (begin = at; begin < span.begin && text[begin] == ' ';) ++begin;
        break;
    }
    for (std::uint64_t at = end; at - end <= reach; ++at) {
        if (at < text.size() && (is_middle(at) || !ends_sentence(text, at))) continue;
        end = at < text.size() && text[at] != '\n' ? at + decode_utf8(text, at).length : at;
        break;
    }
    if (begin == span.begin) {
        while (begin > 0 && is_alnum(text[begin - 1]) && span.begin - begin < reach) --begin;
    }
    if (end == span.end) {
        while (end < text.size() && is_alnum(text[end]) && end - span.end < reach) ++end;
    }
    return {begin, end};
}

}  // namespace

Place moved(Place place, Place const& from, Place const& to) {
    place.steps.erase(place.steps.begin(), place.steps.begin() + static_cast<std::ptrdiff_t>(from.steps.size()));
    place.steps.insert(place.steps.begin(), to.steps.begin(), to.steps.end());
    return place;
}

Recognising::Recognising(Setup const& setup) : setup_(setup) {
    for (std::unique_ptr<Recogniser> const& recogniser : setup.recognisers) {
        watchers_.push_back({recogniser.get(), recogniser->begin(), {}});
    }
}

bool Recognising::wants(Kind kind) const {
    return std::any_of(watchers_.begin(), watchers_.end(), [&](Watcher const& watcher) { return watcher.recogniser->wants(kind); });
}

bool Recognising::keeps_likenesses() const {
    return std::any_of(watchers_.begin(), watchers_.end(), [](Watcher const& watcher) {
        return watcher.recogniser->likenesses() == Recogniser::Likenesses::kept;
    });
}

std::uint32_t Recognising::look(Evidence const& evidence, std::uint32_t file) {
    std::uint32_t number = not_kept;
    for (Watcher& watcher : watchers_) {
        if (!watcher.recogniser->wants(evidence.kind)) continue;
        bool const keep = watcher.recognition->look(evidence, file) == Interest::some;
        if (keep && number == not_kept) {
            number = static_cast<std::uint32_t>(kept_.size());
            kept_.push_back({evidence, {}});
            if (evidence.kind == Kind::bytes || evidence.kind == Kind::image) {
                kept_.back().evidence.content = Blob();
                kept_.back().evidence.large.reset();
            }
        }
        watcher.kept.push_back(keep ? number : not_kept);
    }
    return number;
}

void Recognising::mark(std::uint32_t kept, std::vector<Highlight> highlights, std::uint32_t first_finding) {
    for (Highlight& highlight : highlights) highlight.finding += first_finding;
    auto& all = kept_[kept].highlights;
    all.insert(all.end(), highlights.begin(), highlights.end());
}

Recognising::Kept* Recognising::kept_of(Watcher const& watcher, std::uint32_t look) {
    if (look >= watcher.kept.size() || watcher.kept[look] == not_kept) return nullptr;
    return &kept_[watcher.kept[look]];
}

// The same passages of the same document have the same one, wherever they stand. A recogniser that knows
// its finding by something better has filled it in.
std::string Recognising::fingerprint_of(Watcher const& watcher, Statement const& statement) {
    std::string told = statement.finding.rule;
    for (Fact const& fact : statement.finding.facts) {
        if (fact.key == "document" || fact.key == "table") told += '\0' + fact.value;
    }
    for (Stretch const& stretch : statement.stretches) {
        Kept const* const kept = kept_of(watcher, stretch.look);
        if (!kept || stretch.span.end > kept->evidence.content.size()) continue;
        told += '\0';
        told += kept->evidence.content.view().substr(stretch.span.begin, stretch.span.size());
    }
    return fingerprint(setup_.key, "finding", told);
}

void Recognising::state(Watcher const& watcher, Statement statement, SourceReport& report) {
    Kept* const kept = kept_of(watcher, statement.look);
    Rule const* const rule = rule_of(*watcher.recogniser, statement.finding.rule);
    if (!kept || !rule) return;
    Evidence const& evidence = kept->evidence;
    bool const passages = statement.covers == Statement::Covers::passages;
    auto const number = static_cast<std::uint32_t>(report.verdict.findings.size());
    for (Stretch const& stretch : statement.stretches) {
        if (Kept* const touched = kept_of(watcher, stretch.look); touched && stretch.span.begin < stretch.span.end) {
            std::string_view const text = touched->evidence.content.view();
            if (stretch.span.end > text.size()) continue;
            touched->highlights.push_back({passages ? widen(text, stretch.span) : stretch.span, number,
                                           passages ? Masking::passage : Masking::masked});
        }
    }
    if (statement.finding.fingerprint.empty()) statement.finding.fingerprint = fingerprint_of(watcher, statement);
    Finding finding = std::move(statement.finding);
    finding.certainty = std::min(finding.certainty, rule->certainty);
    finding.labels.insert(finding.labels.end(), rule->labels.begin(), rule->labels.end());
    if (std::string_view const label = label_of(evidence.role); !label.empty()) finding.labels.emplace_back(label);
    std::sort(finding.labels.begin(), finding.labels.end());
    finding.labels.erase(std::unique(finding.labels.begin(), finding.labels.end()), finding.labels.end());
    std::sort(finding.facts.begin(), finding.facts.end(), [](Fact const& a, Fact const& b) { return a.key < b.key; });
    finding.place = evidence.place;
    finding.role = evidence.role;
    if (finding.span.begin < finding.span.end && finding.span.end <= evidence.content.size()) {
        if (passages) finding.span = widen(evidence.content.view(), finding.span);
        finding.place.span = evidence.map.to_source(finding.span);
        finding.position = Positions(evidence).at(finding.span.begin);
    }
    report.verdict.findings.push_back(std::move(finding));
}

// What was stated after the copy was passed over is said of the copy too.
void Recognising::repeat(Repeat const& repeat, std::size_t first_finding, std::size_t first_exhibit, SourceReport& report) const {
    auto& findings = report.verdict.findings;
    std::map<std::int32_t, std::int32_t> copies;
    for (std::size_t i = first_finding, end = findings.size(); i < end; ++i) {
        if (!lies_under(findings[i].place, repeat.from)) continue;
        Finding copy = findings[i];
        copy.place = moved(std::move(copy.place), repeat.from, repeat.to);
        copies[static_cast<std::int32_t>(i)] = static_cast<std::int32_t>(findings.size());
        findings.push_back(std::move(copy));
    }
    auto renumber = [&](std::int32_t& finding) {
        auto const index = static_cast<std::size_t>(finding);
        if (finding == Exhibit::context) return;
        if (index >= repeat.begin && index < repeat.end) finding += static_cast<std::int32_t>(repeat.shift);
        else if (auto const copy = copies.find(finding); copy != copies.end()) finding = copy->second;
    };
    for (std::size_t i = first_exhibit, end = report.exhibits.size(); i < end; ++i) {
        if (!lies_under(report.exhibits[i].place, repeat.from)) continue;
        Exhibit copy = report.exhibits[i];
        copy.place = moved(std::move(copy.place), repeat.from, repeat.to);
        for (Exhibit::Piece& piece : copy.pieces) renumber(piece.finding);
        for (Exhibit::Box& box : copy.boxes) renumber(box.finding);
        report.exhibits.push_back(std::move(copy));
    }
}

void Recognising::finish(SourceReport& report, bool exhibits) {
    if (watchers_.empty()) return;
    std::size_t const first_finding = report.verdict.findings.size(), first_exhibit = report.exhibits.size();
    for (Watcher& watcher : watchers_) {
        for (Statement& statement : watcher.recognition->finish()) state(watcher, std::move(statement), report);
        for (Gap& gap : watcher.recognition->gaps()) {
            if (gap.place.source.empty()) gap.place.source = report.verdict.source;
            report.verdict.gaps.push_back(std::move(gap));
        }
        report.keepsake += watcher.recognition->keepsake();
    }
    for (Kept const& kept : kept_) {
        if (!exhibits || kept.highlights.empty()) continue;
        for (Exhibit& exhibit : make_exhibits(kept.evidence, kept.highlights)) report.exhibits.push_back(std::move(exhibit));
    }
    for (Repeat const& one : repeats_) repeat(one, first_finding, first_exhibit, report);
}

}  // namespace keepmum
