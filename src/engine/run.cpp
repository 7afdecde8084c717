// Sources go out to threads in batches and come back into a window of finished reports. Whoever finishes
// the batch that is next in order writes it, and all that are ready behind it: no thread waits only to
// write, and small files cost no change of threads. The window is bounded, so that one slow file does not
// make the reports of a million quick ones pile up in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/joining.h"

namespace keepmum {

namespace {

constexpr std::size_t window_per_thread = 512;  // sources

// Small files are handed out many at a time: taking the lock for each would cost as much as reading it.
// Large ones go one by one, so that no thread is left with all of them. What a batch took says which they are.
constexpr std::size_t largest_batch = 64;
constexpr std::chrono::microseconds short_batch{500}, long_batch{4000};

class Crew {
  public:
    Crew(Setup const& setup, Broker& broker, Source& source, Writer& writer, RunOptions const& options,
         std::atomic<bool> const& interrupted)
        : setup_(setup), broker_(broker), source_(source), writer_(writer), options_(options), interrupted_(interrupted), joining_(setup) {}

    Result<RunDone> work() {
        for (std::uint32_t i = 0; i < std::max(1u, options_.threads); ++i) {
            Matcher::Scratch scratch = TRY(setup_.matcher.make_scratch());
            scratches_.push_back(std::move(scratch));
        }
        summary_.setup = setup_.hash;
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < scratches_.size(); ++i) others.emplace_back([this, i] { inspect_all(scratches_[i]); });
        inspect_all(scratches_.front());
        for (std::thread& thread : others) thread.join();
        summary_.partial = summary_.partial || interrupted_;
        if (std::optional<SourceReport> together = joining_.finish()) {
            count(together->verdict);
            writer_.source(std::move(*together));
        }
        return RunDone{std::move(summary_), std::move(permit_uses_)};
    }

  private:
    struct Slot {
        std::vector<Item> items;
        std::vector<SourceReport> reports;
        bool done = false;
    };

    void inspect_all(Matcher::Scratch& scratch) {
        Workbench const bench{setup_, broker_, scratch, interrupted_, options_.exhibits, &spare_};
        std::size_t size = 1;
        while (Slot* const slot = take_batch(size)) {
            auto const start = std::chrono::steady_clock::now();
            slot->reports.reserve(slot->items.size());
            for (Item const& item : slot->items) {
                if (interrupted_) break;
                slot->reports.push_back(inspect(bench, item));
            }
            auto const took = std::chrono::steady_clock::now() - start;
            if (took < short_batch) size = std::min(size * 2, largest_batch);
            if (took > long_batch) size = std::max<std::size_t>(size / 2, 1);
            finish_batch(*slot);
        }
        ++spare_;
    }

    // The next `size` sources, or fewer at the end; nothing where there are no more.
    Slot* take_batch(std::size_t size) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return in_window_ < window_per_thread * scratches_.size() || exhausted_; });
        std::vector<Item> items;
        items.reserve(size);
        while (!exhausted_ && items.size() < size) {
            std::optional<Item> item = interrupted_ ? std::nullopt : source_.next();
            if (item) items.push_back(std::move(*item));
            else exhausted_ = true;
        }
        if (exhausted_) room_.notify_all();
        if (items.empty()) return nullptr;
        in_window_ += items.size();
        slots_.emplace_back().items = std::move(items);
        return &slots_.back();  // a deque: stays where it is while others come and go at the ends
    }

    // Writes what is ready, unless another thread is at it: that one looks again before it stops.
    void finish_batch(Slot& finished) {
        std::unique_lock lock(mutex_);
        finished.done = true;
        if (writing_) return;
        writing_ = true;
        while (!slots_.empty() && slots_.front().done) {
            Slot slot = std::move(slots_.front());
            slots_.pop_front();
            in_window_ -= slot.items.size();
            room_.notify_all();
            lock.unlock();
            if (slot.reports.size() < slot.items.size()) summary_.partial = true;
            for (SourceReport& report : slot.reports) add(std::move(report));
            lock.lock();
        }
        writing_ = false;
    }

    void add(SourceReport report) {
        if (options_.tally) options_.tally->take(report);
        Verdict const& verdict = report.verdict;
        ++summary_.sources;
        for (std::string const& id : verdict.permits) ++permit_uses_[id];
        summary_.bytes += verdict.coverage.bytes;
        summary_.read += verdict.coverage.read;
        count(verdict);
        joining_.take(report);
        summary_.partial = summary_.partial || verdict.partial;
        if (options_.progress) options_.progress->advance(summary_.sources, summary_.bytes, verdict.source);
        writer_.source(std::move(report));
    }

    void count(Verdict const& verdict) {
        summary_.findings += verdict.findings.size();
        summary_.gaps += verdict.gaps.size();
        summary_.outcome = std::max(summary_.outcome, verdict.outcome);
    }

    Setup const& setup_;
    Broker& broker_;
    Source& source_;
    Writer& writer_;
    RunOptions const& options_;
    std::atomic<bool> const& interrupted_;
    std::vector<Matcher::Scratch> scratches_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::deque<Slot> slots_;
    std::size_t in_window_ = 0;  // sources in `slots_`
    bool exhausted_ = false;
    std::atomic<int> spare_ = 0;  // threads for which no source is left
    bool writing_ = false;       // one thread writes; what follows is that thread's
    Joining joining_;
    Summary summary_;
    std::map<std::string, std::uint64_t> permit_uses_;
};

}  // namespace

Result<RunDone> run(Setup const& setup, Broker& broker, Source& source, Writer& writer, RunOptions const& options,
                    std::atomic<bool> const& interrupted) {
    return Crew(setup, broker, source, writer, options, interrupted).work();
}

}  // namespace keepmum
