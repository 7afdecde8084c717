// Where something is: a source, the steps into it, and a span of bytes there.
//
//   mail.eml!part:2!report.docx!comments@1042+27
//
// Steps are parted by '!', a span stands behind '@' as offset+length. Names escape % ! @ +, control
// characters and invalid UTF-8 as %XX, so that parse(print(place)) == place. A `member` step (a file
// in an archive, a named part of a document) prints as its bare name; every other step prints as
// kind:name. A member whose name looks like such a prefix has its colon escaped.
//
// The span counts bytes of the last step that is not a `decode` step: the original bytes that gave
// the finding, also where base64 or %XX had to be undone first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "base/result.h"

namespace keepmum {

enum class How { member, part, page, sheet, slide, table, row, field, revision, region, time, decode, tail };

struct Step {
    How how = How::member;
    std::string name;
    friend bool operator==(Step const&, Step const&) = default;
};

struct Place {
    std::string source;  // as the user gave it; may hold any bytes
    std::vector<Step> steps;
    std::optional<Span> span;

    Place with(How how, std::string name) const;  // one step further in, without the span
    Place under(Place const& parent) const;       // this relative place, seen from parent's source
    friend bool operator==(Place const&, Place const&) = default;
};

std::string print(Place const& place);
Result<Place> parse_place(std::string_view text);

// The word for a step as it is printed ("page"); "" for member.
std::string_view word(How how);

// Sorts by source, then by steps, then by span; numbers in names sort as numbers (page:2 before page:10).
bool before(Place const& left, Place const& right);

// `name` with % ! @ + , controls and invalid UTF-8 written as %XX.
std::string escape_name(std::string_view name);

}  // namespace keepmum
