// What it costs to read a file in a confined child: milliseconds a job, beside a bare fork.
//   bench_isolate [ROUNDS]
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include "engine/isolate/broker.h"

namespace {

using Clock = std::chrono::steady_clock;

class Nothing final : public keepmum::Outlet {
  public:
    void put(keepmum::Evidence) override {}
    void gap(keepmum::Gap gap) override {
        std::fprintf(stderr, "gap: %s\n", gap.detail.c_str());
        std::exit(1);
    }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1 << 20; }
};

double milliseconds(std::function<void()> const& job) {
    auto const start = Clock::now();
    job();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void measure(char const* what, int rounds, std::function<void()> const& job) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) times.push_back(milliseconds(job));
    std::sort(times.begin(), times.end());
    std::printf("%-48s %8.3f %8.3f %8.3f\n", what, times.front(), times[times.size() / 2],
                times[times.size() * 95 / 100]);
}

void fork_and_wait() {
    pid_t const child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
}

keepmum::Evidence input_of(std::size_t size) {
    keepmum::Evidence evidence;
    evidence.content = keepmum::Blob::take(std::string(size, 'x'));
    return evidence;
}

}  // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 500;
    keepmum::Broker broker(keepmum::libexec_folder(), keepmum::Limits());
    // An empty extractor name asks for no more than an answer from a confined child.
    auto const job = [&](keepmum::Evidence const& evidence) {
        Nothing nothing;
        broker.run("office", "", evidence, nothing);
    };
    keepmum::Evidence const small = input_of(1000), large = input_of(16 << 20);
    std::printf("%-48s %8s %8s %8s\n", "milliseconds", "min", "median", "p95");
    std::printf("%-48s %8.3f\n", "first job, with the start of the program",
                milliseconds([&] { job(small); }));
    measure("bare fork, exit, wait", rounds, fork_and_wait);
    measure("job on 1 kB", rounds, [&] { job(small); });
    measure("job on 16 MiB in memory", std::min(rounds, 50), [&] { job(large); });
    double const together = milliseconds([&] {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < rounds / 8; ++round) job(small);
            });
        }
    });
    std::printf("%-48s %8.3f\n", "job on 1 kB, eight threads, wall time a job",
                together / (rounds / 8 * 8));
    return 0;
}
