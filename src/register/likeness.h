// What of a document is kept beside its text: its pictures, and how its file is known again by its bytes.
//
// Both lie in files of their own in the register's folder (index/likeness/picture_store.h,
// index/likeness/digest_map.h). They are written
// before the document itself counts: a crash between the two leaves tags of a document that nobody has, which
// nothing finds and the next writer drops.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "index/likeness/digest.h"
#include "index/likeness/digest_map.h"
#include "index/likeness/picture_store.h"
#include "index/store.h"
#include "register/gather.h"

namespace keepmum {

struct Likeness {
    std::vector<PictureSignature> pictures;  // those large enough to be registered
    std::vector<std::uint64_t> tags;         // of the file: quick, whole, sketch
    bool sketched = false;                   // near copies are known too
};

// Held by the one who holds the register's writer.
class LikenessWriter final {
  public:
    // What belongs to no document of `store`, which is read from `folder`, goes; nothing goes where not all its documents can be
    // named, because something is damaged. Errors: a file that is damaged, or another key's.
    static Result<LikenessWriter> open(std::string const& folder, RegisterKey const& key, Store const& store);

    // Errors: reading a large file.
    Result<Likeness> look_at(GatheredText const& gathered) const;

    void add(std::uint64_t document, Likeness const& likeness);
    // Adds what the files in `folder`, of another register under the same key, have of these documents. Errors as open(); then
    // nothing was added.
    Result<> take_over(std::string const& folder, std::set<std::uint64_t> const& documents);
    // On disk, once it returned. Writes only what changed.
    Result<> commit();

  private:
    LikenessWriter(std::string folder, RegisterKey const& key) : folder_(std::move(folder)), key_(key), digester_(key) {}

    std::string folder_;
    RegisterKey key_;
    Digester digester_;
    std::vector<StoredPicture> pictures_;
    std::vector<TaggedDocument> tags_;
    bool pictures_changed_ = false, tags_changed_ = false;
};

// For DocumentFacts::digest: "pictures 3", "bytes", "".
std::string describe_likeness(Likeness const& likeness);

// May a document without text be registered for its likeness alone: has it pictures, or is it of a kind that nothing reads?
bool is_enough(Likeness const& likeness, GatheredText const& gathered);

// Reads every byte of both files.
std::vector<Damage> verify_likenesses(std::string const& folder, RegisterKey const& key);

// Sets a damaged file aside as NAME.damaged; documents must be added again to be known by what it held.
Result<> set_damaged_aside(std::string const& folder, RegisterKey const& key);

}  // namespace keepmum
