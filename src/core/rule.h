// A rule: what is looked for, why it matters, and how sure its finding is.
//
// Rules come from packs (TOML, docs/formats/pack.md) or from detectors in the tree, which describe
// themselves with the same fields (core/detector.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/finding.h"

namespace keepmum {

struct Origin {
    std::string pack;  // name of the pack, or "keepmum" for a detector in the tree
    std::string file;
    std::uint32_t line = 0;
};

struct Rule {
    std::string id;  // family.name
    std::string title_en, title_zh;
    std::string why_en, why_zh;  // why it matters, one sentence, for the person who is about to send it
    std::string defined_by;      // the standard or source followed
    std::vector<std::string> labels;
    Certainty certainty = Certainty::likely;  // the most it can reach
    bool showable = false;  // the matched text is no secret itself (a marking): excerpts show it unmasked
    Origin origin;
};

}  // namespace keepmum
