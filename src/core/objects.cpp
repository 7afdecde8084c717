// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/objects.h"

#include <algorithm>
#include <array>

namespace keepmum {

namespace {

// As many labels as are given; no row may have none.
template <std::uint16_t... numbers>
constexpr std::array<std::uint16_t, sizeof...(numbers)> label_list{numbers...};

#define JUDGING(...)
#define KEEPMUM_LABELS(...) label_list<__VA_ARGS__>
#define OBJECT(id, group, en, zh, chance, labels) {id, group, {en, zh}, chance, KEEPMUM_LABELS labels},
constexpr ObjectClass classes[] = {
#include "objects.inc"
};
#undef OBJECT
#undef JUDGING

#define OBJECT(...)
#define JUDGING(temperature, least_answer) {temperature, least_answer},
constexpr ObjectJudging judging[] = {
#include "objects.inc"
};
#undef JUDGING
#undef OBJECT

}  // namespace

std::string_view word(ObjectGroup group) {
    switch (group) {
        case ObjectGroup::military: return "military";
        case ObjectGroup::plant: return "plant";
        case ObjectGroup::screen: return "screen";
    }
    return "";
}

std::span<ObjectClass const> object_classes() { return classes; }

ObjectClass const* object_class(std::string_view id) {
    auto const found = std::find_if(std::begin(classes), std::end(classes), [&](ObjectClass const& one) { return one.id == id; });
    return found == std::end(classes) ? nullptr : found;
}

ObjectJudging object_judging() { return judging[0]; }

}  // namespace keepmum
