// Views of a text in which tricks of writing are undone, each with the way back to the text.
//
// The canonical view is what a reader sees rather than what is stored: compatibility forms
// (full-width, circled, mathematical letters) become plain ones, what is not displayed goes, every
// space is a space, letters of another script that pass for Latin become Latin where a word mixes
// scripts. Detectors run over the text as it stands as well, so a view may lose what it replaces.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// What was undone at a spot; said with a finding that crosses it.
enum class Undone : std::uint8_t {
    compatibility,  // letters or digits in full-width, circled or other compatibility forms
    invisible,      // zero-width, bidi or other characters that are not displayed
    lookalike,      // letters of another script that look Latin
    digits,         // digits of another script
    numerals,       // Chinese numerals
    smuggled,       // text written in tag characters or variation selectors
    spread,         // letters that stand apart
};

// A plain English clause for Finding::reasons: "full-width or similar letters made plain".
std::string_view reason_for(Undone undone);

struct TextView {
    struct Change {
        Span span;  // in `text`; empty where something was taken out
        Undone what = Undone::compatibility;
    };
    std::string text;
    OffsetMap map;                // to offsets in the text that the view was made of
    std::vector<Change> changes;  // sorted by span.begin

    // The reasons for the changes that a span of `text` crosses, each once.
    std::vector<std::string_view> reasons_in(Span span) const;
};

// The canonical view of `text` (valid UTF-8); nothing where it equals the text. ASCII costs one pass
// at memory speed and no allocation. Linear.
std::optional<TextView> canonical_view(std::string_view text);

// The text with runs of seven or more Chinese numerals written as digits (一三八〇〇 …, 壹叁捌 …;
// spaces, dashes and ASCII digits may stand between); nothing where there is none. Linear.
std::optional<TextView> numerals_view(std::string_view text);

// Text hidden in characters that no one sees: tag characters (ASCII shifted to U+E0000) and bytes
// written as variation selectors, four or more in a row, one line a run. Nothing where there is none.
std::optional<TextView> smuggled_view(std::string_view text);

// Letters that stand apart, four or more of an alphabet or two Chinese characters with blanks or line ends between,
// put together: T O P  S E C R E T, 机 密. A gap of twice the narrowest of its run is one between words. One line a run;
// nothing where there is none. Linear; texts without any cost one pass at memory speed.
std::optional<TextView> spread_view(std::string_view text);

}  // namespace keepmum
