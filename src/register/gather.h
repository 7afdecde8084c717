// What of one file is to be registered: every state of its text, as the engine's own extraction gives it.
//
// A document may leave in any of its states: with its tracked changes accepted or rejected, as an earlier revision of
// the PDF, with or without comments. So all of them are taken: the texts of each revision, the text as it was before
// the changes, what is hidden. What only describes the file or repeats what is shown (properties, names, link
// targets, mark-up) is left out: it would make strangers look alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "core/budget.h"
#include "core/gap.h"
#include "core/source.h"
#include "engine/showing.h"
#include "index/document.h"
#include "io/folders.h"

namespace keepmum {

struct GatheredText {
    DocumentText text;                // parts in the order of extraction
    std::vector<std::string> states;  // "body", "changes rejected", "revision 2", "comments", …: each once
    std::vector<Evidence> files;      // the file itself, then those inside it: of kind bytes or image, content shared
    std::vector<Gap> gaps;            // what could not be read, or was left out as too large
    std::uint64_t bytes = 0;          // of all texts
    std::uint64_t latin = 0, cjk = 0; // letters, as the register counts them
    bool too_large = false;           // texts beyond `most_text` were left out
};

// Bytes of text that one document can hold.
inline constexpr std::uint64_t most_text = 64u << 20;

// Reads files one after another through the engine, without looking for anything in them.
class Gatherer final {
  public:
    // `workers`: where the worker programs lie.
    static Result<Gatherer> make(WorkerFolders const& workers, Limits const& limits);

    // Never fails: what cannot be read is a gap.
    GatheredText gather(Item const& item);

  private:
    explicit Gatherer(Showing showing);
    Showing showing_;
};

// The text of a part as it was before its tracked changes: `shown` without what `inserted` has, with what `deleted` has,
// in the order of the file. All three are texts of the same part with maps back to it; `inserted` may be null. Marks
// of `shown` are kept. For tests.
DocumentText::Part reject_changes(Evidence const& shown, Evidence const* inserted, Evidence const& deleted);

// The lines of `part` that `known` has not, each with its two neighbours; all of its lines are known afterwards. So a
// second state that differs in one paragraph is kept as that paragraph, and a quote of what both states have is
// counted once. Marks keep their numbers.
DocumentText::Part keep_new_lines(DocumentText::Part part, std::set<Hash128>& known);

}  // namespace keepmum
