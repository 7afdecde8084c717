// keepmum recall: what already left that would be held today?
// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/recall.h"

#include <set>

#include "base/earth/date.h"
#include "base/json_writer.h"
#include "base/message.h"
#include "cli/context.h"
#include "io/file.h"
#include "recognise/excerpt.h"
#include "recognise/recognisers.h"
#include "register/slices.h"
#include "report/words.h"

namespace keepmum {

namespace {

struct Counts {
    std::uint64_t checks = 0;     // judged again
    std::uint64_t held = 0;       // now, and not then
    std::uint64_t held_then = 0;
    std::uint64_t sliced = 0;     // documents, by destination
    std::uint64_t thinned = 0, cut = 0, nameless = 0;
};

// Says one check after another, then the sum.
class Telling {
  public:
    Telling(Context const& context, Glossary const& glossary) : context_(context), glossary_(glossary) {}
    virtual ~Telling() = default;
    virtual void held(RememberedCheck const& check, Verdict const& today) = 0;
    virtual void sliced(Sliced const& sliced) = 0;
    virtual void sum(Counts const& counts, std::vector<Damage> const& damage) = 0;

  protected:
    std::string fill(Message message, std::initializer_list<Value> values = {}) const { return say(context_.language, message, values); }
    std::string because(Fired const& fired) const { return std::string(because_of(context_.language, &glossary_, fired.clause)); }

    Context const& context_;
    Glossary const& glossary_;
};

// Findings of the clauses that hold, each once.
std::vector<Finding const*> held_findings(Verdict const& verdict) {
    std::vector<Finding const*> findings;
    std::set<std::uint32_t> seen;
    for (Fired const& fired : verdict.because) {
        for (std::uint32_t index : fired.findings) {
            if (fired.outcome == Outcome::hold && seen.insert(index).second) findings.push_back(&verdict.findings[index]);
        }
    }
    return findings;
}

class TextTelling final : public Telling {
  public:
    using Telling::Telling;

    void held(RememberedCheck const& check, Verdict const& today) override {
        std::string then = fill(check.outcome == Outcome::warn ? Message::recall_then_warn : Message::recall_then_pass);
        if (check.permitted) then += fill(Message::recall_permitted);
        if (!check.to.empty()) then += fill(Message::recall_line_to, {{"to", show_text(check.to)}});
        if (!check.name.empty()) then += fill(Message::recall_line_name, {{"name", show_name(check.name)}});
        std::string const size = say_size(context_.language, check.coverage.bytes);
        out_ += fill(Message::recall_line, {{"id", check.id()}, {"day", check.day}, {"size", size}, {"then", then}}) + "\n";
        std::set<std::string> lines;  // one kind of finding is said once a check
        for (Finding const* finding : held_findings(today)) {
            std::string const line = "   " + describe(*finding) + "\n";
            if (lines.insert(line).second) out_ += line;
        }
        for (Fired const& fired : today.because) {
            if (fired.outcome == Outcome::hold) out_ += "   " + fill(Message::recall_because, {{"text", because(fired)}}) + "\n";
        }
    }

    void sliced(Sliced const& sliced) override {
        std::string const level(say_level(context_.language, sliced.document.level));
        slices_ += fill(Message::recall_sliced, {{"to", show_text(sliced.to)}, {"count", say_number(sliced.ids.size())},
                                                 {"share", print_share(sliced)}, {"document", show_name(sliced.document.name)},
                                                 {"level", level}, {"ids", print_ids(sliced)}}) + "\n";
    }

