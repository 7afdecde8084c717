// Sources go out to threads one by one and come back into a window of finished reports, from which the
// calling thread writes in order. The window is bounded, so that one slow file does not make the
// reports of a million quick ones pile up in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace keepmum {

namespace {

constexpr std::size_t window_per_thread = 64;

// Small files are handed out several at a time: taking the lock for each would cost as much as reading it.
constexpr std::size_t batch_size = 8;

class Crew {
  public:
    Crew(Setup const& setup, Broker& broker, Source& source, RunOptions const& options, std::atomic<bool> const& interrupted)
        : setup_(setup), broker_(broker), source_(source), options_(options), interrupted_(interrupted) {}

    Result<RunDone> work(Writer& writer) {
        std::vector<std::thread> threads;
        for (std::uint32_t i = 0; i < std::max(1u, options_.threads); ++i) {
            Matcher::Scratch scratch = TRY(setup_.matcher.make_scratch());
            scratches_.push_back(std::move(scratch));
        }
        for (Matcher::Scratch& scratch : scratches_) threads.emplace_back([this, &scratch] { inspect_all(scratch); });
        Summary summary = write_all(writer);
        for (std::thread& thread : threads) thread.join();
        return RunDone{std::move(summary), std::move(permit_uses_)};
    }

  private:
    struct Slot {
        std::vector<Item> items;
        std::vector<SourceReport> reports;
        bool done = false;
    };

    void inspect_all(Matcher::Scratch& scratch) {
        Workbench const bench{setup_, broker_, scratch, interrupted_, options_.exhibits};
        for (;;) {
            Slot* slot = nullptr;
            {
                std::unique_lock lock(mutex_);
                room_.wait(lock, [this] { return slots_.size() < window_per_thread * scratches_.size() || exhausted_; });
                if (exhausted_) return;
                slots_.emplace_back();
                slot = &slots_.back();  // a deque: stays where it is while others come and go at the ends
                while (slot->items.size() < batch_size) {
                    std::optional<Item> item = interrupted_ ? std::nullopt : source_.next();
                    if (!item) {
                        exhausted_ = true;
                        break;
                    }
                    slot->items.push_back(std::move(*item));
                }
                if (exhausted_) room_.notify_all();
            }
            for (Item const& item : slot->items) {
                if (interrupted_) break;
                slot->reports.push_back(inspect(bench, item));
            }
            std::lock_guard lock(mutex_);
            slot->done = true;
            ready_.notify_one();
        }
    }

    Summary write_all(Writer& writer) {
        Summary summary;
        summary.setup = setup_.hash;
        for (;;) {
            std::vector<SourceReport> reports;
            {
                std::unique_lock lock(mutex_);
                ready_.wait(lock, [this] { return slots_.empty() ? exhausted_ : slots_.front().done; });
                if (slots_.empty()) break;
                if (slots_.front().reports.size() < slots_.front().items.size()) summary.partial = true;
                reports = std::move(slots_.front().reports);
                slots_.pop_front();
                room_.notify_one();
            }
            for (SourceReport& report : reports) add(summary, writer, std::move(report));
        }
        summary.partial = summary.partial || interrupted_;
        return summary;
    }

    void add(Summary& summary, Writer& writer, SourceReport report) {
        Verdict const& verdict = report.verdict;
        ++summary.sources;
        for (std::string const& id : verdict.permits) ++permit_uses_[id];
        summary.bytes += verdict.coverage.bytes;
        summary.read += verdict.coverage.read;
        summary.findings += verdict.findings.size();
        summary.gaps += verdict.gaps.size();
        summary.outcome = std::max(summary.outcome, verdict.outcome);
        summary.partial = summary.partial || verdict.partial;
        if (options_.progress) options_.progress->advance(summary.sources, summary.bytes, verdict.source);
        writer.source(std::move(report));
    }

    Setup const& setup_;
    Broker& broker_;
    Source& source_;
    RunOptions const& options_;
    std::atomic<bool> const& interrupted_;
    std::vector<Matcher::Scratch> scratches_;
    std::map<std::string, std::uint64_t> permit_uses_;
    std::mutex mutex_;
    std::condition_variable ready_, room_;
    std::deque<Slot> slots_;
    bool exhausted_ = false;
};

}  // namespace

Result<RunDone> run(Setup const& setup, Broker& broker, Source& source, Writer& writer, RunOptions const& options,
                    std::atomic<bool> const& interrupted) {
    return Crew(setup, broker, source, options, interrupted).work(writer);
}

}  // namespace keepmum
