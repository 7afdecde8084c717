// Detectors: they read text that a trigger has nominated, and state findings.
//
// One object serves all threads: examine() is const and keeps nothing. A detector is not called at
// all for a text in which none of its triggers occurs; the one pass over the text that finds the
// triggers of all detectors is match/'s work, so a detector never searches a whole text itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/bilingual.h"
#include "core/evidence.h"
#include "core/finding.h"
#include "core/gap.h"
#include "core/rule.h"

namespace keepmum {

// What brings a detector to a text.
struct Trigger {
    enum class What : std::uint8_t {
        always,   // every text; for detectors that look at role and marks rather than at words. Candidate: the whole text
        literal,  // `text`, bytes as they stand. Candidate: that occurrence
        word,     // `text`, ASCII case-insensitively. Candidate: that occurrence
        pattern,  // `text`, an RE2 expression (bytes, Latin-1 semantics). Candidate: says where such a thing may end,
                  // from `begin` to `end`, and no more; match/confirm.h then finds the exact places
        code,     // a number-like token of min to max characters once separators are out; see Shape
        gate,     // `text`, ASCII case-insensitively. No candidate: where a detector has gates, it is called for
                  // texts alone in which one of them occurs. Cheaper than `word`
    };
    // What a code's compact form (separators taken out) may consist of.
    enum class Shape : std::uint8_t {
        digits,        // 0-9 only
        digits_check,  // 0-9, the last may be X or x
        alphanumeric,  // 0-9 A-Z a-z with at least three digits, upper-cased in `compact`
    };
    What what = What::always;
    std::string_view text = {};
    Shape shape = Shape::digits;
    std::uint8_t min = 0, max = 0;
};

// How the codes are written that a detector wants, so that it is not called for others. What is left
// empty may be anything.
struct CodeForm {
    static constexpr std::string_view any_way[] = {"*"};
    // In how many groups, besides in one: '#' is a letter or digit, all else parts groups; "*": any.
    std::span<std::string_view const> layouts = any_way;
    std::string_view first = {}, second = {}, last = {};  // characters of the compact form: "1-8X" is a range and a letter
    char before = 0;  // what must stand directly before it in the text
};

// One nominated spot. Offsets count bytes of Reading::text.
struct Candidate {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint16_t trigger = 0;   // index into the detector's triggers
    std::string_view compact;    // code triggers: the token without separators, upper-cased; valid during the call
};

// What detectors have learnt about a text and keep for the others that read it.
class Notes {
  public:
    virtual ~Notes() = default;
};

// What a detector gets to read: a text (raw, or its canonical view) and its candidates in order.
struct Reading {
    Evidence const& evidence;  // role, marks and names; offsets of marks count bytes of `text` too
    std::string_view text;
    std::span<Candidate const> candidates;
    std::unique_ptr<Notes>* notes = nullptr;  // one for each text, empty at first; where null, nothing is kept
};

// Findings of one rule in one text, beyond which the rule is not followed any further there. Nobody
// reads more of them, the text is held anyhow, and a file made of nothing else would cost eighty
// times what other files do (docs/decisions/0091-floods.md).
inline constexpr std::size_t most_findings = 1000;
// The same for detectors that do not ask enough(): of numbers of persons it matters how many there
// are, and they cost little each. It bounds memory: a finding takes about half a kilobyte.
inline constexpr std::size_t most_counted = 100'000;

class Sink {
  public:
    virtual ~Sink() = default;
    // `finding.span` counts bytes of Reading::text. The rule may be left empty: the detector's own.
    virtual void found(Finding finding) = 0;
    virtual void gap(Gap gap) = 0;
    // Whether the detector at work has stated most_findings in this text. One whose findings cost
    // work asks before it judges the next, and then hands what it has not judged to leave().
    virtual bool enough() const { return false; }
    // What the detector at work leaves unjudged, in bytes of Reading::text; sorted, not empty.
    virtual void leave(std::span<Span const> unjudged) { (void)unjudged; }
};

class Detector {
  public:
    virtual ~Detector() = default;
    virtual Rule const& rule() const = 0;
    virtual std::span<Trigger const> triggers() const = 0;  // constant, lives as long as the detector
    virtual CodeForm code_form() const { return {}; }       // of its triggers of kind code; likewise
    virtual void examine(Reading const& reading, Sink& sink) const = 0;
};

// Constant description of a detector in the tree: lists, docs, tests and fuzz targets are derived
// from it. `id` is the file's path: detect/identity/iban.cpp is "identity.iban".
struct About {
    std::string_view id;
    Bilingual title;
    Bilingual why;
    std::string_view defined_by;
    std::span<std::string_view const> labels;
    std::span<Trigger const> triggers;
    Certainty certainty = Certainty::certain;  // the most it can reach
    bool showable = false;                     // see Rule
    bool positional = false;                   // scores where text stands; exempt from the shifted replays
};

// The rule that an About describes.
Rule describe(About const& about);

// Base of all detectors in the tree: holds the description, leaves examine().
class TreeDetector : public Detector {
  public:
    explicit TreeDetector(About const& about) : about_(about), rule_(describe(about)) {}
    Rule const& rule() const final { return rule_; }
    std::span<Trigger const> triggers() const final { return about_.triggers; }

  private:
    About const& about_;
    Rule rule_;
};

// One line of detect/registry.inc.
struct DetectorRow {
    About const* about;
    std::unique_ptr<Detector> (*make)();
};

}  // namespace keepmum
