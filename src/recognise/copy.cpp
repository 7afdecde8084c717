// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/copy.h"

#include <algorithm>
#include <map>
#include <optional>

#include "index/likeness/digest.h"
#include "recognise/document_finding.h"

namespace keepmum {

namespace {

class Copies final : public Recogniser {
  public:
    Copies(std::shared_ptr<Store const> store, std::string path, DigestMap map, RegisterKey const& key, std::string today)
        : store_(std::move(store)), path_(std::move(path)), map_(std::move(map)), digester_(key), today_(std::move(today)),
          rule_(copy_rule()) {}

    std::span<Rule const> rules() const override { return {&rule_, 1}; }
    bool wants(Kind kind) const override { return kind == Kind::bytes; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(*this); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Copies const& copies) : copies_(copies) {}

        Interest look(Evidence const& evidence, std::uint32_t) override {
            std::uint32_t const look = looks_++;
            std::size_t const before = statements_.size();
            // A file that cannot be read is a gap already.
            if (!state_copies(look, evidence)) return Interest::none;
            if (statements_.size() == before && !state_near_copies(look, evidence)) return Interest::none;
            return statements_.size() > before ? Interest::some : Interest::none;
        }
        std::vector<Statement> finish() override { return std::move(statements_); }
        std::vector<Gap> gaps() const override {
            if (!damaged_) return {};
            return {gap_of_damage(copies_.path_, "bytes were changed")};
        }

      private:
        Result<> state_copies(std::uint32_t look, Evidence const& file) {
            if (copies_.map_.find(TRY(copies_.digester_.quick_tag(file)), damaged_).empty()) return {};
            for (std::uint64_t document : copies_.map_.find(TRY(copies_.digester_.whole_tag(file)), damaged_)) {
                state(look, document, Certainty::certain, "the same file", "is byte for byte a registered file");
            }
            return {};
        }

        Result<> state_near_copies(std::uint32_t look, Evidence const& file) {
            std::map<std::uint64_t, std::size_t> shared;
            std::vector<std::uint64_t> const tags = TRY(copies_.digester_.sketch(file));
            for (std::uint64_t tag : tags) {
                for (std::uint64_t document : copies_.map_.find(tag, damaged_)) ++shared[document];
            }
            for (auto const& [document, count] : shared) {
                if (count < near_copy_tags) continue;
                std::string const share = "about " + std::to_string(count * 100 / tags.size()) + "% of its bytes";
                state(look, document, Certainty::likely, share, "shares much of its bytes with a registered file");
            }
            return {};
        }

        void state(std::uint32_t look, std::uint64_t document, Certainty certainty, std::string likeness, std::string reason) {
            std::optional<DocumentFacts> const facts = copies_.store_->find(document);
            if (!facts) return;
            Statement statement;
            statement.look = look;
            statement.finding = begin_finding(copies_.rule_.id, certainty, *facts, copies_.today_);
            statement.finding.facts.push_back({"likeness", std::move(likeness)});
            statement.finding.reasons.push_back(std::move(reason));
            statements_.push_back(std::move(statement));
        }

        Copies const& copies_;
        std::uint32_t looks_ = 0;
        std::vector<Statement> statements_;
        bool damaged_ = false;
    };

    std::shared_ptr<Store const> store_;
    std::string path_;
    DigestMap map_;
    Digester digester_;
    std::string today_;
    Rule rule_;
};

}  // namespace

Rule copy_rule() {
    Rule rule;
    rule.id = "excerpt.copy";
    rule.title_en = "Copy of a protected file";
    rule.title_zh = "受保护文件的副本";
    rule.why_en = "It is a file that your organisation has registered as protected, or much of it.";
    rule.why_zh = "这是本单位已登记的受保护文件，或其中的大部分。";
    rule.defined_by = "SipHash of the whole; least hashes of its windows (Broder, 1997); docs/register.md";
    rule.labels = {"protected"};
    rule.certainty = Certainty::certain;
    rule.origin.pack = "keepmum";
    return rule;
}

std::unique_ptr<Recogniser> make_copies(std::shared_ptr<Store const> store, std::string path, DigestMap map, RegisterKey const& key,
                                        std::string today) {
    return std::make_unique<Copies>(std::move(store), std::move(path), std::move(map), key, std::move(today));
}

}  // namespace keepmum
