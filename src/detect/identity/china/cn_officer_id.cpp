// The number on an officer's, soldier's or civilian cadre's card of the Chinese forces: a character
// for the service or district, 字第, six to eight digits, 号. No check digit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "core/detector.h"
#include "detect/context.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "字第"}};
constexpr About about{
    .id = "identity.cn-officer-id",
    .title = {"Chinese military identity card number", "军官证、士兵证号码"},
    .why = {"It shows that its holder serves, and where.",
        "它表明持有人是军人，并暴露其所属单位。"},
    .defined_by = "PLA identity card forms",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"军官证", "士兵证", "警官证", "文职干部证", "军人",
    "证件", "证件号", "officer id", "military id"};
constexpr std::string_view services = "军海空南北沈济成广兰政后装参士文武";
constexpr std::size_t character = 3;  // bytes of a Chinese character

// Where the number that starts at `begin` ends behind 号; 0 where it is none.
std::size_t end_of_number(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && end < begin + 9 && is_digit(text[end])) ++end;
    bool const fits = end >= begin + 6 && end <= begin + 8 && text.substr(end).starts_with("号");
    return fits ? end + character : 0;
}

class OfficerId final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < character) continue;
            std::size_t const begin = candidate.begin - character;
            std::size_t const service = services.find(reading.text.substr(begin, character));
            std::size_t const end = end_of_number(reading.text, candidate.end);
            if (service == std::string_view::npos || service % character || !end) continue;
            std::string_view const word = find_near(reading, {begin, end}, words);
            Finding finding;
            finding.certainty = word.empty() ? Certainty::hint : Certainty::certain;
            finding.span = {begin, end};
            finding.reasons = {"form of a military card's number"};
            if (!word.empty()) finding.reasons.push_back("\"" + std::string(word) + "\" stands nearby");
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_identity_cn_officer_id{
    &about, [] { return std::unique_ptr<Detector>(new OfficerId(about)); }};

}  // namespace keepmum
