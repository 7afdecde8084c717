// The broker against a worker program that misbehaves (tests/workers/failing.cpp).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/broker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace keepmum {
namespace {

class Collector final : public Outlet {
  public:
    explicit Collector(std::uint64_t allowance = 8 << 20) : allowance_(allowance) {}
    void put(Evidence evidence) override {
        allowance_ -= std::min<std::uint64_t>(allowance_, evidence.size());
        evidences.push_back(std::move(evidence));
    }
    void gap(Gap gap) override { gaps.push_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return evidences.size() >= most; }
    std::uint64_t allowance() const override { return allowance_; }

    std::vector<Evidence> evidences;
    std::vector<Gap> gaps;
    std::size_t most = 1000;

  private:
    std::uint64_t allowance_;
};

class OpenFile final : public Content {
  public:
    explicit OpenFile(std::string const& path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~OpenFile() override { close(file_); }
    std::uint64_t size() const override {
        struct stat facts{};
        fstat(file_, &facts);
        return static_cast<std::uint64_t>(facts.st_size);
    }
    Result<Blob> read(std::uint64_t offset, std::size_t size) const override {
        std::string bytes(size, '\0');
        ssize_t const got = pread(file_, bytes.data(), size, static_cast<off_t>(offset));
        if (got < 0) return fail(Fault::io, "read");
        bytes.resize(static_cast<std::size_t>(got));
        return Blob::take(std::move(bytes));
    }
    int descriptor() const override { return file_; }

  private:
    int file_;
};

// The sanitizers take signals for themselves and need memory without bound.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

std::string const workers = KEEPMUM_BUILD "/test-workers";

Limits tight() {
    Limits limits;
    limits.memory = 64 << 20;
    limits.seconds = 2;
    limits.silent_seconds = 1;
    return limits;
}

Evidence sample(std::string content = "some words of a file") {
    Evidence evidence;
    evidence.place.source = "folder/sample.txt";
    evidence.media = "text/plain";
    evidence.content = Blob::take(std::move(content));
    return evidence;
}

// The good extractor gives all its parts.
void expect_good(Broker& broker) {
    Collector collector;
    Evidence const evidence = sample();
    Done const done = broker.run("failing", "good", evidence, collector);
    EXPECT_EQ(done.read, evidence.size());
    EXPECT_EQ(done.media, "text/sample.txt");
    ASSERT_EQ(collector.evidences.size(), 2u);
    EXPECT_EQ(collector.evidences[0].content.view(), evidence.content.view());
    EXPECT_EQ(collector.evidences[1].content.data(), evidence.content.data())
        << "a part of the input is not copied";
    EXPECT_TRUE(collector.gaps.empty());
}

struct Way {
    char const* extractor;
    Cause cause;
    char const* detail;
};

TEST(Broker, EveryFailureIsAGapOfItsOwn) {
    Way const ways[] = {
        {"loop", Cause::too_slow, "no sign of life"},
        {"silent", Cause::too_slow, "no sign of life"},
        {"flood-progress", Cause::too_slow, "longer than the limit"},
        {"allocate", Cause::too_big, "more memory"},
        {"allocate-in-c", Cause::killed, "signal SEGV"},
        {"recurse", Cause::killed, "signal SEGV"},
        {"fork", Cause::killed, "no parser may do"},
        {"exec", Cause::killed, "no parser may do"},
        {"connect", Cause::killed, "no parser may do"},
        {"trace", Cause::killed, "no parser may do"},
        {"kill-parent", Cause::killed, "no parser may do"},
        {"open", Cause::unreadable, "open: Operation not permitted"},
        {"write", Cause::unreadable, "create: Operation not permitted"},
        {"local-socket", Cause::unreadable, "socket: Operation not permitted"},
        {"code", Cause::unreadable, "executable memory: Operation not permitted"},
        {"write-input", Cause::killed, "signal SEGV"},
        {"exit-0", Cause::killed, "with code 0"},
        {"exit-3", Cause::killed, "with code 3"},
        {"half", Cause::killed, "with code 0"},
        {"crash", Cause::killed, "signal SEGV"},
        {"abort", Cause::killed, "died of signal"},
        {"close-pipe", Cause::killed, "closed its pipe"},
        {"throw", Cause::malformed, "std::runtime_error"},
        {"lie-size", Cause::too_big, "more than the limit"},
        {"lie-meta", Cause::killed, "with code 0"},
        {"lie-tag", Cause::malformed, "no known sort"},
        {"lie-enum", Cause::malformed, "does not hold together"},
        {"lie-text", Cause::malformed, "not UTF-8"},
        {"lie-done", Cause::malformed, "last word"},
        {"flood", Cause::too_big, "more than the limit"},
        {"put-too-much", Cause::too_big, "limit on unpacked bytes"},
        {"unheard-of", Cause::unsupported, "no extractor unheard-of"},
    };
    Broker broker(workers, tight());
    std::printf("  %-15s %6s  %-11s %s\n", "worker", "ms", "gap", "because");
    for (Way const& way : ways) {
        std::string_view const detail = way.detail;
        if (sanitized && (detail.starts_with("signal") || detail == "more memory")) continue;
        Collector collector;
        Evidence const evidence = sample();
        auto const start = std::chrono::steady_clock::now();
        broker.run("failing", way.extractor, evidence, collector);
        auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
        ASSERT_EQ(collector.gaps.size(), 1u) << way.extractor;
        Gap const& gap = collector.gaps[0];
        std::printf("  %-15s %6d  %-11s %s\n", way.extractor, static_cast<int>(took.count()),
                    std::string(word(gap.cause)).c_str(), gap.detail.c_str());
        EXPECT_EQ(gap.cause, way.cause) << way.extractor;
        EXPECT_NE(gap.detail.find(detail), std::string::npos)
            << way.extractor << ": " << gap.detail;
        EXPECT_EQ(gap.detail.find("secret"), std::string::npos) << "a gap never quotes the file";
        if (std::string_view(way.extractor) != "unheard-of") {
            ASSERT_FALSE(collector.evidences.empty())
                << "what came before stays: " << way.extractor;
            EXPECT_EQ(collector.evidences[0].content.view(), "before");
        }
        expect_good(broker);
    }
    EXPECT_NE(access("/tmp/keepmum-was-here", F_OK), 0);
}

TEST(Broker, AnErrorOfTheExtractorIsAGap) {
    Broker broker(workers, tight());
    Collector collector;
    Done const done = broker.run("failing", "error", sample(), collector);
    EXPECT_EQ(done.read, 0u);
    ASSERT_EQ(collector.gaps.size(), 1u);
    EXPECT_EQ(collector.gaps[0].cause, Cause::unsupported);
    EXPECT_EQ(collector.gaps[0].detail, "no such version");
    EXPECT_EQ(collector.gaps[0].media, "text/plain");
}

TEST(Broker, ServesEightThreadsAtOnce) {
    Broker broker(workers, tight());
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 12; ++round) {
                bool const crash = (thread + round) % 4 == 0;
                Collector collector;
                Evidence const evidence =
                    sample("thread " + std::to_string(thread) + " round " + std::to_string(round));
                broker.run("failing", crash ? "crash" : "good", evidence, collector);
                bool const right =
                    crash ? collector.gaps.size() == 1 && collector.evidences.size() == 1
                          : collector.gaps.empty() && collector.evidences.size() == 2 &&
                                collector.evidences[0].content.view() == evidence.content.view();
                wrong += !right;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(Broker, ReadsLargeFilesByDescriptor) {
    std::string path = testing::TempDir() + "keepmum-large-XXXXXX";
    int const file = mkstemp(path.data());
    std::string const content(3 << 20, 'q');
    ASSERT_EQ(write(file, content.data(), content.size()), ssize_t(content.size()));
    close(file);
    Evidence evidence;
    evidence.place.source = path;
    evidence.large = std::make_shared<OpenFile>(path);
    unlink(path.c_str());
    Broker broker(workers, tight());
    Collector collector;
    Done const done = broker.run("failing", "good", evidence, collector);
    EXPECT_EQ(done.read, content.size());
    ASSERT_EQ(collector.evidences.size(), 2u);
    EXPECT_EQ(collector.evidences[0].content.view(), content);
    EXPECT_EQ(collector.evidences[1].size(), content.size() / 2);
}

TEST(Broker, AFileThatShrinksIsAGap) {
    if (sanitized) GTEST_SKIP() << "the sanitizer hides which signal it was";
    std::string path = testing::TempDir() + "keepmum-shrinks-XXXXXX";
    int const file = mkstemp(path.data());
    ASSERT_EQ(ftruncate(file, 1 << 20), 0);
    Evidence evidence;
    evidence.large = std::make_shared<OpenFile>(path);
    unlink(path.c_str());
    Broker broker(workers, tight());
    Collector collector;
    std::thread runner([&] { broker.run("failing", "read-late", evidence, collector); });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ASSERT_EQ(ftruncate(file, 0), 0);
    close(file);
    runner.join();
    ASSERT_EQ(collector.gaps.size(), 1u);
    EXPECT_EQ(collector.gaps[0].cause, Cause::unreadable);
    EXPECT_EQ(collector.gaps[0].detail, "the file shrank while it was read");
}

// The detail of the gap that a good job ends with where the kernel does not know `call`; "" for none.
std::string run_without(long call, char const* family = "failing", char const* extractor = "good") {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    pid_t const child = fork();
    if (child == 0) {
        sock_filter code[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        sock_fprog const program{std::size(code), code};
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) _exit(1);
        Broker broker(workers, tight());
        Collector collector;
        broker.run(family, extractor, sample(), collector);
        std::string const detail = collector.gaps.empty() ? "" : collector.gaps[0].detail;
        _exit(write(ends[1], detail.data(), detail.size()) < 0 || collector.gaps.size() > 1);
    }
    close(ends[1]);
    char text[256];
    ssize_t const size = read(ends[0], text, sizeof text);
    close(ends[0]);
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    return {text, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

TEST(Broker, WithoutSeccompNothingIsRead) {
    EXPECT_EQ(run_without(SYS_seccomp), "the worker cannot confine itself on this system");
}

// The details of its gaps.
std::string run_reading(char const* extractor) {
    Broker broker(workers, tight());
    Collector collector;
    broker.run("reading", extractor, sample(), collector);
    std::string details;
    for (Gap const& gap : collector.gaps) details += gap.detail;
    return details;
}

TEST(Broker, AFamilyWithFoldersReadsThemAlone) {
    EXPECT_EQ(run_reading("open-license"), "");
    EXPECT_EQ(run_reading("write"), "create: Operation not permitted");
    if (probe_sandbox(workers, {}).landlock_abi == 0) GTEST_SKIP() << "this kernel has no Landlock";
    EXPECT_EQ(run_reading("open"), "open: Permission denied");
}

TEST(Broker, WorkersKnowAllCharactersAndUtc) {
    setenv("LC_ALL", "C", 1);
    setenv("TZ", "Asia/Shanghai", 1);
    EXPECT_EQ(run_reading("look-about"), "");
}

TEST(Broker, OldKernelsAndContainersWillDo) {
    EXPECT_EQ(run_without(SYS_landlock_create_ruleset), "");
    EXPECT_EQ(run_without(SYS_unshare), "");
    EXPECT_EQ(run_without(SYS_setresuid), "");
}

TEST(Broker, StopsWhenTheOutletHasEnough) {
    Broker broker(workers, tight());
    Collector collector;
    collector.most = 1;
    broker.run("failing", "silent", sample(), collector);
    EXPECT_EQ(collector.evidences.size(), 1u);
    EXPECT_TRUE(collector.gaps.empty()) << "the outlet has put down its own";
}

TEST(Broker, InterruptEndsRunsAndForbidsMore) {
    Limits limits;  // a minute
    Broker broker(workers, limits);
    auto const start = std::chrono::steady_clock::now();
    Collector collector;
    std::thread runner([&] { broker.run("failing", "loop", sample(), collector); });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    broker.interrupt();
    runner.join();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    ASSERT_EQ(collector.gaps.size(), 1u);
    EXPECT_EQ(collector.gaps[0].detail, "interrupted");
    broker.run("failing", "good", sample(), collector);
    ASSERT_EQ(collector.gaps.size(), 2u);
}

TEST(Broker, AMissingWorkerProgramIsAGap) {
    Broker broker("/nowhere", tight());
    Collector collector;
    broker.run("failing", "good", sample(), collector);
    ASSERT_EQ(collector.gaps.size(), 1u);
    EXPECT_EQ(collector.gaps[0].cause, Cause::unreadable);
    EXPECT_EQ(collector.gaps[0].bytes, sample().size());
}

TEST(Broker, AProgramThatAlwaysDiesIsGivenUp) {
    // /bin/true under a worker's name: starts, and is gone.
    std::string folder = testing::TempDir() + "keepmum-workers-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    ASSERT_EQ(symlink("/bin/true", (folder + "/worker-true").c_str()), 0);
    Broker broker(folder, tight());
    std::string last;
    for (int round = 0; round < 3; ++round) {
        Collector collector;
        broker.run("true", "any", sample(), collector);
        ASSERT_EQ(collector.gaps.size(), 1u);
        last = collector.gaps[0].detail;
    }
    EXPECT_EQ(last, "the worker program dies again and again");
    unlink((folder + "/worker-true").c_str());
    rmdir(folder.c_str());
}

TEST(Broker, AKilledProgramIsStartedAnew) {
    Broker broker(workers, tight());
    expect_good(broker);
    // The only child of this test program is the worker program.
    std::string const children = "/proc/self/task/" + std::to_string(getpid()) + "/children";
    int const file = open(children.c_str(), O_RDONLY);
    char text[64] = {};
    ssize_t const size = read(file, text, sizeof text - 1);
    close(file);
    if (size <= 0) GTEST_SKIP() << "this kernel does not list children";
    ASSERT_EQ(kill(std::atoi(text), SIGKILL), 0);
    expect_good(broker);
}

TEST(Broker, StartedByHandAWorkerSaysWhatItIs) {
    std::string const command = KEEPMUM_BUILD "/libexec/keepmum/worker-office 2>&1";
    std::FILE* const out = popen(command.c_str(), "r");
    char line[256] = {};
    ASSERT_NE(std::fgets(line, sizeof line, out), nullptr);
    EXPECT_NE(std::string_view(line).find("part of keepmum"), std::string_view::npos);
    EXPECT_EQ(WEXITSTATUS(pclose(out)), 2);
}

TEST(Sandbox, EveryFamilyAnswers) {
    std::string_view const families[] = {"office", "pdf", "archive", "mail", "database", "absent"};
    SandboxFacts const facts = probe_sandbox(KEEPMUM_BUILD "/libexec/keepmum", families);
    EXPECT_TRUE(facts.seccomp);
    ASSERT_EQ(facts.workers.size(), 6u);
    for (auto const& worker : facts.workers) {
        EXPECT_EQ(worker.answers, worker.family != "absent")
            << worker.family << ": " << worker.why_not;
        EXPECT_EQ(worker.answers, worker.why_not.empty());
    }
}

}  // namespace
}  // namespace keepmum