    void sum(Counts const& counts, std::vector<Damage> const& damage) override {
        Message const answer = counts.held == 0   ? Message::recall_answer_none
                               : counts.held == 1 ? Message::recall_answer_one
                                                  : Message::recall_answer_many;
        std::string head = fill(answer, {{"count", say_number(counts.held)}}) + "\n";
        head += fill(Message::recall_judged, {{"count", say_number(counts.checks)}}) + "\n";
        if (counts.checks == 0) head = fill(Message::recall_none) + "\n";
        if (!out_.empty()) head += "\n" + out_ + "\n";
        if (!slices_.empty()) head += (out_.empty() ? "\n" : "") + slices_ + "\n";
        if (counts.held_then > 0) head += fill(Message::recall_held_then, {{"count", say_number(counts.held_then)}}) + "\n";
        if (counts.checks > 0) head += fill(Message::recall_not_judged) + "\n";
        if (counts.thinned > 0) head += fill(Message::recall_thinned, {{"count", say_number(counts.thinned)}}) + "\n";
        if (counts.cut > 0) head += fill(Message::recall_cut, {{"count", say_number(counts.cut)}}) + "\n";
        if (counts.nameless > 0) head += fill(Message::recall_names, {{"count", say_number(counts.nameless)}}) + "\n";
        for (Damage const& one : damage) head += fill(Message::recall_damaged, {{"file", show_name(one.file)}, {"what", one.what}}) + "\n";
        whole_ = print_out(head);
    }
    bool whole() const { return whole_; }

  private:
    std::string describe(Finding const& finding) const {
        std::string const title(title_of(context_.language, &glossary_, finding.rule));
        std::string const certainty(text_of(message_of(finding.certainty)).in(context_.language));
        std::string const overlap = say_overlap(context_.language, finding);
        if (overlap.empty()) return fill(Message::recall_found, {{"title", title}, {"certainty", certainty}});
        return fill(Message::recall_found_overlap, {{"title", title}, {"certainty", certainty}, {"overlap", overlap}});
    }
    std::string out_, slices_;
    bool whole_ = false;
};

class JsonlTelling final : public Telling {
  public:
    using Telling::Telling;

    void held(RememberedCheck const& check, Verdict const& today) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "recalled").field("id", check.id()).field("day", check.day);
        if (!check.to.empty()) json.field("to", show_text(check.to));
        if (!check.name.empty()) json.field("source", show_name(check.name));
        json.field("bytes", check.coverage.bytes).field("then", word(check.outcome)).field("today", word(today.outcome));
        json.key("because").begin_array();
        for (Fired const& fired : today.because) {
            json.begin_object().field("clause", fired.clause).field("text", because(fired));
            json.field("outcome", word(fired.outcome)).end_object();
        }
        json.end_array().key("findings").begin_array();
        for (Finding const* finding : held_findings(today)) {
            json.begin_object().field("rule", finding->rule).field("certainty", word(finding->certainty)).key("facts").begin_object();
            for (Fact const& fact : finding->facts) json.field(fact.key, fact.value);
            json.end_object().end_object();
        }
        json.end_array().end_object();
        whole_ = print_out(line + "\n") && whole_;
    }

    void sliced(Sliced const& sliced) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "sliced").field("to", show_text(sliced.to)).field("document", sliced.document.name);
        json.field("level", sliced.document.level).field("share", print_share(sliced)).key("ids").begin_array();
        for (std::string const& id : sliced.ids) json.value(id);
        json.end_array().end_object();
        whole_ = print_out(line + "\n") && whole_;
    }

    void sum(Counts const& counts, std::vector<Damage> const& damage) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "recall").field("checks", counts.checks).field("held", counts.held);
        json.field("held_then", counts.held_then).field("sliced", counts.sliced).field("thinned", counts.thinned).field("cut", counts.cut);
        json.key("not_judged").begin_array();
        for (std::string_view what : {"words", "rules", "tables", "pictures"}) json.value(what);
        if (counts.nameless > 0) json.value("names");
        json.end_array().key("damage").begin_array();
        for (Damage const& one : damage) json.value(show_name(one.file) + ": " + one.what);
        json.end_array().end_object();
        whole_ = print_out(line + "\n") && whole_;
    }
    bool whole() const { return whole_; }

  private:
    bool whole_ = true;
};

