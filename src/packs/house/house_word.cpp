// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/house_word.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "packs/house/near_codes.h"
#include "packs/house/word_index.h"

namespace keepmum {
namespace {

// How far from a word an expression still allows it, in bytes.
constexpr std::size_t reach = 300;

Rule house_rule() {
    Rule rule;
    rule.id = "word.house";
    rule.title_en = "Word of the house";
    rule.title_zh = "本单位敏感词";
    rule.why_en = "A name, number or place that your organisation has listed: whoever reads it learns what it stands for.";
    rule.why_zh = "这是本单位列入清单的名称、编号或地点，看到它的人就知道背后是什么。";
    rule.defined_by = "the words files of this computer (docs/formats/words.md)";
    rule.labels = {"word"};
    rule.certainty = Certainty::certain;
    rule.origin = {"words", "", 0};
    return rule;
}

// `pattern` with * for any run of characters and ? for any one byte.
bool fits(std::string_view pattern, std::string_view name) {
    std::size_t at = 0, in = 0, star = pattern.npos, resume = 0;
    while (in < name.size()) {
        if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[in]) && pattern[at] != '*') {
            ++at, ++in;
        } else if (at < pattern.size() && pattern[at] == '*') {
            star = at++, resume = in;
        } else if (star != pattern.npos) {
            at = star + 1, in = ++resume;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*') ++at;
    return at == pattern.size();
}

class HouseWords final : public Detector {
  public:
    HouseWords(std::vector<HouseWord> words, std::string_view today)
        : words_(std::move(words)), today_(today), rule_(house_rule()) {
        triggers_.push_back({.what = Trigger::What::always});
        for (std::uint32_t number = 0; number < words_.size(); ++number) add(number);
        index_.finish();
        if (!near_.empty()) {
            triggers_.push_back({.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric,
                                 .min = near_.shortest(), .max = near_.longest()});
        }
    }

    Rule const& rule() const override { return rule_; }
    std::span<Trigger const> triggers() const override { return triggers_; }

    void examine(Reading const& reading, Sink& sink) const override {
        // The whole text is a candidate once, though a large one may be visited several times.
        bool whole = false;
        for (Candidate const& candidate : reading.candidates) whole |= candidate.trigger == 0;
        std::vector<Span> told;
        if (whole || near_.empty()) told = tell_listed(reading, sink);
        if (!near_.empty()) tell_near(reading, told, sink);
    }

  private:
    void add(std::uint32_t number) {
        HouseWord const& word = words_[number];
        Spelling const spelling = spell(word.text);
        index_.add(spelling, number, Form::exact);
        if (word.inflect) {
            for (Spelling const& form : inflections(spelling)) index_.add(form, number, Form::inflected);
        }
        for (Spelling const& form : unaccented(spelling)) index_.add(form, number, Form::bare);
        for (std::string const& longer : word.not_in) {
            Spelling const whole = spell(longer);
            index_.add(whole, number, Form::shield);
            for (Spelling const& form : unaccented(whole)) index_.add(form, number, Form::shield);
        }
        if (word.near_misses) near_.add(spelling.letters, number);
        allowed_near_.emplace_back();
        for (std::string const& phrase : word.allowed_near) allowed_near_.back().push_back(letters_of(phrase));
    }

    // What is better told of two at one place: the higher level, then the exact one, then the earlier listed.
    bool is_better(WordOccurrence const& one, WordOccurrence const& other) const {
        if (one.span.end != other.span.end) return one.span.end > other.span.end;
        Level const level = words_[one.word].level, others = words_[other.word].level;
        if (level != others) return level > others;
        if (one.form != other.form) return one.form < other.form;
        return one.word < other.word;
    }

    std::vector<Span> tell_listed(Reading const& reading, Sink& sink) const {
        Layout const layout = reading.evidence.kind == Kind::text ? Layout::running : Layout::table;
        std::vector<WordOccurrence> const all = index_.find_in(reading.text, layout);
        std::vector<Span> told;
        std::vector<WordOccurrence const*> shields;
        Level level = Level::internal;  // of what was told last
        for (std::size_t first = 0; first < all.size();) {
            std::uint64_t const begin = all[first].span.begin;
            std::size_t last = first;
            std::erase_if(shields, [&](WordOccurrence const* shield) { return shield->span.end <= begin; });
            for (; last < all.size() && all[last].span.begin == begin; ++last) {
                if (all[last].form == Form::shield) shields.push_back(&all[last]);
            }
            WordOccurrence const* best = nullptr;
            for (std::size_t i = first; i < last; ++i) {
                WordOccurrence const& one = all[i];
                if (one.form == Form::shield || is_shielded(one, shields) || is_allowed(one, reading)) continue;
                if (!best || is_better(one, *best)) best = &one;
            }
            first = last;
            if (!best) continue;
            // Within a longer word only what weighs more.
            bool const inside = !told.empty() && best->span.end <= told.back().end;
            if (inside && words_[best->word].level <= level) continue;
            level = words_[best->word].level;
            told.push_back(best->span);
            tell(*best, sink);
        }
        return told;
    }

