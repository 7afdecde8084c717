// NATO's levels in its two languages, their qualifiers and the controls of its special categories.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/marking/phrase.h"

namespace keepmum {
namespace {

constexpr MarkingPhrase phrases[] = {
    {"cosmic top secret", "top-secret", "classified", 3},
    {"cosmic très secret", "top-secret", "classified", 3},
    {"cosmic tres secret", "top-secret", "classified", 3},
    {"COSMIC TRÈS SECRET", "top-secret", "classified", 3},
    {"nato secret", "secret", "classified", 2},
    {"nato confidential", "confidential", "classified", 2},
    {"nato confidentiel", "confidential", "classified", 2},
    {"nato restricted", "restricted", "classified", 2},
    {"nato diffusion restreinte", "restricted", "classified", 2},
    {"nato unclassified", "unclassified", "controlled", 1},
    {"nato sans classification", "unclassified", "controlled", 1},
    {"nato/pfp unclassified", "unclassified", "controlled", 1},
    {"nato/eapc unclassified", "unclassified", "controlled", 1},
    {"nato/pfp restricted", "restricted", "classified", 2},
    {"nato/eapc restricted", "restricted", "classified", 2},
    {"nato/isaf secret", "secret", "classified", 2},
    {"nato/isaf restricted", "restricted", "classified", 2},
    {"cts-bohemia", "top-secret", "classified", 2},
    {"cts-balk", "top-secret", "classified", 2},
    {"ctsa", "top-secret", "classified", -1},
};
constexpr auto triggers = triggers_of(phrases);
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.nato",
    .title = {"NATO marking", "北约密级标记"},
    .why = {"It is information of the alliance: only cleared people of its members may hold it.", "属于北约信息，只有成员国经过审查的人员可以持有。"},
    .defined_by = "C-M(2002)49-REV1; AC/35-D/2002; STANAG 4774",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

// Controls behind the level: " ATOMAL", "-BALK", " RELEASABLE TO SWE, FIN".
std::size_t tail(std::string_view after) {
    static constexpr std::string_view controls[] = {"ATOMAL", "BOHEMIA", "BALK", "CRYPTO", "SIOP", "RELEASABLE TO", "REL TO", "RELEASABLE FOR"};
    std::size_t end = 0;
    for (int count = 0; count < 4; ++count) {
        std::size_t at = end;
        while (at < after.size() && at - end < 4 && (after[at] == ' ' || after[at] == '-' || after[at] == '/')) ++at;
        std::size_t taken = 0;
        for (std::string_view control : controls) {
            if (after.substr(at).starts_with(control)) taken = control.size();
        }
        if (at == end || !taken) break;
        bool const names = after.substr(at, taken).find("REL") == 0;
        end = at + taken;
        if (!names) continue;
        std::size_t list = end;
        while (list < after.size() && (is_upper(after[list]) || after[list] == ' ' || after[list] == ',' || after[list] == '/')) ++list;
        while (list > end && !is_upper(after[list - 1])) --list;
        end = list;
    }
    return end < after.size() && is_alnum(after[end]) ? 0 : end;
}

constexpr PhraseForm form{.scheme = "nato", .phrases = phrases, .tail = tail};

}  // namespace

extern DetectorRow const row_marking_nato{&about, [] { return make_phrases(about, form); }};

}  // namespace keepmum
