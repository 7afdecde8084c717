// A sketch: what is kept of a checked source so that it can be asked about later, and its text cannot be read.
//
// The same keyed grams by which the register knows its documents, each with its letter's number, and no more: no letter,
// no name. At most `most_grams` of them (about 110,000 letters of English, 45 pages); of a longer source every second,
// fourth, … one is kept, chosen by its hash, and then only longer excerpts are known again (`thinning`).
//
// As bytes: version, content, thinning, texts (role, whether it was read by a machine, four times the grams of a layer: how many, then
// for each the distance from the one before and the high 48 bits of its hash, more than any segment looks at).
// Rejected: the words of a text, hashed. Who has the key would read them back with a dictionary; a run of twenty
// letters he must know already. docs/decisions/0097-remembered-checks.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.h"
#include "core/recogniser.h"
#include "index/ask.h"
#include "recognise/excerpt.h"
#include "index/gram.h"

namespace keepmum {

inline constexpr std::size_t most_grams = 16384;  // of one source: 115 KB as bytes
inline constexpr std::uint32_t most_thinning = 16;

struct SketchText {
    Role role = Role::shown;
    Legibility legibility = Legibility::typed;
    std::array<std::vector<Gram>, layer_count> grams;  // in the order of Layer
};

struct Sketch {
    std::string content;         // keyed hash of the source's bytes, hex; the same bytes have the same one
    std::uint32_t thinning = 0;  // one gram in 2^thinning was kept
    std::vector<SketchText> texts;  // those with grams
};

std::string print_sketch(Sketch const& sketch);
std::optional<Sketch> read_sketch(std::string_view bytes);  // takes any bytes

// Makes a sketch of each source and gives it as Recognition::keepsake(); states nothing.
std::unique_ptr<Recogniser> make_sketcher(RegisterKey const& key);

// A question that was shown all of the sketch: its text N is texts[N]. `thresholds` must outlive it.
Question ask_about(Sketch const& sketch, Store const& store, Thresholds const& thresholds);

// Thresholds for a source that was thinned so much: grams stand further apart, and chance needs one more of them.
Thresholds thinned(Thresholds thresholds, std::uint32_t thinning);

}  // namespace keepmum
