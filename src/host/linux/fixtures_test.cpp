// Made-up Linux computers (tests/host/fixtures/linux), each with what the checks must answer.
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
    for (Unseen const& unseen : answered.missing) text += "\n  missing " + unseen.path + " " + std::string(why[static_cast<std::size_t>(unseen.why)]);
    return text;
}

// What holds of every answer, whatever the computer.
void expect_whole(Check const& check, Answered const& answered, std::string const& name) {
    EXPECT_FALSE(answered.what_en.empty() || answered.what_zh.empty()) << name << " " << check.id;
    EXPECT_TRUE(is_utf8(answered.what_en) && is_utf8(answered.what_zh)) << name << " " << check.id;
    EXPECT_EQ(answered.answer == Answer::unknown, !answered.missing.empty()) << name << " " << check.id << "\n" << said(answered);
    for (Proof const& proof : answered.proofs) EXPECT_TRUE(is_utf8(proof.line) && proof.line.size() <= 200) << name << " " << check.id;
}

std::vector<std::filesystem::path> fixtures() {
    std::vector<std::filesystem::path> all;
    for (auto const& entry : std::filesystem::directory_iterator(KEEPMUM_SOURCE "/tests/host/fixtures/linux")) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

std::string bytes_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(LinuxFixtures, AnswerAsExpected) {
    Result<Programs> const programs = Programs::load(KEEPMUM_SOURCE);
    ASSERT_TRUE(programs);
    std::size_t judged = 0;
    for (std::filesystem::path const& path : fixtures()) {
        std::string const name = path.filename().string();
        Result<SnapshotText> const text = read_snapshot_text(bytes_of(path), name);
        ASSERT_TRUE(text) << (text ? "" : text.error().what + " " + text.error().where);
        Machine const machine = read_linux(text->snapshot, *programs);
        EXPECT_FALSE(text->expected.empty()) << name;
        for (Check const& check : host_checks()) expect_whole(check, check.ask(machine), name);
        for (ExpectedAnswer const& expected : text->expected) {
            auto const checks = host_checks();
            auto const check = std::find_if(checks.begin(), checks.end(), [&](Check const& one) { return one.id == expected.check; });
            ASSERT_NE(check, checks.end()) << name << ":" << expected.line << " no check " << expected.check;
            Answered const answered = check->ask(machine);
            EXPECT_EQ(word_of(answered.answer), expected.answer) << name << ":" << expected.line << " " << expected.check << "\n" << said(answered);
            EXPECT_NE(said(answered).find(expected.words), std::string::npos) << name << ":" << expected.line << " wants " << expected.words << "\n" << said(answered);
            ++judged;
        }
    }
    std::printf("%zu computers, %zu expected answers\n", fixtures().size(), judged);
}

}  // namespace
}  // namespace keepmum
