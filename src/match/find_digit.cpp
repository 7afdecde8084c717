// The next digit: 64 bytes a step in the vectors of the machine, written with the compiler's vector
// extension so that it is the same code on every processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "match/codes.h"
#include "match/lanes.h"

namespace keepmum {
namespace {

Lane digits_in(char const* at) { return lane_between(load_lane(at), '0', '9'); }

}  // namespace

std::size_t find_digit(std::string_view text, std::size_t from) {
    char const* const data = text.data();
    std::size_t at = from;
    while (at + 64 <= text.size()) {
        Lane const a = digits_in(data + at), b = digits_in(data + at + 16);
        Lane const c = digits_in(data + at + 32), d = digits_in(data + at + 48);
        if (any_in(a | b | c | d)) {
            for (Lane lane : {a, b, c}) {
                if (any_in(lane)) break;
                at += 16;
            }
            break;
        }
        at += 64;
    }
    while (at < text.size() && !is_digit(data[at])) ++at;
    return at;
}

}  // namespace keepmum
