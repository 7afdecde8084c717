// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/add.h"

#include <algorithm>

#include "base/message.h"
#include "index/threshold.h"
#include "io/file.h"
#include "policy/permits.h"
#include "register/likeness.h"

namespace keepmum {

namespace {

// A batch is written once it has that many documents, or bytes of text: what is held in memory stays small.
constexpr std::size_t batch_documents = 512;
constexpr std::uint64_t batch_bytes = 64u << 20;

std::string base_name(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return std::string(path.substr(path.rfind('/') + 1));
}

// Gaps that nobody wonders about: a picture has no text to register.
bool is_worth_telling(Gap const& gap) {
    return gap.cause != Cause::unsupported ||
           !(gap.media.starts_with("image/") || gap.media.starts_with("audio/") || gap.media.starts_with("video/"));
}

class Adding final {
  public:
    Adding(RegisterPlace const& place, RegisterKey const& key, AddPlan const& plan, AddWitness& witness, StoreWriter writer,
           Store const& store, LikenessWriter likenesses)
        : place_(place), key_(key), plan_(plan), witness_(witness), writer_(std::move(writer)), likenesses_(std::move(likenesses)) {
        for (DocumentFacts& facts : store.list(damage_)) {
            if (!facts.file_hash.empty()) known_.emplace(facts.file_hash, std::move(facts));
        }
    }

    Result<> take(Item const& item, GatheredText gathered) {
        DocumentFacts facts = describe(item, gathered);
        if (!gathered.files.empty()) {
            Result<std::string> hash = file_hash(key_, gathered.files.front());
            if (hash) facts.file_hash = std::move(*hash);
        }
        if (auto const known = known_.find(facts.file_hash); known != known_.end() && !facts.file_hash.empty()) {
            witness_.refused(item, gathered, Refusal::known, &known->second);
            return {};
        }
        if (gathered.too_large) return refuse(item, gathered, Refusal::too_large);
        Likeness const likeness = TRY(likenesses_.look_at(gathered));
        bool const enough = is_enough(likeness, gathered);
        facts.digest = describe_likeness(likeness);
        if (gathered.text.parts.empty() && !enough) {
            bool const unread = std::any_of(gathered.gaps.begin(), gathered.gaps.end(), is_worth_telling);
            return refuse(item, gathered, unread ? Refusal::unread : Refusal::empty);
        }
        if (is_too_short(gathered) && !enough) return refuse(item, gathered, Refusal::too_short);
        for (Gap const& gap : gathered.gaps) {
            if (is_worth_telling(gap)) witness_.left_out(item, gap);
        }
        likenesses_.add(TRY(writer_.add(facts, gathered.text, plan_.depth)), likeness);
        if (!facts.file_hash.empty()) known_.emplace(facts.file_hash, facts);
        ++documents_;
        bytes_ += gathered.bytes;
        return documents_ >= batch_documents || bytes_ >= batch_bytes ? commit() : Result<>();
    }

    Result<std::vector<Damage>> finish() {
        TRY(commit());
        TRY(merge(StoreWriter::Merging::settle));
        return std::move(damage_);
    }

  private:
    DocumentFacts describe(Item const& item, GatheredText const& gathered) const {
        DocumentFacts facts;
        facts.name = plan_.name.empty() ? base_name(item.name) : plan_.name;
        facts.level = plan_.level;
        facts.until = plan_.until;
        facts.holder = plan_.holder;
        facts.added = plan_.added;
        facts.states = gathered.states;
        return facts;
    }

    Result<> refuse(Item const& item, GatheredText const& gathered, Refusal why) {
        witness_.refused(item, gathered, why, nullptr);
        return {};
    }

    Result<> commit() {
        if (documents_ == 0) return {};
        TRY(likenesses_.commit());
        TRY(writer_.commit());
        for (DocumentFacts const& facts : writer_.committed()) {
            witness_.added(facts);
            if (auto const known = known_.find(facts.file_hash); known != known_.end()) known->second = facts;
        }
        documents_ = 0;
        bytes_ = 0;
        return merge(StoreWriter::Merging::adding);  // at once: each new batch is compared with all segments that there are
    }

    // Until nothing is to be merged. With a damaged segment nothing is, and what was added counts all the same.
    Result<> merge(StoreWriter::Merging merging) {
        for (bool more = can_merge_; more;) {
            Result<bool> const merged = writer_.merge(merging);
            can_merge_ = merged || merged.error().fault != Fault::invalid;
            if (!can_merge_) note_damage({merged.error().where, merged.error().what});
            else if (!merged) return tl::unexpected(merged.error());
            more = can_merge_ && *merged;
        }
        return {};
    }

    void note_damage(Damage damage) {
        bool const known = std::any_of(damage_.begin(), damage_.end(), [&](Damage const& one) { return one.file == damage.file; });
        if (!known) damage_.push_back(std::move(damage));
    }

    RegisterPlace const& place_;
    RegisterKey const& key_;
    AddPlan const& plan_;
    AddWitness& witness_;
    StoreWriter writer_;
    LikenessWriter likenesses_;
    std::vector<Damage> damage_;
    bool can_merge_ = true;
    std::map<std::string, DocumentFacts> known_;  // by file hash
    std::size_t documents_ = 0;                   // in the batch
    std::uint64_t bytes_ = 0;
};

}  // namespace

Result<RegisterKey> key_for_writing(RegisterPlace const& place, bool& fresh) {
    fresh = false;
    if (exists(place.key)) return RegisterKey::load(place.key);
    if (exists(place.folder)) {
        return fail(Fault::not_found, Message::usage_register_key, {}, place.key);
    }
    RegisterKey key = RegisterKey::draw();
    std::size_t const slash = place.key.rfind('/');
    if (slash != std::string::npos && slash > 0) TRY(make_folder(place.key.substr(0, slash)));
    TRY(key.save(place.key));
    fresh = true;
    return key;
}

Result<std::string> file_hash(RegisterKey const& key, Evidence const& file) {
    Key const purpose = key.derive("file");
    return file.large ? content_binding(purpose, *file.large) : Result<std::string>(content_binding(purpose, file.content.view()));
}

bool is_too_short(GatheredText const& gathered) {
    Thresholds const thresholds;
    return gathered.latin < thresholds.of(Stream::latin).least_letters() && gathered.cjk < thresholds.of(Stream::cjk).least_letters();
}

Result<std::vector<Damage>> add_documents(RegisterPlace const& place, RegisterKey const& key, Gatherer& gatherer, Source& source,
                                          AddPlan const& plan, AddWitness& witness) {
    std::size_t const slash = place.folder.rfind('/');
    if (slash != std::string::npos && slash > 0) TRY(make_folder(place.folder.substr(0, slash)));
    StoreWriter writer = TRY(StoreWriter::open(place.folder, key));
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    LikenessWriter likenesses = TRY(LikenessWriter::open(place.folder, key, *store));
    Adding adding(place, key, plan, witness, std::move(writer), *store, std::move(likenesses));
    while (std::optional<Item> const item = source.next()) TRY(adding.take(*item, gatherer.gather(*item)));
    return adding.finish();
}

}  // namespace keepmum
