// The Traffic Light Protocol says how far a report may be passed on: RED, AMBER+STRICT, AMBER, GREEN, CLEAR;
// WHITE was CLEAR before 2022. A text that names many colours explains the protocol.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "detect/marking/setting.h"

namespace keepmum {
namespace {

constexpr Trigger triggers[] = {
    {.what = Trigger::What::word, .text = "tlp:"},
    {.what = Trigger::What::literal, .text = "TLP "},
    {.what = Trigger::What::literal, .text = "TLP-"},
};
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.tlp",
    .title = {"Traffic Light Protocol marking", "交通灯协议（TLP）标记"},
    .why = {"Its author said how far it may be passed on; whoever passes it further loses the source.",
            "作者限定了它可以传到多远；超出范围转发，以后就不会再有人提供情报。"},
    .defined_by = "FIRST TLP 2.0",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

struct Colour {
    std::string_view name, level, label;
};
constexpr Colour colours[] = {
    {"AMBER+STRICT", "amber-strict", "controlled"}, {"AMBER", "amber", "controlled"}, {"RED", "red", "controlled"},
    {"GREEN", "green", "controlled"}, {"CLEAR", "clear", "unrestricted"}, {"WHITE", "clear", "unrestricted"}};

struct Named {
    Marking marking;
};

// The colour that `text` begins with; null for none.
Colour const* colour_at(std::string_view text) {
    for (Colour const& colour : colours) {
        if (!equal_ascii_case(text.substr(0, colour.name.size()), colour.name)) continue;
        if (text.size() == colour.name.size() || !is_alnum(text[colour.name.size()])) return &colour;
    }
    return nullptr;
}

class Tlp final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        BestByWords<Named> all;
        std::uint32_t seen = 0;  // bits: colours that the text names
        for (Candidate const& candidate : reading.candidates) {
            std::size_t at = candidate.end;
            while (at < reading.text.size() && reading.text[at] == ' ' && at - candidate.end < 2) ++at;
            Colour const* const colour = colour_at(reading.text.substr(at, 16));
            if (!colour) continue;
            Marking marking;
            marking.span = {candidate.begin, at + colour->name.size()};
            MarkingSetting const setting = setting_of(reading, marking.span);
            if (!setting.is_whole) continue;
            seen |= 1u << std::min<std::ptrdiff_t>(colour - colours, 4);
            weigh(setting, marking.score);
            std::string_view const text = reading.text.substr(marking.span.begin, marking.span.size());
            weigh(capitals_of(text), setting, marking.score);
            bool const exact = candidate.trigger == 0 && at == candidate.end;
            marking.score.add(exact ? 4 : 2, exact ? "it is written as the protocol wants" : "it names a colour of the protocol");
            marking.facts = {{"level", std::string(colour->level)}, {"scheme", "tlp"}};
            if (colour->name == "WHITE") marking.facts.push_back({"version", "1"});
            marking.labels = {std::string(colour->label)};
            all.put(text, {std::move(marking)});
        }
        Markings markings(reading);
        for (auto& [words, named] : all) {
            if (std::popcount(seen) > 2) named.marking.score.add(-5, "though the text names several colours");
            markings.add(std::move(named.marking));
        }
        markings.report(sink);
    }
};

}  // namespace

extern DetectorRow const row_marking_tlp{&about, [] { return std::unique_ptr<Detector>(new Tlp(about)); }};

}  // namespace keepmum
