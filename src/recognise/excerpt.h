// Excerpts of registered documents: which of them a source quotes, how much of each, and where.
//
// One finding a document and a file inside the source, placed where most of the overlap stands; it rests on all
// passages of that file. Whether an overlap is enough is decided for the source as a whole (index/ask.h): three
// attachments with a sentence each are an excerpt as one with three is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/recogniser.h"
#include "index/ask.h"
#include "index/store.h"

namespace keepmum {

// The rules excerpt.document, and excerpt.slices (register/slice_tally.h), which speaks of many checks together.
Rule excerpt_rule();
Rule slices_rule();

// `today` (YYYY-MM-DD): a document whose last day has passed is told as a hint only.
std::unique_ptr<Recogniser> make_excerpts(std::shared_ptr<Store const> store, Thresholds const& thresholds, std::string today);

// How a text was come by: as written, or read from a picture of it. Of the latter, the loose grams are remembered too.
Legibility legibility_of(Evidence const& evidence);

// The overlaps of a question about a source, stated. Text number N of the question was look N, of file `files[N]` and
// role `roles[N]`. What make_excerpts() does once all was looked at; for tests.
std::vector<Statement> state_overlaps(std::vector<Overlap> const& overlaps, std::vector<std::uint32_t> const& files,
                                      std::vector<Role> const& roles, std::string_view today);

}  // namespace keepmum
