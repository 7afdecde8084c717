// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/store.h"

#include <algorithm>

#include "index/manifest.h"
#include "index/segment/merge.h"
#include "index/segment/segment.h"
#include "index/store_inside.h"
#include "io/file.h"

namespace keepmum {

namespace {

// A segment that the manifest names and that cannot be opened: merged away meanwhile, or damaged.
bool is_gone(std::vector<Damage> const& damage) {
    return std::any_of(damage.begin(), damage.end(), [](Damage const& one) { return !exists(one.file); });
}

}  // namespace

Store::Store() = default;
Store::~Store() = default;

Result<std::shared_ptr<Store const>> Store::open(std::string const& folder, RegisterKey const& key) {
    constexpr int patience = 8;  // a writer may replace the manifest between our reading it and opening what it names
    for (int attempt = 1;; ++attempt) {
        std::shared_ptr<Store> store(new Store);
        store->inside_ = std::make_unique<Inside>(folder, key);
        Inside& inside = *store->inside_;
        inside.manifest = TRY(load_manifest(folder, key));
        for (std::string const& name : inside.manifest.segments) {
            std::string const path = folder + "/" + name;
            Result<std::shared_ptr<Segment const>> segment = Segment::open(path, inside.keys);
            if (segment) inside.segments.push_back(std::move(*segment));
            else inside.damage.push_back({path, segment.error().what});
        }
        bool const changed = is_gone(inside.damage) && attempt < patience &&
                             TRY(load_manifest(folder, key)).generation != inside.manifest.generation;
        if (!changed) return std::shared_ptr<Store const>(std::move(store));
    }
}

std::uint64_t Store::generation() const { return inside_->manifest.generation; }
std::vector<Damage> const& Store::damage() const { return inside_->damage; }
std::vector<std::shared_ptr<Segment const>> const& Store::segments() const { return inside_->segments; }
bool Store::is_removed(std::uint64_t id) const { return inside_->manifest.removed.contains(id); }
GramSelector const& Store::selector() const { return inside_->selector; }

std::vector<DocumentFacts> Store::list() const {
    std::vector<Damage> ignored;
    return list(ignored);
}

std::vector<DocumentFacts> Store::list(std::vector<Damage>& damage) const {
    std::vector<DocumentFacts> all;
    damage = inside_->damage;
    for (std::shared_ptr<Segment const> const& segment : inside_->segments) {
        bool whole = true;
        for (std::uint32_t document = 0; document < segment->head().documents; ++document) {
            std::optional<Record> record = segment->record(document);
            whole = whole && record;
            if (record && !is_removed(record->facts.id)) all.push_back(std::move(record->facts));
        }
        if (!whole) damage.push_back({segment->path(), "bytes of it were changed"});
    }
    return all;
}

std::optional<DocumentFacts> Store::find(std::uint64_t id) const {
    if (is_removed(id)) return std::nullopt;
    for (std::shared_ptr<Segment const> const& segment : inside_->segments) {
        for (std::uint32_t document = 0; document < segment->head().documents; ++document) {
            std::optional<Record> record = segment->record(document);
            if (record && record->facts.id == id) return std::move(record->facts);
        }
    }
    return std::nullopt;
}

StoreStats Store::stats() const {
    StoreStats stats;
    stats.segments = inside_->segments.size();
    for (std::shared_ptr<Segment const> const& segment : inside_->segments) {
        stats.documents += segment->head().documents;
        stats.bytes += segment->head().size;
        for (std::size_t layer = 0; layer < layer_count; ++layer) stats.grams[layer] += segment->head().layers[layer].grams;
    }
    stats.removed = inside_->manifest.removed.size();
    stats.documents -= std::min(stats.documents, stats.removed);
    return stats;
}

std::vector<Damage> Store::verify() const {
    std::vector<Damage> all = inside_->damage;
    for (std::shared_ptr<Segment const> const& segment : inside_->segments) {
        if (std::string what = segment->verify(); !what.empty()) all.push_back({segment->path(), std::move(what)});
    }
    return all;
}

Result<> Store::export_to(std::string const& path) const {
    if (!inside_->damage.empty()) return fail(Fault::invalid, inside_->damage[0].what, inside_->damage[0].file);
    TRY(merge_segments(inside_->segments, inside_->manifest.removed, path, *inside_->keys, OnDamage::refuse));
    return {};
}

}  // namespace keepmum
