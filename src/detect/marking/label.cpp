// Labels that programs write into documents and mails: sensitivity labels (MSIP_Label_GUID_Name), the header
// Sensitivity, confidentiality labels in XML. A machine wrote them, so the name alone decides.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "detect/marking/setting.h"

namespace keepmum {
namespace {

constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "MSIP_Label_"},
    {.what = Trigger::What::word, .text = "sensitivity: company-confidential"},
    {.what = Trigger::What::literal, .text = "Classification>"},
};
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.label",
    .title = {"Sensitivity label of a document", "文档的敏感度标签"},
    .why = {"Someone, or the rules of the house, gave this document a label that limits who may have it.",
            "有人（或单位的规则）给这份文档加了标签，限定谁可以持有。"},
    .defined_by = "Microsoft Purview label metadata; RFC 2156; STANAG 4774",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
};

struct Name {
    std::string_view part, level, label;
};
// The first part that the name holds decides.
constexpr Name names[] = {
    {"top secret", "top-secret", "classified"}, {"绝密", "top-secret", "classified"}, {"机密", "secret", "classified"},
    {"non-confidential", "public", "unrestricted"}, {"not confidential", "public", "unrestricted"},
    {"unclassified", "unclassified", "unrestricted"}, {"nato restricted", "restricted", "classified"},
    {"nato confidential", "confidential", "classified"}, {"trade secret", "trade-secret", "commercial"},
    {"商业秘密", "trade-secret", "commercial"}, {"商密", "trade-secret", "commercial"}, {"highly confidential", "confidential", "commercial"},
    {"confidential", "confidential", "commercial"}, {"vertraulich", "confidential", "commercial"},
    {"confidentiel", "confidential", "commercial"}, {"confidencial", "confidential", "commercial"},
    {"secret", "secret", "classified"}, {"秘密", "confidential", "classified"}, {"restricted", "restricted", "commercial"},
    {"internal", "internal", "commercial"}, {"intern", "internal", "commercial"}, {"内部", "internal", "commercial"},
    {"proprietary", "proprietary", "commercial"}, {"official use", "controlled", "controlled"},
    {"sensitive", "sensitive", "controlled"}, {"protected", "protected", "controlled"}, {"cui", "controlled", "controlled"}};

class Label final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        Markings markings(reading);
        for (Candidate const& candidate : reading.candidates) {
            Span value{0, 0};
            if (candidate.trigger == 0) value = label_name(reading.text, candidate.end);
            if (candidate.trigger == 1) value = {candidate.begin + 13, candidate.end};
            if (candidate.trigger == 2) value = element(reading.text, candidate);
            if (value.size() > 0) judge(reading, value, candidate.trigger, markings);
        }
        markings.report(sink);
    }

  private:
    // Behind "MSIP_Label_": 36 characters of an id, "_Name", "=" or ":", the value.
    static Span label_name(std::string_view text, std::size_t at) {
        constexpr std::size_t id = 36;
        std::string_view const rest = text.substr(std::min(text.size(), at + id), 7);
        if (!rest.starts_with("_Name") || rest.size() < 7 || (rest[5] != '=' && rest[5] != ':')) return {};
        std::size_t begin = at + id + 6;
        while (begin < text.size() && text[begin] == ' ') ++begin;
        std::size_t end = begin;
        while (end < text.size() && end - begin < 120 && text[end] != ';' && text[end] != '\n' && text[end] != '\r') ++end;
        return {begin, end};
    }

    // <slab:Classification>NATO SECRET</…
    static Span element(std::string_view text, Candidate const& candidate) {
        std::size_t const floor = candidate.begin > 24 ? candidate.begin - 24 : 0;
        std::size_t const open = text.substr(floor, candidate.begin - floor).rfind('<');
        if (open == std::string_view::npos || text.substr(floor + open, 2) == "</") return {};
        std::string_view const value = text.substr(candidate.end, 60);
        std::size_t const close = value.find("</");
        bool const capitals = close != std::string_view::npos && close > 0 && std::all_of(value.begin(), value.begin() + close, [](char c) {
            return is_upper(c) || c == ' ' || c == '-' || c == '/';
        });
        return capitals ? Span{candidate.end, candidate.end + close} : Span{};
    }

    static void judge(Reading const& reading, Span value, std::uint16_t trigger, Markings& markings) {
        std::string const name = ascii_lower(reading.text.substr(value.begin, value.size()));
        static constexpr Name unknown{"", "unknown", "unrestricted"};
        Name const* known = &unknown;
        for (Name const& one : names) {
            if (known == &unknown && name.find(one.part) != std::string::npos) known = &one;
        }
        if (known == &unknown && trigger == 2) return;
        Marking marking;
        marking.span = value;
        if (trigger == 0) marking.score.add(7, "it is the name of a sensitivity label");
        if (trigger == 1) marking.score.add(7, "it is the header for such labels");
        if (trigger == 2) marking.score.add(5, "it is the classification of a label in XML");
        if (known == &unknown) marking.score.add(-5, "though the name says nothing by itself");
        marking.facts = {{"level", std::string(known->level)}, {"scheme", "label"}};
        marking.labels = {std::string(known->label)};
        markings.add(std::move(marking));
    }
};

}  // namespace

extern DetectorRow const row_marking_label{&about, [] { return std::unique_ptr<Detector>(new Label(about)); }};

}  // namespace keepmum
