// Extractors: they turn bytes into evidence, and say what they could not read.
//
// The engine alone recurses, counts depth, knows content again by hash and charges the budget. Embedded
// files go back to it as evidence of kind `bytes`. What was put out before damage stays; the damage
// itself is a Gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/result.h"
#include "core/evidence.h"
#include "core/gap.h"

namespace keepmum {

// What typing by content gets to see; never the whole of a large file.
struct Head {
    std::string_view first;  // the first bytes, up to 64 KiB
    std::string_view last;   // the last bytes, up to 64 KiB; overlaps `first` in small files
    std::uint64_t size = 0;  // of the whole
    std::string_view name;   // file name if any: may break ties, never decides
    // What head_of() (extract/registry.h) saw, so that a hundred questions need not look again.
    std::size_t plain = 0;   // that many of the first bytes are at least free of control characters that texts lack
    bool plain_last = false; // so are all of `last`
};

enum class Claim : std::uint8_t { none, maybe, sure };

// Takes what an extractor finds. Places are relative to the evidence being extracted.
class Outlet {
  public:
    virtual ~Outlet() = default;
    virtual void put(Evidence evidence) = 0;
    virtual void gap(Gap gap) = 0;
    // Sign of life for long work; cheap, call it freely.
    virtual void progress() = 0;
    // The budget is spent, or the run was interrupted: stop, and return what is done. The outlet
    // has already put down the gap.
    virtual bool enough() const = 0;
    // How many more unpacked bytes may be put; decoders stop there rather than inflate further.
    virtual std::uint64_t allowance() const = 0;
};

// How an extraction ended.
struct Done {
    std::uint64_t read = 0;  // bytes of the input that are accounted for: parsed, put, or known padding
    // The exact type found ("application/vnd.…wordprocessingml.document"), or ""; for writing in pictures also who read it
    // (core/picture_text.h).
    std::string media;
};

class Extractor {
  public:
    virtual ~Extractor() = default;
    // `evidence` is of kind bytes with its content in memory (a worker maps it).
    virtual Result<Done> extract(Evidence const& evidence, Outlet& outlet) const = 0;
};

// What an extractor gives of a kind of file.
enum class Yields : std::uint8_t {
    contents,  // what is in it
    likeness,  // only what it looks like, to be compared with the register: what it shows stays a gap, and it
               // is not run where nothing is to be compared
};

// The extractor of likenesses that are to be registered, in the family of those that are only compared.
inline constexpr std::string_view kept_likeness = "image.kept";

// A kind of file that keepmum knows again by its content. One row of extract/filetypes.inc.
struct FileType {
    std::string_view media;      // "application/pdf"
    Bilingual name;              // "PDF document"
    std::string_view extractor;  // id, "" where nothing here can read it yet: a gap with this name
    std::string_view worker;     // worker family that runs the extractor, "" for the main program itself
    Claim (*claims)(Head const&);
    bool last_resort = false;    // asked only where no other kind is sure
    Yields yields = Yields::contents;
};

// One line of a worker family's registry.inc (and of the main program's own).
struct ExtractorRow {
    std::string_view id;
    Extractor const* (*instance)();  // constant, static storage
};

}  // namespace keepmum
