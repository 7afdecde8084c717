// The state before tracked changes, put together by where each run of text stands in the file; and of each state
// only what the states before it have not.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "register/gather.h"

namespace keepmum {

namespace {

// A run of a text, and where its source begins.
struct Run {
    std::uint64_t source = 0;
    std::uint64_t begin = 0, end = 0;  // bytes of the text
    bool deleted = false;
};

void add_runs(std::vector<Run>& runs, Evidence const& evidence, bool deleted) {
    auto const& segments = evidence.map.segments();
    std::uint64_t const size = evidence.content.size();
    if (segments.empty()) return runs.push_back({0, 0, size, deleted});
    for (std::size_t i = 0; i < segments.size(); ++i) {
        std::uint64_t const end = i + 1 < segments.size() ? segments[i + 1].text : size;
        if (segments[i].text < end) runs.push_back({segments[i].source, segments[i].text, end, deleted});
    }
}

}  // namespace

DocumentText::Part reject_changes(Evidence const& shown, Evidence const* inserted, Evidence const& deleted) {
    std::vector<std::uint64_t> added;  // where insertions begin in the file
    if (inserted) {
        for (OffsetMap::Segment const& segment : inserted->map.segments()) added.push_back(segment.source);
        std::sort(added.begin(), added.end());
    }
    std::vector<Run> runs;
    add_runs(runs, shown, false);
    std::erase_if(runs, [&](Run const& run) { return std::binary_search(added.begin(), added.end(), run.source); });
    add_runs(runs, deleted, true);
    std::stable_sort(runs.begin(), runs.end(), [](Run const& a, Run const& b) { return a.source < b.source; });

    DocumentText::Part part;
    std::string text;
    std::size_t next = 0;
    for (Run const& run : runs) {
        if (!run.deleted) {
            for (; next < shown.marks.size() && shown.marks[next].at < run.end; ++next) {
                Mark mark = shown.marks[next];
                std::uint64_t const inside = mark.at > run.begin ? mark.at - run.begin : 0;
                mark.at = static_cast<std::uint32_t>(text.size() + inside);
                part.marks.push_back(mark);
            }
        }
        text += (run.deleted ? deleted : shown).content.view().substr(run.begin, run.end - run.begin);
    }
    part.text = Blob::take(std::move(text));
    return part;
}

namespace {

struct Line {
    std::size_t begin = 0, end = 0;  // with its line feed
    bool wanted = false;
};

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const feed = text.find('\n', at);
        std::size_t const end = feed == std::string_view::npos ? text.size() : feed + 1;
        lines.push_back({at, end, false});
        at = end;
    }
    return lines;
}

// Appends the marks of [begin, end) to `out`, shifted to `to`. What was in force at `begin` is set there anew.
void carry_marks(std::vector<Mark> const& marks, Line const& line, std::size_t to, std::vector<Mark>& out) {
    auto const first = std::lower_bound(marks.begin(), marks.end(), line.begin,
                                        [](Mark const& mark, std::size_t at) { return mark.at < at; });
    for (Mark::What const what : {Mark::What::paragraph, Mark::What::cell, Mark::What::line}) {
        if (first != marks.end() && first->at == line.begin && first->what == what) continue;
        constexpr std::ptrdiff_t reach = 512;  // marks looked back over
        std::ptrdiff_t const back = std::min<std::ptrdiff_t>(first - marks.begin(), reach);
        auto const last = std::find_if(std::make_reverse_iterator(first), std::make_reverse_iterator(first - back),
                                       [&](Mark const& mark) { return mark.what == what; });
        if (last == std::make_reverse_iterator(first - back)) continue;
        out.push_back(*last);
        out.back().at = static_cast<std::uint32_t>(to);
    }
    for (auto mark = first; mark != marks.end() && mark->at < line.end; ++mark) {
        out.push_back(*mark);
        out.back().at = static_cast<std::uint32_t>(to + (mark->at - line.begin));
    }
}

}  // namespace

DocumentText::Part keep_new_lines(DocumentText::Part part, std::set<Hash128>& known) {
    std::string_view const text = part.text.view();
    std::vector<Line> lines = split_lines(text);
    std::vector<Hash128> hashes;
    bool all = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        hashes.push_back(content_hash(text.substr(lines[i].begin, lines[i].end - lines[i].begin)));
        if (known.contains(hashes.back())) {
            all = false;
            continue;
        }
        for (std::size_t near = i > 0 ? i - 1 : 0; near < std::min(lines.size(), i + 2); ++near) lines[near].wanted = true;
    }
    known.insert(hashes.begin(), hashes.end());
    if (all) return part;
    DocumentText::Part kept;
    kept.name = std::move(part.name);
    std::string out;
    for (Line const& line : lines) {
        if (!line.wanted) continue;
        carry_marks(part.marks, line, out.size(), kept.marks);
        out += text.substr(line.begin, line.end - line.begin);
    }
    kept.text = Blob::take(std::move(out));
    return kept;
}

}  // namespace keepmum
