// Twenty characters: issuer, two zeros, twelve for the entity, two check digits by ISO 7064 MOD
// 97-10.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 20, .max = 20},
};
constexpr About about{
    .id = "identity.lei",
    .title = {"Legal entity identifier", "法人机构识别编码（LEI）"},
    .why = {"It names a company exactly; it is public, but tells who a paper is about.",
            "它精确指向一家机构；虽属公开信息，但会表明文件涉及谁。"},
    .defined_by = "ISO 17442",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"lei", "legal entity identifier", "法人机构识别编码",
    "法人识别编码"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (number_at(code, 18, 2) < 0 || code.substr(4, 2) != "00") {
        // Codes given out before 2013 lack the two zeros; only a word nearby makes them one.
        if (number_at(code, 18, 2) < 0 || remainder_97(code) != 1) return foreign();
        return sound({}, likely, {"check digits agree"});
    }
    if (remainder_97(code) != 1) return broken();
    bool const digits_only = code.find_first_not_of("0123456789") == std::string_view::npos;
    return sound(digits_only ? hint : likely, certain, {"check digits agree", "reserved characters are zero"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .edges = Edges::loose,
    .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_lei{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
