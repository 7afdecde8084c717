// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/approach.h"

#include <algorithm>

#include "policy/directive.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_quote = 300;  // bytes

Place place_of(Approached const& told, std::uint32_t message) {
    Place place = told.place;
    place.span = told.conversation.messages[message].span;
    return place;
}

std::string quote(Approached const& told, Sighting const& sighting) {
    std::string const& text = told.conversation.messages[sighting.message].text;
    std::string_view const sentence = std::string_view(text).substr(sighting.sentence.begin, sighting.sentence.size());
    std::size_t end = std::min(sentence.size(), longest_quote);
    while (end < sentence.size() && end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xC0) == 0x80) --end;
    return std::string(sentence.substr(0, end)) + (end < sentence.size() ? "…" : "");
}

Finding finding_of(SignBook const& book, Approached const& told, Sighting const& sighting) {
    Sign const& sign = book.signs()[sighting.sign];
    ChatMessage const& message = told.conversation.messages[sighting.message];
    Finding finding;
    finding.rule = book.row(sighting.sign).rule.id;
    finding.certainty = sighting.strength >= 0.6 ? Certainty::certain : sighting.strength >= 0.4 ? Certainty::likely : Certainty::hint;
    finding.place = place_of(told, sighting.message);
    finding.labels = book.row(sighting.sign).rule.labels;
    finding.facts.push_back({"message", std::to_string(message.number)});
    if (sign.stage > 0) finding.facts.push_back({"stage", std::to_string(sign.stage)});
    if (!message.when.empty()) finding.facts.push_back({"when", message.when});
    finding.excerpt = quote(told, sighting);
    finding.position = "#" + std::to_string(message.number);
    if (!sighting.remark_en.empty()) finding.reasons = {sighting.remark_en};
    return finding;
}

// "approach.red": rests on the signs that carry it, and stands at the message that made it so.
void add_statement(SignBook const& book, Approached const& told, std::vector<Finding>& findings) {
    Ladder const& ladder = told.judged.ladder;
    if (ladder.light == Light::green) return;
    std::size_t const row = book.find(ladder.light == Light::red ? "red" : "amber");
    std::uint32_t const at = ladder.light == Light::red ? *ladder.reddened : *ladder.turned;
    Finding finding;
    finding.rule = ladder.light == Light::red ? "approach.red" : "approach.amber";
    finding.certainty = ladder.light == Light::red ? Certainty::certain : Certainty::likely;
    finding.place = place_of(told, at);
    finding.labels = row == std::string_view::npos ? std::vector<std::string>{"approach"} : book.row(row).rule.labels;
    finding.facts.push_back({"message", std::to_string(told.conversation.messages[at].number)});
    finding.facts.push_back({"stage", std::to_string(ladder.stage)});
    finding.facts.push_back({"turned", std::to_string(told.conversation.messages[*ladder.turned].number)});
    std::string signs;
    for (std::uint16_t sign : ladder.carrying) signs += (signs.empty() ? "" : " ") + book.signs()[sign].id;
    if (!signs.empty()) finding.facts.push_back({"rests-on", signs});
    finding.position = "#" + std::to_string(told.conversation.messages[at].number);
    findings.push_back(std::move(finding));
}

void add_given(Approached const& told, std::vector<Finding>& findings) {
    for (Given const& given : told.given.list) {
        Finding finding;
        finding.rule = given.rule;
        finding.certainty = Certainty::likely;
        finding.place = place_of(told, given.message);
        finding.labels = {"given"};
        finding.facts = {{"message", std::to_string(told.conversation.messages[given.message].number)}};
        finding.excerpt = given.excerpt;
        finding.position = "#" + std::to_string(told.conversation.messages[given.message].number);
        findings.push_back(std::move(finding));
    }
}

void sort_findings(std::vector<Finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(), [](Finding const& a, Finding const& b) {
        if (before(a.place, b.place)) return true;
        return !before(b.place, a.place) && a.rule < b.rule;
    });
}

}  // namespace

SourceReport report_of(Setup const& setup, SignBook const& book, ApproachReport const& report) {
    SourceReport said;
    Verdict& verdict = said.verdict;
    verdict.source = report.source;
    verdict.gaps = report.gaps;
    verdict.coverage = report.coverage;
    for (Approached const& told : report.told) {
        for (Sighting const& sighting : told.judged.ladder.sightings) verdict.findings.push_back(finding_of(book, told, sighting));
        add_statement(book, told, verdict.findings);
        add_given(told, verdict.findings);
        said.secrets.insert(said.secrets.end(), told.given.secrets.begin(), told.given.secrets.end());
    }
    sort_findings(verdict.findings);
    std::vector<std::uint32_t> given;
    for (std::uint32_t i = 0; i < verdict.findings.size(); ++i) {
        std::vector<std::string> const& labels = verdict.findings[i].labels;
        if (std::find(labels.begin(), labels.end(), "given") != labels.end()) given.push_back(i);
    }
    judge(setup.directive, verdict, given);
    return said;
}

}  // namespace keepmum
