// The `.cases` files: a detector's whole test. CONTRIBUTING.md describes the format.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/detector.h"

namespace keepmum::testing {

// What a case says must be found.
struct Expected {
    Span span;  // bytes of Case::text
    std::string rule;
    std::string certainty;
    std::vector<std::string> facts;  // "key=value", sorted
    friend bool operator==(Expected const&, Expected const&) = default;
};

enum class Silence { none, nothing, not_nominated };

struct Case {
    std::string title;
    std::string text;
    Kind kind = Kind::text;
    Role role = Role::shown;
    std::string reason;  // Evidence::reason
    std::string media;   // Evidence::media
    std::vector<Expected> expected;  // sorted by span
    Silence silence = Silence::none;
    std::size_t line = 0;             // of the title, from 1
    std::vector<std::size_t> rows;    // line numbers in the file of each line of `text`
};

Result<std::vector<Case>> parse_cases(std::string const& file);

// The whole file with its marks replaced by what was found in each case.
std::string bless_cases(std::string const& file, std::vector<Case> const& cases,
                        std::vector<std::vector<Expected>> const& found);

// The evidence that a case stands for: text; or records and fields, whose marks and names it sets.
Evidence evidence_of(Case const& one, std::string const& text);

// The columns that a code point takes in a case file: two for wide ones (CJK, fullwidth), else one.
std::size_t columns_of(char32_t code_point);

}  // namespace keepmum::testing
