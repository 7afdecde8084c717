// keepmum register: the documents that are protected, so that an excerpt of one is known again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>

#include "base/earth/date.h"
#include "base/message.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "cli/context.h"
#include "cli/openings.h"
#include "cli/register_table.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/walk.h"
#include "policy/permits.h"
#include "register/add.h"
#include "register/carry.h"
#include "register/likeness.h"
#include "report/words.h"

namespace keepmum {

namespace {

std::string print_id(std::uint64_t id) {
    char text[24];
    std::snprintf(text, sizeof text, "D-%012llx", static_cast<unsigned long long>(id >> 16));
    return text;
}

std::string say_percent(double share) {
    // Rounded down: what is promised can be kept.
    return std::to_string(static_cast<int>(std::clamp(share, 0.0, 1.0) * 100)) + " %";
}

std::string join(std::vector<std::string> const& words) {
    std::string out;
    for (std::string const& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// What one command works on.
struct Desk {
    Context& context;
    Arguments const& arguments;
    RegisterPlace place;

    std::string fill(Message message, std::initializer_list<Value> values = {}) const { return say(context.language, message, values); }
    void tell(Message message, std::initializer_list<Value> values = {}) const { print_out(fill(message, values) + "\n"); }

    std::string describe_states(DocumentFacts const& facts) const {
        if (facts.states.size() < 2) return "";
        return fill(Message::register_states, {{"count", std::to_string(facts.states.size())}, {"states", show_name(join(facts.states))}});
    }
};

// Of this much or less of a document that is not common text, an excerpt is hardly ever known again.
constexpr double least_share = 0.1;

class Teller final : public AddWitness {
  public:
    explicit Teller(Desk const& desk) : desk_(desk) {}

    void added(DocumentFacts const& facts) override {
        ++added_;
        std::string const level(say_level(desk_.context.language, facts.level));
        double const share = facts.protectable_share();
        if (share < least_share && !facts.digest.empty()) {
            bool const pictures = facts.digest.starts_with("pictures");
            desk_.tell(pictures ? Message::register_added_pictures : Message::register_added_bytes,
                       {{"id", print_id(facts.id)}, {"name", show_name(facts.name)}, {"level", level},
                        {"count", pictures ? facts.digest.substr(facts.digest.find(' ') + 1) : ""}});
            return;
        }
        if (share < least_share) {
            desk_.tell(Message::register_template, {{"id", print_id(facts.id)}, {"name", show_name(facts.name)}, {"level", level},
                                                    {"share", say_percent(1 - share)}});
            return;
        }
        desk_.tell(Message::register_added, {{"id", print_id(facts.id)}, {"name", show_name(facts.name)}, {"level", level},
                                             {"letters", say_number(facts.letters)}, {"states", desk_.describe_states(facts)},
                                             {"share", say_percent(share)}});
    }

    void refused(Item const& item, GatheredText const& gathered, Refusal why, DocumentFacts const* known) override {
        if (why != Refusal::known) ++refused_;
        desk_.tell(Message::register_refused, {{"name", show_name(item.name)}, {"why", reason(item, gathered, why, known)}});
    }

    void left_out(Item const& item, Gap const& gap) override {
        desk_.tell(Message::register_unread, {{"name", show_name(item.name)}, {"inside", spot(gap)}, {"cause", say_cause(gap)}});
    }

    std::uint64_t refused_count() const { return refused_; }

  private:
    std::string say_cause(Gap const& gap) const { return std::string(text_of(message_of(gap)).in(desk_.context.language)); }

    std::string spot(Gap const& gap) const {
        Spot const spot = describe_spot(desk_.context.language, gap.place, Role::shown, "");
        return spot.inside.empty() ? spot.file : desk_.fill(Message::item_file_and_place, {{"file", spot.file}, {"place", spot.inside}});
    }

    std::string reason(Item const& item, GatheredText const& gathered, Refusal why, DocumentFacts const* known) const {
        switch (why) {
            case Refusal::known:
                if (!known) break;
                return desk_.fill(Message::register_refused_known, {{"id", print_id(known->id)}, {"name", show_name(known->name)}});
            case Refusal::too_short:
                return desk_.fill(Message::register_refused_short, {{"letters", say_number(gathered.latin + gathered.cjk)}});
            case Refusal::too_large:
                return desk_.fill(Message::register_refused_large, {{"most", say_size(desk_.context.language, most_text)}});
            case Refusal::unread:
                for (Gap const& gap : gathered.gaps) {
                    // The file's own name stands in front already.
                    bool const whole = gap.place.steps.empty();
                    if (whole) return say_cause(gap);
                    return desk_.fill(Message::register_refused_gap, {{"inside", spot(gap)}, {"cause", say_cause(gap)}});
                }
                break;
            case Refusal::empty: break;
        }
        (void)item;
        return desk_.fill(Message::register_refused_empty);
    }

    Desk const& desk_;
    std::uint64_t added_ = 0, refused_ = 0;
};

Result<AddPlan> plan_of(Desk const& desk) {
    Arguments const& arguments = desk.arguments;
    AddPlan plan;
    plan.added = today();
    plan.level = arguments.value("--level");
    if (plan.level.empty()) return fail(Fault::invalid, Message::usage_level, {{"command", "register add"}});
    plan.until = arguments.value("--until");
    if (arguments.has("--until") && !is_date(plan.until)) {
        return fail(Fault::invalid, Message::usage_date, {{"option", "--until"}, {"text", plan.until}});
    }
    if (!plan.until.empty() && plan.until < plan.added) return fail(Fault::invalid, Message::usage_passed, {{"date", plan.until}});
    plan.name = arguments.value("--name");
    if (arguments.has("--name") && plan.name.empty()) return fail(Fault::invalid, Message::usage_name, {{"option", "--name"}});
    if (!is_utf8(plan.name)) return fail(Fault::invalid, Message::usage_utf8, {{"option", "--name"}});
    if (arguments.has("--plain")) plan.depth = StoreWriter::Depth::plain;
    return plan;
}

Result<int> tell_damage(Desk const& desk, std::vector<Damage> const& damage) {
    for (Damage const& one : damage) desk.tell(Message::register_damaged, {{"file", show_name(one.file)}, {"what", one.what}});
    return damage.empty() ? exit_pass : exit_hold;
}

Result<int> add(Desk const& desk) {
    AddPlan plan = TRY(plan_of(desk));
    std::vector<std::string> const paths(desk.arguments.words.begin() + 1, desk.arguments.words.end());
    if (paths.empty()) return fail(Fault::invalid, Message::usage_register_add);
    if (!plan.name.empty() && paths.size() > 1) return fail(Fault::invalid, Message::usage_register_one);
    if (!plan.name.empty() && !list_folder(paths[0]).empty()) {
        return fail(Fault::invalid, Message::usage_register_folder);
    }
    bool fresh_officers = false;
    if (desk.arguments.has("--holder")) {
        std::string const holder = desk.arguments.value("--holder");
        if (holder.empty()) return fail(Fault::invalid, Message::usage_name, {{"option", "--holder"}});
        TRY(make_folder(desk.context.folders.data));
        Officers const sealed_to = TRY(officers(desk.context.folders.data));
        plan.holder = TRY(seal(holder, sealed_to.first, sealed_to.second));
        fresh_officers = sealed_to.fresh;
    }
    bool fresh_key = false;
    RegisterKey const key = TRY(key_for_writing(desk.place, fresh_key));
    SetupOptions const options = TRY(setup_options(desk.arguments));
    Gatherer gatherer = TRY(Gatherer::make(desk.context.folders.workers(), options.limits));
    Teller teller(desk);
    std::unique_ptr<Source> const source = walk(paths);
    std::vector<Damage> const damage = TRY(add_documents(desk.place, key, gatherer, *source, plan, teller));
    if (fresh_key) desk.tell(Message::register_key_made, {{"file", desk.place.key}});
    if (fresh_officers) desk.tell(Message::permit_officers_made, {{"folder", desk.context.folders.data}});
    int const whole = TRY(tell_damage(desk, damage));
    return teller.refused_count() > 0 ? exit_hold : whole;
}

Result<int> add_background(Desk const& desk) {
    std::vector<std::string> const paths(desk.arguments.words.begin() + 1, desk.arguments.words.end());
    if (paths.empty()) return fail(Fault::invalid, Message::usage_register_background);
    bool fresh_key = false;
    RegisterKey const key = TRY(key_for_writing(desk.place, fresh_key));
    Gatherer gatherer = TRY(Gatherer::make(desk.context.folders.workers(), TRY(setup_options(desk.arguments)).limits));
    StoreWriter writer = TRY(StoreWriter::open(desk.place.folder, key));
    std::unique_ptr<Source> const source = walk(paths);
    std::uint64_t files = 0, refused = 0;
    Teller teller(desk);
    while (std::optional<Item> const item = source->next()) {
        GatheredText const gathered = gatherer.gather(*item);
        if (gathered.text.parts.empty()) {
            teller.refused(*item, gathered, gathered.gaps.empty() ? Refusal::empty : Refusal::unread, nullptr);
            ++refused;
            continue;
        }
        for (DocumentText::Part const& part : gathered.text.parts) TRY(writer.add_background(part.text.view()));
        ++files;
    }
    TRY(writer.commit());
    desk.tell(Message::register_background, {{"files", say_files(desk.context.language, files)}});
    if (fresh_key) desk.tell(Message::register_key_made, {{"file", desk.place.key}});
    std::vector<Damage> damage;
    TRY(Store::open(desk.place.folder, key))->list(damage);
    int const whole = TRY(tell_damage(desk, damage));
    return refused > 0 ? exit_hold : whole;
}

// For what only makes sense where there is a register.
Result<RegisterKey> existing_key(Desk const& desk) {
    if (!exists(desk.place.folder)) {
        return fail(Fault::not_found, Message::usage_register_none);
    }
    if (!exists(desk.place.key)) {
        return fail(Fault::not_found, Message::usage_register_key, {}, desk.place.key);
    }
    return RegisterKey::load(desk.place.key);
}

Result<> want_words(Desk const& desk, std::size_t count, Message usage) {
    if (desk.arguments.words.size() == count) return {};
    return fail(Fault::invalid, usage, {{"command", "register " + desk.arguments.words.front()}, {"name", "register"}});
}

Result<int> list(Desk const& desk) {
    TRY(want_words(desk, 1, Message::usage_no_names));
    std::vector<DocumentFacts> all;
    if (exists(desk.place.folder)) all = TRY(Store::open(desk.place.folder, TRY(existing_key(desk))))->list();
    std::string tables;
    if (exists(desk.place.folder)) tables = list_tables(desk.context.language, *TRY(open_tables(desk.place, TRY(existing_key(desk)))));
    if (all.empty() && tables.empty()) desk.tell(Message::register_none);
    std::string const day = today();
    std::string out;
    for (DocumentFacts const& facts : all) {
        std::string until;
        Message const end = facts.until < day ? Message::register_line_expired : Message::register_line_until;
        if (!facts.until.empty()) until = desk.fill(end, {{"until", facts.until}});
        std::string const level(say_level(desk.context.language, facts.level));
        out += desk.fill(Message::register_line,
                         {{"id", print_id(facts.id)}, {"level", level}, {"name", show_name(facts.name)},
                          {"letters", say_number(facts.letters)}, {"share", say_percent(facts.protectable_share())},
                          {"states", desk.describe_states(facts)},
                          {"added", facts.added}, {"until", until},
                          {"holder", facts.holder.empty() ? "" : desk.fill(Message::register_line_holder)}}) + "\n";
    }
    if (!print_out(out + tables)) return fail(Fault::io, Message::fault_unwritten);
    return exit_pass;
}

// The one document that `word` means: its id or the beginning of it, or its name.
Result<DocumentFacts> find_one(std::vector<DocumentFacts> const& all, std::string const& word) {
    std::vector<DocumentFacts const*> found;
    for (DocumentFacts const& facts : all) {
        bool const by_id = word.starts_with("D-") && word.size() > 3 && print_id(facts.id).starts_with(word);
        if (facts.name == word || by_id) found.push_back(&facts);
    }
    if (found.empty()) {
        return fail(Fault::not_found, Message::usage_register_document, {{"name", show_name(word)}});
    }
    if (found.size() > 1) {
        return fail(Fault::invalid, Message::usage_register_many, {{"name", show_name(word)}, {"id", print_id(found[0]->id)}});
    }
    return *found[0];
}

Result<int> remove(Desk const& desk) {
    if (desk.arguments.words.size() < 2) return fail(Fault::invalid, Message::usage_register_remove);
    RegisterKey const key = TRY(existing_key(desk));
    std::shared_ptr<TableStore const> const tables = TRY(open_tables(desk.place, key));
    StoreWriter writer = TRY(StoreWriter::open(desk.place.folder, key));
    std::vector<DocumentFacts> const all = TRY(Store::open(desk.place.folder, key))->list();
    std::vector<DocumentFacts> gone;
    std::vector<std::string> gone_tables;
    for (std::size_t i = 1; i < desk.arguments.words.size(); ++i) {
        std::string const& word = desk.arguments.words[i];
        if (tables->find(word)) gone_tables.push_back(word);
        else gone.push_back(TRY(find_one(all, word)));
    }
    for (DocumentFacts const& facts : gone) TRY(writer.remove(facts.id));
    TRY(writer.commit());
    for (DocumentFacts const& facts : gone) {
        desk.tell(Message::register_removed, {{"id", print_id(facts.id)}, {"name", show_name(facts.name)}});
    }
    for (std::string const& name : gone_tables) {
        TRY(remove_table(desk.place.folder + "/tables", key, name));
        desk.tell(Message::register_table_removed, {{"name", show_name(name)}});
    }
    return exit_pass;
}

std::vector<Damage> joined(std::vector<Damage> documents, std::vector<Damage> const& tables) {
    documents.insert(documents.end(), tables.begin(), tables.end());
    return documents;
}

Result<int> stats(Desk const& desk) {
    TRY(want_words(desk, 1, Message::usage_no_names));
    std::shared_ptr<Store const> const store = TRY(Store::open(desk.place.folder, TRY(existing_key(desk))));
    StoreStats const stats = store->stats();
    std::uint64_t grams = 0;
    for (std::uint64_t const count : stats.grams) grams += count;
    desk.tell(Message::register_stats, {{"documents", say_number(stats.documents)}, {"segments", say_number(stats.segments)},
                                        {"size", say_size(desk.context.language, stats.bytes)}, {"removed", say_number(stats.removed)},
                                        {"grams", say_number(grams)}});
    std::shared_ptr<TableStore const> const tables = TRY(open_tables(desk.place, TRY(existing_key(desk))));
    print_out(count_tables(desk.context.language, *tables));
    return tell_damage(desk, joined(store->damage(), tables->damage()));
}

Result<int> export_to(Desk const& desk) {
    TRY(want_words(desk, 2, Message::usage_register_export));
    std::string const& file = desk.arguments.words[1];
    if (exists(file)) return fail(Fault::invalid, Message::fault_stands_never, {}, file);
    Carried const carried = TRY(export_register(desk.place, TRY(existing_key(desk)), file));
    desk.tell(Message::register_exported, {{"documents", say_number(carried.documents)}, {"tables", say_number(carried.tables)},
                                           {"file", show_name(file)}});
    return exit_pass;
}

Result<int> import_from(Desk const& desk) {
    TRY(want_words(desk, 2, Message::usage_register_import));
    std::string const& file = desk.arguments.words[1];
    if (!exists(desk.place.key)) {
        return fail(Fault::not_found, Message::usage_register_import_key, {}, desk.place.key);
    }
    if (!exists(file)) return fail(Fault::not_found, Message::fault_no_path, {}, file);
    TRY(make_folder(desk.context.folders.data));
    Carried const carried = TRY(import_register(desk.place, TRY(RegisterKey::load(desk.place.key)), file));
    desk.tell(Message::register_imported, {{"documents", say_number(carried.documents)}, {"tables", say_number(carried.tables)}});
    return exit_pass;
}

Result<int> verify(Desk const& desk) {
    TRY(want_words(desk, 1, Message::usage_no_names));
    RegisterKey const key = TRY(existing_key(desk));
    std::shared_ptr<Store const> const store = TRY(Store::open(desk.place.folder, key));
    std::vector<Damage> damage = joined(store->verify(), TRY(open_tables(desk.place, key))->verify());
    for (Damage& one : verify_likenesses(desk.place.folder, key)) damage.push_back(std::move(one));
    if (damage.empty()) desk.tell(Message::register_sound);
    return tell_damage(desk, damage);
}

Result<int> rebuild(Desk const& desk) {
    TRY(want_words(desk, 1, Message::usage_no_names));
    RegisterKey const key = TRY(existing_key(desk));
    {
        StoreWriter writer = TRY(StoreWriter::open(desk.place.folder, key));
        TRY(set_damaged_aside(desk.place.folder, key));
        TRY(writer.rebuild());
    }
    std::shared_ptr<Store const> const store = TRY(Store::open(desk.place.folder, key));
    desk.tell(Message::register_rebuilt, {{"documents", say_number(store->stats().documents)}});
    std::size_t const aside = TRY(set_damaged_tables_aside(desk.place.folder + "/tables", key));
    if (aside > 0) desk.tell(Message::register_table_aside, {{"count", say_number(aside)}});
    return tell_damage(desk, store->damage());
}

// Who holds a document: two keys and a reason are needed, and the opening is written down.
Result<int> open(Desk const& desk) {
    TRY(want_words(desk, 4, Message::usage_register_open));
    std::string const reason = desk.arguments.value("--reason");
    if (reason.empty()) return fail(Fault::invalid, Message::usage_register_reason);
    std::shared_ptr<Store const> const store = TRY(Store::open(desk.place.folder, TRY(existing_key(desk))));
    DocumentFacts const facts = TRY(find_one(store->list(), desk.arguments.words[1]));
    if (facts.holder.empty()) return fail(Fault::not_found, Message::usage_register_holder, {}, print_id(facts.id));
    std::vector<std::string> const& words = desk.arguments.words;
    Opening const opening{"document", print_id(facts.id), facts.holder, reason, words[2], words[3]};
    print_out(TRY(open_sealed(desk.context.folders.data, opening)) + "\n");
    return exit_pass;
}

struct Part {
    std::string_view name;
    Result<int> (*run)(Desk const&);
};
Result<int> table(Desk const& desk) { return register_table(desk.context, desk.arguments, desk.place); }

constexpr Part parts[] = {
    {"add", add},          {"background", add_background}, {"list", list},     {"remove", remove},   {"stats", stats},
    {"export", export_to}, {"import", import_from},        {"verify", verify}, {"rebuild", rebuild}, {"open", open},
    {"table", table},
};

}  // namespace

int run_register(Context& context, Arguments const& arguments) {
    std::string const what = arguments.words.empty() ? "" : arguments.words.front();
    if (arguments.has("--key") && arguments.value("--key").empty())
        return complain(context.language, error_of(Fault::invalid, Message::usage_file, {{"option", "--key"}}));
    Desk const desk{context, arguments, register_place(context.folders.data, arguments.value("--key"))};
    for (Part const& part : parts) {
        if (part.name != what) continue;
        Result<int> const done = part.run(desk);
        return done ? *done : complain(context.language, done.error());
    }
    std::string names;
    for (Part const& part : parts) names += (names.empty() ? "" : ", ") + std::string(part.name);
    return complain(context.language, error_of(Fault::invalid, Message::usage_wants_one, {{"command", "register"}, {"names", names}}));
}

}  // namespace keepmum
