// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ahead.h"

#include <algorithm>
#include <future>
#include <thread>
#include <variant>
#include <vector>

namespace keepmum {

namespace {

// What one reader gave, in its order.
struct Given {
    std::vector<std::variant<Evidence, Gap>> all;
    Done done;
};

class Keeper final : public Outlet {
  public:
    Keeper(Given& given, std::uint64_t allowance, std::atomic<bool> const& interrupted)
        : given_(given), allowance_(allowance), interrupted_(interrupted) {}

    void put(Evidence evidence) override {
        std::uint64_t const size = evidence.size();
        allowance_ -= std::min(allowance_, size);
        given_.all.emplace_back(std::move(evidence));
    }
    void gap(Gap gap) override { given_.all.emplace_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return interrupted_.load(std::memory_order_relaxed); }
    std::uint64_t allowance() const override { return allowance_; }

  private:
    Given& given_;
    std::uint64_t allowance_;
    std::atomic<bool> const& interrupted_;
};

struct Job {
    FileType const* reader = nullptr;
    std::promise<Given> given;
};

}  // namespace

struct Ahead::Begun {
    Broker& broker;
    Evidence const& evidence;
    std::uint64_t const allowance;
    std::atomic<bool> const& interrupted;
    std::vector<Job> jobs;
    std::atomic<int>* spare = nullptr;  // null: no thread was left, and each reader is run in its turn
    std::thread first, rest;

    void read(Job& job) {
        Given given;
        Keeper keeper(given, allowance, interrupted);
        given.done = broker.run(job.reader->worker, job.reader->extractor, evidence, keeper);
        job.given.set_value(std::move(given));
    }
};

Ahead::Ahead(Broker& broker, Evidence const& evidence) : broker_(broker), evidence_(evidence) {}

Ahead::~Ahead() {
    if (!begun_ || !begun_->spare) return;
    begun_->first.join();
    begun_->rest.join();
    ++*begun_->spare;
}

void Ahead::begin(std::span<FileType const* const> readers, std::atomic<int>* spare, std::uint64_t allowance,
                  std::atomic<bool> const& interrupted) {
    if (readers.size() < 2) return;
    begun_.reset(new Begun{broker_, evidence_, allowance, interrupted});
    for (FileType const* reader : readers) begun_->jobs.emplace_back().reader = reader;
    if (!spare) return;
    if (--*spare < 0) {
        ++*spare;
        return;
    }
    begun_->spare = spare;
    auto const work = [this](std::span<Job> jobs) {
        for (Job& job : jobs) begun_->read(job);
    };
    std::span<Job> const jobs = begun_->jobs;
    begun_->first = std::thread([work, jobs] { work(jobs.first(1)); });
    begun_->rest = std::thread([work, jobs] { work(jobs.subspan(1)); });
}

Done Ahead::run(std::string_view worker, std::string_view extractor, Outlet& outlet) {
    std::vector<Job> none;
    std::vector<Job>& jobs = begun_ ? begun_->jobs : none;
    auto const job = std::find_if(jobs.begin(), jobs.end(),
                                  [&](Job const& one) { return one.reader && one.reader->extractor == extractor; });
    if (job == jobs.end()) return broker_.run(worker, extractor, evidence_, outlet);
    if (!begun_->spare) begun_->read(*job);
    Given given = job->given.get_future().get();
    job->reader = nullptr;  // another time it is run anew
    for (auto& one : given.all) {
        if (outlet.enough()) break;
        if (auto* const evidence = std::get_if<Evidence>(&one)) outlet.put(std::move(*evidence));
        else outlet.gap(std::move(std::get<Gap>(one)));
    }
    return std::move(given.done);
}

}  // namespace keepmum
