// From one text to its findings: as it stands, in its canonical view, and in what is encoded in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/evidence.h"
#include "engine/setup.h"
#include "report/exhibit.h"

namespace keepmum {

// What examining one piece of evidence gave. Nothing here is masked but the findings' excerpts.
struct Examined {
    std::vector<Finding> findings;         // with place and all that the engine fills in; span counts bytes of the evidence's text
    std::vector<Highlight> highlights;     // one per finding, index relative to `findings`
    std::vector<std::string> secrets;      // values of findings that are not showable, in all forms met
    std::vector<Evidence> embedded;        // files found encoded in the text: bytes, place ends in a decode step
    std::vector<Evidence> unfolded;        // texts found encoded in the text, where asked for; likewise
    std::vector<Gap> gaps;
    std::vector<Span> unjudged;            // lines of the evidence's text that a rule with too many findings was not
                                           // followed to: nothing of them may be shown. Sorted, apart
};

enum class Unfolded : std::uint8_t { dropped, wanted };

// `evidence` is of kind text, fields or records, its place absolute. Safe to call from many threads with a scratch for each.
Examined examine(Setup const& setup, Matcher::Scratch& scratch, Evidence const& evidence, Unfolded unfolded = Unfolded::dropped);

// The label that a finding in such text has besides those of its rule, or "".
std::string_view label_of(Role role);

}  // namespace keepmum
