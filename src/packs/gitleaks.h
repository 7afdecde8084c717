// The rule format of gitleaks and Betterleaks, read as if it were a pack of ours.
//
// Understood: rules with id, description, regex, path, keywords, entropy, secretGroup, allowlists
// (and the older allowlist), required, skipReport, specificity, filter; allowlists and filter of the whole file,
// with targetRules. Each id becomes "secret.ID". Everything else is noted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "base/tree.h"
#include "packs/packs.h"

namespace keepmum {

bool is_gitleaks(Tree const& root);

// A pack's root table in our own format; every value keeps its line. A rule whose id is among
// `taken` (sorted) is called "secret.ID-imported": two rules for one thing find more than one.
Result<Tree> import_gitleaks(Tree const& root, std::vector<std::string> const& taken,
                             std::vector<ImportNote>& notes);

}  // namespace keepmum
