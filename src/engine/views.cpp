// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/views.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "format/text/decode.h"
#include "match/encoded.h"

namespace keepmum {

namespace {

void add_reading(std::vector<View>& views, View const& parent, std::optional<TextView> made, DeriveBudget& budget) {
    if (!made) return;
    if (made->text.size() > budget.bytes_left) {
        budget.too_much += parent.to_whole({0, parent.text.size()}).size();
        return;
    }
    budget.bytes_left -= made->text.size();
    View view;
    view.text = Blob::copy(made->text);
    view.map = made->map;
    view.parent = &parent;
    view.made = std::make_shared<TextView const>(std::move(*made));
    view.is_canonical = true;
    view.depth = parent.depth;
    views.push_back(std::move(view));
}

// What stands encoded in the text, each run a view of its own.
void add_encoded(std::vector<View>& views, View const& parent, DeriveBudget& budget) {
    constexpr std::uint32_t deepest = 6;
    std::string_view const text = parent.text.view();
    for (EncodedRun const& run : find_encoded(text)) {
        std::uint64_t const size = parent.to_whole({run.begin, run.end}).size();
        if (run.end - run.begin > budget.bytes_left) {
            budget.too_much += size;
            continue;
        }
        std::optional<DecodedRun> decoded = decode_run(text, run);
        if (!decoded || decoded->content.empty()) continue;
        // Entities that have no meaning stand for themselves, as `&left; … &right;` in a program: nothing is encoded there, however often
        // it is undone.
        if (decoded->content == text.substr(decoded->span.begin, decoded->span.size())) continue;
        if (parent.depth >= deepest) {
            budget.too_deep += size;
            continue;
        }
        budget.bytes_left -= run.end - run.begin;
        View view;
        view.text = Blob::take(std::move(decoded->content));
        view.map = std::move(decoded->map);
        view.parent = &parent;
        view.decoded = word(run.encoding);
        view.is_file = decoded->what == DecodedRun::What::bytes;
        view.depth = parent.depth + 1;
        views.push_back(std::move(view));
    }
}

}  // namespace

std::vector<View> derive(View const& view, DeriveBudget& budget) {
    constexpr std::uint64_t least = 1u << 20, times = 8;
    if (!budget.started) budget = {least + times * view.text.size(), true};
    std::vector<View> views;
    std::string_view const text = view.text.view();
    // ASCII, as most text is, reads in one way only. Numbers written in Chinese and text in unseen characters are
    // looked for once, in the text itself.
    if (!view.is_canonical && !is_ascii(text)) {
        add_reading(views, view, canonical_view(text), budget);
        add_reading(views, view, numerals_view(text), budget);
        add_reading(views, view, smuggled_view(text), budget);
    }
    if (!view.is_of(Undone::spread)) add_reading(views, view, spread_view(text), budget);
    add_encoded(views, view, budget);
    return views;
}

std::vector<Mark> marks_in(View const& view, std::vector<Mark> const& marks) {
    // Where each byte of the view came from rises almost everywhere, so one walk over both is enough;
    // a mark whose own place is not part of the view falls on the next byte that is.
    std::vector<Mark> out;
    if (marks.empty()) return out;
    std::size_t next = 0;
    std::uint64_t at = 0;
    std::uint64_t const size = view.text.size();
    // The last mark before the view's first byte still names where that byte is.
    std::uint64_t const first = view.to_whole({0, 1}).begin;
    while (next + 1 < marks.size() && marks[next + 1].at <= first) ++next;
    for (; next < marks.size(); ++next) {
        std::uint64_t low = at, high = size;
        while (low < high) {
            std::uint64_t const middle = low + (high - low) / 2;
            if (view.to_whole({middle, middle + 1}).begin < marks[next].at) low = middle + 1;
            else high = middle;
        }
        if (low >= size) break;
        at = low;
        Mark mark = marks[next];
        mark.at = static_cast<std::uint32_t>(low);
        out.push_back(mark);
    }
    return out;
}

}  // namespace keepmum
