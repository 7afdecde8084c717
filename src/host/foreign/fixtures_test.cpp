// Made-up computers of other systems (tests/host/fixtures), each with what the checks must answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/utf8.h"
#include "host/check.h"
#include "host/programs/programs.h"
#include "host/read.h"
#include "host/snapshot_text.h"

namespace keepmum {
namespace {

std::string_view word_of(Answer answer) {
    constexpr std::string_view words[] = {"pass", "fail", "not-applicable", "unknown"};
    return words[static_cast<std::size_t>(answer)];
}

std::string said(Answered const& answered) {
    std::string text = answered.what_en + "\n" + answered.what_zh;
    for (Proof const& proof : answered.proofs) text += "\n  proof " + proof.path + ": " + proof.line;
    constexpr std::string_view why[] = {"denied", "damaged", "uncollected"};
    for (Unseen const& unseen : answered.missing)
        text += "\n  missing " + unseen.path + " " + std::string(why[static_cast<std::size_t>(unseen.why)]);
    return text;
}

void judge(SnapshotText const& text, Programs const& programs, std::string const& name) {
    Machine const machine = read_machine(text.snapshot, programs);
    EXPECT_FALSE(text.expected.empty()) << name;
    auto const checks = host_checks();
    for (Check const& check : checks) {
        Answered const answered = check.ask(machine);
        EXPECT_EQ(answered.answer == Answer::unknown, !answered.missing.empty()) << name << " " << check.id << "\n" << said(answered);
        EXPECT_TRUE(is_utf8(said(answered))) << name << " " << check.id;
    }
    for (ExpectedAnswer const& expected : text.expected) {
        auto const check = std::find_if(checks.begin(), checks.end(), [&](Check const& one) { return one.id == expected.check; });
        ASSERT_NE(check, checks.end()) << name << ":" << expected.line;
        Answered const answered = check->ask(machine);
        EXPECT_EQ(word_of(answered.answer), expected.answer)
            << name << ":" << expected.line << " " << expected.check << "\n"
            << said(answered);
        EXPECT_NE(said(answered).find(expected.words), std::string::npos)
            << name << ":" << expected.line << " wants " << expected.words << "\n"
            << said(answered);
    }
}

class ForeignFixtures : public testing::TestWithParam<char const*> {};

TEST_P(ForeignFixtures, AnswerAsExpected) {
    Result<Programs> const programs = Programs::load(KEEPMUM_SOURCE);
    ASSERT_TRUE(programs);
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::directory_iterator(
             std::string(KEEPMUM_SOURCE "/tests/host/fixtures/") + GetParam()))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::size_t expected = 0;
    for (std::filesystem::path const& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::string const bytes{std::istreambuf_iterator<char>(file), {}};
        Result<SnapshotText> const text = read_snapshot_text(bytes, path.filename().string());
        ASSERT_TRUE(text) << (text ? "" : text.error().what + " " + text.error().where);
        expected += text->expected.size();
        judge(*text, *programs, path.filename().string());
    }
    std::printf("%s: %zu computers, %zu expected answers\n", GetParam(), paths.size(), expected);
}

INSTANTIATE_TEST_SUITE_P(Each, ForeignFixtures, testing::Values("windows", "apple", "android", "osquery"));

}  // namespace
}  // namespace keepmum
