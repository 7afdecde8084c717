// The Australian e-mail marking has an exact grammar: [SEC=PROTECTED, CAVEAT=SH:CABINET] closes the subject, and
// the header X-Protective-Marking holds VER=, NS=, SEC=, CAVEAT=, EXPIRES=, DOWNTO=, ACCESS=, NOTE=, ORIGIN=.
// Pages bear OFFICIAL: Sensitive, PROTECTED and caveats behind "//".
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "detect/marking/setting.h"

namespace keepmum {
namespace {

constexpr Trigger triggers[] = {
    {.what = Trigger::What::word, .text = "sec="},
    {.what = Trigger::What::word, .text = "official: sensitive"},
    {.what = Trigger::What::word, .text = "official:sensitive"},
    {.what = Trigger::What::literal, .text = "PROTECTED"},
};
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.au",
    .title = {"Australian protective marking", "澳大利亚保护性标记"},
    .why = {"It says how the Australian government wants it handled.", "它表明澳大利亚政府对该信息的管控要求。"},
    .defined_by = "Email Protective Marking Standard 2018.4; PSPF policy 8",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

struct Level {
    std::string_view name, level, label;
};
constexpr Level levels[] = {
    {"TOP-SECRET", "top-secret", "classified"}, {"TOP SECRET", "top-secret", "classified"}, {"SECRET", "secret", "classified"},
    {"CONFIDENTIAL", "confidential", "classified"}, {"PROTECTED", "protected", "classified"},
    {"OFFICIAL:Sensitive", "official-sensitive", "controlled"}, {"OFFICIAL: Sensitive", "official-sensitive", "controlled"},
    {"DLM-Only", "dissemination-limited", "controlled"}, {"Sensitive", "official-sensitive", "controlled"},
    {"OFFICIAL", "official", "controlled"}, {"UNOFFICIAL", "unofficial", "unrestricted"},
    {"UNCLASSIFIED", "unclassified", "unrestricted"}};

Level const* level_at(std::string_view text) {
    for (Level const& level : levels) {
        if (!equal_ascii_case(text.substr(0, level.name.size()), level.name)) continue;
        if (text.size() == level.name.size() || !is_alnum(text[level.name.size()])) return &level;
    }
    return nullptr;
}

// "NAME=value" pairs parted by ", "; bytes taken.
std::size_t pairs_length(std::string_view text) {
    static constexpr std::string_view names[] = {"VER", "NS", "SEC", "CAVEAT", "EXPIRES", "DOWNTO", "ACCESS", "NOTE", "ORIGIN"};
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const equals = text.find('=', at);
        if (equals == std::string_view::npos || equals - at > 8) break;
        std::string const name = ascii_upper(text.substr(at, equals - at));
        if (std::find(std::begin(names), std::end(names), name) == std::end(names)) break;
        end = std::min(text.find_first_of(",]\r\n", equals), text.size());
        at = end;
        while (at < text.size() && (text[at] == ',' || text[at] == ' ')) ++at;
        if (at == end) break;
    }
    return end;
}

class Au final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        Markings markings(reading);
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.trigger == 0) judge_pairs(reading, candidate, markings);
            else judge_words(reading, candidate, markings);
        }
        markings.report(sink);
    }

  private:
    static void put(Level const& level, Marking marking, Markings& markings) {
        marking.facts.push_back({"level", std::string(level.level)});
        marking.facts.push_back({"scheme", "au"});
        marking.labels = {std::string(level.label)};
        markings.add(std::move(marking));
    }

    // [SEC=…] in a subject, or the header's list.
    static void judge_pairs(Reading const& reading, Candidate const& candidate, Markings& markings) {
        std::string_view const text = reading.text;
        Level const* const level = level_at(text.substr(candidate.end, 24));
        if (!level) return;
        std::size_t const end = candidate.begin + pairs_length(text.substr(candidate.begin, 600));
        Marking marking;
        marking.span = {candidate.begin, end};
        std::string_view const before = text.substr(candidate.begin > 200 ? candidate.begin - 200 : 0,
                                                    std::min<std::size_t>(candidate.begin, 200));
        bool const bracketed = before.ends_with('[') && text.substr(end).starts_with(']');
        std::size_t const line = before.find_last_of("\r\n");
        std::string const head = ascii_lower(before.substr(line == std::string_view::npos ? 0 : line + 1));
        bool const header = head.find("x-protective-marking:") != std::string::npos || head.find("ns=gov.au") != std::string::npos;
        if (bracketed) {
            marking.span = {candidate.begin - 1, end + 1};
            marking.score.add(4, "it follows the grammar of marked subjects");
        }
        if (header) marking.score.add(6, "it follows the grammar of the marking header");
        if (head.starts_with("subject:")) marking.score.add(2, "it stands in a subject");
        std::size_t after = marking.span.end;
        while (after < text.size() && text[after] == ' ') ++after;
        if (bracketed && (after >= text.size() || text[after] == '\n' || text[after] == '\r')) {
            marking.score.add(2, "it closes its line");
        }
        MarkingSetting const setting = setting_of(reading, marking.span);
        if (setting.quoted) marking.score.add(-4, "though it is quoted");
        if (setting.exemplary) marking.score.add(-4, "though words nearby call it an example");
        put(*level, std::move(marking), markings);
    }

    static void judge_words(Reading const& reading, Candidate const& candidate, Markings& markings) {
        std::string_view const text = reading.text;
        Level const* const level = level_at(text.substr(candidate.begin, 24));
        if (!level) return;
        Marking marking;
        marking.span = {candidate.begin, candidate.begin + level->name.size()};
        std::size_t end = marking.span.end;
        if (text.substr(end).starts_with("//")) {
            end += 2;
            while (end < text.size() && (is_alpha(text[end]) || text[end] == '-' || text[end] == ' ') && end - marking.span.end < 60) ++end;
            while (text[end - 1] == ' ') --end;
        }
        bool const caveat = end > marking.span.end + 2;
        if (caveat) marking.span.end = end;
        MarkingSetting const setting = setting_of(reading, marking.span);
        if (!setting.is_whole) return;
        weigh(setting, marking.score);
        bool const sensitive = candidate.trigger != 3;
        if (sensitive) marking.score.add(2, "the words seldom mean anything else");
        else marking.score.add(-1, "though the word has other meanings");
        if (!sensitive) weigh(Capitals::all, setting, marking.score);
        if (caveat) marking.score.add(3, "a caveat follows");
        put(*level, std::move(marking), markings);
    }
};

}  // namespace

extern DetectorRow const row_marking_au{&about, [] { return std::unique_ptr<Detector>(new Au(about)); }};

}  // namespace keepmum
