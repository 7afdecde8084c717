// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/exhibit.h"

#include <algorithm>

#include "report/mask.h"

namespace keepmum {

namespace {

constexpr std::uint64_t reach = 200;        // bytes of context on each side
constexpr std::uint64_t short_line = 40;    // bytes; a shorter line is shown with its neighbour
constexpr std::uint64_t longest = 1500;     // bytes after which an exhibit takes in no further finding
constexpr std::size_t most_boxes = 20'000;  // words on one page map

using HighlightList = std::vector<Highlight>;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Where the context before `at` begins: the line's start, or a word's start some 200 bytes back.
std::uint64_t context_begin(std::string_view text, std::uint64_t at) {
    std::uint64_t const limit = at > reach ? at - reach : 0;
    std::uint64_t begin = at;
    while (begin > limit && (text[begin - 1] != '\n' || at - begin < short_line)) --begin;
    if (begin < at && text[begin] == '\n') ++begin;
    while (begin < at && is_continuation(text[begin])) ++begin;
    // Not in the middle of a word, where a space is near.
    std::uint64_t word = begin;
    while (begin > 0 && text[begin - 1] != '\n' && word < std::min(at, begin + 24) && text[word] != ' ') ++word;
    return begin > 0 && text[begin - 1] != '\n' && word < at && text[word] == ' ' ? word + 1 : begin;
}

std::uint64_t context_end(std::string_view text, std::uint64_t at) {
    std::uint64_t const limit = std::min<std::uint64_t>(text.size(), at + reach);
    std::uint64_t end = at;
    while (end < limit && (text[end] != '\n' || end - at < short_line)) ++end;
    while (end > at && end < text.size() && is_continuation(text[end])) --end;
    std::uint64_t word = end;
    while (end < text.size() && text[end] != '\n' && word > at && end - word < 24 && text[word - 1] != ' ') --word;
    return end < text.size() && text[end] != '\n' && word > at && text[word - 1] == ' ' ? word - 1 : end;
}

HighlightList sorted_inside(std::span<Highlight const> highlights, std::uint64_t size) {
    HighlightList list;
    for (Highlight const& highlight : highlights) {
        if (highlight.span.begin < highlight.span.end && highlight.span.end <= size) list.push_back(highlight);
    }
    std::stable_sort(list.begin(), list.end(), [](Highlight const& a, Highlight const& b) {
        return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    return list;
}

void append_piece(Exhibit& exhibit, std::string_view text, std::int32_t finding) {
    if (!text.empty()) exhibit.pieces.push_back({std::string(text), finding});
}

// Pieces of [begin, end). Where values overlap, the later one's rest is masked as its own piece.
void cut_pieces(Exhibit& exhibit, std::string_view text, HighlightList const& list, Span range) {
    std::uint64_t at = range.begin;
    for (Highlight const& highlight : list) {
        if (highlight.span.end <= at || highlight.span.begin >= range.end) continue;
        std::uint64_t const begin = std::max(at, highlight.span.begin);
        append_piece(exhibit, text.substr(at, begin - at), Exhibit::context);
        // Shown as it is only where no masked value reaches in.
        bool const bare = highlight.masking == Masking::shown &&
                          std::none_of(list.begin(), list.end(), [&](Highlight const& other) {
                              return other.masking != Masking::shown && other.span.begin < highlight.span.end &&
                                     highlight.span.begin < other.span.end;
                          });
        std::string_view const value = text.substr(begin, highlight.span.end - begin);
        // The mask of a part would show other ends than the mask of the whole.
        std::string const masked = highlight.masking == Masking::passage  ? mask_passage(value)
                                   : begin == highlight.span.begin ? mask(value)
                                                                   : "\u2022\u2022\u2022";
        append_piece(exhibit, bare ? value : masked, static_cast<std::int32_t>(highlight.finding));
        at = highlight.span.end;
    }
    append_piece(exhibit, text.substr(at, range.end > at ? range.end - at : 0), Exhibit::context);
}

// Says of a box which finding the text in it belongs to, and whether it is to be masked.
void judge_box(Exhibit::Box& box, HighlightList const& list, std::uint64_t begin, std::uint64_t end) {
    for (Highlight const& highlight : list) {
        if (highlight.span.begin >= end || begin >= highlight.span.end) continue;
        if (box.finding == Exhibit::context) box.finding = static_cast<std::int32_t>(highlight.finding);
        box.masked = box.masked || highlight.masking != Masking::shown;
    }
}

// Text boxes carry no page size: A4 or US Letter where all boxes fit in, else what they take up.
void size_page(Exhibit& exhibit) {
    std::int64_t right = 0, bottom = 0;
    for (Exhibit::Box const& box : exhibit.boxes) {
        right = std::max<std::int64_t>(right, std::int64_t{box.left} + box.width);
        bottom = std::max<std::int64_t>(bottom, std::int64_t{box.top} + box.height);
    }
    std::int64_t const width = right <= 59528 ? 59528 : right <= 84189 ? 84189 : right + 3600;
    std::int64_t const height = bottom <= 59528 && width > 59528 ? 59528 : bottom <= 84189 ? 84189 : bottom + 3600;
    exhibit.page_width = static_cast<std::int32_t>(std::min<std::int64_t>(width, 2'000'000));
    exhibit.page_height = static_cast<std::int32_t>(std::min<std::int64_t>(height, 2'000'000));
}

void draw_page(Exhibit& exhibit, Evidence const& evidence, HighlightList const& list) {
    std::vector<Mark const*> boxes;
    for (Mark const& mark : evidence.marks) {
        if (mark.what == Mark::What::box && boxes.size() < most_boxes) boxes.push_back(&mark);
    }
    std::size_t next = 0;  // first highlight that may still reach this box or a later one
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        Mark const& mark = *boxes[i];
        std::uint64_t const end = i + 1 < boxes.size() ? boxes[i + 1]->at : evidence.content.size();
        // What begins beyond the page's edge is there from the edge on.
        std::int64_t const left = std::max(mark.a, 0), top = std::max(mark.b, 0);
        std::int64_t const width = std::int64_t{mark.a} + mark.c - left, height = std::int64_t{mark.b} + mark.d - top;
        if (width <= 0 || height <= 0) continue;
        while (next < list.size() && list[next].span.end <= mark.at) ++next;
        HighlightList const near(list.begin() + static_cast<std::ptrdiff_t>(next),
                                 list.begin() + static_cast<std::ptrdiff_t>(std::min(list.size(), next + 4)));
        auto const small = [](std::int64_t value) { return static_cast<std::int32_t>(value); };
        Exhibit::Box& box = exhibit.boxes.emplace_back(Exhibit::Box{small(left), small(top), small(width), small(height)});
        judge_box(box, near, mark.at, end);
    }
    if (!exhibit.boxes.empty()) size_page(exhibit);
}

}  // namespace

bool lies_on(Exhibit const& read, Exhibit const& picture) {
    std::vector<Step> const &inner = read.place.steps, &outer = picture.place.steps;
    if (read.place.source != picture.place.source || inner.size() != outer.size() + 1) return false;
    if (!std::equal(outer.begin(), outer.end(), inner.begin())) return false;
    return inner.back().how == How::region || (inner.back().how == How::part && inner.back().name == "text");
}

std::vector<Exhibit> make_exhibits(Evidence const& evidence, std::span<Highlight const> highlights, std::size_t most) {
    std::vector<Exhibit> exhibits;
    std::string_view const text = evidence.content.view();
    HighlightList const list = sorted_inside(highlights, text.size());
    for (std::size_t i = 0; i < list.size() && exhibits.size() < most;) {
        Span range{context_begin(text, list[i].span.begin), context_end(text, list[i].span.end)};
        std::size_t last = i + 1;
        while (last < list.size() && list[last].span.begin < range.end && range.size() < longest) {
            range.end = std::max(range.end, context_end(text, list[last].span.end));
            ++last;
        }
        // A value that begins before the context or ends behind it is not cut in half.
        if (i > 0) range.begin = std::max(range.begin, list[i - 1].span.end);
        Exhibit exhibit;
        exhibit.place = evidence.place;
        exhibit.role = evidence.role;
        exhibit.reason = evidence.reason;
        exhibit.goes_on_before = range.begin > 0;
        exhibit.goes_on_after = range.end < text.size();
        cut_pieces(exhibit, text, list, range);
        exhibits.push_back(std::move(exhibit));
        i = last;
    }
    if (!exhibits.empty()) draw_page(exhibits.front(), evidence, list);
    return exhibits;
}

}  // namespace keepmum
