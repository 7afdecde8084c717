// Asks a register of a checked source: which protected documents does it share passages with?
//
// Thresholds are for the checked source as a whole. Each gram that a text shares with a document is a
// vote for that document at a distance (where it stands there less where it stands here). Votes that go
// on in step, give or take letters lost and gained, form a chain; around it the letters themselves are aligned (index/align.h), which
// tells a quote with errors from two phrases that stand near each other by chance. Grams that many documents have, or the public
// background, vote for none; aligned they are all the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "core/finding.h"
#include "index/document.h"
#include "index/store.h"
#include "index/threshold.h"

namespace keepmum {

// A run of a checked text that stands in a registered document too.
struct Passage {
    std::uint32_t text = 0;  // as TextNumber of Question::add
    Span span;               // bytes of that text, from its first shared letter to its last
    Stream stream = Stream::latin;
    Span registered;         // letters of the document's stream: two passages may be joined by it
    std::uint32_t letters = 0;  // of the document, that lie in a shared gram here
    std::uint32_t grams = 0;
    std::uint32_t score = 0;    // letters that agree less what errors cost
    PassageNumber first, last;  // where in the document
};

struct Overlap {
    DocumentFacts document;
    Certainty certainty = Certainty::hint;
    std::uint64_t letters = 0;  // of the document that are shared, each counted once
    double share = 0;           // letters / document.letters
    std::vector<Passage> passages;          // in order of text and place
    std::vector<PassageNumber> numbers;     // of the document, each once, sorted
    std::vector<std::string> parts;         // names of the document's parts
};

// Grams of one layer of a text that is not at hand any more, in order; Gram::at is a letter's number in its stream.
struct GramList {
    Layer layer = Layer::latin_plain;
    std::span<Gram const> grams;
};

// One a checked source, used by one thread; keeps what the texts share, not the texts.
class Question {
  public:
    // The store and the thresholds outlive the question.
    Question(Store const& store, Thresholds const& thresholds);
    ~Question();
    Question(Question&&) noexcept;

    // Looks at one text (valid UTF-8); its number counts from 0. Linear in the text; what is kept grows only with
    // what it shares.
    std::uint32_t add(std::string_view text, Legibility legibility = Legibility::typed);

    // The same for a text of which only these grams are known. Spans of its passages count letters, not bytes.
    std::uint32_t add(std::span<GramList const> lists);

    // Whether the text added last may come to be part of an overlap; most texts do not, and need not be kept.
    bool last_shares() const;

    // The documents that were recognised, the surest and largest first. Removed ones are never among them.
    std::vector<Overlap> answer() const;

    // Segments that turned out damaged while they were asked; what they hold was not compared.
    std::vector<Damage> damage() const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
