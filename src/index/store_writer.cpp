// The writing side of the register: batches become segments, segments are merged by size, the manifest says what counts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/seal.h"
#include "index/segment/builder.h"
#include "index/segment/merge.h"
#include "index/store_inside.h"
#include "io/file.h"
#include "io/file_writer.h"
#include "io/lock.h"

namespace keepmum {

namespace {

constexpr std::size_t batch = 12'000'000;  // postings of 16 bytes in memory before they become a segment
constexpr std::size_t like_size = 4;       // so many segments of like size are merged; each step of size is so many times
constexpr std::uint64_t settled_step = 16;  // where much is asked and little added: each segment is that many times all smaller ones

std::string new_segment_name() {
    char name[32];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(random_number()));
    return std::string(segment_prefix) + name;
}

class StoredCommons final : public Builder::Commons {
  public:
    explicit StoredCommons(std::shared_ptr<Store const> const& store) : store_(store) {}
    void find(Layer layer, std::vector<Gram> const& grams, std::vector<std::uint32_t>& out) const override {
        std::vector<Segment::Found> found;
        for (std::shared_ptr<Segment const> const& segment : store_->segments()) {
            found.clear();
            // A damaged bucket only means that a gram is kept that need not be.
            if (!segment->look_up(layer, grams, found)) continue;
            for (Segment::Found const& one : found) {
                if (one.common) out.push_back(one.gram);
            }
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
    }

  private:
    std::shared_ptr<Store const> const& store_;
};

}  // namespace

struct StoreWriter::Inside {
    Inside(FileLock held, std::shared_ptr<Store const> opened)
        : lock(std::move(held)), store(std::move(opened)), next(store->inside_->manifest), selector(store->selector()),
          commons(store), builder(selector, commons) {}

    Store::Inside const& base() const { return *store->inside_; }
    std::string path_of(std::string const& name) const { return base().folder + "/" + name; }

    // What is in memory becomes a segment that no manifest names yet.
    Result<> flush() {
        if (builder.empty()) return {};
        std::string const name = new_segment_name();
        TRY(builder.write(path_of(name), *base().keys, pending));
        next.segments.push_back(name);
        return {};
    }

    // From here on what `next` says counts. What it no longer names is deleted.
    Result<> publish() {
        std::vector<std::string> const before = base().manifest.segments;
        ++next.generation;
        std::string const folder = base().folder;
        if (Result<> written = write_file(path_of(std::string(manifest_name)), print_manifest(next, base().key), 0600); !written) {
            --next.generation;
            return written;
        }
        for (std::string const& name : before) {
            bool const kept = std::find(next.segments.begin(), next.segments.end(), name) != next.segments.end();
            if (!kept) unlink(path_of(name).c_str());
        }
        RegisterKey const key = base().key;
        store = TRY(Store::open(folder, key));
        return {};
    }

    // One new segment in place of some; where documents were left out because they were removed, that is forgotten.
    Result<> replace(std::vector<std::shared_ptr<Segment const>> const& old, std::string const& name) {
        std::vector<std::string> kept;
        for (std::shared_ptr<Segment const> const& segment : base().segments) {
            std::string const& path = segment->path();
            if (std::find(old.begin(), old.end(), segment) == old.end()) kept.push_back(path.substr(path.rfind('/') + 1));
            else for (std::uint32_t i = 0; i < segment->head().documents && !next.removed.empty(); ++i) forget(*segment, i);
        }
        for (Damage const& damage : base().damage) kept.push_back(damage.file.substr(damage.file.rfind('/') + 1));
        next.segments = std::move(kept);
        next.segments.push_back(name);
        return publish();
    }
    void forget(Segment const& segment, std::uint32_t document) {
        if (std::optional<Record> const record = segment.record(document)) next.removed.erase(record->facts.id);
    }

