// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/permits.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "io/file.h"
#include "policy/directive.h"

namespace keepmum {
namespace {

std::string fresh_folder() {
    char name[] = "/tmp/keepmum-permits-XXXXXX";
    return mkdtemp(name);
}

Permit permit(std::string id, std::string content) {
    Permit permit;
    permit.id = std::move(id);
    permit.content = std::move(content);
    permit.reason = "agreed";
    permit.sealed = "c2VhbGVk";
    permit.made = "2026-01-01";
    permit.until = "2026-12-31";
    return permit;
}

Directive holding() {
    return *read_directive(R"(
id = "t"
title = { en = "t", zh = "t" }
[[clause]]
id = "all"
when = { rules = ["identity.*"] }
then = "hold"
because = { en = "b", zh = "b" }
advice = { en = "a", zh = "a" }
)", "t.toml");
}

Verdict held(std::vector<std::string> fingerprints) {
    Verdict verdict;
    for (std::string const& fingerprint : fingerprints) {
        Finding finding;
        finding.rule = "identity.iban";
        finding.fingerprint = fingerprint;
        verdict.findings.push_back(finding);
    }
    judge(holding(), verdict);
    return verdict;
}

TEST(Permits, SurviveWritingAndReading) {
    std::string const folder = fresh_folder();
    Permits permits = Permits::load(folder).value();
    EXPECT_TRUE(permits.empty());
    Permit first = permit("P-1", "aa");
    first.uses = 3;
    first.addressee = "客户";
    ASSERT_TRUE(permits.add(first));
    ASSERT_TRUE(permits.count_uses({{"P-1", 2}}));
    Permits const again = Permits::load(folder).value();
    ASSERT_EQ(again.all().size(), 1u);
    EXPECT_EQ(again.all()[0].used, 2u);
    EXPECT_EQ(again.all()[0].addressee, "客户");
}

TEST(Permits, ADamagedFileIsAnErrorAndNotNoPermits) {
    std::string const folder = fresh_folder();
    ASSERT_TRUE(write_file(folder + "/permits.json", "{\"permits\": [{"));
    EXPECT_FALSE(Permits::load(folder));
}

TEST(Permits, WholeContentTurnsHoldIntoWarn) {
    Verdict verdict = held({"1"});
    std::vector<Permit> const permits{permit("P-1", "aa")};
    apply_permits(permits, "aa", "2026-06-01", holding(), verdict);
    EXPECT_EQ(verdict.outcome, Outcome::warn);
    EXPECT_EQ(verdict.permits, std::vector<std::string>{"P-1"});
}

TEST(Permits, ChangedContentExpiredRevokedAndOverusedHold) {
    auto outcome = [](Permit const& given, std::string_view binding, std::string_view day) {
        Verdict verdict = held({"1"});
        std::vector<Permit> const permits{given};
        apply_permits(permits, binding, day, holding(), verdict);
        return verdict.outcome;
    };
    EXPECT_EQ(outcome(permit("P", "aa"), "bb", "2026-06-01"), Outcome::hold);
    EXPECT_EQ(outcome(permit("P", "aa"), "aa", "2027-01-01"), Outcome::hold);
    Permit revoked = permit("P", "aa");
    revoked.revoked = true;
    EXPECT_EQ(outcome(revoked, "aa", "2026-06-01"), Outcome::hold);
    Permit spent = permit("P", "aa");
    spent.uses = spent.used = 1;
    EXPECT_EQ(outcome(spent, "aa", "2026-06-01"), Outcome::hold);
}

TEST(Permits, ARulesPermitAnswersOnlyTheSecretsItNames) {
    Permit one = permit("P-1", "");
    one.rule = "identity.iban";
    one.fingerprints = {"1"};
    std::vector<Permit> const permits{one};
    Verdict same = held({"1"});
    apply_permits(permits, "", "2026-06-01", holding(), same);
    EXPECT_EQ(same.outcome, Outcome::warn);
    Verdict another = held({"1", "2"});
    apply_permits(permits, "", "2026-06-01", holding(), another);
    EXPECT_EQ(another.outcome, Outcome::hold);
}

TEST(Permits, OfficersAreMadeOnceAndTheirKeysOpen) {
    std::string const folder = fresh_folder();
    Officers const first = officers(folder).value();
    EXPECT_TRUE(first.fresh);
    Officers const second = officers(folder).value();
    EXPECT_FALSE(second.fresh);
    EXPECT_EQ(first.first, second.first);
    EXPECT_TRUE(exists(folder + "/officer-1.key"));
}

}  // namespace
}  // namespace keepmum
