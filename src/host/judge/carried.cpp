// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/carried.h"

#include <unistd.h>

#include <atomic>

#include "engine/run.h"
#include "io/walk.h"

namespace keepmum {

namespace {

// Keeps which files hold, and nothing of what is in them.
class Keeper final : public Writer {
  public:
    Keeper(SyncedFolder const& folder, CarriedFiles& kept) : folder_(folder), kept_(kept) {}
    void begin(RunFacts const&) override {}
    void source(SourceReport report) override {
        if (report.verdict.together) return;
        ++kept_.checked;
        if (report.verdict.outcome != Outcome::hold) return;
        for (Fired const& fired : report.verdict.because) {
            if (fired.outcome != Outcome::hold || fired.findings.empty()) continue;
            std::string const& rule = report.verdict.findings[fired.findings.front()].rule;
            kept_.files.push_back({report.verdict.source, folder_.program, folder_.account, rule});
            return;
        }
    }
    void end(Summary const&) override {}
    Result<void> finish() override { return {}; }

  private:
    SyncedFolder const& folder_;
    CarriedFiles& kept_;
};

}  // namespace

Result<CarriedFiles> scan_carried(Setup const& setup, Broker& broker, std::span<SyncedFolder const> folders, std::uint32_t threads) {
    CarriedFiles kept;
    std::atomic<bool> const never = false;
    RunOptions options;
    options.threads = threads;
    for (SyncedFolder const& folder : folders) {
        if (folder.path.empty() || folder.path.front() != '/' || access(folder.path.c_str(), R_OK | X_OK) != 0) {
            kept.absent.push_back(folder);
            continue;
        }
        Keeper keeper(folder, kept);
        std::unique_ptr<Source> const source = walk({folder.path});
        TRY(run(setup, broker, *source, keeper, options, never));
    }
    return kept;
}

}  // namespace keepmum
