// Adding documents to the register: gathered one after another, written in batches.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "index/store.h"
#include "recognise/recognisers.h"
#include "register/gather.h"

namespace keepmum {

// What the officer says of the documents that are added.
struct AddPlan {
    std::string name;    // "": each file's own name
    std::string level, until, holder, added;  // as DocumentFacts has them
    StoreWriter::Depth depth = StoreWriter::Depth::loose;
};

// Why a file is not in the register now.
enum class Refusal : std::uint8_t { known, empty, too_short, too_large, unread };

// Is told what became of each file, in the order in which it is certain.
class AddWitness {
  public:
    virtual ~AddWitness() = default;
    virtual void added(DocumentFacts const& facts) = 0;  // it is on disk
    // `known`: the document that has this content already, where that is why; null otherwise.
    virtual void refused(Item const& item, GatheredText const& gathered, Refusal why, DocumentFacts const* known) = 0;
    // Something in it could not be read, so it is registered in part.
    virtual void left_out(Item const& item, Gap const& gap) = 0;
};

// The key of the register at `place`; drawn and written down where there is neither key nor register (`fresh`).
Result<RegisterKey> key_for_writing(RegisterPlace const& place, bool& fresh);

// The keyed hash by which a file's content is known again, under the register's key. Large files are read in pieces.
Result<std::string> file_hash(RegisterKey const& key, Evidence const& file);

// Registers every item of `source`. What was told as added stays whatever happens later. What of the register turned out damaged: it
// stays as it lies, beside what was added. Errors: the disk, a register that cannot be opened.
Result<std::vector<Damage>> add_documents(RegisterPlace const& place, RegisterKey const& key, Gatherer& gatherer, Source& source,
                                          AddPlan const& plan, AddWitness& witness);

// A number below which no overlap is ever told: letters of a document, by script.
bool is_too_short(GatheredText const& gathered);

}  // namespace keepmum
