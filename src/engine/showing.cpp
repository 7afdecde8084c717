// A set-up without detectors and with one recogniser, which passes on what it is shown and states nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/showing.h"

#include <algorithm>
#include <atomic>
#include <vector>

#include "engine/inspection.h"

namespace keepmum {

namespace {

class Relay final : public Recogniser {
  public:
    Relay(std::initializer_list<Kind> kinds, Likenesses likenesses, Onlooker* const& goal)
        : kinds_(kinds), likenesses_(likenesses), goal_(goal) {}
    std::span<Rule const> rules() const override { return {}; }
    bool wants(Kind kind) const override { return std::find(kinds_.begin(), kinds_.end(), kind) != kinds_.end(); }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Passing>(*goal_); }
    Likenesses likenesses() const override { return likenesses_; }

  private:
    class Passing final : public Recognition {
      public:
        explicit Passing(Onlooker& onlooker) : onlooker_(onlooker) {}
        Interest look(Evidence const& evidence, std::uint32_t) override {
            onlooker_.look(evidence);
            return Interest::none;
        }
        std::vector<Statement> finish() override { return {}; }

      private:
        Onlooker& onlooker_;
    };

    std::vector<Kind> kinds_;
    Likenesses likenesses_;
    Onlooker* const& goal_;  // whose turn it is
};

}  // namespace

struct Showing::Inside {
    Inside(WorkerFolders const& workers, Limits const& limits, Matcher matcher)
        : broker(workers, limits), setup{{}, PackSet(), {}, std::move(matcher), Directive(), {}, "", limits, Key{}, "", {}} {}

    Broker broker;
    Setup setup;
    std::unique_ptr<Matcher::Scratch> scratch;
    Onlooker* goal = nullptr;
    std::atomic<bool> interrupted = false;
};

Showing::Showing(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Showing::~Showing() = default;
Showing::Showing(Showing&&) noexcept = default;

Result<Showing> Showing::make(WorkerFolders const& workers, Limits const& limits, std::initializer_list<Kind> kinds,
                              Recogniser::Likenesses likenesses) {
    auto inside = std::make_unique<Inside>(workers, limits, TRY(Matcher::build({})));
    inside->scratch = std::make_unique<Matcher::Scratch>(TRY(inside->setup.matcher.make_scratch()));
    inside->setup.recognisers.push_back(std::make_unique<Relay>(kinds, likenesses, inside->goal));
    return Showing(std::move(inside));
}

Shown Showing::show(Item const& item, Onlooker& onlooker) {
    inside_->goal = &onlooker;
    SourceReport report = inspect({inside_->setup, inside_->broker, *inside_->scratch, inside_->interrupted}, item);
    inside_->goal = nullptr;
    return {std::move(report.verdict.gaps), report.verdict.coverage};
}

}  // namespace keepmum
