// Directives and verdicts: what we do about findings and gaps.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/gap.h"
#include "core/rule.h"

namespace keepmum {

enum class Outcome : std::uint8_t { pass, warn, hold };
std::string_view word(Outcome outcome);

// A condition on findings or gaps. Empty lists and zeroes mean "any".
struct Condition {
    std::vector<std::string> rules;   // ids or family.* ; any of
    std::vector<std::string> labels;  // any of
    Certainty at_least = Certainty::hint;
    std::uint32_t count = 1;            // that many different findings of one source
    std::vector<std::string> gaps;      // causes, or "any"; a clause is about findings or about gaps, not both
    std::vector<std::string> media;     // of gaps: "image/*"
    bool embedded = false;              // only inside another file, not as a source itself
    std::vector<std::string> sources;   // glob patterns on the source name
    std::vector<std::string> facts;     // "key=value", all of
};

struct Clause {
    std::string id;
    Condition when;
    std::vector<Condition> beside;  // each must be met by some finding of the source too, wherever it stands
    std::vector<Condition> unless;
    Outcome then = Outcome::hold;
    std::string because_en, because_zh;  // the reason, for the person
    std::string advice_en, advice_zh;    // what to do now
    std::string source;                  // where the clause comes from: a law, a rule of the house
    std::string chapter;                 // id of the chapter that it belongs to, or ""
};

// A page of the checklist that people follow without any program.
struct Advice {
    std::string en, zh;
};
struct Chapter {
    std::string id;
    std::string title_en, title_zh;
    std::vector<Advice> advice;
};

struct Directive {
    std::string id;
    std::string title_en, title_zh;
    std::vector<Chapter> chapters;
    std::vector<Clause> clauses;
    Origin origin;
};

// Whether things of concern (core/objects.h) were looked for in the pictures of a source.
enum class ObjectsLooked : std::uint8_t {
    unasked,     // it holds no picture that can be looked at
    no_network,  // it does, but no network is there to look with
    looked,      // at one of them at least
};

struct Coverage {
    std::uint64_t bytes = 0;  // of the source
    std::uint64_t read = 0;   // of them, accounted for
    std::string picture_reader;  // what read the writing in its pictures ("PP-OCRv4"); "" where it has none that was read
};

// A clause that fired, and on what.
struct Fired {
    std::string clause;
    Outcome outcome = Outcome::pass;
    std::vector<std::uint32_t> findings;  // indices into Verdict::findings
    std::vector<std::uint32_t> gaps;      // indices into Verdict::gaps
};

// What is said about one source. The worst clause wins, so the order of clauses hides nothing.
struct Verdict {
    std::string source;
    Outcome outcome = Outcome::pass;
    std::vector<Fired> because;     // worst first
    std::vector<Finding> findings;  // sorted by place, then rule
    std::vector<Gap> gaps;          // sorted by place
    std::vector<std::string> permits;  // ids of permits that answered a hold
    Coverage coverage;
    bool partial = false;  // the run was interrupted
    ObjectsLooked objects = ObjectsLooked::unasked;
    bool together = false;  // on what several sources tell together: `source` is the folder that holds them
};

}  // namespace keepmum