    static bool is_shielded(WordOccurrence const& one, std::vector<WordOccurrence const*> const& shields) {
        return std::any_of(shields.begin(), shields.end(), [&](WordOccurrence const* shield) {
            return shield->word == one.word && shield->span.end >= one.span.end;
        });
    }

    bool is_allowed(WordOccurrence const& one, Reading const& reading) const {
        for (std::string const& pattern : words_[one.word].allowed_sources) {
            if (fits(pattern, reading.evidence.place.source)) return true;
        }
        std::vector<std::u32string> const& phrases = allowed_near_[one.word];
        if (phrases.empty()) return false;
        std::uint64_t const from = one.span.begin > reach ? one.span.begin - reach : 0;
        std::u32string const near = letters_of(reading.text.substr(from, one.span.end + reach - from));
        return std::any_of(phrases.begin(), phrases.end(),
                           [&](std::u32string const& phrase) { return near.find(phrase) != near.npos; });
    }

    void tell(WordOccurrence const& one, Sink& sink) const {
        Finding finding = finding_of(words_[one.word], one.span);
        if (one.form == Form::inflected) {
            finding.certainty = std::min(finding.certainty, Certainty::likely);
            finding.reasons.emplace_back("an inflected form of a listed word");
        }
        if (one.form == Form::bare) {
            finding.certainty = std::min(finding.certainty, Certainty::likely);
            finding.reasons.emplace_back("a listed word without its accents");
        }
        if (one.runs_on) {
            finding.certainty = std::min(finding.certainty, Certainty::likely);
            finding.reasons.emplace_back("runs on into a number or letter");
        }
        sink.found(std::move(finding));
    }

    void tell_near(Reading const& reading, std::vector<Span> const& told, Sink& sink) const {
        std::uint64_t taken = 0;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.trigger != 1 || candidate.begin < taken) continue;
            auto const before = std::upper_bound(told.begin(), told.end(), candidate.end,
                                                 [](std::uint64_t end, Span span) { return end <= span.begin; });
            if (before != told.begin() && std::prev(before)->end > candidate.begin) continue;
            std::optional<std::uint32_t> const word = near_.find(candidate.compact);
            if (!word) continue;
            WordOccurrence const one{*word, Form::exact, false, {candidate.begin, candidate.end}};
            if (is_allowed(one, reading)) continue;
            taken = candidate.end;
            Finding finding = finding_of(words_[*word], one.span);
            finding.certainty = std::min(finding.certainty, Certainty::likely);
            finding.reasons.emplace_back("one character away from a listed code");
            sink.found(std::move(finding));
        }
    }

    Finding finding_of(HouseWord const& listed, Span span) const {
        Finding finding;
        finding.span = span;
        finding.certainty = Certainty::certain;
        finding.facts = {{"label", listed.label}, {"level", std::string(word(listed.level))}, {"list", listed.list}};
        finding.labels = {"word-" + std::string(word(listed.level))};
        finding.reasons = {"on the list '" + listed.list + "' of this house"};
        if (!listed.until.empty() && listed.until < today_) {
            finding.certainty = Certainty::hint;
            finding.facts.push_back({"until", listed.until});
            finding.reasons.push_back("its last day on the list was " + listed.until);
        }
        return finding;
    }

    std::vector<HouseWord> words_;
    std::string today_;
    Rule rule_;
    std::vector<Trigger> triggers_;
    HouseWordIndex index_;
    NearCodes near_;
    std::vector<std::vector<std::u32string>> allowed_near_;  // by word, folded
};

}  // namespace

std::unique_ptr<Detector> make_house_words(std::vector<HouseWord> words, std::string_view today) {
    return std::make_unique<HouseWords>(std::move(words), today);
}

}  // namespace keepmum
