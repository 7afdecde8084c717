// The register on disk: a folder of immutable segments and a manifest that names them.
//
// docs/formats/register.md has the layout. Many read while one writes: a reader maps the segments that
// the manifest named when it opened and keeps them whatever is written later. A segment is written beside, synced and
// renamed before the manifest that names it is, so a crash at any point leaves either the old register or the new one;
// what no manifest names is swept away by the next writer. Nothing in the folder can be read without the key.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/document.h"
#include "index/gram.h"
#include "index/key.h"

namespace keepmum {

struct Damage {
    std::string file;  // path
    std::string what;  // plain English: "cut short", "bytes were changed", …
    friend bool operator==(Damage const&, Damage const&) = default;
};

struct StoreStats {
    std::uint64_t documents = 0;
    std::uint64_t removed = 0;   // still in segments, never found
    std::uint64_t segments = 0;
    std::uint64_t bytes = 0;     // of all segments
    std::array<std::uint64_t, layer_count> grams = {};
};

class Segment;

// A register as it was when it was opened. Const, for all threads.
class Store {
  public:
    // A folder that is not there is an empty register. Costs the manifest and one page a segment, however large.
    // Errors: denied (another key: nothing was touched), invalid (damaged manifest), io.
    static Result<std::shared_ptr<Store const>> open(std::string const& folder, RegisterKey const& key);
    ~Store();

    // Changes with every change of the register; 0 where there is none.
    std::uint64_t generation() const;
    std::vector<Damage> const& damage() const;  // segments that could not be opened and are not served

    std::vector<DocumentFacts> list() const;    // by segment; merging changes the order
    // The same; names every segment that cannot be opened or of which a document cannot be listed.
    std::vector<DocumentFacts> list(std::vector<Damage>& damage) const;
    std::optional<DocumentFacts> find(std::uint64_t id) const;
    StoreStats stats() const;

    // Reads every byte; empty where all is as it was written.
    std::vector<Damage> verify() const;

    // All of it in one file, encrypted as it is; for import under the same key.
    Result<> export_to(std::string const& path) const;

    // For Question and StoreWriter.
    std::vector<std::shared_ptr<Segment const>> const& segments() const;
    bool is_removed(std::uint64_t id) const;
    GramSelector const& selector() const;

  private:
    Store();
    friend class StoreWriter;
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// The one writer. Nothing that was added, removed or imported counts before commit() returned.
class StoreWriter {
  public:
    // What of each document is kept: `plain` takes a quarter of the space or less, `loose` recognises quotes with errors.
    enum class Depth : std::uint8_t { plain, loose };

    // `rescue`: where the manifest is damaged or missing, takes all segments that the folder holds; documents removed
    // since they were written may be among them again.
    enum class Opening : std::uint8_t { normal, rescue };

    // Makes the folder where it is new, waits for another writer to end, sweeps away what a crash left. Errors as Store::open.
    static Result<StoreWriter> open(std::string const& folder, RegisterKey const& key, Opening opening = Opening::normal);
    ~StoreWriter();
    StoreWriter(StoreWriter&&) noexcept;

    // Where facts.id is 0 one is drawn; committed() has the facts with letters and protectable letters.
    // A document without letters is an error (invalid), unless facts.digest says what else it is known by.
    Result<std::uint64_t> add(DocumentFacts facts, DocumentText const& text, Depth depth = Depth::loose);

    // Public text: its grams never count, in no document, from now on.
    Result<> add_background(std::string_view text);

    // False where there is no such document.
    Result<bool> remove(std::uint64_t id);

    // Adds what export_to() wrote under the same key; documents that are there already stay as they are. The ids of those that came in.
    Result<std::vector<std::uint64_t>> import_from(std::string const& path);

    Result<> commit();
    // The documents added by the last commit, with their letters and protectable letters.
    std::vector<DocumentFacts> const& committed() const;

    // Merges segments; false where there is nothing to do. Commits by itself. `adding`: four of like size, while more is to come, so that
    // each byte is rewritten few times. `settle`: once all came, so that few are left: each costs every check a look-up of each gram.
    enum class Merging : std::uint8_t { adding, settle };
    Result<bool> merge(Merging merging = Merging::adding);
    // All that can be read into one new segment, without what was removed or is damaged. Commits by itself. The
    // segments that were damaged are kept beside as NAME.damaged.
    Result<> rebuild();

  private:
    StoreWriter();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
