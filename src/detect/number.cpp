// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/number.h"

#include <algorithm>

#include "base/utf8.h"
#include "detect/context.h"

namespace keepmum {

Judgement sound(std::optional<Certainty> alone, std::optional<Certainty> with_word,
    std::vector<std::string> reasons,
                std::vector<Fact> facts) {
    Judgement judgement;
    judgement.form = Judgement::Form::sound;
    judgement.alone = alone;
    judgement.with_word = with_word;
    judgement.reasons = std::move(reasons);
    judgement.facts = std::move(facts);
    return judgement;
}

namespace {

constexpr std::size_t enough_company = 6;
constexpr std::size_t crowd = 16, bytes_a_candidate = 256;

bool is_separator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/'; }

bool fits(std::string_view raw, std::string_view layout) {
    if (layout == "*") return true;
    char separator = 0;
    std::size_t at = 0;
    for (char expected : layout) {
        if (at == raw.size()) return false;
        char const c = raw[at++];
        if (expected == '#') {
            if (!is_alnum(c)) return false;
        } else if (expected == '~') {
            if (!is_separator(c) || (separator && c != separator)) return false;
            separator = c;
        } else if (c != expected) {
            return false;
        }
    }
    return at == raw.size();
}

bool is_laid_out(Token const& token, NumberForm const& form) {
    if (!token.grouped()) return true;
    return std::any_of(form.layouts.begin(), form.layouts.end(),
                       [&](std::string_view layout) { return fits(token.raw, layout); });
}

// The first separator inside the number, 0 where it stands in one piece.
char separator_of(Token const& token) {
    for (char c : token.raw) {
        if (!is_alnum(c)) return c;
    }
    return 0;
}

bool goes_on(std::string_view side, char next, char beyond, Token const& token, Edges edges) {
    char const own = separator_of(token);
    if (own && next == own && is_digit(beyond)) return true;
    if (next == '.' && is_digit(beyond)) return true;
    if (edges == Edges::loose) return false;
    bool const glue = std::string_view("-._/:\\").find(next) != std::string_view::npos;
    if (glue && is_alnum(beyond)) return true;
    return side.find(next) != std::string_view::npos;
}

bool stands_alone(Token const& token, Judgement const& judgement, Edges edges) {
    std::string_view before = token.before(), after = token.after();
    before.remove_suffix(judgement.wider_left);
    after.remove_prefix(judgement.wider_right);
    if (!before.empty()) {
        char const beyond = before.size() > 1 ? before[before.size() - 2] : '\0';
        if (goes_on("-+@$%", before.back(), beyond, token, edges)) return false;
    }
    if (!after.empty()) {
        char const beyond = after.size() > 1 ? after[1] : '\0';
        if (goes_on("@%", after.front(), beyond, token, edges)) return false;
    }
    return true;
}

// Counts different numbers, and of many only the first thousands: they tell what the text is.
class Distinct {
  public:
    void add(std::string_view number) {
        if (numbers_.size() < most_compared) numbers_.push_back(number);
    }
    std::size_t count() {
        std::sort(numbers_.begin(), numbers_.end());
        numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
        return numbers_.size();
    }

  private:
    static constexpr std::size_t most_compared = 4096;
    std::vector<std::string_view> numbers_;
};

class Number final : public TreeDetector {
  public:
    Number(About const& about, NumberForm const& form) : TreeDetector(about), form_(form) {}
    CodeForm code_form() const override {
        return {form_.layouts, form_.first, form_.second, form_.last, form_.before};
    }
    void examine(Reading const& reading, Sink& sink) const override;

  private:
    struct Sound {
        Span span;
        Judgement judgement;
    };
    void state(Reading const& reading, Sound sound, bool in_company, Sink& sink) const;
    NumberForm const& form_;
};

void Number::examine(Reading const& given, Sink& sink) const {
    std::unique_ptr<Notes> notes;
    Reading reading = given;
    if (!reading.notes) reading.notes = &notes;
    std::vector<Sound> all;
    Distinct sound, broken;
    std::size_t free_from = 0;
    Span quiet;
    // Where candidates are few, the characters are judged faster than the words are found.
    bool const crowded = reading.candidates.size() > crowd + reading.text.size() / bytes_a_candidate;
    bool const asks_first = crowded && form_.alone != Alone::sometimes;
    for (Candidate const& candidate : reading.candidates) {
        if (candidate.begin < free_from) continue;
        bool const may_be_alone = form_.alone == Alone::grouped && candidate.end - candidate.begin > candidate.compact.size();
        Span const here{candidate.begin, candidate.end};
        if (asks_first && !may_be_alone && !may_be_near(reading, here, form_.words, quiet)) continue;
        Token const token{candidate.compact, reading.text.substr(candidate.begin,
            candidate.end - candidate.begin),
                          reading.text, candidate.begin};
        if (!is_laid_out(token, form_)) continue;
        Judgement judgement = form_.judge(token);
        if (judgement.form == Judgement::Form::foreign || !stands_alone(token, judgement,
            form_.edges)) continue;
        bool const counts = form_.company == Company::counts;
        if (judgement.form == Judgement::Form::broken) {
            if (counts) broken.add(token.compact);
            continue;
        }
        if (counts) sound.add(token.compact);
        free_from = candidate.end + judgement.wider_right;
        Span const span{candidate.begin - judgement.wider_left, free_from};
        all.push_back({span, std::move(judgement)});
    }
    std::size_t const agreeing = sound.count();
    bool const in_company = agreeing >= enough_company && broken.count() * 10 <= agreeing;
    for (Sound& one : all) state(reading, std::move(one), in_company, sink);
}

void Number::state(Reading const& reading, Sound one, bool in_company, Sink& sink) const {
    Judgement& judgement = one.judgement;
    std::optional<Certainty> certainty = judgement.alone;
    std::string_view word;
    if (judgement.with_word && judgement.with_word != judgement.alone) {
        word = find_near(reading, one.span, form_.words);
    }
    if (!word.empty()) {
        certainty = judgement.with_word;
        judgement.reasons.push_back("\"" + std::string(word) + "\" stands nearby");
    } else if (in_company && (!certainty || *certainty < Certainty::likely)) {
        certainty = Certainty::likely;
        judgement.reasons.push_back("many numbers of this form here, and nearly all of them agree");
    } else if (!certainty || (certainty != Certainty::certain && is_said_to_be_harmless(reading, one.span))) {
        return;
    }
    Finding finding;
    finding.certainty = *certainty;
    finding.span = one.span;
    finding.facts = std::move(judgement.facts);
    finding.reasons = std::move(judgement.reasons);
    sink.found(std::move(finding));
}

}  // namespace

std::unique_ptr<Detector> make_number(About const& about, NumberForm const& form) {
    return std::make_unique<Number>(about, form);
}

}  // namespace keepmum
