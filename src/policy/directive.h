// Directives (docs/formats/directive.md): what is done about findings and gaps, as data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "core/verdict.h"

namespace keepmum {

// Reads a directive from TOML. Unknown keys, a clause without a reason in both languages, or one that
// mixes findings and gaps are errors that name file and line.
Result<Directive> read_directive(std::string_view toml, std::string_view file);

// Whether `name` fits the glob `pattern` ('*' any run, '?' one byte).
bool fits(std::string_view pattern, std::string_view name);

// Fills `verdict.because` and `verdict.outcome` from its findings, gaps and coverage. Total: every
// clause is asked, the worst outcome wins, so the order of clauses hides nothing. A gap that no
// clause answers holds (clause "unanswered-gap"), and so do bytes that were not read and left no gap.
// `permitted` lists the indices of findings that a permit answers: they stay in the verdict and fire nothing.
void judge(Directive const& directive, Verdict& verdict, std::span<std::uint32_t const> permitted = {});

// The clauses that hold whatever the directive says: "unanswered-gap".
Directive const& standing_clauses();

}  // namespace keepmum
