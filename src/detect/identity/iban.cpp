// International Bank Account Number: country, two check digits by ISO 7064 MOD 97-10, then the
// national account number in the length and structure of the registry. The check lets one random
// string in 97 through, country and structure far fewer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 34},
};
constexpr About about{
    .id = "identity.iban",
    .title = {"Bank account number (IBAN)", "国际银行账号（IBAN）"},
    .why = {"Whoever holds it can debit or impersonate the account.",
        "持有者可以据此扣款或冒用该账户。"},
    .defined_by = "ISO 13616; IBAN registry",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"*"};

struct Country {
    std::string_view code;
    // Of what follows the check digits: lengths and n (digits), a (letters), c (either).
    std::string_view structure;
};

constexpr Country countries[] = {
    {"AD", "8n12c"}, {"AE", "19n"}, {"AL", "8n16c"}, {"AT", "16n"}, {"AZ", "4a20c"}, {"BA", "16n"}, {"BE",
        "12n"},
    {"BG", "4a6n8c"}, {"BH", "4a14c"}, {"BI", "23n"}, {"BR", "23n1a1c"}, {"BY", "4c4n16c"}, {"CH", "5n12c"},
    {"CR", "18n"}, {"CY", "8n16c"}, {"CZ", "20n"}, {"DE", "18n"}, {"DJ", "23n"}, {"DK", "14n"}, {"DO", "4c20n"},
    {"EE", "16n"}, {"EG", "25n"}, {"ES", "20n"}, {"FI", "14n"}, {"FK", "2a12n"}, {"FO", "14n"}, {"FR",
        "10n11c2n"},
    {"GB", "4a14n"}, {"GE", "2a16n"}, {"GI", "4a15c"}, {"GL", "14n"}, {"GR", "7n16c"}, {"GT", "4c20c"},
    {"HR", "17n"}, {"HU", "24n"}, {"IE", "4a14n"}, {"IL", "19n"}, {"IQ", "4a15n"}, {"IS", "22n"}, {"IT",
        "1a10n12c"},
    {"JO", "4a4n18c"}, {"KW", "4a22c"}, {"KZ", "3n13c"}, {"LB", "4n20c"}, {"LC", "4a24c"}, {"LI", "5n12c"},
    {"LT", "16n"}, {"LU", "3n13c"}, {"LV", "4a13c"}, {"LY", "21n"}, {"MC", "10n11c2n"}, {"MD", "2c18c"},
        {"ME", "18n"},
    {"MK", "3n10c2n"}, {"MN", "16n"}, {"MR", "23n"}, {"MT", "4a5n18c"}, {"MU", "4a19n3a"}, {"NI", "4a20n"},
    {"NL", "4a10n"}, {"NO", "11n"}, {"OM", "3n16c"}, {"PK", "4a16c"}, {"PL", "24n"}, {"PS", "4a21c"}, {"PT",
        "21n"},
    {"QA", "4a21c"}, {"RO", "4a16c"}, {"RS", "18n"}, {"RU", "14n15c"}, {"SA", "2n18c"}, {"SC", "4a20n3a"},
    {"SD", "14n"}, {"SE", "20n"}, {"SI", "15n"}, {"SK", "20n"}, {"SM", "1a10n12c"}, {"SO", "19n"}, {"ST",
        "21n"},
    {"SV", "4a20n"}, {"TL", "19n"}, {"TN", "20n"}, {"TR", "5n1n16c"}, {"UA", "6n19c"}, {"VA", "18n"}, {"VG",
        "4a16n"},
    {"XK", "16n"}, {"YE", "4a4n18c"},
};

// The list by both letters of the country: it is asked of every word of 15 letters and more.
constexpr auto by_letters = [] {
    std::array<std::uint8_t, 26 * 26> table{};  // number in the list + 1
    for (std::size_t i = 0; i < std::size(countries); ++i) {
        table[static_cast<std::size_t>((countries[i].code[0] - 'A') * 26 + countries[i].code[1] - 'A')] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}();

std::string_view structure_of(std::string_view country) {
    if (country.size() != 2 || !is_upper(country[0]) || !is_upper(country[1])) return {};
    std::uint8_t const number = by_letters[static_cast<std::size_t>((country[0] - 'A') * 26 + country[1] - 'A')];
    return number ? countries[number - 1].structure : std::string_view();
}

bool fits(std::string_view account, std::string_view structure) {
    std::size_t at = 0, count = 0;
    for (char c : structure) {
        if (is_digit(c)) {
            count = count * 10 + static_cast<std::size_t>(c - '0');
            continue;
        }
        for (; count > 0; --count, ++at) {
            if (at == account.size()) return false;
            bool const digit = is_digit(account[at]);
            if ((c == 'n' && !digit) || (c == 'a' && digit)) return false;
        }
    }
    return at == account.size();
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (number_at(code, 2, 2) < 0) return foreign();
    std::string_view const structure = structure_of(code.substr(0, 2));
    if (structure.empty() || !fits(code.substr(4), structure)) return foreign();
    std::string const turned = std::string(code.substr(4)) + std::string(code.substr(0, 4));
    if (remainder_97(turned) != 1) return broken();
    return sound(certain, certain, {"check digits agree", "length and structure are the country's"},
                 {{"country", std::string(code.substr(0, 2))}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = {},
    .judge = judge,
    .edges = Edges::loose,
    .first = "A-Z", .second = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_iban{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
