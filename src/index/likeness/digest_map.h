// The register's file `copies`: which documents have a tag (index/likeness/digest.h), looked up on disk.
//
//   header   512 bytes: the line "keepmum copies 1\n" padded with zeros to 24 bytes, salt (8), encrypted record: number of
//            buckets (8), of slots taken (8), most slots beyond its home that a search goes (8)
//   buckets  512 bytes each: 31 slots of 16 bytes, then 8 bytes of zeros and 8 of SipHash over number and slots
//   slot     tag (8; 0: empty) · document xor SipHash of the tag (8)
//
// A tag times the number of buckets gives its home (high half); where that is full, it stands in the next one that
// is not. Tags are keyed hashes, so they stand as they are. A look-up costs one bucket, whatever the size of
// the register, so opening it costs the header alone. Written anew as a whole: 16 bytes a tag are soon written.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/key.h"

namespace keepmum {

struct TaggedDocument {
    std::uint64_t tag = 0;  // never 0
    std::uint64_t document = 0;
    friend auto operator<=>(TaggedDocument const&, TaggedDocument const&) = default;
};

inline constexpr std::string_view copies_file = "copies";

// Const, for all threads.
class DigestMap {
  public:
    // A file that is not there is an empty map. Errors: denied (another key), invalid (damaged), io.
    static Result<DigestMap> open(std::string const& path, RegisterKey const& key);
    ~DigestMap();
    DigestMap(DigestMap&&) noexcept;

    bool empty() const;
    // The documents with this tag, each once. `damaged` is set where a bucket that had to be read does not hold.
    std::vector<std::uint64_t> find(std::uint64_t tag, bool& damaged) const;
    // All of it. Errors: invalid (a bucket does not hold).
    Result<std::vector<TaggedDocument>> list() const;

    // Writes `all` beside and renames it over `path`. Where more than most_documents have a tag it tells nothing, and is left out.
    static Result<> write(std::string const& path, RegisterKey const& key, std::vector<TaggedDocument> all);
    static constexpr std::size_t most_documents = 30;

  private:
    DigestMap();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
