// What a post tells of the one who writes it (check --as post): phrases of packs/post/*.toml as detectors.
//
// Off unless asked for: the same words are the daily business of every report and contract, and mean nothing of their writer
// there. In a post they do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "core/detector.h"
#include "packs/signs/phrase_book.h"

namespace keepmum {

// One detector for each row that is not quiet; together they read a text once. Errors name file and line, or the example
// that fails.
Result<std::vector<std::unique_ptr<Detector>>> make_post_signs(
    std::span<BookText const> texts, PhraseBook::Examples examples = PhraseBook::Examples::local);

}  // namespace keepmum
