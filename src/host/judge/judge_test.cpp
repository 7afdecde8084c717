// The way from a snapshot to a verdict, on the made-up computers of tests/host/fixtures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "host/judge/apart.h"
#include "host/judge/diff.h"
#include "host/judge/verdict.h"
#include "host/programs/programs.h"
#include "host/snapshot_folder.h"
#include "host/snapshot_text.h"
#include "host/tell/tell.h"
#include "policy/directive.h"

namespace keepmum {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Programs const& programs() {
    static Result<Programs> const all = Programs::load(KEEPMUM_SOURCE);
    return *all;
}

Directive const& directive() {
    static Result<Directive> const read = read_directive(bytes_of(KEEPMUM_SOURCE "/directives/daily-life.toml"), "daily-life.toml");
    return *read;
}

std::vector<fs::path> fixtures() {
    std::vector<fs::path> all;
    for (auto const& entry : fs::recursive_directory_iterator(KEEPMUM_SOURCE "/tests/host/fixtures")) {
        if (entry.is_regular_file() && is_snapshot_text(bytes_of(entry.path()))) all.push_back(entry.path());
    }
    std::sort(all.begin(), all.end());
    return all;
}

class MadeFolder {
  public:
    MadeFolder() {
        char name[] = "/tmp/keepmum-judge-XXXXXX";
        path = mkdtemp(name);
    }
    ~MadeFolder() { fs::remove_all(path); }
    std::string path;
};

Snapshot snapshot_from(std::string_view text) {
    Result<SnapshotText> read = read_snapshot_text(text, "t");
    EXPECT_TRUE(read) << (read ? "" : read.error().what);
    return std::move(read->snapshot);
}

HostVerdict judged(HostAnswer answer, std::vector<Exemption> const& exemptions = {}, std::vector<CarriedFile> carried = {}) {
    return judge_answer(std::move(answer), std::move(carried), directive(), exemptions, "lab", "2026-11-22", Key{});
}

TEST(Judge, SaysTheSameInMemoryApartAndFromAFolder) {
    std::size_t count = 0;
    for (fs::path const& path : fixtures()) {
        Result<SnapshotText> const text = read_snapshot_text(bytes_of(path), path.string());
        ASSERT_TRUE(text) << path;
        std::string const here = print_answer(judge_host(text->snapshot, programs()));
        Result<HostAnswer> const apart = ask_apart({{}, &text->snapshot, &programs()});
        ASSERT_TRUE(apart) << path << " " << apart.error().what;
        EXPECT_EQ(print_answer(*apart), here) << path;
        MadeFolder made;
        ASSERT_TRUE(write_snapshot(text->snapshot, made.path + "/s")) << path;
        Result<HostAnswer> const folder = ask_apart({{made.path + "/s"}, nullptr, &programs()});
        ASSERT_TRUE(folder) << path << " " << folder.error().what;
        EXPECT_EQ(print_answer(*folder), here) << path;
        Result<HostAnswer> const file = ask_apart({{path.string()}, nullptr, &programs()});
        ASSERT_TRUE(file) << path;
        EXPECT_EQ(print_answer(*file), here) << path;
        ++count;
    }
    EXPECT_GE(count, 40u);
    std::printf("%zu computers, the same in memory, apart, from a folder and from a file\n", count);
}

TEST(Judge, NothingOutsideOfTheSnapshotIsRead) {
    MadeFolder made, secret;
    std::ofstream(secret.path + "/outside") << "10.9.8.7 outside\n";
    fs::create_directories(made.path + "/root/etc");
    fs::create_symlink(secret.path + "/outside", made.path + "/root/etc/hosts");
    fs::create_directory_symlink("/proc", made.path + "/root/proc");
    fs::create_directory_symlink("/", made.path + "/root/sys");
    Result<HostAnswer> const answer = ask_apart({{made.path}, nullptr, &programs()});
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(print_answer(*answer).find("outside\\n"), std::string::npos);
    EXPECT_EQ(print_answer(*answer).find("10.9.8.7"), std::string::npos);
    // What it says must not depend on this computer: the same with links to nowhere.
    MadeFolder other;
    fs::create_directories(other.path + "/root/etc");
    fs::create_symlink(secret.path + "/outside", other.path + "/root/etc/hosts");
    std::ofstream(secret.path + "/outside") << "10.1.1.1 changed\n";
    fs::create_directory_symlink("/proc", other.path + "/root/proc");
    fs::create_directory_symlink("/", other.path + "/root/sys");
    EXPECT_EQ(print_answer(*ask_apart({{other.path}, nullptr, &programs()})), print_answer(*answer));
}

TEST(Judge, NamesWhatCannotBeRead) {
    EXPECT_EQ(ask_apart({{"/nowhere/at/all"}, nullptr, &programs()}).error().where, "/nowhere/at/all");
    MadeFolder made;
    std::ofstream(made.path + "/manifest.json") << "{\"type\":\"keepmum-snapshot\",\"version\":77}";
    EXPECT_FALSE(ask_apart({{made.path}, nullptr, &programs()}));
}

TEST(Judge, AnAnswerSurvivesItsWay) {
    for (fs::path const& path : fixtures()) {
        std::string const once = print_answer(judge_host(snapshot_from(bytes_of(path)), programs()));
        Result<HostAnswer> const back = read_answer(once);
        ASSERT_TRUE(back) << path;
        EXPECT_EQ(print_answer(*back), once) << path;
        break;
    }
    EXPECT_FALSE(read_answer("{}"));
    EXPECT_FALSE(read_answer("{\"system\":1}"));
}

HostAnswer answer_with(std::string const& check, Answer what, std::vector<Unseen> missing = {}) {
    HostAnswer answer;
    answer.host = "lab-7";
    for (Check const& one : host_checks()) {
        Answered answered{Answer::pass, "in order", "正常", {}, {}};
        if (one.id == check) answered = {what, "said in English", "用中文说", {{"/proc/x", "the line"}}, std::move(missing)};
        answer.answers.push_back({std::string(one.id), answered});
    }
    return answer;
}

TEST(HostVerdict, WeighsByTheDirective) {
    EXPECT_EQ(judged(answer_with("-", Answer::pass)).fitness, Fitness::fit);
    HostVerdict const stop = judged(answer_with("n1", Answer::fail));
    EXPECT_EQ(stop.fitness, Fitness::unfit);
    ASSERT_EQ(stop.verdict.findings.size(), 1u);
    EXPECT_EQ(stop.verdict.findings[0].rule, "host.n1");
    EXPECT_EQ(print(stop.verdict.findings[0].place), "lab!/proc/x");
    EXPECT_EQ(stop.verdict.because.at(0).clause, "host-stop");
    HostVerdict const unseen = judged(answer_with("n1", Answer::unknown, {{"/proc/net/route", Blank::denied}}));
    EXPECT_EQ(unseen.fitness, Fitness::unsure);
    EXPECT_EQ(unseen.verdict.outcome, Outcome::hold);
    EXPECT_EQ(unseen.verdict.gaps.at(0).cause, Cause::unreadable);
    EXPECT_EQ(judged(answer_with("d1", Answer::fail)).fitness, Fitness::mend);
    EXPECT_EQ(judged(answer_with("d1", Answer::unknown, {{"/x", Blank::damaged}})).fitness, Fitness::mend);
    EXPECT_EQ(judged(answer_with("d1", Answer::unknown)).verdict.gaps.size(), 1u);  // without a reason it is a gap all the same
    EXPECT_EQ(judged(answer_with("-", Answer::pass), {}, {{"/s/plan.docx", "dropbox", "a", "marking.level"}}).fitness, Fitness::unfit);
}

TEST(HostVerdict, ADirectiveSilentOnComputersAllowsNothing) {
    Directive silent = directive();
    silent.clauses.clear();
    complete_directive(silent, directive());
    EXPECT_GE(silent.clauses.size(), 4u);
    Directive own = directive();
    std::size_t const before = own.clauses.size();
    complete_directive(own, directive());
    EXPECT_EQ(own.clauses.size(), before);
}

TEST(Exemptions, AnswerOneCheckUntilADay) {
    std::vector<Exemption> const valid = {{"n1", "security office", "update server", "2026-12-01", ""}};
    HostVerdict const exempt = judged(answer_with("n1", Answer::fail), valid);
    EXPECT_EQ(exempt.fitness, Fitness::fit);
    EXPECT_EQ(exempt.applied.size(), 1u);
    EXPECT_EQ(judged(answer_with("n1", Answer::fail), {{"n1", "x", "y", "2026-11-21", ""}}).fitness, Fitness::unfit);
    EXPECT_EQ(judged(answer_with("n1", Answer::fail), {{"n1", "x", "y", "2026-11-21", ""}}).expired.size(), 1u);
    EXPECT_EQ(judged(answer_with("n1", Answer::fail), {{"n1", "x", "y", "2027-01-01", "other"}}).fitness, Fitness::unfit);
    EXPECT_EQ(judged(answer_with("-", Answer::pass), valid).stale.size(), 1u);
    // What could not be seen is not exempted with it.
    EXPECT_EQ(judged(answer_with("n1", Answer::unknown), valid).fitness, Fitness::unsure);
}

TEST(Exemptions, AreReadStrictly) {
    std::string const good = "[[exemption]]\ncheck = \"host.n1\"\nowner = \"o\"\nreason = \"r\"\nuntil = \"2027-01-01\"\n";
    Result<std::vector<Exemption>> const read = read_exemptions(good, "e.toml");
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->at(0).check, "n1");
    for (auto const& [what, with] : {std::pair{"host.n1", "zz"}, {"\"o\"", "\"\""}, {"\"r\"", "\"\""}, {"2027-01-01", "soon"}, {"until", "untill"}}) {
        std::string bad = good;
        bad.replace(bad.find(what), std::string_view(what).size(), with);
        EXPECT_FALSE(read_exemptions(bad, "e.toml")) << bad;
    }
}

