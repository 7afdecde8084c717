// Banner lines, portion marks and authority blocks of the United States, and the plain English levels that
// other services share. The grammar is in us_grammar.h; here is what makes a string that fits it a marking:
// where it stands, and whether banner, portions and authority block of one text agree.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "detect/marking/setting.h"
#include "detect/marking/us_grammar.h"

namespace keepmum {
namespace {

constexpr Trigger triggers[] = {
    {.what = Trigger::What::word, .text = "classified by"},
    {.what = Trigger::What::word, .text = "derived from"},
    {.what = Trigger::What::word, .text = "declassify on"},
    {.what = Trigger::What::word, .text = "controlled by"},
    {.what = Trigger::What::word, .text = "cui category"},
    {.what = Trigger::What::word, .text = "for official use only"},
    {.what = Trigger::What::word, .text = "top secret"},
    {.what = Trigger::What::literal, .text = "SECRET"},
    {.what = Trigger::What::literal, .text = "CONFIDENTIAL"},
    {.what = Trigger::What::literal, .text = "UNCLASSIFIED"},
    {.what = Trigger::What::literal, .text = "RESTRICTED"},
    {.what = Trigger::What::literal, .text = "CONTROLLED//"},
    {.what = Trigger::What::literal, .text = "CUI"},
    {.what = Trigger::What::literal, .text = "FOUO"},
    {.what = Trigger::What::literal, .text = "LAW ENFORCEMENT SENSITIVE"},
    {.what = Trigger::What::literal, .text = "(TS"},
    {.what = Trigger::What::literal, .text = "(S"},
    {.what = Trigger::What::literal, .text = "(C"},
    {.what = Trigger::What::literal, .text = "(U"},
    {.what = Trigger::What::literal, .text = "(//"},
};
constexpr std::uint16_t authority_words = 5;  // the first triggers name the lines of authority blocks
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.us",
    .title = {"US classification or CUI marking", "美国密级或受控非密信息（CUI）标记"},
    .why = {"It says that the text is classified or controlled: whoever may not hold it must not get it.",
            "它表明内容已定密或受控，无权知悉的人不得获取。"},
    .defined_by = "IC.ISM (DES 10) vocabularies; 32 CFR 2001.20-26; 32 CFR 2002 (CUI)",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

struct Banner {
    Marking marking;
    UsMarking parsed;
    bool bare = false;      // a level and no more
    bool everyday = false;  // the word alone is no finding of this detector: CONFIDENTIAL, UNCLASSIFIED
};
struct Portion {
    Marking marking;
    UsMarking parsed;
    bool leads = false;
};
struct Seen {
    BestByWords<Banner> banners;
    BestByWords<Portion> portions;
    std::uint32_t authority = 0;  // bits: which lines of an authority block stand there
    Span authority_span;
};

bool is_authority_line(std::string_view text, Candidate const& candidate) {
    std::size_t at = candidate.end;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at >= text.size() || text[at] != ':') return false;
    std::size_t begin = candidate.begin;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t') && candidate.begin - begin < 40) --begin;
    return begin == 0 || text[begin - 1] == '\n' || candidate.begin - begin >= 2;
}

bool is_declassified(std::string_view text, Span span) {
    static constexpr std::string_view words[] = {"declassified", "approved for release", "approved for public release",
                                                 "cancelled by authority", "downgraded to unclassified"};
    std::size_t const from = span.begin > 200 ? span.begin - 200 : 0;
    return holds_any(text.substr(from, span.end + 200 - from), words);
}

std::string joined(std::vector<std::string> const& controls) {
    std::string all;
    for (std::string const& control : controls) all += (all.empty() ? "" : ", ") + control;
    return all;
}

void describe_parsed(UsMarking const& parsed, Marking& marking) {
    marking.facts.push_back({"level", std::string(word(parsed.level))});
    if (!parsed.controls.empty()) marking.facts.push_back({"controls", joined(parsed.controls)});
    if (!parsed.in_order) marking.facts.push_back({"order", "wrong"});
    bool const classified = parsed.level >= UsLevel::restricted;
    marking.labels = {classified ? "classified" : "controlled"};
}

// "//GBR " or "//JOINT " before the level belongs to the marking.
std::size_t with_owner(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at > 0 && text[at - 1] == ' ' && begin - at < 2) --at;
    std::size_t const end = at;
    while (at > 0 && is_upper(text[at - 1]) && end - at < 7) --at;
    if (end - at < 3 || at < 2 || text.substr(at - 2, 2) != "//") return begin;
    return at >= 3 && (is_alnum(text[at - 3]) || text[at - 3] == ':') ? begin : at - 2;
}

