// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/tell_link.h"

#include <algorithm>

#include "base/message.h"
#include "base/utf8.h"
#include "base/width.h"
#include "report/words.h"

namespace keepmum {

namespace {

struct SignText {
    std::string_view id;
    Bilingual title, why;
    std::string_view source;
};

constexpr SignText signs[] = {
    {"l1",
     {"A name that passes for another", "仿冒的名字"},
     {"People read what a name looks like; the computer goes where its letters lead.",
      "人看的是样子，电脑认的是字母。"},
     "Unicode UTS 39 and UTS 46; NPSA Think Before You Link"},
    {"l2",
     {"A link that does not say where it leads", "看不出通向哪里的链接"},
     {"Whoever hides where a link leads has a reason.", "把去向藏起来的人，总有他的理由。"},
     "WHATWG URL Standard"},
    {"l3",
     {"A sign-in is wanted before anything can be seen", "要先登录才能看"},
     {"A sign-in page in the way of a document is how passwords are collected.",
      "拿文件作诱饵的登录页，是骗密码的常用办法。"},
     "Certfa and Reuters on false journalists, 2020"},
    {"l4",
     {"A code that lets somebody in", "放人进来的二维码"},
     {"Scanning it opens an account, a device or the air around you to somebody.",
      "扫一下，账号、设备或网络就向别人敞开了。"},
     "ZXing notation for Wi-Fi; how messengers link devices"},
    {"l5",
     {"A sender who is not who they say", "发件人的身份对不上"},
     {"A first mail from a free address that speaks for an organisation can be from anybody.",
      "第一次来信、用免费邮箱却自称某单位，可能是任何人。"},
     "RFC 7489 (DMARC), RFC 8601"},
    {"l6",
     {"A file that runs, or hides what it is", "会运行或看不透的文件"},
     {"Such files are how a computer is taken over.", "电脑就是这样被人控制的。"},
     "NCSC guidance on malicious attachments"},
    {"l7",
     {"Help from afar, or an app to be installed", "远程协助或安装应用"},
     {"Whoever sees your screen sees all that you see.", "能看到您屏幕的人，就看到您看到的一切。"},
     "NPSA Think Before You Link"},
};

void add_bullet(std::string& out, std::string_view text, std::size_t columns) {
    bool first = true;
    for (std::string const& line : wrap(text, columns - 4)) {
        out += first ? "  • " : "    ";
        out += line + "\n";
        first = false;
    }
}

void add_lines(std::string& out, std::string_view text, std::size_t columns) {
    for (std::string const& line : wrap(text, columns - 2)) out += "  " + line + "\n";
}

Message answer_of(JudgedLink const& link) {
    bool const code = link.thing == LinkThing::code;
    switch (link.judgement.outcome) {
        case Outcome::hold:
            return code ? Message::link_code_red : Message::link_red;
        case Outcome::warn:
            return code ? Message::link_code_amber : Message::link_amber;
        case Outcome::pass:
            break;
    }
    return code ? Message::link_code_green : Message::link_green;
}

Certainty certainty_of(LinkReason reason) {
    switch (reason) {
        case LinkReason::one_slip:
        case LinkReason::hyphens:
        case LinkReason::added_word:
        case LinkReason::target_differs:
            return Certainty::likely;
        case LinkReason::other_ending:
        case LinkReason::uses_name:
            return Certainty::hint;
        default:
            return Certainty::certain;
    }
}

Rule made_rule(SignText const& sign) {
    Rule rule;
    rule.id = "approach." + std::string(sign.id);
    rule.title_en = sign.title.en;
    rule.title_zh = sign.title.zh;
    rule.why_en = sign.why.en;
    rule.why_zh = sign.why.zh;
    rule.defined_by = sign.source;
    rule.labels = {"approach"};
    rule.certainty = Certainty::certain;
    rule.showable = true;
    rule.origin.pack = "keepmum";
    return rule;
}

Clause made_clause(std::string id, Outcome outcome, Message because, Message advice) {
    Clause clause;
    clause.id = std::move(id);
    clause.when.rules = {"approach.*"};
    clause.then = outcome;
    clause.because_en = text_of(because).en;
    clause.because_zh = text_of(because).zh;
    clause.advice_en = text_of(advice).en;
    clause.advice_zh = text_of(advice).zh;
    clause.source = "keepmum";
    return clause;
}

}  // namespace

std::string tell_links(Language language, std::span<JudgedLink const> links, std::size_t columns) {
    std::string out;
    Outcome worst = Outcome::pass;
    bool codes = false;
    for (JudgedLink const& link : links) {
        std::string heading = link.judgement.shown;
        if (link.thing == LinkThing::code) heading = show_name(link.source) + " › " + heading;
        for (std::string const& line : wrap(heading, columns)) out += line + "\n";
        add_lines(out, say(language, answer_of(link)), columns);
        for (LinkNote const& note : link.judgement.notes) add_bullet(out, tell(language, note), columns);
        out += "\n";
        worst = std::max(worst, link.judgement.outcome);
        codes = codes || link.thing == LinkThing::code;
    }
    Message const advice = worst == Outcome::pass ? Message::link_advice_green
                           : codes                ? Message::link_advice_code
                                                  : Message::link_advice;
    for (std::string const& line : wrap(say(language, advice), columns)) out += line + "\n";
    return out;
}

std::vector<Finding> findings_of(JudgedLink const& link, Key const& key) {
    std::vector<Finding> findings;
    for (LinkNote const& note : link.judgement.notes) {
        LinkWords const& words = words_of(note.reason);
        if (words.sign.empty()) continue;
        Finding finding;
        finding.rule = "approach." + std::string(words.sign);
        finding.certainty = certainty_of(note.reason);
        finding.labels = {"approach", words.outcome == Outcome::hold   ? "red"
                                      : words.outcome == Outcome::warn ? "amber"
                                                                       : "note"};
        finding.facts.push_back({"how", std::string(words.id)});
        if (!link.judgement.host.empty()) finding.facts.push_back({"host", link.judgement.host});
        if (!note.what.empty()) finding.facts.push_back({"what", note.what});
        std::sort(finding.facts.begin(), finding.facts.end(),
                  [](Fact const& left, Fact const& right) { return left.key < right.key; });
        finding.reasons = {tell(Language::en, note)};
        finding.place = link.place;
        finding.role = Role::link;
        finding.excerpt = link.judgement.shown;
        finding.fingerprint = fingerprint(key, finding.rule, link.judgement.shown);
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Rule> const& link_rules() {
    static std::vector<Rule> const rules = [] {
        std::vector<Rule> all;
        for (SignText const& sign : signs) all.push_back(made_rule(sign));
        return all;
    }();
    return rules;
}

Directive const& link_directive() {
    static Directive const directive = [] {
        Directive made;
        made.id = "approach";
        made.clauses.push_back(
            made_clause("link-red", Outcome::hold, Message::link_because_red, Message::link_advice));
        made.clauses.push_back(
            made_clause("link-amber", Outcome::warn, Message::link_because_amber, Message::link_advice));
        made.clauses.push_back(
            made_clause("link-unread", Outcome::hold, Message::link_because_unread, Message::link_advice_unread));
        return made;
    }();
    return directive;
}

SourceReport report_of(std::span<JudgedLink const> links, std::vector<Gap> gaps, Coverage coverage, Key const& key) {
    SourceReport report;
    Verdict& verdict = report.verdict;
    verdict.coverage = coverage;
    verdict.gaps = std::move(gaps);
    Fired red{"link-red", Outcome::hold, {}, {}}, amber{"link-amber", Outcome::warn, {}, {}},
        unread{"link-unread", Outcome::hold, {}, {}};
    for (JudgedLink const& link : links) {
        verdict.source = link.source;
        verdict.outcome = std::max(verdict.outcome, link.judgement.outcome);
        for (Finding& finding : findings_of(link, key)) {
            auto const number = static_cast<std::uint32_t>(verdict.findings.size());
            if (finding.labels[1] == "red") red.findings.push_back(number);
            if (finding.labels[1] == "amber") amber.findings.push_back(number);
            verdict.findings.push_back(std::move(finding));
        }
    }
    for (std::uint32_t number = 0; number < verdict.gaps.size(); ++number) {
        unread.gaps.push_back(number);
        verdict.outcome = Outcome::hold;
    }
    for (Fired* fired : {&red, &unread, &amber}) {
        if (!fired->findings.empty() || !fired->gaps.empty()) verdict.because.push_back(std::move(*fired));
    }
    return report;
}

}  // namespace keepmum
