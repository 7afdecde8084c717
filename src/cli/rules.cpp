// keepmum rules: what is looked for, and why.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "cli/context.h"
#include "detect/registry.h"
#include "io/file.h"
#include "match/matcher.h"
#include "packs/packs.h"
#include "recognise/recognisers.h"

namespace keepmum {

namespace {

// The packs alone, without compiling what they look for.
Result<PackSet> read_packs(Context const& context, Arguments const& arguments) {
    PackOptions options = TRY(find_packs(context.folders, arguments.values("--pack")));
    options.examples = ExampleCheck::all;
    return load_packs(options);
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text + " ";
}

std::string line_of(Rule const& rule, Language language) {
    std::string const& title = language == Language::zh && !rule.title_zh.empty() ? rule.title_zh : rule.title_en;
    return padded(rule.id, 40) + padded(std::string(word(rule.certainty)), 8) + title + "\n";
}

Result<> list(Context const& context, Arguments const& arguments) {
    PackSet const packs = TRY(read_packs(context, arguments));
    std::vector<std::string> lines;
    for (DetectorRow const& row : detectors()) lines.push_back(line_of(describe(*row.about), context.language));
    for (Rule const& rule : register_rules()) lines.push_back(line_of(rule, context.language));
    for (PackRule const* rule : packs.list()) lines.push_back(line_of(rule->rule, context.language));
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (std::string const& line : lines) out += line;
    for (ImportNote const& note : packs.notes()) {
        out += "note: " + note.where + " " + note.rule + (note.field.empty() ? "" : " " + note.field) + ": " + note.why + "\n";
    }
    print_out(out);
    return {};
}

// A rule in code; those of packs have lines to point at.
std::string explain(Rule const& rule, Language language) {
    bool const chinese = language == Language::zh;
    std::string out = rule.id + "\n" + (chinese ? rule.title_zh : rule.title_en) + "\n" + (chinese ? rule.why_zh : rule.why_en) + "\n";
    out += "defined by = " + rule.defined_by + "\nlabels =";
    for (std::string const& label : rule.labels) out += " " + label;
    return out + "\ncertainty = at most " + std::string(word(rule.certainty)) + "\norigin = keepmum " KEEPMUM_VERSION "\n";
}

Result<> explain(Context const& context, Arguments const& arguments) {
    if (arguments.words.size() != 2) return fail(Fault::invalid, Message::usage_explain);
    std::string const& id = arguments.words[1];
    std::vector<Rule> own = register_rules();
    for (DetectorRow const& row : detectors()) own.push_back(describe(*row.about));
    for (Rule const& rule : own) {
        if (rule.id != id) continue;
        print_out(explain(rule, context.language));
        return {};
    }
    PackSet const packs = TRY(read_packs(context, arguments));
    std::string out;
    for (std::string const& line : TRY(packs.explain(id))) out += line + "\n";
    print_out(out);
    return {};
}

class Nobody final : public Visitor {
  public:
    void visit(std::size_t, std::span<Candidate const>) override {}
};

// A megabyte of prose, names and numbers: the shipped packs and directives, over and over.
std::string probe_text(Folders const& folders) {
    std::string text;
    for (std::string const& folder : {folders.shipped + "/packs", folders.shipped + "/directives"}) {
        for (std::string const& name : list_folder(folder)) text += read_file(folder + "/" + name).value_or("");
    }
    if (text.empty()) text = "keepmum ";
    std::string const once = text;
    while (text.size() < (1u << 20)) text += once;
    text.resize(1u << 20);
    return text;
}

// Microseconds for the probe text, the best of five, with this detector's triggers alone.
Result<double> solo_cost(Detector const& detector, std::string const& probe) {
    using Clock = std::chrono::steady_clock;
    Detector const* const alone[] = {&detector};
    Matcher const matcher = TRY(Matcher::build(alone));
    Matcher::Scratch scratch = TRY(matcher.make_scratch());
    Nobody nobody;
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {
        Clock::time_point const begin = Clock::now();
        TRY(matcher.scan(probe, scratch, nobody));
        best = std::min(best, std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    }
    return best;
}

Result<> cost(Context const& context, Arguments const& arguments) {
    PackSet const packs = TRY(read_packs(context, arguments));
    std::string const probe = probe_text(context.folders);
    std::vector<std::pair<double, std::string>> costs;
    for (DetectorRow const& row : detectors()) {
        std::unique_ptr<Detector> const detector = row.make();
        costs.emplace_back(TRY(solo_cost(*detector, probe)), std::string(row.about->id));
    }
    for (Detector const* detector : packs.detectors()) costs.emplace_back(TRY(solo_cost(*detector, probe)), detector->rule().id);
    std::sort(costs.begin(), costs.end(), [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    std::string out = context.language == Language::zh ? "单独查找时每兆字节的微秒数\n" : "microseconds a megabyte, each searched alone\n";
    for (auto const& [microseconds, id] : costs) {
        char number[32];
        std::snprintf(number, sizeof number, "%9.1f  ", microseconds);
        out += number + id + "\n";
    }
    print_out(out);
    return {};
}

Result<> rules(Context const& context, Arguments const& arguments) {
    std::string const what = arguments.words.empty() ? "" : arguments.words.front();
    if (what == "list") return list(context, arguments);
    if (what == "explain") return explain(context, arguments);
    if (what == "cost") return cost(context, arguments);
    return fail(Fault::invalid, Message::usage_wants_one, {{"command", "rules"}, {"names", "list, explain, cost"}});
}

}  // namespace

int run_rules(Context& context, Arguments const& arguments) {
    Result<> const done = rules(context, arguments);
    return done ? exit_pass : complain(context.language, done.error());
}

}  // namespace keepmum
