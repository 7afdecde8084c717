// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/verdict.h"

#include <algorithm>

#include "base/tree.h"
#include "host/check.h"
#include "io/file.h"
#include "policy/directive.h"

namespace keepmum {

namespace {

constexpr std::size_t most_proofs = 20;  // of one check
constexpr std::string_view carried_rule = "host.carried", family = "host.";
constexpr std::string_view gap_media = "application/x-keepmum-host-";

bool is_day(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

std::string rule_of(std::string_view check) { return std::string(family) + std::string(check); }

Place place_in(std::string const& source, std::string const& path) {
    Place place{source, {}, {}};
    return path.empty() ? place : place.with(How::member, path);
}

Finding finding_of(std::string const& source, Check const& check, Answered const& answered, Proof const& proof, Key const& key) {
    Finding finding;
    finding.rule = rule_of(check.id);
    finding.certainty = Certainty::certain;
    finding.facts = {{"says", answered.what_en}};
    finding.labels = {"host", std::string(label_of(check.weight))};
    finding.reasons = {answered.what_en};
    finding.place = place_in(source, proof.path);
    finding.role = Role::metadata;
    finding.excerpt = proof.line;
    finding.fingerprint = fingerprint(key, finding.rule, proof.path + "\n" + proof.line);
    return finding;
}

Gap gap_of(std::string const& source, Check const& check, Answered const& answered, Unseen const& unseen) {
    Gap gap;
    gap.place = place_in(source, unseen.path);
    gap.cause = unseen.why == Blank::denied ? Cause::unreadable : unseen.why == Blank::damaged ? Cause::malformed : Cause::unsupported;
    gap.stage = unseen.why == Blank::damaged ? Stage::extract : Stage::open;
    gap.media = std::string(gap_media) + std::string(label_of(check.weight));
    gap.detail = answered.what_en;
    gap.rule = rule_of(check.id);
    return gap;
}

bool is_on(Exemption const& exemption, HostAnswer const& answer) {
    return exemption.host.empty() || exemption.host == answer.host;
}

bool is_about_computers(Clause const& clause) {
    auto const named = [](std::string const& name) { return name.starts_with(family); };
    auto const media = [](std::string const& name) { return name.starts_with(gap_media); };
    return std::any_of(clause.when.rules.begin(), clause.when.rules.end(), named) ||
           std::any_of(clause.when.media.begin(), clause.when.media.end(), media);
}

Fitness fitness_of(HostVerdict const& made) {
    if (made.verdict.outcome == Outcome::pass) return Fitness::fit;
    if (made.verdict.outcome == Outcome::warn) return Fitness::mend;
    // What holds: a finding, or only that something could not be seen?
    for (Fired const& fired : made.verdict.because) {
        if (fired.outcome == Outcome::hold && !fired.findings.empty()) return Fitness::unfit;
    }
    return Fitness::unsure;
}

// Sorts the exemptions by what became of them; indices of the findings that they answer.
std::vector<std::uint32_t> apply(std::span<Exemption const> exemptions, std::string_view today, HostVerdict& made) {
    std::vector<std::uint32_t> answered;
    for (Exemption const& exemption : exemptions) {
        if (!is_on(exemption, made.answer)) continue;
        std::vector<std::uint32_t> about;
        for (std::uint32_t i = 0; i < made.verdict.findings.size(); ++i) {
            if (made.verdict.findings[i].rule == rule_of(exemption.check)) about.push_back(i);
        }
        if (about.empty()) made.stale.push_back(exemption);
        else if (exemption.until < today) made.expired.push_back(exemption);
        else {
            made.applied.push_back(exemption);
            answered.insert(answered.end(), about.begin(), about.end());
        }
    }
    std::sort(answered.begin(), answered.end());
    answered.erase(std::unique(answered.begin(), answered.end()), answered.end());
    return answered;
}

}  // namespace

Check const* find_check(std::string_view id) {
    for (Check const& check : host_checks()) {
        if (check.id == id) return &check;
    }
    return nullptr;
}

std::string_view label_of(Weight weight) {
    return weight == Weight::stop ? "stop" : weight == Weight::fix ? "fix" : "note";
}

Result<std::vector<Exemption>> read_exemptions(std::string_view toml, std::string_view file) {
    Tree const tree = TRY(parse_toml(toml, file));
    TRY(tree.only({"exemption"}));
    std::vector<Exemption> list;
    for (Tree const& one : TRY(tree.tables("exemption"))) {
        TRY(one.only({"check", "owner", "reason", "until", "host"}));
        Exemption exemption{TRY(one.text("check")), TRY(one.text("owner")), TRY(one.text("reason")), TRY(one.text("until")),
                            TRY(one.text("host", ""))};
        if (exemption.check.starts_with(family)) exemption.check.erase(0, family.size());
        if (!find_check(exemption.check)) return one.complain("check", "names no check: " + exemption.check);
        if (exemption.owner.empty()) return one.complain("owner", "is empty: somebody has to answer for it");
        if (exemption.reason.empty()) return one.complain("reason", "is empty");
        if (!is_day(exemption.until)) return one.complain("until", "is no day (YYYY-MM-DD)");
        list.push_back(std::move(exemption));
    }
    return list;
}

Result<std::vector<Exemption>> load_exemptions(Folders const& folders, std::string const& chosen) {
    if (!chosen.empty()) return read_exemptions(TRY(read_file(chosen)), chosen);
    std::vector<Exemption> all;
    for (std::string const& folder : {folders.config, folders.machine}) {
        std::string const file = folder + "/exemptions.toml";
        if (folder.empty() || !exists(file)) continue;
        for (Exemption& one : TRY(read_exemptions(TRY(read_file(file)), file))) all.push_back(std::move(one));
    }
    return all;
}

HostVerdict judge_answer(HostAnswer answer, std::vector<CarriedFile> carried, Directive const& directive,
                         std::span<Exemption const> exemptions, std::string source, std::string_view today, Key const& key) {
    HostVerdict made;
    made.answer = std::move(answer);
    made.carried = std::move(carried);
    Verdict& verdict = made.verdict;
    verdict.source = std::move(source);
    verdict.coverage = {made.answer.bytes, made.answer.bytes};
    for (HostAnswer::One const& one : made.answer.answers) {
        Check const* const check = find_check(one.check);
        if (!check) continue;
        if (one.answered.answer == Answer::fail) {
            std::vector<Proof> proofs = one.answered.proofs;
            if (proofs.empty()) proofs.emplace_back();
            proofs.resize(std::min(proofs.size(), most_proofs));
            for (Proof const& proof : proofs) verdict.findings.push_back(finding_of(verdict.source, *check, one.answered, proof, key));
        } else if (one.answered.answer == Answer::unknown) {
            std::vector<Unseen> missing = one.answered.missing;
            if (missing.empty()) missing.emplace_back();
            missing.resize(std::min(missing.size(), most_proofs));
            for (Unseen const& unseen : missing) verdict.gaps.push_back(gap_of(verdict.source, *check, one.answered, unseen));
        }
    }
    for (CarriedFile const& file : made.carried) {
        Finding finding;
        finding.rule = carried_rule;
        finding.certainty = Certainty::certain;
        finding.facts = {{"account", file.account}, {"program", file.program}, {"rule", file.rule}};
        finding.labels = {"host", "stop"};
        finding.place = place_in(verdict.source, file.path);
        finding.role = Role::metadata;
        finding.fingerprint = fingerprint(key, carried_rule, file.path + "\n" + file.program);
        verdict.findings.push_back(std::move(finding));
    }
    judge(directive, verdict, apply(exemptions, today, made));
    made.fitness = fitness_of(made);
    return made;
}

std::vector<Rule> host_rules() {
    std::vector<Rule> rules;
    for (Check const& check : host_checks()) {
        Rule rule;
        rule.id = rule_of(check.id);
        rule.title_en = check.question.en;
        rule.title_zh = check.question.zh;
        rule.why_en = check.why.en;
        rule.why_zh = check.why.zh;
        rule.defined_by = check.source;
        rule.labels = {"host", std::string(label_of(check.weight))};
        rule.certainty = Certainty::certain;
        rule.showable = true;
        rule.origin = {"keepmum", "", 0};
        rules.push_back(std::move(rule));
    }
    Rule carried;
    carried.id = carried_rule;
    carried.title_en = "Protected file in a folder that a program carries away";
    carried.title_zh = "受保护的文件放在会自动外传的文件夹里";
    carried.why_en = "What lies in such a folder leaves the computer by itself, or has left it already.";
    carried.why_zh = "放在这种文件夹里的文件会自动传出去，也可能已经传出去了。";
    carried.defined_by = "the folders that programs of packs/host/programs.toml name, and the directive's answer on each file";
    carried.labels = {"host", "stop"};
    carried.certainty = Certainty::certain;
    carried.origin = {"keepmum", "", 0};
    rules.push_back(std::move(carried));
    return rules;
}

void complete_directive(Directive& directive, Directive const& shipped) {
    if (std::any_of(directive.clauses.begin(), directive.clauses.end(), is_about_computers)) return;
    for (Clause const& clause : shipped.clauses) {
        if (is_about_computers(clause)) directive.clauses.push_back(clause);
    }
}

}  // namespace keepmum
