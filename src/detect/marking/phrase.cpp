// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/marking/phrase.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

// Between two phrases of one marking: punctuation, blanks, "and".
bool is_joint(std::string_view between) {
    if (between.size() > 8) return false;
    std::size_t at = 0;
    while (at < between.size()) {
        CodePoint const point = decode_utf8(between, at);
        if (between[at] == '\n' || between[at] == '\t') return false;
        if (is_word(point.value)) {
            std::string const rest = ascii_lower(between.substr(at));
            if (rest.starts_with("and ")) at += 3;
            else if (rest.starts_with("及") || rest.starts_with("和")) at += 3;
            else return false;
            continue;
        }
        at += point.length;
    }
    return true;
}

// A word goes on beside it, in a script that parts words.
bool is_cut(std::string_view text, Span span) {
    auto const parted = [](char32_t c) { return is_word(c) && !is_cjk(c); };
    auto const before = [&](std::size_t at) {
        std::size_t start = at - 1;
        for (int tail = 0; tail < 3 && start > 0 && (text[start] & 0xC0) == 0x80; ++tail) --start;
        return decode_utf8(text, start).value;
    };
    if (span.begin > 0 && parted(decode_utf8(text, span.begin).value) && parted(before(span.begin))) return true;
    return span.end < text.size() && parted(before(span.end)) && parted(decode_utf8(text, span.end).value);
}

class Phrases final : public TreeDetector {
  public:
    Phrases(About const& about, PhraseForm const& form) : TreeDetector(about), form_(form) {}

    void examine(Reading const& reading, Sink& sink) const override {
        Markings markings(reading);
        auto const& all = reading.candidates;
        for (std::size_t i = 0; i < all.size();) {
            std::size_t best = i = skip_cut(reading, i);
            if (best >= all.size()) break;
            Span span{all[best].begin, all[best].end};
            for (++i; i < all.size() && all[i].begin < span.end; ++i) {
                if (all[i].begin == span.begin && all[i].end > span.end && !is_cut(reading.text, {all[i].begin, all[i].end})) {
                    best = i;
                    span.end = all[i].end;
                }
            }
            for (; i < all.size(); ++i) {
                if (all[i].end <= span.end) continue;
                if (all[i].begin > span.end && !is_joint(reading.text.substr(span.end, all[i].begin - span.end))) break;
                if (is_cut(reading.text, {all[i].begin, all[i].end})) continue;
                if (form_.phrases[all[i].trigger].worth > form_.phrases[all[best].trigger].worth) best = i;
                span.end = all[i].end;
            }
            judge(reading, form_.phrases[all[best].trigger], span, markings);
        }
        markings.report(sink);
    }

  private:
    static std::size_t skip_cut(Reading const& reading, std::size_t i) {
        while (i < reading.candidates.size() &&
               is_cut(reading.text, {reading.candidates[i].begin, reading.candidates[i].end})) ++i;
        return i;
    }

    void judge(Reading const& reading, MarkingPhrase const& phrase, Span span, Markings& markings) const {
        Marking marking;
        marking.span = span;
        if (form_.tail) marking.span.end += form_.tail(reading.text.substr(span.end, 120));
        MarkingSetting const setting = setting_of(reading, marking.span);
        if (!setting.is_whole) return;
        weigh(setting, marking.score);
        std::string_view const text = reading.text.substr(span.begin, span.size());
        if (is_ascii(text) || std::any_of(text.begin(), text.end(), is_alpha)) weigh(capitals_of(text), setting, marking.score);
        if (phrase.worth > 0) marking.score.add(phrase.worth, "the words seldom mean anything else");
        if (phrase.worth < 0) marking.score.add(phrase.worth, "though the words have other meanings");
        marking.facts = {{"level", std::string(phrase.level)}, {"scheme", std::string(phrase.scheme.empty() ? form_.scheme : phrase.scheme)}};
        marking.labels = {std::string(phrase.label)};
        if (form_.refine) form_.refine(reading, phrase, setting, marking);
        markings.add(std::move(marking));
    }

    PhraseForm const& form_;
};

}  // namespace

std::unique_ptr<Detector> make_phrases(About const& about, PhraseForm const& form) {
    return std::make_unique<Phrases>(about, form);
}

}  // namespace keepmum
