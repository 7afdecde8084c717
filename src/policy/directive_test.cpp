// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/directive.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

constexpr std::string_view head = R"(
id = "test"
title = { en = "Test", zh = "测试" }
)";

std::string clause(std::string_view id, std::string_view when, std::string_view then, std::string_view more = "") {
    return "[[clause]]\nid = \"" + std::string(id) + "\"\nwhen = { " + std::string(when) + " }\nthen = \"" +
           std::string(then) + "\"\nbecause = { en = \"b\", zh = \"因\" }\nadvice = { en = \"a\", zh = \"做\" }\n" +
           std::string(more) + "\n";
}

Directive directive(std::string const& clauses) {
    Result<Directive> read = read_directive(std::string(head) + clauses, "test.toml");
    if (!read) ADD_FAILURE() << read.error().where << ": " << read.error().what;
    return *read;
}

Finding finding(std::string rule, Certainty certainty, std::string fingerprint) {
    Finding finding;
    finding.rule = std::move(rule);
    finding.certainty = certainty;
    finding.labels = {"identity"};
    finding.fingerprint = std::move(fingerprint);
    return finding;
}

Verdict verdict_with(std::vector<Finding> findings, std::vector<Gap> gaps = {}) {
    Verdict verdict;
    verdict.findings = std::move(findings);
    verdict.gaps = std::move(gaps);
    return verdict;
}

TEST(Directive, WorstClauseWinsWhateverTheOrder) {
    for (bool turned : {false, true}) {
        std::string const warn = clause("w", "labels = ['identity']", "warn");
        std::string const hold = clause("h", "rules = ['identity.*'], certainty = 'certain'", "hold");
        Verdict verdict = verdict_with({finding("identity.iban", Certainty::certain, "1")});
        judge(directive(turned ? hold + warn : warn + hold), verdict);
        EXPECT_EQ(verdict.outcome, Outcome::hold);
        EXPECT_EQ(verdict.because.front().clause, "h");
    }
}

TEST(Directive, AsksForWhatStandsBeside) {
    Directive const both = directive(clause("both", "rules = ['photo.object']", "hold", "[[clause.beside]]\nrules = ['photo.time', 'photo.place']"));
    Verdict alone = verdict_with({finding("photo.object", Certainty::likely, "1")});
    judge(both, alone);
    EXPECT_EQ(alone.outcome, Outcome::pass);
    Verdict with_time = verdict_with({finding("photo.object", Certainty::likely, "1"), finding("photo.time", Certainty::likely, "2")});
    judge(both, with_time);
    EXPECT_EQ(with_time.outcome, Outcome::hold);
    EXPECT_EQ(with_time.because.front().findings, std::vector<std::uint32_t>{0});
    std::uint32_t const permitted[] = {1};
    judge(both, with_time, permitted);
    EXPECT_EQ(with_time.outcome, Outcome::pass);
    Directive const twice = directive(clause("twice", "rules = ['photo.object']", "hold", "[[clause.beside]]\nrules = ['photo.t*']\ncount = 2"));
    judge(twice, with_time);
    EXPECT_EQ(with_time.outcome, Outcome::pass);
    EXPECT_FALSE(read_directive(std::string(head) + clause("gap", "rules = ['a.b']", "hold", "[[clause.beside]]\ngaps = ['any']"), "t.toml"));
    EXPECT_FALSE(read_directive(std::string(head) + clause("gap", "gaps = ['any']", "hold", "[[clause.beside]]\nrules = ['a.b']"), "t.toml"));
}

TEST(Directive, CountsDifferentSecrets) {
    Directive const two = directive(clause("two", "labels = ['identity'], count = 2", "hold"));
    Verdict same = verdict_with({finding("identity.a", Certainty::likely, "1"), finding("identity.a", Certainty::likely, "1")});
    judge(two, same);
    EXPECT_EQ(same.outcome, Outcome::pass);
    Verdict different = verdict_with({finding("identity.a", Certainty::likely, "1"), finding("identity.a", Certainty::likely, "2")});
    judge(two, different);
    EXPECT_EQ(different.outcome, Outcome::hold);
}

TEST(Directive, UnlessTakesOut) {
    Directive const some = directive(
        clause("id", "labels = ['identity']", "hold", "[[clause.unless]]\nrules = ['identity.mail-address']"));
    Verdict mail = verdict_with({finding("identity.mail-address", Certainty::certain, "1")});
    judge(some, mail);
    EXPECT_EQ(mail.outcome, Outcome::pass);
}

TEST(Directive, AGapThatNobodyAnswersHolds) {
    Verdict verdict = verdict_with({}, {Gap{}});
    judge(directive(clause("c", "labels = ['x']", "warn")), verdict);
    EXPECT_EQ(verdict.outcome, Outcome::hold);
    EXPECT_EQ(verdict.because.front().clause, "unanswered-gap");
}

TEST(Directive, UnreadBytesWithoutAGapHold) {
    Verdict verdict = verdict_with({});
    verdict.coverage = {10, 9};
    judge(directive(clause("c", "labels = ['x']", "warn")), verdict);
    EXPECT_EQ(verdict.outcome, Outcome::hold);
}

TEST(Directive, NoClauseMakesAGapPass) {
    Verdict verdict = verdict_with({}, {Gap{}});
    judge(directive(clause("all", "gaps = ['any']", "pass")), verdict);
    EXPECT_EQ(verdict.outcome, Outcome::warn);
}

TEST(Directive, MediaAndEmbeddedNarrowGaps) {
    Directive const pictures = directive(clause("p", "gaps = ['unsupported'], media = ['image/*'], embedded = true", "warn"));
    Gap gap;
    gap.cause = Cause::unsupported;
    gap.media = "image/png";
    Verdict alone = verdict_with({}, {gap});
    judge(pictures, alone);
    EXPECT_EQ(alone.outcome, Outcome::hold);
    gap.place.steps.push_back({How::member, "logo.png"});
    Verdict inside = verdict_with({}, {gap});
    judge(pictures, inside);
    EXPECT_EQ(inside.outcome, Outcome::warn);
}

TEST(Directive, MistakesAreNamed) {
    auto message = [](std::string const& clauses) {
        Result<Directive> const read = read_directive(std::string(head) + clauses, "d.toml");
        return read ? "" : read.error().where + " " + read.error().what;
    };
    EXPECT_NE(message(""), "");
    EXPECT_NE(message(clause("a", "labels = ['x'], gaps = ['any']", "hold")), "");
    EXPECT_NE(message(clause("a", "gaps = ['bored']", "hold")), "");
    EXPECT_NE(message(clause("a", "lables = ['x']", "hold")), "");
    EXPECT_NE(message(clause("a", "labels = ['x']", "block")), "");
    EXPECT_NE(message(clause("a", "labels = ['x']", "hold") + clause("a", "labels = ['y']", "hold")), "");
}

TEST(Glob, Fits) {
    EXPECT_TRUE(fits("identity.*", "identity.iban"));
    EXPECT_TRUE(fits("*a*b", "xxayyb"));
    EXPECT_FALSE(fits("image/*", "text/html"));
    EXPECT_TRUE(fits("?", "x"));
    EXPECT_FALSE(fits("a", "ab"));
}

}  // namespace
}  // namespace keepmum