    FileLock lock;
    std::shared_ptr<Store const> store;
    Manifest next;
    GramSelector selector;
    StoredCommons commons;
    Builder builder;
    std::vector<DocumentFacts> pending, committed;
};

StoreWriter::StoreWriter() = default;
StoreWriter::~StoreWriter() {
    if (!inside_) return;
    // What was written and not committed.
    std::vector<std::string> const& named = inside_->base().manifest.segments;
    for (std::string const& name : inside_->next.segments) {
        if (std::find(named.begin(), named.end(), name) == named.end()) unlink(inside_->path_of(name).c_str());
    }
}
StoreWriter::StoreWriter(StoreWriter&&) noexcept = default;

Result<StoreWriter> StoreWriter::open(std::string const& folder, RegisterKey const& key, Opening opening) {
    TRY(make_folder(folder));
    FileLock lock = TRY(FileLock::take(folder + "/" + std::string(lock_name)));
    std::string const manifest_path = folder + "/" + std::string(manifest_name);
    Result<Manifest> found = load_manifest(folder, key);
    if (!found && found.error().fault == Fault::invalid && opening == Opening::rescue) {
        Manifest rescued;
        for (std::string const& name : list_folder(folder)) {
            bool const whole = name.size() == segment_prefix.size() + 16 && name.starts_with(segment_prefix);
            if (whole) rescued.segments.push_back(name);
        }
        rescued.generation = random_number() >> 32;
        found = rescued;
        if (exists(manifest_path)) rename(manifest_path.c_str(), (manifest_path + ".damaged").c_str());
        TRY(write_file(manifest_path, print_manifest(rescued, key), 0600));
    }
    Manifest const manifest = TRY(std::move(found));
    if (!exists(manifest_path)) TRY(write_file(manifest_path, print_manifest(manifest, key), 0600));
    for (std::string const& name : list_folder(folder)) {
        bool const unfinished = name.ends_with(FileWriter::unfinished) || name.starts_with(std::string(manifest_name) + ".new-");
        bool const segment = name.size() == segment_prefix.size() + 16 && name.starts_with(segment_prefix);
        bool const named = std::find(manifest.segments.begin(), manifest.segments.end(), name) != manifest.segments.end();
        if ((unfinished && name.starts_with("manifest")) || (name.starts_with(segment_prefix) && unfinished) || (segment && !named)) {
            unlink((folder + "/" + name).c_str());
        }
    }
    StoreWriter writer;
    std::shared_ptr<Store const> store = TRY(Store::open(folder, key));
    writer.inside_ = std::make_unique<Inside>(std::move(lock), std::move(store));
    return writer;
}

Result<std::uint64_t> StoreWriter::add(DocumentFacts facts, DocumentText const& text, Depth depth) {
    while (facts.id == 0) facts.id = random_number();
    std::uint64_t const id = facts.id;
    TRY(inside_->builder.add(std::move(facts), text, depth == Depth::loose));
    if (inside_->builder.postings() >= batch) TRY(inside_->flush());
    return id;
}

Result<> StoreWriter::add_background(std::string_view text) {
    constexpr std::size_t piece = 16u << 20;
    for (std::size_t from = 0; from < text.size();) {
        std::size_t const end = piece_end(text, from, piece);
        inside_->builder.add_background(text.substr(from, end - from));
        if (inside_->builder.postings() >= batch) TRY(inside_->flush());
        from = end;
    }
    return {};
}

Result<bool> StoreWriter::remove(std::uint64_t id) {
    if (inside_->next.removed.contains(id) || !inside_->store->find(id)) return false;
    inside_->next.removed.insert(id);
    return true;
}

Result<std::vector<std::uint64_t>> StoreWriter::import_from(std::string const& path) {
    std::shared_ptr<Segment const> const segment = TRY(Segment::open(path, inside_->base().keys));
    if (std::string what = segment->verify(); !what.empty()) return fail(Fault::invalid, what, path);
    // Those in the segments as they lie, removed or not: one that was removed and comes again only stops being removed.
    std::set<std::uint64_t> present;
    for (std::shared_ptr<Segment const> const& own : inside_->base().segments) {
        for (std::uint32_t document = 0; document < own->head().documents; ++document) {
            if (std::optional<Record> const record = own->record(document)) present.insert(record->facts.id);
        }
    }
    std::vector<std::uint64_t> come;
    std::size_t written = 0;
    for (std::uint32_t document = 0; document < segment->head().documents; ++document) {
        std::optional<Record> const record = segment->record(document);
        if (!record) continue;
        bool const is_new = !present.contains(record->facts.id);
        written += is_new;
        if (inside_->next.removed.erase(record->facts.id) > 0 || is_new) come.push_back(record->facts.id);
    }
    if (written == 0) return come;
    std::string const name = new_segment_name();
    std::shared_ptr<Segment const> const one[] = {segment};
    TRY(merge_segments(one, present, inside_->path_of(name), *inside_->base().keys, OnDamage::refuse));
    inside_->next.segments.push_back(name);
    return come;
}

Result<> StoreWriter::commit() {
    TRY(inside_->flush());
    bool const nothing = inside_->next.segments == inside_->base().manifest.segments &&
                         inside_->next.removed == inside_->base().manifest.removed;
    if (!nothing) TRY(inside_->publish());
    inside_->committed = std::move(inside_->pending);
    inside_->pending.clear();
    return {};
}

std::vector<DocumentFacts> const& StoreWriter::committed() const { return inside_->committed; }

Result<bool> StoreWriter::merge(Merging merging) {
    TRY(commit());
    std::vector<std::shared_ptr<Segment const>> segments = inside_->base().segments;
    auto const size = [](std::shared_ptr<Segment const> const& segment) { return segment->head().size; };
    std::stable_sort(segments.begin(), segments.end(), [&](auto const& a, auto const& b) { return size(a) < size(b); });
    // From the smallest on: up to the last that is not much larger than all before it together; while more is to come, up to the first
    // that is, so that each byte is rewritten few times.
    std::size_t count = 0;
    std::uint64_t together = 0;
    for (std::size_t i = 0; i < segments.size(); together += size(segments[i++])) {
        if (merging == Merging::settle && i > 0 && size(segments[i]) <= settled_step * together) count = i + 1;
        if (merging == Merging::settle) continue;
        if (i > 0 && size(segments[i]) > std::max(together, like_size * size(segments[0]))) break;
        count = i + 1;
    }
    if (count < (merging == Merging::settle ? 2 : like_size)) return false;
    segments.resize(count);
    std::string const name = new_segment_name();
    TRY(merge_segments(segments, inside_->next.removed, inside_->path_of(name), *inside_->base().keys, OnDamage::refuse));
    TRY(inside_->replace(segments, name));
    return true;
}

Result<> StoreWriter::rebuild() {
    TRY(commit());
    // Opened anew: what was damaged since is to be seen before it is read.
    inside_->store = TRY(Store::open(std::string(inside_->base().folder), RegisterKey(inside_->base().key)));
    Store::Inside const& base = inside_->base();
    std::string const name = new_segment_name();
    Merged const merged =
        TRY(merge_segments(base.segments, base.manifest.removed, inside_->path_of(name), *base.keys, OnDamage::leave_out));
    std::vector<std::string> damaged = merged.damaged;
    for (Damage const& damage : base.damage) damaged.push_back(damage.file);
    for (std::string const& path : damaged) {
        if (exists(path) && link(path.c_str(), (path + ".damaged").c_str()) != 0 && errno != EEXIST) {
            return fail(Fault::io, "cannot keep what was damaged", path);
        }
    }
    inside_->next.segments = {name};
    inside_->next.removed.clear();
    return inside_->publish();
}

}  // namespace keepmum
