// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/excerpt.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/utf8.h"
#include "core/picture_text.h"
#include "recognise/level.h"

namespace keepmum {

Rule excerpt_rule() {
    Rule rule;
    rule.id = "excerpt.document";
    rule.title_en = "Excerpt of a protected document";
    rule.title_zh = "受保护文件的摘录";
    rule.why_en = "It repeats passages of a document that your organisation has registered as protected.";
    rule.why_zh = "里面有与本单位已登记的受保护文件相同的段落。";
    rule.defined_by = "closed syncmers (Edgar, PeerJ 2021) under a key; docs/formats/register.md";
    rule.labels = {"protected"};
    rule.certainty = Certainty::certain;
    rule.origin.pack = "keepmum";
    return rule;
}

Rule slices_rule() {
    Rule rule;
    rule.id = "excerpt.slices";
    rule.title_en = "A protected document, bit by bit";
    rule.title_zh = "受保护文件被一点一点送出";
    rule.why_en = "With what was checked for this destination before, it would come to have a tenth or more of a document that your "
                  "organisation has registered as protected.";
    rule.why_zh = "加上以前为同一去向检查过的内容，对方将拿到本单位已登记受保护文件的十分之一以上。";
    rule.defined_by = "excerpts of remembered checks added up; docs/register.md";
    rule.labels = {"protected"};
    rule.certainty = Certainty::likely;
    rule.origin.pack = "keepmum";
    return rule;
}

namespace {

// Text that only repeats what is shown, or that readers hardly meet: other places are named before it.
bool is_second_choice(Role role) { return role == Role::markup || role == Role::residue || role == Role::metadata; }

// "4-6, 9"; of other parts than the body "comments: 2". At most `most` runs, then "…".
std::string say_numbers(std::vector<PassageNumber> numbers, std::vector<std::string> const& parts) {
    constexpr std::size_t most = 12;
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::string out;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        auto const goes_on = [&](PassageNumber a, PassageNumber b) { return a.part == b.part && b.number == a.number + 1; };
        while (last + 1 < numbers.size() && goes_on(numbers[last], numbers[last + 1])) ++last;
        bool const same_part = i > 0 && numbers[i - 1].part == numbers[i].part;
        if (!out.empty()) out += same_part ? ", " : "; ";
        if (runs++ == most) return out + "…";
        if (!same_part && numbers[i].part < parts.size() && !parts[numbers[i].part].empty()) out += parts[numbers[i].part] + ": ";
        out += std::to_string(numbers[i].number);
        if (last > i) out += (last == i + 1 ? ", " : "-") + std::to_string(numbers[last].number);
        i = last + 1;
    }
    return out;
}

// What one file inside the source shares with one document.
struct FileShare {
    std::vector<Passage const*> passages;
    std::uint64_t letters = 0;
};

void add_numbers(std::vector<PassageNumber>& numbers, Passage const& passage) {
    constexpr std::uint32_t most = 4096;  // of one passage: what is said is cut far earlier
    numbers.push_back(passage.first);
    numbers.push_back(passage.last);
    if (passage.first.part != passage.last.part || passage.last.number < passage.first.number) return;
    for (std::uint32_t i = 1; i < most && passage.first.number + i < passage.last.number; ++i) {
        numbers.push_back({passage.first.part, passage.first.number + i});
    }
}

std::string say_share(double share) {
    double const percent = std::clamp(share, 0.0, 1.0) * 100;
    return percent < 1 ? "<1%" : std::to_string(static_cast<int>(std::floor(percent))) + "%";
}

Statement state(Overlap const& overlap, FileShare const& share, bool alone, std::vector<Role> const& roles, std::string_view today) {
    DocumentFacts const& document = overlap.document;
    Statement statement;
    std::map<std::uint32_t, std::uint64_t> letters_of;  // by text
    std::vector<PassageNumber> numbers;
    for (Passage const* passage : share.passages) {
        statement.stretches.push_back({passage->text, passage->span});
        letters_of[passage->text] += passage->letters;
        add_numbers(numbers, *passage);
    }
    auto const weight = [&](std::uint32_t text) {
        return std::pair(!is_second_choice(roles[text]), letters_of[text]);
    };
    Passage const* best = share.passages.front();
    for (Passage const* passage : share.passages) {
        if (weight(passage->text) > weight(best->text)) best = passage;
    }
    statement.look = best->text;
    Finding& finding = statement.finding;
    finding.rule = "excerpt.document";
    finding.certainty = overlap.certainty;
    finding.span = best->span;  // the first one there
    finding.labels = {label_of_level(document.level)};
    std::uint64_t const letters = alone ? overlap.letters : std::min(overlap.letters, share.letters);
    double const part = document.letters ? static_cast<double>(letters) / static_cast<double>(document.letters) : overlap.share;
    finding.facts = {{"document", document.name}, {"level", document.level}, {"letters", std::to_string(letters)},
                     {"share", say_share(part)}};
    if (std::string said = say_numbers(std::move(numbers), overlap.parts); !said.empty()) {
        finding.facts.push_back({"paragraphs", std::move(said)});
    }
    finding.reasons = {"repeats " + std::to_string(letters) + " letters of a registered document"};
    if (!document.until.empty() && document.until < today) {
        finding.certainty = Certainty::hint;
        finding.facts.push_back({"until", document.until});
        finding.reasons.push_back("its last day as a protected document was " + document.until);
    }
    return statement;
}

class Excerpts final : public Recogniser {
  public:
    Excerpts(std::shared_ptr<Store const> store, Thresholds const& thresholds, std::string today)
        : store_(std::move(store)), thresholds_(thresholds), today_(std::move(today)), rule_(excerpt_rule()) {}

