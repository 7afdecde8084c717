// A made-up run for the tests of the writers: a small office's folder with something of everything.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "report/writer.h"

namespace keepmum::sample {

inline constexpr char resident_id[] = "35010219900101002X";
inline constexpr char password[] = "Tr0ub4dor&3-horse";

inline Rule make_rule(std::string id, std::string title_en, std::string title_zh, std::string why_en, std::string why_zh) {
    Rule rule;
    rule.id = std::move(id);
    rule.title_en = std::move(title_en);
    rule.title_zh = std::move(title_zh);
    rule.why_en = std::move(why_en);
    rule.why_zh = std::move(why_zh);
    rule.labels = {"personal"};
    return rule;
}

inline std::vector<Rule> rules() {
    return {make_rule("identity.cn-resident-id", "Chinese resident identity number", "居民身份证号码",
                      "Whoever has it can pose as this person at banks, hotels and offices.",
                      "拿到它的人可以冒充本人去银行、酒店和各种窗口办事。"),
            make_rule("secret.password", "Password", "口令", "Whoever reads it can log in as its owner.",
                      "看到它的人就能用主人的账号登录。"),
            make_rule("marking.cn", "Classification marking of a Chinese state secret", "国家秘密标志",
                      "The paper says itself that it must not leave.", "文件自己写明了不得外传。"),
            make_rule("link.internal", "Address of an internal computer", "内部计算机地址",
                      "It shows outsiders how the network is laid out.", "会让外人知道内部网络的样子。")};
}

inline Directive directive() {
    Directive directive;
    directive.id = "daily-life";
    directive.title_en = "Everyday rules";
    directive.title_zh = "日常保密规定";
    auto const add = [&](std::string id, Outcome then, std::string en, std::string zh, std::string do_en, std::string do_zh) {
        Clause clause;
        clause.id = std::move(id);
        clause.then = then;
        clause.because_en = std::move(en);
        clause.because_zh = std::move(zh);
        clause.advice_en = std::move(do_en);
        clause.advice_zh = std::move(do_zh);
        directive.clauses.push_back(std::move(clause));
    };
    add("personal.numbers", Outcome::hold, "Personal numbers stay in the house", "个人证件号码不得外传",
        "Delete the number, or keep its last four digits only.", "把号码删掉，或者只保留后四位。");
    add("secrets.credentials", Outcome::hold, "Passwords are never sent", "口令不得外发",
        "Take the password out and change it: it must be taken as known.", "删去口令，并立即改掉：应当视为已经泄露。");
    add("documents.markings", Outcome::hold, "Marked papers leave only through the registry", "带密级的文件只能经保密室发出",
        "Do not send it. Bring it to the registry.", "不要发，交保密室处理。");
    directive.clauses.back().source = "GB/T 9704";
    add("gaps.unread", Outcome::hold, "What nobody could look into does not leave", "没能查看的内容不得发出", "", "");
    add("links.internal", Outcome::warn, "Internal addresses are better left out", "内部地址最好不要外传", "Remove the address.",
        "把地址去掉。");
    return directive;
}

inline Finding make_finding(Place place, std::string rule, Certainty certainty, std::string excerpt, std::string position,
                            Role role = Role::shown) {
    Finding finding;
    finding.place = std::move(place);
    finding.rule = std::move(rule);
    finding.certainty = certainty;
    finding.excerpt = std::move(excerpt);
    finding.position = std::move(position);
    finding.role = role;
    finding.labels = {"personal"};
    finding.fingerprint = "00112233445566778899aabbccddeeff";
    return finding;
}

inline Place place(std::string source, std::vector<Step> steps, std::uint64_t at, std::uint64_t size) {
    return {std::move(source), std::move(steps), Span{at, at + size}};
}

inline Evidence page_of_text(std::vector<Highlight>& highlights) {
    std::string text;
    std::vector<Mark> marks;
    std::string const words[] = {"The", "candidate", "was", "registered", "at", "our", "office", "in", "Fuzhou", "under", "number"};
    int left = 7200, top = 9000;
    auto const put = [&](std::string const& word) {
        int const width = static_cast<int>(word.size()) * 560;
        if (left + width > 52000) left = 7200, top += 1700;
        marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::box, left, top, width, 1100});
        left += width + 300;
        text += word + " ";
    };
    for (int i = 0; i < 230; ++i) put(words[static_cast<std::size_t>(i) % std::size(words)]);
    highlights.push_back({{text.size(), text.size() + 18}, 0});
    put(resident_id);
    for (int i = 0; i < 120; ++i) put(words[static_cast<std::size_t>(i * 7) % std::size(words)]);
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.place = {"offers/letter.pdf", {{How::page, "2"}}, std::nullopt};
    evidence.content = Blob::take(std::move(text));
    evidence.marks = std::move(marks);
    return evidence;
}

