// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/picture.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "index/likeness/picture_search.h"
#include "index/likeness/picture_store.h"
#include "recognise/document_finding.h"

namespace keepmum {

namespace {

// How a picture was found again.
struct Likeness {
    int distance = 0;
    Turn turn = Turn::none;
    StoredPicture::Kind kind = StoredPicture::Kind::whole;
};

std::string_view say_likeness(Likeness const& likeness) {
    if (likeness.kind == StoredPicture::Kind::cut) return "a part of it";
    if (likeness.distance <= 8) return "the same picture";
    return likeness.distance <= 20 ? "nearly the same" : "alike";
}

// All registered pictures, in memory.
struct Opened {
    std::vector<StoredPicture> pictures;
    std::optional<PictureSearch> search;
    std::string damage;  // why there are none

    // The best likeness for each document that has one.
    std::map<std::uint64_t, Likeness> find(PictureSignature const& asked) const {
        std::map<std::uint64_t, Likeness> best;
        if (!search) return best;
        for (auto const& positions : asked.shown) {
            for (std::size_t turn = 0; turn < turns; ++turn) {
                for (PictureSearch::Near const& near : search->find(positions[turn])) {
                    StoredPicture const& picture = pictures[near.number];
                    Likeness const likeness{near.distance, static_cast<Turn>(turn), picture.kind};
                    auto const [known, fresh] = best.try_emplace(picture.document, likeness);
                    auto const rank = [](Likeness const& each) { return std::pair(each.distance, each.turn); };
                    if (!fresh && rank(likeness) < rank(known->second)) known->second = likeness;
                }
            }
        }
        return best;
    }
};

class Pictures final : public Recogniser {
  public:
    Pictures(std::shared_ptr<Store const> store, std::string path, RegisterKey const& key, std::string today)
        : store_(std::move(store)), path_(std::move(path)), key_(key), today_(std::move(today)), rule_(picture_rule()) {}

    std::span<Rule const> rules() const override { return {&rule_, 1}; }
    bool wants(Kind kind) const override { return kind == Kind::image; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(*this); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Pictures const& pictures) : pictures_(pictures) {}

        Interest look(Evidence const& evidence, std::uint32_t) override {
            std::uint32_t const look = looks_++;
            std::optional<PictureSignature> const asked = read_signature(evidence.content.view());
            if (!asked || asked->shown.empty()) return Interest::none;
            Opened const& opened = pictures_.open();
            damage_ = opened.damage;
            std::vector<std::pair<DocumentFacts, Likeness>> found;
            for (auto const& [id, likeness] : opened.find(*asked)) {
                if (std::optional<DocumentFacts> facts = pictures_.store_->find(id)) found.emplace_back(std::move(*facts), likeness);
            }
            if (found.size() > most_documents_of_picture) return Interest::none;
            for (auto const& [facts, likeness] : found) statements_.push_back(pictures_.state(look, facts, likeness));
            return found.empty() ? Interest::none : Interest::some;
        }
        std::vector<Statement> finish() override { return std::move(statements_); }
        std::vector<Gap> gaps() const override {
            if (damage_.empty()) return {};
            return {gap_of_damage(pictures_.path_, damage_)};
        }

      private:
        Pictures const& pictures_;
        std::uint32_t looks_ = 0;
        std::vector<Statement> statements_;
        std::string damage_;
    };

    Statement state(std::uint32_t look, DocumentFacts const& document, Likeness const& likeness) const {
        Statement statement;
        statement.look = look;
        statement.finding = begin_finding(rule_.id, Certainty::likely, document, today_);
        Finding& finding = statement.finding;
        finding.facts.push_back({"likeness", std::string(say_likeness(likeness))});
        finding.facts.push_back({"distance", std::to_string(likeness.distance)});
        if (likeness.turn != Turn::none) finding.facts.push_back({"turned", std::string(word(likeness.turn))});
        finding.reasons.push_back("looks like a registered picture: " + std::to_string(likeness.distance) + " of 256 bits differ");
        return statement;
    }

    Opened const& open() const {
        Opened& opened = later_->opened;
        std::call_once(later_->once, [&] {
            Result<std::vector<StoredPicture>> read = read_pictures(path_, key_);
            if (!read) {
                opened.damage = read.error().what;
                return;
            }
            opened.pictures = std::move(*read);
            std::vector<PictureHash> hashes;
            for (StoredPicture const& picture : opened.pictures) hashes.push_back(picture.hash);
            opened.search.emplace(std::move(hashes));
        });
        return opened;
    }

    std::shared_ptr<Store const> store_;
    std::string path_;
    RegisterKey key_;
    std::string today_;
    Rule rule_;
    struct Later {
        std::once_flag once;
        Opened opened;
    };
    std::unique_ptr<Later> const later_ = std::make_unique<Later>();  // written once, by whoever meets the first picture
};

}  // namespace

Rule picture_rule() {
    Rule rule;
    rule.id = "excerpt.picture";
    rule.title_en = "Picture of a protected document";
    rule.title_zh = "受保护文件中的图片";
    rule.why_en = "It looks like a picture that your organisation has registered as protected.";
    rule.why_zh = "看起来与本单位已登记的受保护图片相同。";
    rule.defined_by = "PDQ (ThreatExchange, 2019); docs/register.md";
    rule.labels = {"protected"};
    rule.certainty = Certainty::likely;
    rule.origin.pack = "keepmum";
    return rule;
}

std::unique_ptr<Recogniser> make_pictures(std::shared_ptr<Store const> store, std::string path, RegisterKey const& key, std::string today) {
    return std::make_unique<Pictures>(std::move(store), std::move(path), key, std::move(today));
}

}  // namespace keepmum
