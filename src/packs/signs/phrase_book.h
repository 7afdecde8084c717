// A phrase book: rows of phrases as data (docs/formats/signs.md), looked for in messages sentence by sentence.
//
// `approach` reads what somebody writes to us with one, `check --as post` what we are about to write. What a row
// means to its user (how much it weighs, what it rests on) is in its other keys, which the user reads from
// `Row::data`. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "base/result.h"
#include "base/tree.h"
#include "core/rule.h"
#include "packs/signs/phrase.h"

namespace keepmum {

// A book's text; later ones add rows and words, or take a row's place by its id.
struct BookText {
    std::string file;
    std::string text;
    enum class Layer : std::uint8_t { shipped, local } layer = Layer::shipped;
};

struct PhraseRow {
    std::string id;  // "t2"
    Rule rule;       // id "approach.t2", title, why, source
    std::string advice_en, advice_zh;
    Tree data;  // the row as written, its other keys included
    enum class Negation : std::uint8_t {
        heeded,
        ignored
    } negation = Negation::heeded;  // ignored: "do not tell" is meant so
    bool frame =
        false;  // says that the message speaks about such phrases (a training, a warning) and does not mean them
    std::vector<Phrase> phrases;
};

// Where a row was found in a message.
struct PhraseFound {
    std::uint16_t row = 0;
    Span span;             // bytes of the message: from the first word that it rests on to the last
    Span sentence;         // bytes of the whole sentence (or sentences), for quoting
    bool weak = false;     // by a weak phrase
    bool negated = false;  // "we never ask for …"
    bool framed = false;   // a frame stands in the same message
};

class PhraseBook {
  public:
    // Which examples are tried when a book is read. Shipped books were tried when keepmum was built.
    enum class Examples : std::uint8_t { all, local };

    // `family` is that of the rows' rules ("approach"). `known` are the keys a row may have beside those of
    // docs/formats/signs.md. Fault::invalid with file and line for the first thing that is wrong, a failing example
    // included.
    static Result<PhraseBook> load(std::string_view family, std::span<BookText const> texts,
                                   std::span<std::string_view const> known, Examples examples = Examples::local);

    std::span<PhraseRow const> rows() const { return rows_; }
    // npos where there is none.
    std::size_t find_row(std::string_view id) const;

    // Memory of one thread.
    struct Scratch {
        Spoken spoken;
        std::vector<Occurrence> occurrences;
        std::vector<std::uint32_t> sentence_ends;  // indices into occurrences
        Vocabulary::Work work;
    };

    // All rows found in `message` (UTF-8), each at most once a sentence, sorted by span; `found` is emptied first.
    // Linear.
    void read(std::string_view message, Scratch& scratch, std::vector<PhraseFound>& found) const;

  private:
    struct Use {  // a phrase, under the class that is looked up for it
        std::uint16_t row = 0, phrase = 0;
    };

    Result<> take_classes(std::span<Tree const> books);
    Result<> take_rows(std::string_view family, Tree const& book, BookText::Layer layer,
                       std::span<std::string_view const> known);
    Result<PhraseRow> read_row(std::string_view family, Tree const& tree, std::span<std::string_view const> known);
    Result<> add_phrases(PhraseRow& row, Tree const& tree, std::string_view key);
    void index();
    Result<> try_examples(PhraseRow const& row) const;
    void read_window(Scratch const& scratch, SpokenSentence sentence, std::span<Occurrence const> occurrences,
                     Phrase::Scope scope, std::vector<PhraseFound>& found) const;
    bool is_negated(Spoken const& spoken, PhraseSpan const& span, std::span<Occurrence const> occurrences) const;

    Vocabulary vocabulary_;
    std::vector<PhraseRow> rows_;
    std::vector<std::vector<Use>> uses_[2];  // by scope, by class
    std::uint16_t negator_ = Vocabulary::none, negator_after_ = Vocabulary::none, negator_not_ = Vocabulary::none,
                  turn_ = Vocabulary::none;
};

}  // namespace keepmum