inline SourceReport letter() {
    SourceReport report;
    Verdict& verdict = report.verdict;
    verdict.source = "offers/letter.pdf";
    verdict.outcome = Outcome::hold;
    verdict.findings = {make_finding(place("offers/letter.pdf", {{How::page, "2"}}, 1200, 18), "identity.cn-resident-id",
                                     Certainty::certain, "3501••••••••••002X", "21:30")};
    verdict.findings[0].facts = {{"province", "Fujian"}};
    verdict.findings[0].reasons = {"check digit agrees", "date is real"};
    verdict.because = {{"personal.numbers", Outcome::hold, {0}, {}}};
    verdict.coverage = {88'211, 88'211};
    std::vector<Highlight> highlights;
    Evidence const page = page_of_text(highlights);
    report.exhibits = make_exhibits(page, highlights);
    report.secrets = {resident_id};
    return report;
}

inline SourceReport archive() {
    SourceReport report;
    Verdict& verdict = report.verdict;
    verdict.source = "a.zip";
    verdict.outcome = Outcome::hold;
    verdict.findings = {
        make_finding(place("a.zip", {{How::member, "b.docx"}, {How::member, "comments"}}, 12, 18), "identity.cn-resident-id",
                     Certainty::certain, "3501••••••••••002X", "§14", Role::comment),
        make_finding(place("a.zip", {{How::member, "staff.xlsx"}, {How::sheet, "Staff"}}, 40, 17), "secret.password",
                     Certainty::likely, "Tr0u•••••••••orse", "B7", Role::hidden)};
    verdict.gaps = {{{"a.zip", {{How::member, "plan.7z"}}, std::nullopt}, Cause::encrypted, Stage::extract, 5120,
                     "application/x-7z-compressed", "headers are encrypted"}};
    verdict.because = {{"personal.numbers", Outcome::hold, {0}, {}},
                       {"secrets.credentials", Outcome::hold, {1}, {}},
                       {"gaps.unread", Outcome::hold, {}, {0}}};
    verdict.coverage = {9321, 4201};
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = Role::comment;
    evidence.place = {"a.zip", {{How::member, "b.docx"}, {How::member, "comments"}}, std::nullopt};
    std::string const text = "李工：这个人的号码是 " + std::string(resident_id) + "，请核对后删除。";
    std::size_t const at = text.find(resident_id);
    evidence.content = Blob::copy(text);
    Highlight const highlight{{at, at + 18}, 0};
    report.exhibits = make_exhibits(evidence, {&highlight, 1});
    report.secrets = {resident_id, password};
    return report;
}

inline SourceReport warned() {
    SourceReport report;
    report.verdict.source = "notes/网络说明.txt";
    report.verdict.outcome = Outcome::warn;
    report.verdict.findings = {make_finding(place("notes/网络说明.txt", {}, 7, 11), "link.internal", Certainty::hint, "10.••••••12", "1:8")};
    report.verdict.because = {{"links.internal", Outcome::warn, {0}, {}}};
    report.verdict.coverage = {220, 220};
    return report;
}

inline SourceReport clean(std::string source, std::uint64_t bytes) {
    SourceReport report;
    report.verdict.source = std::move(source);
    report.verdict.coverage = {bytes, bytes};
    return report;
}

inline std::vector<SourceReport> office() {
    std::vector<SourceReport> list;
    list.push_back(archive());
    for (int i = 1; i <= 8; ++i) list.push_back(clean("minutes/2026-0" + std::to_string(i) + ".docx", 12'000));
    list.push_back(warned());
    list.push_back(letter());
    return list;
}

// What the writer of `format` makes of `reports`.
inline std::string write(Format format, std::vector<SourceReport> reports, WriterOptions options = {}, bool partial = false) {
    std::vector<Rule> const rules = sample::rules();
    Directive const directive = sample::directive();
    Glossary glossary;
    for (Rule const& rule : rules) glossary.add(rule);
    glossary.add(directive);
    options.glossary = &glossary;
    std::string out;
    auto writer = make_writer(format, string_sink(out), options);
    writer->begin({"0.1.0", directive.id, directive.title_en, directive.title_zh, ""});
    Summary summary;
    summary.setup = "sha256:4f2a9c11d0e87b35";
    summary.partial = partial;
    for (SourceReport& report : reports) {
        ++summary.sources;
        summary.bytes += report.verdict.coverage.bytes;
        summary.read += report.verdict.coverage.read;
        summary.findings += report.verdict.findings.size();
        summary.gaps += report.verdict.gaps.size();
        summary.outcome = std::max(summary.outcome, report.verdict.outcome);
        writer->source(std::move(report));
    }
    writer->end(summary);
    if (auto done = writer->finish(); !done) out = "failed: " + done.error().what;
    return out;
}

}  // namespace keepmum::sample
