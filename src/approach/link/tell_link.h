// Links and codes that were judged, for people and for programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "approach/link/judge_link.h"
#include "base/hash.h"
#include "core/rule.h"
#include "report/writer.h"

namespace keepmum {

enum class LinkThing : std::uint8_t { link, code };

// One thing that was handed in, or found in a picture.
struct JudgedLink {
    LinkThing thing = LinkThing::link;
    std::string source;  // as the user gave it
    Place place;
    LinkJudgement judgement;
};

// "https://… / Do not open it. / • …" Lines of at most `columns`.
std::string tell_links(Language language, std::span<JudgedLink const> links, std::size_t columns);

// A finding for each note that is a sign, and for what a code does; certain where the text itself shows it. `key`: this machine's.
std::vector<Finding> findings_of(JudgedLink const& link, Key const& key);

// The signs l1 to l7, as rules and as the clauses that weigh them; constant.
std::vector<Rule> const& link_rules();
Directive const& link_directive();

// One report for all of the same source, judged.
SourceReport report_of(std::span<JudgedLink const> links, std::vector<Gap> gaps, Coverage coverage, Key const& key);

}  // namespace keepmum
