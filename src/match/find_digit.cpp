// The next digit: 64 bytes a step in the vectors of the machine, written with the compiler's vector
// extension so that it is the same code on every processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "base/utf8.h"
#include "match/codes.h"

namespace keepmum {
namespace {

using Lane = unsigned char __attribute__((vector_size(16)));
using Words = unsigned long long __attribute__((vector_size(16)));

Lane load(char const* at) {
    Lane lane;
    std::memcpy(&lane, at, sizeof lane);
    return lane;
}

// All ones in the bytes that are digits: c - '0' does not change under min(…, 9).
Lane digits_in(char const* at) {
    Lane const moved = load(at) - static_cast<unsigned char>('0');
    return reinterpret_cast<Lane>(moved <= static_cast<unsigned char>(9));
}

bool any(Lane lane) {
    Words const words = reinterpret_cast<Words>(lane);
    return (words[0] | words[1]) != 0;
}

}  // namespace

std::size_t find_digit(std::string_view text, std::size_t from) {
    char const* const data = text.data();
    std::size_t at = from;
    while (at + 64 <= text.size()) {
        Lane const a = digits_in(data + at), b = digits_in(data + at + 16);
        Lane const c = digits_in(data + at + 32), d = digits_in(data + at + 48);
        if (any(a | b | c | d)) {
            for (Lane lane : {a, b, c}) {
                if (any(lane)) break;
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