    std::span<Rule const> rules() const override { return {&rule_, 1}; }
    bool wants(Kind kind) const override { return kind == Kind::text || kind == Kind::fields || kind == Kind::records; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(*this); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Excerpts const& excerpts) : excerpts_(excerpts), question_(*excerpts.store_, excerpts.thresholds_) {}

        Interest look(Evidence const& evidence, std::uint32_t file) override {
            question_.add(evidence.content.view(), legibility_of(evidence));
            files_.push_back(file);
            roles_.push_back(evidence.role);
            return question_.last_shares() ? Interest::some : Interest::none;
        }

        std::vector<Statement> finish() override { return state_overlaps(question_.answer(), files_, roles_, excerpts_.today_); }

        std::vector<Gap> gaps() const override {
            std::vector<Damage> damage = question_.damage();
            damage.insert(damage.end(), excerpts_.store_->damage().begin(), excerpts_.store_->damage().end());
            if (damage.empty()) return {};
            Gap gap;
            gap.cause = Cause::unreadable;
            gap.stage = Stage::detect;
            gap.media = std::string(register_media);
            std::string const& file = damage.front().file;
            gap.detail = "the register of protected documents is damaged: " + file.substr(file.rfind('/') + 1) + " " + damage.front().what;
            return {gap};
        }

      private:
        Excerpts const& excerpts_;
        Question question_;
        std::vector<std::uint32_t> files_;
        std::vector<Role> roles_;
    };

    std::shared_ptr<Store const> store_;
    Thresholds thresholds_;
    std::string today_;
    Rule rule_;
};

}  // namespace

Legibility legibility_of(Evidence const& evidence) {
    // Text in pictures was read by a machine, and so was the text layer that lies unseen behind a scanned page.
    if (evidence.media == picture_text_media) return Legibility::noisy;
    return evidence.role == Role::hidden && evidence.reason == "invisible" ? Legibility::noisy : Legibility::typed;
}

std::vector<Statement> state_overlaps(std::vector<Overlap> const& overlaps, std::vector<std::uint32_t> const& files,
                                      std::vector<Role> const& roles, std::string_view today) {
    std::vector<Statement> statements;
    for (Overlap const& overlap : overlaps) {
        std::map<std::uint32_t, FileShare> shares;
        for (Passage const& passage : overlap.passages) {
            if (passage.text >= files.size()) continue;
            FileShare& share = shares[files[passage.text]];
            share.passages.push_back(&passage);
            share.letters += passage.letters;
        }
        for (auto const& [file, share] : shares) statements.push_back(state(overlap, share, shares.size() == 1, roles, today));
    }
    return statements;
}

std::unique_ptr<Recogniser> make_excerpts(std::shared_ptr<Store const> store, Thresholds const& thresholds, std::string today) {
    return std::make_unique<Excerpts>(std::move(store), thresholds, std::move(today));
}

}  // namespace keepmum
