// International Bank Account Number (ISO 13616): two letters, two check digits by ISO 7064 MOD 97-10,
// then the national account number. The check lets one random string in 97 through.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank"};
constexpr Trigger triggers[] = {{.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 34}};
constexpr About about{
    .id = "identity.iban",
    .title = {"Bank account number (IBAN)", "国际银行账号（IBAN）"},
    .why = {"Whoever holds it can debit or impersonate the account.", "持有者可以据此扣款或冒用该账户。"},
    .defined_by = "ISO 13616",
    .labels = labels,
    .triggers = triggers,
};

bool check_digits_agree(std::string_view compact) {
    std::string const turned = std::string(compact.substr(4)) + std::string(compact.substr(0, 4));
    unsigned remainder = 0;
    for (char c : turned) {
        remainder = is_digit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
    }
    return remainder == 1;
}

class Iban final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        for (Candidate const& candidate : reading.candidates) {
            std::string_view const code = candidate.compact;
            if (!is_alpha(code[0]) || !is_alpha(code[1]) || !is_digit(code[2]) || !is_digit(code[3])) continue;
            if (!check_digits_agree(code)) continue;
            Finding finding;
            finding.certainty = Certainty::certain;
            finding.span = {candidate.begin, candidate.end};
            finding.facts = {{"country", std::string(code.substr(0, 2))}};
            finding.reasons = {"check digits agree"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_identity_iban{&about, [] { return std::unique_ptr<Detector>(new Iban(about)); }};

}  // namespace keepmum
