// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/open_chats.h"

#include <utility>

#include "engine/inspection.h"

namespace keepmum {

namespace {

// Takes down all evidence of a source and states nothing.
class Collector final : public Recogniser {
  public:
    std::span<Rule const> rules() const override { return {}; }
    bool wants(Kind kind) const override { return kind == Kind::bytes || kind == Kind::text; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Collection>(**goal); }

    std::shared_ptr<std::vector<Evidence>*> goal = std::make_shared<std::vector<Evidence>*>(nullptr);  // of the file being read

  private:
    class Collection final : public Recognition {
      public:
        explicit Collection(std::vector<Evidence>& all) : all_(all) {}
        Interest look(Evidence const& evidence, std::uint32_t) override {
            if (evidence.role == Role::shown) all_.push_back(evidence);
            return Interest::none;
        }
        std::vector<Statement> finish() override { return {}; }

      private:
        std::vector<Evidence>& all_;
    };
};

// A text without names: every line is a message of the other side.
Conversation conversation_of(std::string_view text) {
    Conversation conversation;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        if (end > at) {
            ChatMessage message;
            message.number = static_cast<std::uint32_t>(conversation.messages.size() + 1);
            message.text = text.substr(at, end - at);
            message.span = {at, end};
            conversation.messages.push_back(std::move(message));
        }
        at = end + 1;
    }
    return conversation;
}

}  // namespace

struct ChatOpener::Inside {
    Inside(std::string const& libexec, Limits const& limits, Matcher matcher)
        : broker(libexec, limits), setup{{}, PackSet(), {}, std::move(matcher), Directive(), {}, "", limits, Key{}, "", {}} {}

    Broker broker;
    Setup setup;
    std::unique_ptr<Matcher::Scratch> scratch;
    std::shared_ptr<std::vector<Evidence>*> goal;
    std::atomic<bool> interrupted = false;
};

ChatOpener::ChatOpener() = default;
ChatOpener::~ChatOpener() = default;
ChatOpener::ChatOpener(ChatOpener&&) noexcept = default;

Result<ChatOpener> ChatOpener::make(std::string const& libexec, Limits const& limits) {
    ChatOpener opener;
    opener.inside_ = std::make_unique<Inside>(libexec, limits, TRY(Matcher::build({})));
    Inside& inside = *opener.inside_;
    inside.scratch = std::make_unique<Matcher::Scratch>(TRY(inside.setup.matcher.make_scratch()));
    auto collector = std::make_unique<Collector>();
    inside.goal = collector->goal;
    inside.setup.recognisers.push_back(std::move(collector));
    return opener;
}

OpenedChats ChatOpener::open(Item const& item) {
    OpenedChats opened;
    std::vector<Evidence> all;
    *inside_->goal = &all;
    SourceReport report = inspect({inside_->setup, inside_->broker, *inside_->scratch, inside_->interrupted}, item);
    *inside_->goal = nullptr;
    opened.gaps = std::move(report.verdict.gaps);
    opened.coverage = report.verdict.coverage;
    for (Evidence const& evidence : all) {
        if (evidence.kind != Kind::text) continue;
        Conversation conversation = conversation_of(evidence.content.view());
        if (!conversation.messages.empty()) opened.chats.push_back({evidence.place, {std::move(conversation)}});
    }
    if (!opened.chats.empty() || !opened.gaps.empty()) return opened;
    Gap gap;
    gap.place.source = item.name;
    gap.cause = Cause::unsupported;
    gap.stage = Stage::extract;
    gap.bytes = opened.coverage.bytes;
    gap.detail = "no conversation was found in it";
    opened.gaps.push_back(std::move(gap));
    return opened;
}

}  // namespace keepmum
