// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/overlap.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

std::string_view family(Rule const& rule) { return std::string_view(rule.id).substr(0, rule.id.find('.')); }

bool is_generic(Rule const& rule) {
    return std::find(rule.labels.begin(), rule.labels.end(), "generic") != rule.labels.end();
}

// Whether `a` makes `b`, which overlaps it, superfluous.
bool outdoes(StatedSpot const& a, StatedSpot const& b) {
    std::string_view const rule_a = a.finding.rule.empty() ? a.rule->id : a.finding.rule;
    std::string_view const rule_b = b.finding.rule.empty() ? b.rule->id : b.finding.rule;
    if (rule_a == rule_b) {
        if (a.finding.certainty != b.finding.certainty) return a.finding.certainty > b.finding.certainty;
        if (a.decodes.size() != b.decodes.size()) return a.decodes.size() < b.decodes.size();
        if (a.finding.span.size() != b.finding.span.size()) return a.finding.span.size() > b.finding.span.size();
        return false;
    }
    bool const related = family(*a.rule) == family(*b.rule);
    if (!related || a.finding.certainty < b.finding.certainty) return false;
    if (is_generic(*b.rule) && !is_generic(*a.rule)) return true;
    // Two general rules for one value: the one whose name sorts first speaks for both.
    if (is_generic(*b.rule) && a.finding.certainty == b.finding.certainty && rule_a < rule_b) return true;
    return b.finding.certainty == Certainty::hint && a.finding.certainty > Certainty::hint;
}

}  // namespace

void keep_best(std::vector<StatedSpot>& sightings) {
    std::stable_sort(sightings.begin(), sightings.end(), [](StatedSpot const& a, StatedSpot const& b) {
        if (a.finding.span.begin != b.finding.span.begin) return a.finding.span.begin < b.finding.span.begin;
        return a.finding.span.end > b.finding.span.end;
    });
    std::vector<bool> dropped(sightings.size());
    // The earlier ones that reach to where we are, at most so many: where hundreds of findings share one
    // spot it bounds the work, and leaving one too many is the safe side.
    constexpr std::size_t most_open = 256;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        StatedSpot const& later = sightings[i];
        std::erase_if(open, [&](std::size_t j) { return dropped[j] || sightings[j].finding.span.end <= later.finding.span.begin; });
        if (open.size() > most_open) open.erase(open.begin());
        for (std::size_t const j : open) {
            StatedSpot const& earlier = sightings[j];
            if (!overlap(earlier.finding.span, later.finding.span)) continue;
            bool const same = earlier.rule == later.rule && earlier.finding.rule == later.finding.rule;
            if (outdoes(later, earlier)) dropped[j] = true;
            else if (outdoes(earlier, later) || same) dropped[i] = true;
            if (dropped[i]) break;
        }
        if (!dropped[i]) open.push_back(i);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        if (dropped[i]) continue;
        if (kept != i) sightings[kept] = std::move(sightings[i]);
        ++kept;
    }
    sightings.erase(sightings.begin() + static_cast<std::ptrdiff_t>(kept), sightings.end());
}

namespace {

// 1 -> "A", 27 -> "AA".
std::string column_letters(std::int32_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters;
}

Mark const* last_before(std::vector<Mark> const& marks, std::uint64_t offset, Mark::What what) {
    auto after = std::upper_bound(marks.begin(), marks.end(), offset,
                                  [](std::uint64_t at, Mark const& mark) { return at < mark.at; });
    // Other kinds of marks may lie between; a bounded look back keeps a crowded page linear.
    for (int steps = 0; after != marks.begin() && steps < 4096; ++steps) {
        --after;
        if (after->what == what) return &*after;
    }
    return nullptr;
}

}  // namespace

std::string Positions::at(std::uint64_t offset) {
    auto const& marks = evidence_.marks;
    if (Mark const* cell = last_before(marks, offset, Mark::What::cell)) return column_letters(cell->b) + std::to_string(cell->a);
    if (Mark const* field = last_before(marks, offset, Mark::What::field);
        field && static_cast<std::size_t>(field->a) < evidence_.names.size()) {
        return evidence_.names[static_cast<std::size_t>(field->a)];
    }
    if (Mark const* paragraph = last_before(marks, offset, Mark::What::paragraph)) return "§" + std::to_string(paragraph->a);
    std::string_view const text = evidence_.content.view();
    if (offset < seen_) seen_ = line_begin_ = 0, line_ = 1;
    Mark const* const line_mark = last_before(marks, offset, Mark::What::line);
    if (line_mark && line_mark->at >= seen_) {
        seen_ = line_begin_ = line_mark->at;
        line_ = static_cast<std::uint64_t>(line_mark->a);
    }
    for (; seen_ < offset; ++seen_) {
        if (text[seen_] == '\n') {
            ++line_;
            line_begin_ = seen_ + 1;
        }
    }
    std::uint64_t column = 1;
    for (std::uint64_t at = line_begin_; at < offset; ++at) column += (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    return std::to_string(line_) + ":" + std::to_string(column);
}

}  // namespace keepmum
