// Machine-readable zone of passports, visas and identity cards: two lines of 44 or 36 characters,
// or three of 30, with a
// check digit (weights 7 3 1) on number, birth date and expiry date, and one over all of them. All
// four agree in
// one random text of ten thousand, and hardly any other text consists of these characters in lines
// of that length.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "base/utf8.h"
#include "core/detector.h"
#include "detect/check_digits.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "<<"}};
constexpr About about{
    .id = "identity.mrz",
    .title = {"Machine-readable zone of an identity document", "证件机读区（MRZ）"},
    .why = {"It holds name, number, birth date and nationality: enough to forge or to impersonate.",
        "其中含姓名、证件号、出生日期和国籍，足以伪造或冒用。"},
    .defined_by = "ICAO Doc 9303",
    .labels = labels,
    .triggers = triggers,
};

bool is_zone(char c) { return is_digit(c) || is_upper(c) || c == '<'; }

// The characters 0-9 A-Z < from `begin` on, each with its weight 7 3 1; `sum` runs on over several parts.
class Check {
  public:
    Check& add(std::string_view part) {
        static constexpr int weights[] = {7, 3, 1};
        for (char c : part) sum_ += (c == '<' ? 0 : value_of(c)) * weights[count_++ % 3];
        return *this;
    }
    bool agrees(char digit) const { return digit == static_cast<char>('0' + sum_ % 10); }

  private:
    int sum_ = 0;
    unsigned count_ = 0;
};

bool agrees(std::string_view part, char digit) {
    bool const empty = part.find_first_not_of('<') == std::string_view::npos;
    return (empty && digit == '<') || Check().add(part).agrees(digit);
}

bool is_date(std::string_view digits) {
    return is_short_date(number_at(digits, 0, 2), number_at(digits, 2, 2), number_at(digits, 4, 2));
}

// Second line of a passport (44) or of a card in two lines (36); visas lack the check over all.
bool is_second_line(std::string_view line, std::string_view first) {
    bool const dates = is_date(line.substr(13, 6)) && is_date(line.substr(21, 6));
    if (!dates || !agrees(line.substr(0, 9), line[9]) || !agrees(line.substr(13, 6), line[19]) ||
        !agrees(line.substr(21, 6), line[27])) return false;
    if (!first.empty() && first[0] == 'V') return true;
    std::size_t const last = line.size() - 1;
    return Check().add(line.substr(0, 10)).add(line.substr(13, 7)).add(line.substr(21,
        last - 21)).agrees(line[last]);
}

// The first two of three lines of 30.
bool is_card(std::string_view first, std::string_view second) {
    bool const dates = is_date(second.substr(0, 6)) && is_date(second.substr(8, 6));
    if (!dates || !agrees(second.substr(0, 6), second[6]) || !agrees(second.substr(8, 6),
        second[14])) return false;
    return Check().add(first.substr(5)).add(second.substr(0, 7)).add(second.substr(8,
        7)).add(second.substr(18, 11)).agrees(second[29]);
}

// The zone characters around `at`.
Span run_at(std::string_view text, std::size_t at) {
    std::size_t begin = at, end = at;
    while (begin > 0 && at - begin < 50 && is_zone(text[begin - 1])) --begin;
    while (end < text.size() && end - begin < 50 && is_zone(text[end])) ++end;
    return {begin, end};
}

// The run in the next or the previous line; spaces and one line break may stand between.
Span run_after(std::string_view text, Span run) {
    std::size_t const next = text.find_first_not_of(" \t\r\n", run.end);
    if (next == std::string_view::npos || next > run.end + 8 || !is_zone(text[next])) return {};
    return run_at(text, next);
}

Span run_before(std::string_view text, Span run) {
    if (run.begin == 0) return {};
    std::size_t const last = text.find_last_not_of(" \t\r\n", run.begin - 1);
    if (last == std::string_view::npos || last + 9 < run.begin || !is_zone(text[last])) return {};
    return run_at(text, last);
}

class Mrz final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::size_t free_from = 0;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < free_from) continue;
            std::optional<Zone> const zone = zone_at(reading.text, run_at(reading.text, candidate.begin));
            if (!zone) continue;
            free_from = zone->span.end;
            Finding finding;
            finding.certainty = Certainty::certain;
            finding.span = zone->span;
            finding.reasons = {"all check digits agree", "dates are real"};
            finding.facts.push_back({"document", std::string(zone->document)});
            if (!zone->issuer.empty()) finding.facts.push_back({"issuer", std::string(zone->issuer)});
            sink.found(std::move(finding));
        }
    }

  private:
    struct Zone {
        Span span;
        std::string_view document, issuer;
    };

    // The zone that the line `run` belongs to.
    static std::optional<Zone> zone_at(std::string_view text, Span run) {
        auto const line = [&](Span one) { return text.substr(one.begin, one.size()); };
        if (run.size() == 30) return card_at(text, run);
        if (run.size() != 44 && run.size() != 36) return {};
        Span const before = run_before(text, run), after = run_after(text, run);
        if (after.size() == run.size() && is_alpha(text[run.begin]) && is_second_line(line(after), line(run))) {
            return Zone{{run.begin, after.end}, document_of(text[run.begin]), issuer_of(line(run))};
        }
        if (before.size() == run.size() && is_second_line(line(run), line(before))) {
            return Zone{{before.begin, run.end}, document_of(text[before.begin]), issuer_of(line(before))};
        }
        if (is_second_line(line(run), {})) return Zone{run, run.size() == 44 ? "passport" : "identity card",
            {}};
        return {};
    }

    static std::optional<Zone> card_at(std::string_view text, Span run) {
        // The "<<" may stand in any of the three lines.
        for (int up = 0; up < 3; ++up) {
            Span const second = run_after(text, run);
            if (second.size() == 30 && is_card(text.substr(run.begin, 30), text.substr(second.begin, 30))) {
                Span const third = run_after(text, second);
                return Zone{{run.begin, third.size() == 30 ? third.end : second.end},
                    document_of(text[run.begin]),
                            issuer_of(text.substr(run.begin, 30))};
            }
            run = run_before(text, run);
            if (run.size() != 30) break;
        }
        return {};
    }

    static std::string_view document_of(char first) {
        return first == 'P' ? "passport" : first == 'V' ? "visa" : "identity card";
    }
    static std::string_view issuer_of(std::string_view first) {
        std::string_view const issuer = first.substr(2, 3);
        return issuer.substr(0, issuer.find('<'));
    }
};

}  // namespace

extern DetectorRow const row_identity_mrz{&about, [] { return std::unique_ptr<Detector>(new Mrz(about)); }};

}  // namespace keepmum
