// Classes of things in photos that are worth a second look before they are posted, and how a program states that one is to be seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bilingual.h"

namespace keepmum {

enum class ObjectGroup : std::uint8_t { military, plant, screen };
std::string_view word(ObjectGroup group);

// A row of packs/photo/objects.toml.
struct ObjectClass {
    std::string_view id;  // "warship"
    ObjectGroup group = ObjectGroup::military;
    Bilingual name;       // "a warship", to stand behind "it looks like"
    float chance = 0;     // 0 to 1: from there on it is told
    std::span<std::uint16_t const> labels;  // of the network's thousand, from 0
};
std::span<ObjectClass const> object_classes();
ObjectClass const* object_class(std::string_view id);  // null where there is none

// How the network's answers are read; likewise.
struct ObjectJudging {
    float temperature = 1;
    float least_answer = 0;
};
ObjectJudging object_judging();

// Media type of evidence that says what a picture looks like: kind fields, role shown, `reason` the network. One for each class that is
// told, with the step region:object-N, two lines "object: ID" and "chance: PERCENT" and a box mark in 1/100 pixel of the upright
// picture (the part of it that was looked at); and before them one that is empty, for each picture that was looked at.
inline constexpr std::string_view picture_objects_media = "application/x-keepmum-objects";
namespace object_field {
inline constexpr std::string_view object = "object", chance = "chance";
}

}  // namespace keepmum
