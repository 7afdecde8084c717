// A fact that a detector states about a place. What it weighs is the directive's business: a finding
// has no severity, and never carries the secret itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/evidence.h"
#include "core/place.h"

namespace keepmum {

enum class Certainty : std::uint8_t { hint, likely, certain };
std::string_view word(Certainty certainty);

struct Fact {
    std::string key;    // lower-case words joined by '-', e.g. "province"
    std::string value;  // never the secret, nor a part of it that would give it away
    friend bool operator==(Fact const&, Fact const&) = default;
};

struct Finding {
    std::string rule;  // family.name
    Certainty certainty = Certainty::hint;
    Span span;                         // in the text that the detector was given: exactly the secret value
    std::vector<Fact> facts;           // sorted by key once the engine has seen them
    std::vector<std::string> labels;   // what tells this finding from others of its rule; the engine adds the rule's own,
                                       // plus "hidden" where the role says so, and sorts them
    std::vector<std::string> reasons;  // plain English clauses: why we think so, e.g. "check digit agrees"

    // Filled in by the engine, not by detectors:
    Place place;                       // with span, in bytes of the named part
    Role role = Role::shown;           // of the evidence: how a reader would meet the text
    std::string excerpt;               // the value, masked
    std::string fingerprint;           // keyed, 32 hex digits; the same secret has the same one on this machine
    std::string position;              // for people, language-free: "12:5" (line:column), "B7", "§14", ""
};

}  // namespace keepmum
