// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/recognisers.h"

#include "base/message.h"
#include "index/likeness/digest_map.h"
#include "index/key.h"
#include "index/likeness/picture_store.h"
#include "index/store.h"
#include "index/threshold.h"
#include "io/file.h"
#include "recognise/copy.h"
#include "recognise/document_finding.h"
#include "recognise/excerpt.h"
#include "recognise/picture.h"
#include "recognise/table.h"

namespace keepmum {

namespace {

// Stands in for a file of the register that cannot be opened: every check says so.
class Missing final : public Recogniser {
  public:
    explicit Missing(Gap gap) : gap_(std::move(gap)) {}
    std::span<Rule const> rules() const override { return {}; }
    bool wants(Kind) const override { return false; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(gap_); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Gap const& gap) : gap_(gap) {}
        Interest look(Evidence const&, std::uint32_t) override { return Interest::none; }
        std::vector<Statement> finish() override { return {}; }
        std::vector<Gap> gaps() const override { return {gap_}; }

      private:
        Gap const& gap_;
    };
    Gap gap_;
};

// Pictures and copies, as far as there are any.
void add_likenesses(RegisterPlace const& place, RegisterKey const& key, std::shared_ptr<Store const> const& store, std::string const& today,
                    std::vector<std::unique_ptr<Recogniser>>& all) {
    std::string const pictures = place.folder + "/" + std::string(pictures_file), copies = place.folder + "/" + std::string(copies_file);
    Result<std::uint64_t> const count = count_pictures(pictures, key);
    if (!count) all.push_back(std::make_unique<Missing>(gap_of_damage(pictures, count.error().what)));
    else if (*count > 0) all.push_back(make_pictures(store, pictures, key, today));
    Result<DigestMap> map = DigestMap::open(copies, key);
    if (!map) all.push_back(std::make_unique<Missing>(gap_of_damage(copies, map.error().what)));
    else if (!map->empty()) all.push_back(make_copies(store, copies, std::move(*map), key, today));
}

}  // namespace

RegisterPlace register_place(std::string const& data, std::string const& key) {
    return {data + "/register", key.empty() ? data + "/register.key" : key};
}

std::vector<Rule> register_rules() { return {copy_rule(), excerpt_rule(), picture_rule(), slices_rule(), table_rule()}; }

Result<Recognisers> open_recognisers(RegisterPlace const& place, std::string const& today) {
    Recognisers recognisers;
    if (!exists(place.folder)) return recognisers;
    if (!exists(place.key)) return fail(Fault::not_found, Message::fault_register_without_key, {}, place.key);
    RegisterKey const key = TRY(RegisterKey::load(place.key));
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    if (store->generation() != 0 || !store->damage().empty()) {
        recognisers.all.push_back(make_excerpts(store, Thresholds(), today));
        add_likenesses(place, key, store, today, recognisers.all);
        recognisers.described += "register " + std::to_string(store->generation()) + " " + today + "\n";
    }
    std::shared_ptr<TableStore const> const tables = TRY(TableStore::open(place.folder + "/tables", key));
    if (tables->generation() != 0 || !tables->damage().empty()) {
        recognisers.all.push_back(make_tables(tables, today));
        recognisers.described += "tables " + std::to_string(tables->generation()) + " " + today + "\n";
    }
    return recognisers;
}

}  // namespace keepmum
