// Business identifier codes (SWIFT): four letters of the bank, two of the country, two of the
// place, three more for
// a branch. Many words look so, hence only behind a word that announces one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::word, .text = "swift"}, {.what = Trigger::What::word, .text = "bic"},
    {.what = Trigger::What::literal, .text = "银行代码"}, {.what = Trigger::What::literal,
        .text = "国际代码"},
};
constexpr About about{
    .id = "identity.bic",
    .title = {"Bank identifier code (BIC, SWIFT)", "银行识别代码（BIC、SWIFT）"},
    .why = {"With an account number it completes a payment instruction.",
        "与账号一起即构成完整的付款指令。"},
    .defined_by = "ISO 9362",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};

// ISO 3166-1, as one string of pairs.
constexpr std::string_view countries =
    "ADAEAFAGAIALAMAOARATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBRBSBTBWBYBZCACDCFCGCHCICLCMCNCOCRCUCVCYCZDEDJDKDMDODZECEEEGER"
    "ESETFIFJFMFRGAGBGDGEGHGIGLGMGNGQGRGTGWGYHKHNHRHTHUIDIEILINIQIRISITJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLU"
    "LVLYMAMCMDMEMGMKMLMMMNMOMRMTMUMVMWMXMYMZNANENGNINLNONPNZOMPAPEPGPHPKPLPSPTPYQARORSRURWSASBSCSDSESGSISKSLSMSNSOSR"
    "SSSTSVSYSZTDTGTHTJTLTMTNTOTRTTTWTZUAUGUSUYUZVAVCVEVGVNVUWSXKYEZAZMZW";

bool is_country(std::string_view pair) {
    for (std::size_t at = 0; at + 2 <= countries.size(); at += 2) {
        if (countries.substr(at, 2) == pair) return true;
    }
    return false;
}

bool is_code(std::string_view token) {
    if (token.size() != 8 && token.size() != 11) return false;
    for (std::size_t i = 0; i < token.size(); ++i) {
        bool const fits = i < 6 ? is_upper(token[i]) : is_upper(token[i]) || is_digit(token[i]);
        if (!fits) return false;
    }
    return is_country(token.substr(4, 2));
}

class Bic final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::size_t free_from = 0;
        for (Candidate const& candidate : reading.candidates) {
            Span const span = code_behind(reading.text, candidate);
            if (span.size() == 0 || span.begin < free_from) continue;
            free_from = span.end;
            Finding finding;
            finding.certainty = Certainty::likely;
            finding.span = span;
            finding.facts = {{"country", std::string(reading.text.substr(span.begin + 4, 2))}};
            finding.reasons = {"form of a bank code", "a word before it says so"};
            sink.found(std::move(finding));
        }
    }

  private:
    // The first code within 30 bytes of the word.
    static Span code_behind(std::string_view text, Candidate const& candidate) {
        bool const whole = candidate.begin == 0 || (!is_alnum(text[candidate.begin - 1]) &&
            text[candidate.begin - 1] != '_');
        if (!whole || (candidate.end < text.size() && is_alnum(text[candidate.end]))) return {};
        std::size_t at = candidate.end;
        std::size_t const limit = std::min<std::size_t>(text.size(), at + 30);
        while (at < limit) {
            std::size_t const begin = at;
            while (at < text.size() && is_alnum(text[at])) ++at;
            std::string_view const token = text.substr(begin, at - begin);
            // "SWIFT LANGUAGE": right behind a space alone, letters alone are a word.
            bool const word = text.substr(candidate.end, begin - candidate.end) == " " &&
                              std::none_of(token.begin(), token.end(), is_digit);
            if (is_code(token) && !word) return {begin, at};
            ++at;
        }
        return {};
    }
};

}  // namespace

extern DetectorRow const row_identity_bic{&about, [] { return std::unique_ptr<Detector>(new Bic(about)); }};

}  // namespace keepmum
