// A phrase: classes of words that stand together in a sentence.
//
//   {take} .. {ship} & {photo}     both parts in one sentence; ".." any words between, else at most three (six
//   characters) {internal} {paper|report}      `|` other words that do too; `_` joins words: do_not_tell &
//   !{published}                 not where this stands in the sentence too ? {rank}                       weak: half
//   as strong ~ {ship} & {each} {photo}      may run over three sentences of one message
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "packs/signs/vocabulary.h"

namespace keepmum {

using WordClasses = std::bitset<Vocabulary::most_classes>;

struct PhraseElement {
    std::uint16_t word_class = 0;
    bool near = false;  // to the element before it
};

struct Phrase {
    enum class Scope : std::uint8_t { sentence, neighbours };
    Scope scope = Scope::sentence;
    bool weak = false;
    std::vector<std::vector<PhraseElement>> parts;   // all of them, each in its order
    std::vector<std::vector<PhraseElement>> absent;  // none of them
    std::vector<std::uint16_t> needs;                // classes of all parts, each once
};

// Words of the text that a phrase was found in.
struct PhraseSpan {
    std::uint32_t first = 0, last = 0;  // `last` excluded
    std::vector<Occurrence> elements;   // that it rests on
};

// New words in a phrase become classes of the vocabulary. Fault::invalid.
Result<Phrase> parse_phrase(std::string_view text, Vocabulary& vocabulary);

// Where in `occurrences` (of one sentence or its neighbours, sorted by first word) the phrase stands; the shortest of
// up to eight ways. Does not look at `absent` where it is empty.
std::optional<PhraseSpan> find_phrase(Phrase const& phrase, Spoken const& spoken,
                                      std::span<Occurrence const> occurrences);

// How far apart two words are: a Latin word or a number counts 2, any other character 1.
std::uint32_t distance(Spoken const& spoken, std::uint32_t from, std::uint32_t to);

}  // namespace keepmum
