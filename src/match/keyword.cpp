// Sixteen places at a time are asked for the word's first and last byte in either case; what is
// left is compared. Linear but for texts made to defeat it, and then bounded by the word's length.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/keyword.h"

#include "base/utf8.h"
#include "match/lanes.h"

namespace keepmum {
namespace {

// All ones where the byte is `lower`, or the capital of it.
Lane is_either(char const* at, char lower) {
    Lane const lane = load_lane(at);
    return lane_equals(lane, lower) | lane_equals(lane, to_upper(lower));
}

}  // namespace

bool occurs_in_any_case(std::string_view text, std::string_view word) {
    if (word.size() > text.size()) return false;
    if (word.empty()) return true;
    std::size_t at = 0;
    std::size_t const last_start = text.size() - word.size();
    std::size_t const tail = word.size() - 1;
    for (; at <= last_start; ++at) {
        while (at + 16 <= last_start + 1 && !any_in(is_either(text.data() + at, word.front()) &
                                                    is_either(text.data() + at + tail, word.back()))) {
            at += 16;
        }
        if (at > last_start) return false;
        std::size_t const stop = at + 16 < last_start + 1 ? at + 16 : last_start + 1;
        for (; at < stop; ++at) {
            if (to_lower(text[at]) == word.front() && equal_ascii_case(text.substr(at, word.size()), word)) return true;
        }
        --at;
    }
    return false;
}

}  // namespace keepmum
