// Where a marking stands, and what speaks for and against its being one.
//
// The words of markings are everyday words. What makes "SECRET" a marking is where it stands and what
// stands around it, so every detector of this folder adds up points; docs/decisions/0055 lists them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum {

// What the line of a marking holds besides it.
enum class Line : std::uint8_t {
    alone,      // nothing
    furniture,  // page and copy numbers, dates, "classification:"
    lead,       // it opens the line, in brackets or before a colon
    item,       // it is an item of a list
    cell,       // it fills a cell of a row that holds others
    sentence,   // other words
};

// What the name of a property says about its value.
enum class Field : std::uint8_t { none, label, title, other };

struct MarkingSetting {
    Line line = Line::sentence;
    std::string_view before, after;    // the rest of the line, blanks at its ends taken out; cut off at 300 bytes
    std::string_view above, below;     // the lines next to it, likewise
    Field field = Field::none;         // of the property that it is the value of
    bool margin = false;               // header, footer, watermark
    bool top = false, bottom = false;  // among the first five or last four lines of the part or page
    bool quoted = false;
    bool commented = false;            // the line is a comment of a program: "// INTERNAL ONLY"
    bool after_article = false;        // "a secret", "this confidential"
    bool exemplary = false;            // "for example", "示例": words nearby say that it only shows what one looks like
    bool bracketed = false;
    bool is_whole = true;              // no part of a longer word, identifier or path
};

// Looks at most a few hundred bytes around `span`.
MarkingSetting setting_of(Reading const& reading, Span span);

class Score {
  public:
    void add(int points, std::string_view reason);
    int points() const { return points_; }
    // From 2 on a hint, from 4 on likely, from 6 on certain.
    std::optional<Certainty> certainty() const;
    // The reasons for, then those against.
    std::vector<std::string> reasons() const;

  private:
    int points_ = 0;
    std::vector<std::string> reasons_for_, reasons_against_;
};

// Adds what position and surroundings are worth.
void weigh(MarkingSetting const& setting, Score& score);

// Letter case of a marking in Latin letters.
enum class Capitals : std::uint8_t { all, some, none };
Capitals capitals_of(std::string_view text);
void weigh(Capitals capitals, MarkingSetting const& setting, Score& score);

struct Marking {
    Span span;
    Score score;
    std::vector<Fact> facts;
    std::vector<std::string> labels;  // besides "marking"
    std::uint32_t times = 0;          // such places that it stands for besides this one
};

// Keeps the best of those with the same words, so that memory stays bounded where a text repeats them without
// end. A text with more different ones than any document has is made up; the first of them speak for the rest.
template <typename T>
class BestByWords {
  public:
    void put(std::string_view words, T one) {
        auto const at = kept_.find(words);
        if (at == kept_.end()) {
            if (kept_.size() < most) kept_.emplace(std::string(words), std::move(one));
            return;
        }
        std::uint32_t const times = at->second.marking.times + one.marking.times + 1;
        if (one.marking.score.points() > at->second.marking.score.points()) at->second = std::move(one);
        at->second.marking.times = times;
    }
    auto begin() { return kept_.begin(); }
    auto end() { return kept_.end(); }
    bool empty() const { return kept_.empty(); }

  private:
    static constexpr std::size_t most = 20'000;
    std::map<std::string, T, std::less<>> kept_;
};

// The markings of one text. The same words on every page are one finding, with how often they stand there.
class Markings {
  public:
    explicit Markings(Reading const& reading) : reading_(reading) {}
    void add(Marking marking);
    // Repetition counts for each that has a line to itself.
    void report(Sink& sink);

  private:
    struct Kept {
        Marking marking;
        std::uint32_t times = 0;
    };
    static constexpr std::size_t most = 20'000;  // different ones, see BestByWords
    Reading const& reading_;
    std::map<std::string, Kept, std::less<>> kept_;
};

// Any of `words` (ASCII lower case, or not ASCII) in `text`, letter case of ASCII apart.
bool holds_any(std::string_view text, std::span<std::string_view const> words);

// `text` without blanks, ASCII and CJK, at its ends.
std::string_view trim(std::string_view text);

}  // namespace keepmum
