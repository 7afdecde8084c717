// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/look_inside.h"

#include <algorithm>
#include <atomic>

#include "core/picture_text.h"
#include "engine/inspection.h"

namespace keepmum {

namespace {

constexpr std::size_t most_things = 10'000;

// The value of the line "name: value" before the payload; the payload is all that follows its name.
std::string_view field_of(std::string_view text, std::string_view name) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view const line = text.substr(begin, end - begin);
        bool const wanted = line.starts_with(name) && line.substr(name.size()).starts_with(": ");
        if (line.starts_with(code_field::payload))
            return wanted ? text.substr(begin + name.size() + 2) : std::string_view();
        if (wanted) return line.substr(name.size() + 2);
        begin = end + 1;
    }
    return {};
}

// Takes in what is seen, and states nothing.
class Taker final : public Recogniser {
  public:
    std::span<Rule const> rules() const override { return {}; }
    bool wants(Kind) const override { return true; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Taking>(*goal); }

    std::shared_ptr<SeenInside*> goal = std::make_shared<SeenInside*>(nullptr);

  private:
    class Taking final : public Recognition {
      public:
        explicit Taking(SeenInside* seen) : seen_(*seen) {}
        Interest look(Evidence const& evidence, std::uint32_t) override {
            if (evidence.media == picture_code_media) take_code(evidence);
            else if (evidence.kind == Kind::bytes || evidence.kind == Kind::image) take_file(evidence);
            return Interest::none;
        }
        std::vector<Statement> finish() override { return {}; }

      private:
        void take_code(Evidence const& evidence) {
            std::string_view const text = evidence.content.view();
            SeenCode code{std::string(field_of(text, code_field::symbology)),
                          std::string(field_of(text, code_field::payload)), evidence.place};
            bool const known = std::any_of(seen_.codes.begin(), seen_.codes.end(),
                                           [&](SeenCode const& other) { return other.payload == code.payload; });
            if (!known && !code.payload.empty() && seen_.codes.size() < most_things)
                seen_.codes.push_back(std::move(code));
        }
        void take_file(Evidence const& evidence) {
            if (evidence.place.steps.empty() || seen_.files.size() >= most_things) return;
            Step const& last = evidence.place.steps.back();
            if (last.how != How::member) return;
            auto const members = std::count_if(evidence.place.steps.begin(), evidence.place.steps.end(),
                                               [](Step const& step) { return step.how == How::member; });
            seen_.files.push_back({last.name, evidence.place, static_cast<unsigned>(members)});
        }

        SeenInside& seen_;
    };
};

}  // namespace

struct InsideLooker::Inside {
    Inside(std::string const& libexec, Limits const& limits, Matcher matcher)
        : broker(libexec, limits),
          setup{{}, PackSet(), {}, std::move(matcher), Directive(), {}, "", limits, Key{}, "", {}} {}

    Broker broker;
    Setup setup;
    std::unique_ptr<Matcher::Scratch> scratch;
    std::shared_ptr<SeenInside*> goal;
    std::atomic<bool> interrupted = false;
};

InsideLooker::InsideLooker() = default;
InsideLooker::~InsideLooker() = default;
InsideLooker::InsideLooker(InsideLooker&&) noexcept = default;

Result<InsideLooker> InsideLooker::make(std::string const& libexec, Limits const& limits) {
    InsideLooker looker;
    looker.inside_ = std::make_unique<Inside>(libexec, limits, TRY(Matcher::build({})));
    Inside& inside = *looker.inside_;
    inside.scratch = std::make_unique<Matcher::Scratch>(TRY(inside.setup.matcher.make_scratch()));
    auto taker = std::make_unique<Taker>();
    inside.goal = taker->goal;
    inside.setup.recognisers.push_back(std::move(taker));
    return looker;
}

SeenInside InsideLooker::look(Item const& item) {
    SeenInside seen;
    *inside_->goal = &seen;
    SourceReport report = inspect({inside_->setup, inside_->broker, *inside_->scratch, inside_->interrupted}, item);
    *inside_->goal = nullptr;
    seen.gaps = std::move(report.verdict.gaps);
    seen.bytes = report.verdict.coverage.bytes;
    seen.read = report.verdict.coverage.read;
    return seen;
}

}  // namespace keepmum
