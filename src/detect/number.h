// Numbers with a fixed form: what their detectors share, so that each is a description and one
// function that judges the characters.
//
// A number is found where its layout fits (no version, date or part of a longer number), its own
// checks agree and, for the weak ones, a word nearby says what it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum {

// A nominated number as the judging function sees it.
struct Token {
    std::string_view compact;  // separators out, upper case
    std::string_view raw;      // as it stands in the text, without line ends of its own
    std::string_view text;     // the whole text
    std::size_t begin = 0;     // of raw in text
    bool grouped() const { return raw.size() != compact.size(); }
    std::string_view before() const { return text.substr(0, begin); }
    std::string_view after() const { return text.substr(begin + raw.size()); }
};

// What the characters say by themselves.
struct Judgement {
    enum class Form : std::uint8_t {
        foreign,  // not this kind of number
        broken,   // looks like one, but its check does not agree
        sound,
    };
    Form form = Form::foreign;
    std::optional<Certainty> alone;      // how sure without a word nearby; none: no finding
    std::optional<Certainty> with_word;  // how sure with one; at least `alone`
    std::vector<Fact> facts;
    std::vector<std::string> reasons;
    std::uint32_t wider_left = 0, wider_right = 0;  // bytes beside raw that belong to it
};

inline Judgement foreign() { return {}; }
inline Judgement broken() { return {.form = Judgement::Form::broken}; }
Judgement sound(std::optional<Certainty> alone, std::optional<Certainty> with_word,
    std::vector<std::string> reasons,
                std::vector<Fact> facts = {});

// What must not stand beside the number.
enum class Edges : std::uint8_t {
    strict,  // it is no part of a path, version, date, longer dashed code or e-mail address
    loose,   // it is no part of a decimal fraction or of more groups like its own; for strong checks
};

// Many numbers in one text whose checks nearly all agree speak for each other.
enum class Company : std::uint8_t { ignored, counts };

// Whether the characters of some such number suffice without a word nearby.
enum class Alone : std::uint8_t {
    sometimes,
    grouped,  // where it is written in groups; else as `never`
    never,    // so that none is looked at where no word is near; `alone` in a judgement is without effect
};

struct NumberForm {
    // How it may be written besides in one piece. '#' is a letter or digit, '~' one separator (space,
    // '-', '.', '/'), the same for all '~' of a layout, anything else stands for itself. "*": any way.
    std::span<std::string_view const> layouts;
    std::span<std::string_view const> words;  // see find_near()
    Judgement (*judge)(Token const&);
    Edges edges = Edges::strict;
    Company company = Company::ignored;
    Alone alone = Alone::sometimes;  // `sometimes` with Company::counts
    // Characters that it may have there, as in CodeForm. judge() checks for itself; these spare its call.
    std::string_view first = {}, second = {}, last = {};
    char before = 0;
};

// A detector whose triggers are all of kind code. `about` and `form` must be constants.
std::unique_ptr<Detector> make_number(About const& about, NumberForm const& form);

}  // namespace keepmum