TEST(Difference, NamesWhatChangedAndNotWhatWasNotSeen) {
    HostAnswer before, after;
    before.facts = {{"account", "alice", "", ""}, {"service", "ssh", "starts by itself", "自动启动"}, {"usb", "046d:c52b", "", ""}};
    after.facts = {{"account", "alice", "may administer", "可以管理本机"}, {"account", "bob", "", ""}, {"credential", "ssh x", "", ""}};
    after.unseen = {{"usb", Blank::denied}};
    before.unseen = {{"credential", Blank::denied}};
    HostDifference const difference = compare(before, after);
    ASSERT_EQ(difference.changes.size(), 3u);  // usb cannot be said to be gone, the key cannot be said to be new
    EXPECT_EQ(difference.changes[0].fact.name, "bob");
    EXPECT_EQ(difference.changes[0].what, HostChange::What::added);
    EXPECT_EQ(difference.changes[1].what, HostChange::What::changed);
    EXPECT_EQ(difference.changes[2].what, HostChange::What::removed);
    EXPECT_EQ(difference.blind, (std::vector<std::string>{"credential", "usb"}));
    // Where some of its kind had been seen, it is told, and that it may be old.
    before.facts.push_back({"credential", "ssh y", "", ""});
    after.facts.push_back({"credential", "ssh y", "", ""});
    HostDifference const some = compare(before, after);
    ASSERT_EQ(some.changes.size(), 4u);
    EXPECT_EQ(some.changes[2].what, HostChange::What::appeared);
    EXPECT_EQ(some.changes[2].fact.name, "ssh x");
    EXPECT_TRUE(compare(after, after).changes.empty());
    HostTelling telling;
    EXPECT_NE(tell_difference_text(telling, difference).find("new: bob"), std::string::npos);
    telling.language = Language::zh;
    EXPECT_NE(tell_difference_text(telling, difference).find("新增：bob"), std::string::npos);
    EXPECT_NE(tell_difference_html(telling, difference).find("新增：bob"), std::string::npos);
    EXPECT_NE(tell_difference_lines(difference).find("\"change\":\"added\""), std::string::npos);
}

// Each fixture keeps within the terminal's width, and a Chinese report speaks Chinese.
TEST(Tell, FitsTheScreenInBothLanguages) {
    for (fs::path const& path : fixtures()) {
        HostVerdict const host = judged(judge_host(snapshot_from(bytes_of(path)), programs()));
        for (Language const language : {Language::en, Language::zh}) {
            HostTelling telling;
            telling.language = language;
            std::string const text = tell_host_text(telling, host);
            auto const rows = std::count(text.begin(), text.end(), '\n');
            EXPECT_LT(rows, 40) << path << "\n" << text;
            std::string const page = tell_host_html(telling, host);
            EXPECT_EQ(page.find("<script"), std::string::npos) << path;
        }
    }
}

}  // namespace
}  // namespace keepmum
