// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/code_table.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t layout_slots = 512;

constexpr auto indexes = [] {
    std::array<std::uint8_t, 256> table{};
    for (int i = 0; i < 10; ++i) table['0' + i] = static_cast<std::uint8_t>(i);
    for (int i = 0; i < 26; ++i) table['A' + i] = table['a' + i] = static_cast<std::uint8_t>(10 + i);
    return table;
}();

// The groups of a layout: as CodeTable::add_size() has them, their characters in all, and the first.
struct Groups {
    std::uint64_t sizes = 0;
    std::size_t length = 0, first = 0, count = 0;
};

Groups groups_of(std::string_view layout) {
    Groups groups;
    for (std::size_t at = 0; at < layout.size();) {
        std::size_t end = at;
        while (end < layout.size() && (layout[end] == '#' || is_alnum(layout[end]))) ++end;
        if (end == at) {
            ++at;
            continue;
        }
        groups.sizes = CodeTable::add_size(groups.sizes, end - at);
        groups.length += end - at;
        if (groups.count++ == 0) groups.first = end - at;
        at = end;
    }
    return groups;
}

}  // namespace

CodeTable::CodeTable() : layouts_(layout_slots), starts_{} {}

std::size_t CodeTable::index_of(char c) { return indexes[static_cast<unsigned char>(c)]; }

// `bit` at each of the characters that `ranges` names; all of them where it is empty.
CodeTable::Places CodeTable::places_of(std::string_view ranges, std::uint64_t bit) {
    Places places{};
    if (ranges.empty()) places.fill(bit);
    for (std::size_t at = 0; at < ranges.size(); ++at) {
        bool const is_range = at + 2 < ranges.size() && ranges[at + 1] == '-';
        char const last = is_range ? ranges[at + 2] : ranges[at];
        for (std::size_t c = index_of(ranges[at]); c <= index_of(last); ++c) places[c] = bit;
        if (is_range) at += 2;
    }
    return places;
}

bool CodeTable::add(Trigger const& trigger, CodeForm const& form) {
    if (trigger.min > trigger.max) return true;
    std::size_t const shortest = std::max<std::size_t>(trigger.min, 1);
    if (lengths_.size() <= trigger.max) lengths_.resize(trigger.max + std::size_t{1});
    for (std::size_t length = shortest; length <= trigger.max; ++length) {
        if (lengths_[length].count == 64) return false;
    }
    if (layout_count_ + form.layouts.size() >= layout_slots) return false;
    bool const any_way = std::find(form.layouts.begin(), form.layouts.end(), "*") != form.layouts.end();
    for (std::size_t length = shortest; length <= trigger.max; ++length) {
        Length& one = lengths_[length];
        std::uint64_t const bit = std::uint64_t{1} << one.count++;
        one.by_shape[static_cast<std::size_t>(trigger.shape)] |= bit;
        if (form.before) one.after.emplace_back(bit, form.before);
        auto const merge = [](Places& all, Places const& more) {
            for (std::size_t i = 0; i < alphabet; ++i) all[i] |= more[i];
        };
        merge(one.first, places_of(form.first, bit));
        merge(one.second, places_of(form.second, bit));
        merge(one.last, places_of(form.last, bit));
        if (any_way) {
            one.any_way |= bit;
            for (std::size_t size = 1; size < 16; ++size) add_start(trigger, form, length, size);
        }
        for (std::string_view const layout : form.layouts) {
            Groups const groups = groups_of(layout);
            if (groups.count < 2 || groups.length != length) continue;
            add_layout(groups.sizes, bit);
            add_start(trigger, form, length, groups.first);
        }
    }
    longest_ = std::max<std::uint32_t>(longest_, trigger.max);
    shortest_ = std::min<std::uint32_t>(shortest_, trigger.min);
    std::uint32_t const digits = trigger.shape == Trigger::Shape::digits         ? trigger.min
                                 : trigger.shape == Trigger::Shape::digits_check ? std::max<int>(trigger.min, 1) - 1
                                                                                 : 3;
    fewest_digits_ = std::min(fewest_digits_, digits);
    return true;
}

void CodeTable::add_start(Trigger const& trigger, CodeForm const& form, std::size_t length, std::size_t first_size) {
    if (form.before) is_after_[static_cast<unsigned char>(form.before)] = 1;
    Places const first = places_of(form.first, Lengths::bit(length)), second = places_of(form.second, Lengths::bit(length));
    for (std::size_t c = 0; c < alphabet; ++c) by_second_[c] |= second[c];
    for (std::size_t before = form.before ? 1 : 0; before < 2; ++before) {
        for (std::size_t c = 0; c < alphabet; ++c) {
            Lengths& lengths = starts_[before][c][std::min<std::size_t>(first_size, 15)];
            (trigger.shape == Trigger::Shape::alphanumeric ? lengths.of_any : lengths.of_digits) |= first[c];
        }
    }
}

void CodeTable::add_layout(std::uint64_t sizes, std::uint64_t triggers) {
    std::size_t slot = slot_of(sizes);
    while (layouts_[slot].sizes && layouts_[slot].sizes != sizes) slot = (slot + 1) % layout_slots;
    if (!layouts_[slot].sizes) ++layout_count_;
    layouts_[slot].sizes = sizes;
    layouts_[slot].triggers |= triggers;
}

std::uint64_t CodeTable::grouped(Length const& length, std::uint64_t sizes) const {
    std::size_t slot = slot_of(sizes);
    while (layouts_[slot].sizes && layouts_[slot].sizes != sizes) slot = (slot + 1) % layout_slots;
    return length.any_way | (layouts_[slot].sizes ? layouts_[slot].triggers : 0);
}

std::uint64_t CodeTable::triggers_for(Window const& window) const {
    Length const& length = lengths_[window.length];
    std::uint64_t triggers = length.first[index_of(window.first)] & length.second[index_of(window.second)] &
                             length.last[index_of(window.last)];
    if (window.sizes) triggers &= grouped(length, window.sizes);
    if (!triggers) return 0;
    bool const whole = window.digits == window.length;
    bool const check = window.digits + 1 == window.length && to_upper(window.last) == 'X';
    triggers &= (whole ? length.by_shape[0] : 0) | (whole || check ? length.by_shape[1] : 0) |
                (window.digits >= 3 ? length.by_shape[2] : 0);
    for (auto const& [bit, before] : length.after) {
        if (window.before != before) triggers &= ~bit;
    }
    return triggers;
}

}  // namespace keepmum
