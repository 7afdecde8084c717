// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/views.h"

#include <algorithm>
#include <optional>

namespace keepmum {

namespace {

void add_reading(std::vector<View>& views, View const& parent, std::optional<TextView> made, DeriveBudget& budget) {
    if (!made || made->text.size() > budget.bytes_left) return;
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

}  // namespace

std::vector<View> derive(View const& view, DeriveBudget& budget) {
    constexpr std::uint64_t least = 1u << 20, times = 8;
    if (!budget.started) budget = {least + times * view.text.size(), true};
    std::vector<View> views;
    std::string_view const text = view.text.view();
    if (!view.is_canonical) add_reading(views, view, canonical_view(text), budget);
    if (view.parent == nullptr || !view.is_canonical) {
        add_reading(views, view, numerals_view(text), budget);
        add_reading(views, view, smuggled_view(text), budget);
    }
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
