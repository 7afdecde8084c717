// The stranger's sheet: what a photo tells somebody who has nothing but the file, in sentences.
//
// Detectors state facts one by one; people want to know what a stranger makes of them together. So the findings on one picture become
// a few lines that answer: may it be posted, when, where and with what was it taken, what is hidden in it, what does it still show
// after cleaning, what do I do now.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "core/verdict.h"

namespace keepmum {

struct SheetLine {
    enum class What : std::uint8_t {
        answer,
        looks,
        site,
        place,
        view,
        time,
        camera,
        whose,
        edited,
        text,
        hidden,
        besides,
        still,
        now
    };
    What what = What::answer;
    std::string label;                    // "Where"
    std::string sentence;                 // for screens: nothing in it disguises itself
    std::vector<std::uint32_t> findings;  // that it rests on: indices into Verdict::findings
};

// What goes into a sheet of one picture: the findings whose place is the source itself. Empty where the source is no picture (or no film
// or recording).
std::vector<SheetLine> tell_photo(Language language, Verdict const& verdict);

// Whether the sheet tells what findings of this rule state.
bool is_told_by_sheet(std::string_view rule);

// How far local time is ahead of universal time, from a time taken and the satellites' ("2024-05-03T14:22:07", "2024-05-03T06:22:05Z"):
// "+08:00", in quarters of an hour; "" where the two lie more than 14 hours apart or more than five minutes from any zone.
std::string zone_between(std::string_view local, std::string_view universal);

}  // namespace keepmum
