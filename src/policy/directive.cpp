// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/directive.h"

#include <algorithm>
#include <set>

#include "base/message.h"
#include "base/tree.h"

namespace keepmum {

namespace {

Result<Outcome> outcome_named(Tree const& clause, std::string_view key) {
    std::string const name = TRY(clause.text(key));
    for (Outcome outcome : {Outcome::pass, Outcome::warn, Outcome::hold}) {
        if (name == word(outcome)) return outcome;
    }
    return clause.complain(key, Message::entry_outcome);
}

bool is_cause(std::string_view name) {
    if (name == "any") return true;
    for (int cause = 0; cause <= static_cast<int>(Cause::killed); ++cause) {
        if (name == word(static_cast<Cause>(cause))) return true;
    }
    return false;
}

Result<Condition> read_condition(Tree const& table) {
    TRY(table.only({"rules", "labels", "certainty", "count", "gaps", "media", "embedded", "sources", "facts"}));
    Condition condition;
    condition.rules = TRY(table.texts("rules"));
    condition.labels = TRY(table.texts("labels"));
    std::string const certainty = TRY(table.text("certainty", "hint"));
    if (certainty == "likely") condition.at_least = Certainty::likely;
    else if (certainty == "certain") condition.at_least = Certainty::certain;
    else if (certainty != "hint") return table.complain("certainty", Message::entry_certainty);
    std::int64_t const count = TRY(table.whole("count", 1));
    if (count < 1 || count > 1'000'000'000) return table.complain("count", Message::entry_count);
    condition.count = static_cast<std::uint32_t>(count);
    condition.gaps = TRY(table.texts("gaps"));
    for (std::string const& cause : condition.gaps) {
        if (!is_cause(cause)) return table.complain("gaps", Message::entry_cause, {{"text", cause}});
    }
    condition.media = TRY(table.texts("media"));
    condition.embedded = TRY(table.flag("embedded", false));
    condition.sources = TRY(table.texts("sources"));
    condition.facts = TRY(table.texts("facts"));
    bool const about_findings = !condition.rules.empty() || !condition.labels.empty() || !condition.facts.empty();
    if (about_findings && !condition.gaps.empty()) {
        return table.complain("gaps", Message::entry_gaps_beside);
    }
    return condition;
}

// The two languages of `key`, both needed.
Result<> read_pair(Tree const& table, std::string_view key, std::string& en, std::string& zh) {
    Tree const* const pair = TRY(table.table(key));
    if (!pair) return table.complain(key, Message::entry_both_languages);
    en = TRY(pair->text("en"));
    zh = TRY(pair->text("zh"));
    return {};
}

Result<Clause> read_clause(Tree const& table) {
    TRY(table.only({"id", "chapter", "when", "beside", "unless", "then", "because", "advice", "source"}));
    Clause clause;
    clause.id = TRY(table.text("id"));
    clause.chapter = TRY(table.text("chapter", ""));
    Tree const* const when = TRY(table.table("when"));
    if (!when) return table.complain("when", Message::entry_missing);
    clause.when = TRY(read_condition(*when));
    for (Tree const& beside : TRY(table.tables("beside"))) {
        Condition condition = TRY(read_condition(beside));
        if (!condition.gaps.empty() || !clause.when.gaps.empty()) {
            return beside.complain("gaps", Message::entry_gaps_here);
        }
        clause.beside.push_back(std::move(condition));
    }
    for (Tree const& unless : TRY(table.tables("unless"))) clause.unless.push_back(TRY(read_condition(unless)));
    clause.then = TRY(outcome_named(table, "then"));
    TRY(read_pair(table, "because", clause.because_en, clause.because_zh));
    TRY(read_pair(table, "advice", clause.advice_en, clause.advice_zh));
    clause.source = TRY(table.text("source", ""));
    return clause;
}

Result<Chapter> read_chapter(Tree const& table) {
    TRY(table.only({"id", "title", "advice"}));
    Chapter chapter;
    chapter.id = TRY(table.text("id"));
    TRY(read_pair(table, "title", chapter.title_en, chapter.title_zh));
    for (Tree const& line : TRY(table.tables("advice"))) {
        chapter.advice.push_back({TRY(line.text("en")), TRY(line.text("zh"))});
    }
    return chapter;
}

bool any_fits(std::vector<std::string> const& patterns, std::string_view name) {
    return std::any_of(patterns.begin(), patterns.end(), [&](auto const& pattern) { return fits(pattern, name); });
}

bool has_fact(Finding const& finding, std::string_view wanted) {
    return std::any_of(finding.facts.begin(), finding.facts.end(), [&](Fact const& fact) {
        return wanted.size() == fact.key.size() + 1 + fact.value.size() && wanted.starts_with(fact.key) &&
               wanted[fact.key.size()] == '=' && wanted.ends_with(fact.value);
    });
}

bool meets(Condition const& condition, Finding const& finding) {
    if (!condition.gaps.empty() || finding.certainty < condition.at_least) return false;
    if (!condition.rules.empty() && !any_fits(condition.rules, finding.rule)) return false;
    if (!condition.sources.empty() && !any_fits(condition.sources, finding.place.source)) return false;
    if (condition.embedded && finding.place.steps.empty()) return false;
    auto labelled = [&](std::string const& label) {
        return std::find(finding.labels.begin(), finding.labels.end(), label) != finding.labels.end();
    };
    if (!condition.labels.empty() && !std::any_of(condition.labels.begin(), condition.labels.end(), labelled)) return false;
    return std::all_of(condition.facts.begin(), condition.facts.end(), [&](auto const& fact) { return has_fact(finding, fact); });
}

bool meets(Condition const& condition, Gap const& gap) {
    if (condition.gaps.empty()) return false;
    bool const cause = std::any_of(condition.gaps.begin(), condition.gaps.end(),
                                   [&](auto const& name) { return name == "any" || name == word(gap.cause); });
    if (!cause) return false;
    if (!condition.media.empty() && !any_fits(condition.media, gap.media)) return false;
    if (!condition.sources.empty() && !any_fits(condition.sources, gap.place.source)) return false;
    return !condition.embedded || !gap.place.steps.empty();
}

template <class Subject>
bool concerns(Clause const& clause, Subject const& subject) {
    return meets(clause.when, subject) &&
           std::none_of(clause.unless.begin(), clause.unless.end(), [&](auto const& unless) { return meets(unless, subject); });
}

// How many different secrets the listed findings are; one secret told twice counts once.
std::size_t different(std::vector<Finding> const& findings, std::vector<std::uint32_t> const& indices) {
    std::set<std::string_view> fingerprints;
    std::size_t without = 0;
    for (std::uint32_t index : indices) {
        if (findings[index].fingerprint.empty()) ++without;
        else fingerprints.insert(findings[index].fingerprint);
    }
    return fingerprints.size() + without;
}

// Whether each condition of `beside` is met by a finding that no permit answers.
bool stands_beside(Clause const& clause, Verdict const& verdict, std::vector<bool> const& quiet) {
    return std::all_of(clause.beside.begin(), clause.beside.end(), [&](Condition const& condition) {
        std::vector<std::uint32_t> met;
        for (std::uint32_t i = 0; i < verdict.findings.size(); ++i) {
            if (!quiet[i] && meets(condition, verdict.findings[i])) met.push_back(i);
        }
        return !met.empty() && different(verdict.findings, met) >= condition.count;
    });
}

}  // namespace

bool fits(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n]) && pattern[p] != '*') {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

Result<Directive> read_directive(std::string_view toml, std::string_view file) {
    Tree const root = TRY(parse_toml(toml, file));
    TRY(root.only({"id", "title", "chapter", "clause"}));
    Directive directive;
    directive.id = TRY(root.text("id"));
    TRY(read_pair(root, "title", directive.title_en, directive.title_zh));
    for (Tree const& table : TRY(root.tables("chapter"))) directive.chapters.push_back(TRY(read_chapter(table)));
    std::set<std::string> ids;
    for (Tree const& table : TRY(root.tables("clause"))) {
        Clause clause = TRY(read_clause(table));
        if (!ids.insert(clause.id).second) return table.complain("id", Message::entry_twice, {{"text", clause.id}});
        directive.clauses.push_back(std::move(clause));
    }
    if (directive.clauses.empty()) return root.complain("clause", Message::entry_clauses_none);
    directive.origin = {directive.id, std::string(file), 1};
    return directive;
}

void judge(Directive const& directive, Verdict& verdict, std::span<std::uint32_t const> permitted) {
    verdict.because.clear();
    verdict.outcome = Outcome::pass;
    // Nearly every file: no clause has anything to be about.
    if (verdict.findings.empty() && verdict.gaps.empty() && verdict.coverage.read >= verdict.coverage.bytes) return;
    std::vector<bool> quiet(verdict.findings.size()), answered(verdict.gaps.size());
    for (std::uint32_t index : permitted) quiet[index] = true;
    for (Clause const& clause : directive.clauses) {
        Fired fired{clause.id, clause.then, {}, {}};
        for (std::uint32_t i = 0; i < verdict.findings.size(); ++i) {
            if (!quiet[i] && concerns(clause, verdict.findings[i])) fired.findings.push_back(i);
        }
        for (std::uint32_t i = 0; i < verdict.gaps.size(); ++i) {
            if (concerns(clause, verdict.gaps[i])) fired.gaps.push_back(i);
        }
        std::size_t const count = fired.gaps.size() + different(verdict.findings, fired.findings);
        if (count < clause.when.count || !stands_beside(clause, verdict, quiet)) continue;
        for (std::uint32_t index : fired.gaps) answered[index] = true;
        verdict.because.push_back(std::move(fired));
    }
    Fired unanswered{"unanswered-gap", Outcome::hold, {}, {}};
    for (std::uint32_t i = 0; i < verdict.gaps.size(); ++i) {
        if (!answered[i]) unanswered.gaps.push_back(i);
    }
    bool const unread = verdict.gaps.empty() && verdict.coverage.read < verdict.coverage.bytes;
    if (!unanswered.gaps.empty() || unread) verdict.because.push_back(std::move(unanswered));
    // A pass stands for a file read whole: a clause that lets a gap pass is capped at warn.
    for (Fired& fired : verdict.because) {
        if (fired.outcome == Outcome::pass && !fired.gaps.empty()) fired.outcome = Outcome::warn;
    }
    std::stable_sort(verdict.because.begin(), verdict.because.end(),
                     [](Fired const& a, Fired const& b) { return a.outcome > b.outcome; });
    if (!verdict.because.empty()) verdict.outcome = verdict.because.front().outcome;
}

Directive const& standing_clauses() {
    static Directive const directive = [] {
        Clause clause;
        clause.id = "unanswered-gap";
        clause.when.gaps = {"any"};
        clause.because_en = "A part of it could not be read, so nobody can say what it gives away.";
        clause.because_zh = "有一部分读不了，没有人能说清里面会泄露什么。";
        clause.advice_en = "Open that part yourself, or send it in a form that can be read.";
        clause.advice_zh = "请自己打开这一部分看看，或换成能读的格式再发。";
        Directive standing;
        standing.id = "standing";
        standing.clauses = {clause};
        return standing;
    }();
    return directive;
}

}  // namespace keepmum
