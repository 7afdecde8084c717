// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/setup.h"

#include "correlate/photos.h"
#include "detect/registry.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/models.h"
#include "packs/packs.h"
#include "packs/house/sites.h"
#include "packs/house/words_file.h"
#include "packs/post/post_signs.h"
#include "policy/directive.h"
#include "policy/permits.h"
#include "recognise/recognisers.h"

namespace keepmum {

namespace {

// The first that is there, from the nearest to the user to the shipped one.
std::string find_directive(Folders const& folders, std::string const& chosen) {
    if (!chosen.empty()) return chosen;
    for (std::string const& folder : {folders.config, folders.machine}) {
        if (std::string const path = folder + "/directive.toml"; exists(path)) return path;
    }
    return folders.shipped + "/directives/daily-life.toml";
}

Result<> add_packs(std::vector<PackText>& texts, std::string const& folder, PackLayer layer) {
    for (std::string const& name : list_folder(folder)) {
        if (!name.ends_with(".toml")) continue;
        std::string const file = folder + "/" + name;
        texts.push_back({file, TRY(read_file(file)), layer});
    }
    return {};
}

// What the files NAME.toml and NAME.d/*.toml of the machine and the user say, and those named; their texts are added
// to what the set-up is known by.
template <typename Item>
Result<std::vector<Item>> find_all(Folders const& folders, std::string const& name, std::vector<std::string> const& chosen,
                                   Result<std::vector<Item>> (*read)(std::string_view, std::string_view), std::string& described) {
    std::vector<std::string> files;
    for (std::string const& folder : {folders.machine, folders.config}) {
        if (std::string file = folder + "/" + name + ".toml"; exists(file)) files.push_back(std::move(file));
        std::string const more = folder + "/" + name + ".d";
        for (std::string const& one : list_folder(more)) {
            if (one.ends_with(".toml")) files.push_back(more + "/" + one);
        }
    }
    files.insert(files.end(), chosen.begin(), chosen.end());
    std::vector<Item> items;
    for (std::string const& file : files) {
        std::string const text = TRY(read_file(file));
        described += text;
        for (Item& item : TRY(read(text, file))) items.push_back(std::move(item));
    }
    return items;
}

// What posts are read with: rows that shipped, then those of the machine and the user.
Result<std::vector<BookText>> find_post_books(Folders const& folders) {
    std::vector<BookText> books;
    for (std::string const& folder : {folders.shipped + "/packs/post", folders.machine + "/post", folders.config + "/post"}) {
        BookText::Layer const layer = books.empty() ? BookText::Layer::shipped : BookText::Layer::local;
        for (std::string const& name : list_folder(folder)) {
            std::string const file = folder + "/" + name;
            if (name.ends_with(".toml")) books.push_back({file, TRY(read_file(file)), layer});
        }
    }
    return books;
}

Setup::Objects find_objects(Folders const& folders, std::string& described) {
    if (!has_model(folders.workers().models, objects_model)) return Setup::Objects::not_looked_for;
    described += objects_model;
    return Setup::Objects::looked_for;
}

std::string describe_limits(Limits const& limits) {
    return std::to_string(limits.bytes) + " " + std::to_string(limits.members) + " " + std::to_string(limits.depth) + " " +
           std::to_string(limits.pictures) + " " +
           std::to_string(limits.memory) + " " + std::to_string(limits.seconds) + " " + std::to_string(limits.silent_seconds);
}

}  // namespace

Result<Directive> load_directive(Folders const& folders, std::string const& chosen) {
    std::string const file = find_directive(folders, chosen);
    std::string const text = TRY(read_file(file));
    return read_directive(text, file);
}

Result<PackOptions> find_packs(Folders const& folders, std::vector<std::string> const& chosen) {
    PackOptions options;
    TRY(add_packs(options.texts, folders.shipped + "/packs", PackLayer::shipped));
    for (std::string const& folder : {folders.machine, folders.config}) {
        TRY(add_packs(options.texts, folder + "/packs", PackLayer::local));
        TRY(add_packs(options.texts, folder + "/packs/replacing", PackLayer::replacing));
    }
    for (std::string const& file : chosen) options.texts.push_back({file, TRY(read_file(file)), PackLayer::local});
    return options;
}

Result<std::unique_ptr<Setup>> make_setup(Folders const& folders, SetupOptions const& options) {
    std::string described = "keepmum " KEEPMUM_VERSION "\n" + describe_limits(options.limits) + "\n";
    std::vector<std::unique_ptr<Detector>> detectors;
    std::vector<Detector const*> order;
    for (DetectorRow const& row : keepmum::detectors()) {
        detectors.push_back(row.make());
        order.push_back(detectors.back().get());
        described += std::string(row.about->id) + "\n";
    }
    PackOptions const found = TRY(find_packs(folders, options.packs));
    for (PackText const& pack : found.texts) described += pack.text;
    PackSet packs = TRY(load_packs(found));
    for (Detector const* detector : packs.detectors()) order.push_back(detector);

    if (std::vector<HouseWord> words = TRY(find_all(folders, "words", options.words, read_words, described)); !words.empty()) {
        // What is kept until a day is judged by the day, so the day is part of the set-up.
        for (HouseWord const& word : words) {
            if (!word.until.empty() && word.until < today()) described += word.until;
        }
        detectors.push_back(make_house_words(std::move(words), today()));
        order.push_back(detectors.back().get());
    }
    if (std::vector<Site> sites = TRY(find_all(folders, "sites", options.sites, read_sites, described)); !sites.empty()) {
        detectors.push_back(make_sites(std::move(sites)));
        order.push_back(detectors.back().get());
    }
    if (options.as == Checked::posts) {
        std::vector<BookText> const books = TRY(find_post_books(folders));
        for (BookText const& book : books) described += book.text;
        for (std::unique_ptr<Detector>& detector : TRY(make_post_signs(books))) {
            detectors.push_back(std::move(detector));
            order.push_back(detectors.back().get());
        }
    }

    std::vector<std::unique_ptr<Correlator>> correlators;
    correlators.push_back(make_photo_links());
    for (Rule const& rule : correlators.front()->rules()) described += rule.id + "\n";

    std::string const directive_file = find_directive(folders, options.directive);
    std::string const directive_text = TRY(read_file(directive_file));
    Directive directive = TRY(read_directive(directive_text, directive_file));
    described += directive_text;

    Recognisers recognisers = TRY(open_recognisers(register_place(folders.data, options.register_key), today()));
    described += recognisers.described;

    Setup::Objects const objects = find_objects(folders, described);
    std::string const cache = make_folder(folders.cache) ? folders.cache : std::string();
    Matcher matcher = TRY(Matcher::build(order, cache));
    Permits const permits = TRY(Permits::load(folders.data));
    bool lasting = false;
    return std::unique_ptr<Setup>(new Setup{std::move(detectors), std::move(packs), std::move(order), std::move(matcher),
                                            std::move(directive), permits.all(), today(), options.limits, machine_key(folders, lasting),
                                            "sha256:" + sha256_hex(described), std::move(recognisers.all), std::move(correlators),
                                            objects});
}

Glossary glossary_of(Setup const& setup) {
    Glossary glossary;
    for (Detector const* detector : setup.order) glossary.add(detector->rule());
    for (std::unique_ptr<Recogniser> const& recogniser : setup.recognisers) {
        for (Rule const& rule : recogniser->rules()) glossary.add(rule);
    }
    for (std::unique_ptr<Correlator> const& correlator : setup.correlators) {
        for (Rule const& rule : correlator->rules()) glossary.add(rule);
    }
    glossary.add(setup.directive);
    glossary.add(standing_clauses());
    return glossary;
}

}  // namespace keepmum
