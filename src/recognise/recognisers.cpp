// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/recognisers.h"

#include "index/key.h"
#include "index/store.h"
#include "index/threshold.h"
#include "io/file.h"
#include "recognise/excerpt.h"
#include "recognise/table.h"

namespace keepmum {

RegisterPlace register_place(std::string const& data, std::string const& key) {
    return {data + "/register", key.empty() ? data + "/register.key" : key};
}

std::vector<Rule> register_rules() { return {excerpt_rule(), table_rule()}; }

Result<Recognisers> open_recognisers(RegisterPlace const& place, std::string const& today) {
    Recognisers recognisers;
    if (!exists(place.folder)) return recognisers;
    if (!exists(place.key)) {
        return fail(Fault::not_found, "there is a register of protected documents here, but not its key: name it with --key FILE",
                    place.key);
    }
    RegisterKey const key = TRY(RegisterKey::load(place.key));
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    if (store->generation() != 0 || !store->damage().empty()) {
        recognisers.all.push_back(make_excerpts(store, Thresholds(), today));
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