Result<> want_date(Arguments const& arguments, std::string_view option) {
    std::string const date = arguments.value(option);
    if (!arguments.has(option) || is_date(date)) return {};
    return fail(Fault::invalid, Message::usage_date, {{"option", std::string(option)}, {"text", date}});
}

Counts judge_all(RememberedReader& reader, Recaller& recaller, Store const& store, Setup const& setup, Arguments const& arguments,
                 Telling& telling) {
    std::string const to = arguments.value("--to");
    Counts counts;
    Slices slices;
    while (std::optional<RememberedCheck> const check = reader.next()) {
        if (arguments.has("--to") && check->to != to) continue;
        ++counts.checks;
        counts.thinned += check->sketch.thinning > 0;
        counts.cut += check->cut;
        counts.nameless += recaller.goes_by_name() && check->name.empty();
        if (check->outcome == Outcome::hold) {
            ++counts.held_then;
            continue;
        }
        if (!check->to.empty()) slices.add(check->to, check->id(), slice_of(check->sketch, store, setup.today));
        Verdict const today = recaller.judge_again(*check);
        if (today.outcome != Outcome::hold) continue;
        ++counts.held;
        telling.held(*check, today);
    }
    for (Sliced const& sliced : slices.answer()) {
        ++counts.sliced;
        telling.sliced(sliced);
    }
    return counts;
}

Result<int> forget(Context& context, Arguments const& arguments, std::string const& folder) {
    std::uint64_t const days = TRY(forget_before(folder, arguments.value("--forget-before")));
    print_out(say(context.language, Message::recall_forgotten, {{"count", say_number(days)}}) + "\n");
    return exit_pass;
}

Result<int> recall(Context& context, Arguments const& arguments) {
    if (!arguments.words.empty()) return fail(Fault::invalid, Message::usage_no_names, {{"command", "recall"}, {"name", "recall"}});
    TRY(want_date(arguments, "--since"));
    TRY(want_date(arguments, "--forget-before"));
    std::string const folder = context.folders.state + "/remembered";
    if (arguments.has("--forget-before")) return forget(context, arguments, folder);
    bool const json = arguments.value("--format") == "jsonl";
    if (!json && list_folder(folder).empty()) {
        print_out(say(context.language, Message::recall_none) + "\n");
        return exit_pass;
    }
    RegisterPlace const place = register_place(context.folders.data, arguments.value("--key"));
    if (!exists(place.key)) {
        return fail(Fault::not_found, Message::usage_recall_key, {}, place.key);
    }
    RegisterKey const key = TRY(RegisterKey::load(place.key));
    RememberedReader reader = TRY(RememberedReader::open(folder, key, arguments.value("--since")));
    std::unique_ptr<Setup> const setup = TRY(make_setup(context.folders, TRY(setup_options(arguments))));
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    Rule const excerpt = excerpt_rule();
    Glossary glossary = glossary_of(*setup);
    glossary.add(excerpt);
    Recaller recaller(setup->directive, *store, excerpt, key, setup->today);
    TextTelling text(context, glossary);
    JsonlTelling lines(context, glossary);
    Telling& telling = json ? static_cast<Telling&>(lines) : text;
    Counts const counts = judge_all(reader, recaller, *store, *setup, arguments, telling);
    std::vector<Damage> damage = reader.damage();
    damage.insert(damage.end(), recaller.damage().begin(), recaller.damage().end());
    telling.sum(counts, damage);
    if (!(json ? lines.whole() : text.whole())) return fail(Fault::io, Message::fault_unwritten);
    return counts.held > 0 || counts.sliced > 0 || !damage.empty() ? exit_hold : exit_pass;
}

}  // namespace

int run_recall(Context& context, Arguments const& arguments) {
    Result<int> const done = recall(context, arguments);
    return done ? *done : complain(context.language, done.error());
}

}  // namespace keepmum
