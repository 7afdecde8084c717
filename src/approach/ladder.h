// The ladder: what the signs of one conversation mean together.
//
// Signs of one group join as chances do (1 - the product of what each leaves open), and no group counts beyond a cap, so that ten ways of
// saying one thing are not ten reasons. Then it is a ladder and no sum:
//   red    a hard sign, plainly said, and a sign of another group
//   amber  an offer or questions about the person, and another group; or what is hard, and stands alone or weakly
//   green  everything else: contact, rapport, concealment alone are how honest recruiters and journalists begin
// What was learned from examples of how such talks are worded (Wording) has a say too: where a talk is hardly worded so, red is amber and
// amber green; where it is not at all, green (but for links, and for two hard signs among three groups); where both sides talk and it
// strongly is, amber at least. It never makes anything red.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "approach/sign_book.h"
#include "base/offset_map.h"

namespace keepmum {

enum class Light : std::uint8_t { green, amber, red };
inline constexpr unsigned ladder_stages = 8;

// A sign that was seen in a message.
struct Sighting {
    std::uint16_t sign = 0;      // of the SignBook
    std::uint32_t message = 0;   // index into Conversation::messages
    double strength = 0;         // Sign::strength(), less where something speaks for the other side
    Span span;                   // bytes of the message's text that it rests on; empty: the message as a whole
    Span sentence;               // around it, for quoting
    std::string remark_en, remark_zh;  // why, of signs that no words show (a link, a sender); else empty
};

// How a message is worded.
struct Worded {
    std::uint32_t message = 0;
    bool mine = false;
    double odds = 0;  // log odds of its most telling sentence
    Span sentence;    // that one
    std::uint32_t sentences = 1;  // that it has
};

struct Ladder {
    Light light = Light::green;
    unsigned stage = 0;                      // highest that was reached by a sign that counts; 0 where none was seen
    std::vector<Sighting> sightings;         // of signs, in the order of messages
    std::vector<Sighting> counters;          // what speaks for the other side
    std::optional<std::uint32_t> turned;     // first message at which it was amber or red; set where light is
    std::optional<std::uint32_t> reddened;   // first message at which it was red; set where light is
    std::vector<std::uint16_t> carrying;     // signs without any one of which the light would be milder
};

// Sightings of signs and counters in any order; those of other rows are left out. `worded`: by message; not looked at where the
// book has no row for it. Where the light rests on wording, the messages that it rests on are sightings of that row. Takes n log n.
Ladder climb(SignBook const& book, std::vector<Sighting> sightings, std::span<Worded const> worded);

}  // namespace keepmum