class Us final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        Seen seen;
        std::size_t done = 0;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < done) continue;
            if (candidate.trigger < authority_words) {
                see_authority(reading.text, candidate, seen);
            } else if (reading.text[candidate.begin] == '(') {
                done = see_portion(reading, candidate, seen);
            } else {
                done = see_banner(reading, candidate, seen);
            }
        }
        relate(reading, seen, sink);
    }

  private:
    static void see_authority(std::string_view text, Candidate const& candidate, Seen& seen) {
        if (!is_authority_line(text, candidate)) return;
        if (seen.authority == 0) seen.authority_span = {candidate.begin, candidate.end};
        seen.authority |= 1u << candidate.trigger;
    }

    // Where to go on.
    static std::size_t see_banner(Reading const& reading, Candidate const& candidate, Seen& seen) {
        std::string_view const text = reading.text;
        Banner banner;
        std::size_t const begin = with_owner(text, candidate.begin);
        std::string_view const found = text.substr(candidate.begin, candidate.end - candidate.begin);
        std::optional<UsMarking> parsed = parse_us_marking(text.substr(begin, 400));
        if (!parsed) {
            parsed.emplace();
            parsed->length = candidate.end - begin;
            bool const level = found.size() == 10 && to_lower(found[0]) == 't';
            parsed->level = level ? UsLevel::top_secret : UsLevel::controlled;
        }
        banner.marking.span = {begin, begin + parsed->length};
        banner.bare = parsed->controls.empty() && parsed->known && !parsed->foreign;
        banner.everyday = banner.bare && (parsed->level == UsLevel::confidential || parsed->level == UsLevel::unclassified ||
                                          parsed->level == UsLevel::restricted);
        if (banner.bare && found.starts_with("CONTROLLED")) return candidate.end;
        MarkingSetting const setting = setting_of(reading, banner.marking.span);
        if (!setting.is_whole) return candidate.end;
        Score& score = banner.marking.score;
        weigh(setting, score);
        weigh(capitals_of(found), setting, score);
        if (setting.margin && setting.line == Line::sentence && banner.bare) score.add(-3, "though it stands among other words");
        if (found.size() > 9 && banner.bare && !banner.everyday) score.add(1, "the words seldom mean anything else");
        if (!banner.bare) {
            if (parsed->known) score.add(parsed->controls.empty() ? 2 : 4, "its parts follow the grammar");
            else score.add(1, "its parts look like the grammar");
            if (!parsed->in_order) score.add(-1, "though its parts are out of order");
        }
        describe_parsed(*parsed, banner.marking);
        banner.parsed = std::move(*parsed);
        std::size_t const end = banner.marking.span.end;
        if (score.points() >= 1) seen.banners.put(text.substr(begin, end - begin), std::move(banner));
        return end;
    }

    static std::size_t see_portion(Reading const& reading, Candidate const& candidate, Seen& seen) {
        std::string_view const text = reading.text;
        std::optional<UsMarking> parsed = parse_us_marking(text.substr(candidate.begin + 1, 400));
        if (!parsed || !(parsed->short_form || parsed->level == UsLevel::controlled || parsed->foreign)) return candidate.end;
        std::size_t end = candidate.begin + 1 + parsed->length;
        if (end >= text.size() || text[end] != ')') return candidate.end;
        ++end;
        Portion portion;
        portion.marking.span = {candidate.begin, end};
        bool const bare = parsed->controls.empty() && parsed->known;
        std::string_view const after = trim(text.substr(end, 12));
        if (bare && !after.empty() && (is_digit(after[0]) || after.starts_with("Copyr") || after.starts_with("by "))) return end;
        MarkingSetting const setting = setting_of(reading, portion.marking.span);
        if (!setting.is_whole && setting.line == Line::sentence && bare) return end;
        std::string_view const before = setting.before;
        portion.leads = before.size() <= 4 || before.ends_with(':');
        Score& score = portion.marking.score;
        if (!bare && parsed->known) score.add(4, "its parts follow the grammar");
        if (bare && parsed->level == UsLevel::top_secret) score.add(1, "it is a short form for top secret");
        if (portion.leads) score.add(bare ? 1 : 2, "it opens a paragraph");
        if (setting.quoted) score.add(-4, "though it is quoted");
        if (setting.exemplary) score.add(-5, "though words nearby call it an example");
        describe_parsed(*parsed, portion.marking);
        portion.parsed = std::move(*parsed);
        seen.portions.put(text.substr(candidate.begin, end - candidate.begin), std::move(portion));
        return end;
    }

    // Banner, portions and authority block speak for one another.
    static void relate(Reading const& reading, Seen& seen, Sink& sink) {
        bool const authority = std::has_single_bit(seen.authority) ? false : seen.authority != 0;
        bool banner_stands = false, controls_stand = false;
        for (auto& [words, portion] : seen.portions) controls_stand |= portion.marking.score.points() >= 6;
        for (auto& [words, banner] : seen.banners) {
            if (authority) banner.marking.score.add(3, "an authority block stands in the text");
            banner_stands |= banner.marking.score.points() >= 4;
        }
        std::optional<UsLevel> highest;
        bool noforn = false;
        for (auto& [words, portion] : seen.portions) {
            if (banner_stands && portion.leads) portion.marking.score.add(3, "the text bears a banner");
            else if (controls_stand && portion.leads) portion.marking.score.add(2, "other portions are marked in full");
            if (portion.marking.score.points() < 3) continue;
            highest = std::max(highest.value_or(UsLevel::unclassified), portion.parsed.level);
            noforn |= portion.parsed.noforn;
        }
        Markings markings(reading);
        for (auto& [words, banner] : seen.banners) relate_banner(reading, banner, authority, highest, noforn, markings);
        for (auto& [words, portion] : seen.portions) {
            bool const open = portion.parsed.level == UsLevel::unclassified && portion.parsed.controls.empty();
            if (open) continue;
            finish(reading, portion.marking, "us");
            markings.add(std::move(portion.marking));
        }
        if (authority && seen.banners.empty()) {
            Marking marking;
            marking.span = seen.authority_span;
            marking.score.add(5, "it is part of an authority block");
            marking.labels = {(seen.authority & 7u) ? "classified" : "controlled"};
            finish(reading, marking, "us");
            markings.add(std::move(marking));
        }
        markings.report(sink);
    }

    static void relate_banner(Reading const& reading, Banner& banner, bool authority, std::optional<UsLevel> highest, bool noforn,
                              Markings& markings) {
        Marking& marking = banner.marking;
        bool const agrees = highest && *highest == banner.parsed.level;
        bool const above = highest && *highest > banner.parsed.level;
        if (agrees) marking.score.add(2, "the highest portion agrees");
        if (above) {
            marking.score.add(1, "a portion is marked higher than it");
            marking.facts.push_back({"rollup", "portions above"});
        } else if (noforn && !banner.parsed.noforn) {
            marking.facts.push_back({"rollup", "NOFORN missing"});
        }
        if (above && banner.parsed.level < UsLevel::restricted && *highest >= UsLevel::restricted) marking.labels = {"classified"};
        bool const supported = authority || agrees || above;
        if (banner.everyday && (!supported || (banner.parsed.level == UsLevel::unclassified && !above))) return;
        bool const ours = !banner.bare || supported || banner.parsed.level == UsLevel::controlled;
        finish(reading, marking, ours ? "us" : "unknown");
        markings.add(std::move(marking));
    }

    static void finish(Reading const& reading, Marking& marking, std::string_view scheme) {
        marking.facts.push_back({"scheme", std::string(scheme)});
        if (marking.labels[0] == "classified" && is_declassified(reading.text, marking.span)) {
            marking.labels = {"declassified"};
            marking.score.add(0, "though words nearby say that it has been lifted");
        }
    }
};

}  // namespace

extern DetectorRow const row_marking_us{&about, [] { return std::unique_ptr<Detector>(new Us(about)); }};

}  // namespace keepmum
