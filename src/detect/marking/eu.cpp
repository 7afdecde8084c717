// EU classified information bears a pair of words in French and English; the Council's LIMITE and the
// Commission's SENSITIVE are handling marks below that.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/marking/phrase.h"

namespace keepmum {
namespace {

constexpr MarkingPhrase phrases[] = {
    {"très secret ue/eu top secret", "top-secret", "classified", 4},
    {"tres secret ue/eu top secret", "top-secret", "classified", 4},
    {"TRÈS SECRET UE/EU TOP SECRET", "top-secret", "classified", 4},
    {"secret ue/eu secret", "secret", "classified", 4},
    {"confidentiel ue/eu confidential", "confidential", "classified", 4},
    {"restreint ue/eu restricted", "restricted", "classified", 4},
    {"tres secret ue", "top-secret", "classified", 2},
    {"TRÈS SECRET UE", "top-secret", "classified", 2},
    {"confidentiel ue", "confidential", "classified", 2},
    {"restreint ue", "restricted", "classified", 2},
    {"eu top secret", "top-secret", "classified", 2},
    {"eu secret", "secret", "classified", 1},
    {"eu confidential", "confidential", "classified", 1},
    {"eu restricted", "restricted", "classified", 1},
    {"limite", "limite", "controlled"},
    {"eu sensitive", "sensitive", "controlled", 1},
    {"special handling", "special-handling", "controlled", -1},
};
constexpr auto triggers = triggers_of(phrases);
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.eu",
    .title = {"EU marking", "欧盟密级标记"},
    .why = {"It is classified or limited information of the European Union.", "属于欧盟的涉密或限制传播信息。"},
    .defined_by = "Council Decision 2013/488/EU; Commission Decision (EU, Euratom) 2015/444",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

void refine(Reading const& reading, MarkingPhrase const& phrase, MarkingSetting const& setting, Marking& marking) {
    if (phrase.level != "limite") return;
    // A French or Italian word: only capitals on a line of their own are the mark.
    std::string_view const text = reading.text.substr(marking.span.begin, marking.span.size());
    if (capitals_of(text) != Capitals::all || setting.line == Line::sentence) marking.score.add(-5, "though it is an everyday word");
}

constexpr PhraseForm form{.scheme = "eu", .phrases = phrases, .refine = refine};

}  // namespace

extern DetectorRow const row_marking_eu{&about, [] { return make_phrases(about, form); }};

}  // namespace keepmum
