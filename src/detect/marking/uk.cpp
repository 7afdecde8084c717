// The Government Security Classifications: OFFICIAL, OFFICIAL-SENSITIVE with a descriptor, SECRET, TOP SECRET,
// with the prefix UK or the caveat EYES ONLY. Plain SECRET and TOP SECRET: marking.us.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/marking/phrase.h"

namespace keepmum {
namespace {

constexpr MarkingPhrase phrases[] = {
    {"official", "official", "controlled", -1},
    {"uk official", "official", "controlled"},
    {"official-sensitive", "official-sensitive", "controlled", 2},
    {"official - sensitive", "official-sensitive", "controlled", 2},
    {"official sensitive", "official-sensitive", "controlled", 1},
    {"uk official-sensitive", "official-sensitive", "controlled", 2},
    {"uk official - sensitive", "official-sensitive", "controlled", 2},
    {"uk secret", "secret", "classified", 1},
    {"uk top secret", "top-secret", "classified", 2},
    {"secret uk eyes only", "secret", "classified", 2},
    {"top secret uk eyes only", "top-secret", "classified", 2},
    {"secret - uk eyes only", "secret", "classified", 2},
    {"top secret - uk eyes only", "top-secret", "classified", 2},
    {"uk eyes only", "secret", "classified", 1},
    {"top secret strap", "top-secret", "classified", 2},
};
constexpr auto triggers = triggers_of(phrases);
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.uk",
    .title = {"UK government marking", "英国政府密级标记"},
    .why = {"It says who in government may read it; to send it on may be an offence.", "它限定了政府内部谁可以阅读，擅自外传可能违法。"},
    .defined_by = "UK Government Security Classifications Policy (2023)",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

// A descriptor or prefix of access: " COMMERCIAL", " [PERSONAL DATA]", " 1" of STRAP.
std::size_t tail(std::string_view after) {
    static constexpr std::string_view tails[] = {
        "COMMERCIAL", "PERSONAL DATA", "PERSONAL", "LOCSEN", "MARKET SENSITIVE", "LEGAL PROFESSIONAL PRIVILEGE", "HR", "MANAGEMENT",
        "RECIPIENTS ONLY", "FOR PUBLIC RELEASE", "ORGANISATIONAL USE ONLY", "HMG USE ONLY", "EMBARGOED", "1", "2", "3"};
    std::size_t at = 0;
    while (at < after.size() && (after[at] == ' ' || after[at] == '[' || after[at] == '(' || after[at] == '-' || after[at] == ':' ||
                                 after[at] == '/') && at < 4) ++at;
    if (at == 0) return 0;
    for (std::string_view word : tails) {
        if (!after.substr(at).starts_with(word)) continue;
        std::size_t end = at + word.size();
        if (end < after.size() && is_alnum(after[end])) continue;
        if (end < after.size() && (after[end] == ']' || after[end] == ')')) ++end;
        return end;
    }
    return 0;
}

constexpr std::string_view law[] = {"official secrets act"};

void refine(Reading const& reading, MarkingPhrase const& phrase, MarkingSetting const& setting, Marking& marking) {
    std::string_view const text = reading.text.substr(marking.span.begin, marking.span.size());
    // A heading "Official" is everywhere; only capitals are a marking.
    if (phrase.level == "official" && capitals_of(text.substr(0, 8)) != Capitals::all) {
        marking.score.add(-4, "though the word is not in capitals");
    }
    if (phrase.level == "official" && setting.line == Line::sentence) marking.score.add(-4, "though it stands among other words");
    if (text.ends_with("FOR PUBLIC RELEASE")) marking.labels = {"unrestricted"};
    if (holds_any(setting.after, law)) marking.score.add(-2, "though a law is named");
}

constexpr PhraseForm form{.scheme = "uk", .phrases = phrases, .tail = tail, .refine = refine};

}  // namespace

extern DetectorRow const row_marking_uk{&about, [] { return make_phrases(about, form); }};

}  // namespace keepmum
