// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/broker.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "engine/isolate/confine.h"
#include "engine/isolate/conversation.h"
#include "engine/isolate/program.h"

namespace keepmum {
namespace {

// So often may a worker program die, one time after the other without one good job between them,
// before its family is given up.
constexpr int most_deaths = 3;

// Of one job: it may be the job that kills the program.
constexpr int most_tries = 2;

using Program = std::shared_ptr<WorkerProgram>;

// Families that load models when they start (io/models.h); the others are not told where these lie.
constexpr std::string_view model_readers[] = {"ocr", "objects"};
constexpr std::string_view picture_holder = "clean";

// The worker program of one family.
struct Family {
    Program program;
    int deaths = 0;
};

}  // namespace

std::string libexec_folder() {
    char path[4096];
    ssize_t const size = readlink("/proc/self/exe", path, sizeof path);
    if (size <= 0 || size == sizeof path) return "/usr/libexec/keepmum";
    std::string folder(path, static_cast<std::size_t>(size));
    for (int levels = 0; levels < 2; ++levels)
        folder.resize(std::min(folder.size(), folder.rfind('/')));
    return folder + "/libexec/keepmum";
}

struct Broker::State {
    State(WorkerFolders from, Limits const& limits) : folders(std::move(from)) {
        interrupt = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        terms = {limits, interrupt.number()};
    }

    // The family's running program, started if need be.
    Result<Program> program(std::string_view name) {
        std::lock_guard const guard(lock);
        Family& family = families[std::string(name)];
        if (family.program) return family.program;
        if (family.deaths >= most_deaths)
            return fail(Fault::unsupported, "the worker program dies again and again");
        WorkerProgram::Needs needs;
        bool const reads_models = std::find(std::begin(model_readers), std::end(model_readers), name) != std::end(model_readers);
        if (reads_models) needs.models = folders.models;
        if (name == picture_holder || !needs.models.empty()) needs.pages = WorkerProgram::Pages::large;
        Result<Program> started = WorkerProgram::start(folders.programs + "/worker-" + std::string(name), needs);
        if (started) family.program = *started;
        return started;
    }

    // `dead` is not used again.
    void bury(std::string_view name, Program const& dead) {
        std::lock_guard const guard(lock);
        Family& family = families[std::string(name)];
        if (family.program != dead) return;  // another thread was quicker
        family.program.reset();
        ++family.deaths;
    }

    void praise(std::string_view name) {
        std::lock_guard const guard(lock);
        families[std::string(name)].deaths = 0;
    }

    WorkerFolders folders;
    Descriptor interrupt;
    ConversationTerms terms;
    std::atomic<bool> interrupted = false;
    std::mutex lock;  // over families
    std::map<std::string, Family, std::less<>> families;
};

Broker::Broker(WorkerFolders folders, Limits const& limits)
    : state_(std::make_unique<State>(std::move(folders), limits)) {}

Broker::Broker(std::string libexec_folder, Limits const& limits)
    : Broker(WorkerFolders{std::move(libexec_folder), {}}, limits) {}

Broker::~Broker() = default;

Done Broker::run(std::string_view family, std::string_view extractor, Evidence const& evidence,
                 Outlet& outlet) {
    auto const give_up = [&](Cause cause, std::string detail) {
        outlet.gap({{}, cause, Stage::extract, evidence.size(), evidence.media, std::move(detail)});
        return Done();
    };
    for (int tries = 0; !state_->interrupted; ++tries) {
        Result<Program> const program = state_->program(family);
        if (!program) return give_up(Cause::unreadable, program.error().what);
        JobOutcome outcome =
            converse((*program)->socket(), state_->terms, extractor, evidence, outlet);
        if (outcome.kind == JobOutcome::Kind::done) {
            state_->praise(family);
            return std::move(outcome.done);
        }
        bool const lost = outcome.kind == JobOutcome::Kind::lost;
        if (lost) state_->bury(family, *program);
        if (!lost || tries + 1 >= most_tries)
            return give_up(outcome.cause, std::move(outcome.detail));
    }
    return give_up(Cause::killed, "interrupted");
}

void Broker::interrupt() {
    state_->interrupted = true;
    std::uint64_t const one = 1;
    (void)!write(state_->interrupt.number(), &one, sizeof one);
}

namespace {

// Keeps nothing but the first gap.
class Listener final : public Outlet {
  public:
    void put(Evidence) override {}
    void gap(Gap gap) override {
        if (why.empty())
            why = gap.detail.empty() ? std::string(word(gap.cause)) : std::move(gap.detail);
    }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 0; }
    std::string why;
};

}  // namespace

SandboxFacts probe_sandbox(std::string const& libexec_folder, std::span<std::string_view const> families) {
    SandboxFacts facts;
    facts.landlock_abi = landlock_abi();
    facts.seccomp = seccomp_offered();
    facts.user_namespaces = user_namespaces_offered();
    Broker broker(libexec_folder, Limits());
    for (std::string_view family : families) {
        Listener listener;
        broker.run(family, "", Evidence(), listener);
        facts.workers.push_back({std::string(family), listener.why.empty(), listener.why});
    }
    return facts;
}

}  // namespace keepmum
