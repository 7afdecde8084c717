// Seventeen characters without I, O, Q; the ninth is a check character (MOD 11) in North America
// and China. One random string in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "vehicle"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 17, .max = 17},
};
constexpr About about{
    .id = "identity.vin",
    .title = {"Vehicle identification number", "车辆识别代号（VIN）"},
    .why = {"It leads to the owner and the history of a vehicle.", "凭它能查到车主和车辆历史。"},
    .defined_by = "ISO 3779, GB 16735, 49 CFR 565",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "vin", "vin no", "chassis", "chassis no", "车架号", "车辆识别代号", "车辆识别码",
        "大架号", "fahrgestellnummer", "vehicle"
};

int vin_value(char c) {
    if (is_digit(c)) return c - '0';
    static constexpr std::string_view letters = "ABCDEFGH", next = "JKLMNPR", last = "STUVWXYZ";
    if (std::size_t const at = letters.find(c); at != std::string_view::npos) return static_cast<int>(at) + 1;
    if (c == 'P') return 7;
    if (c == 'R') return 9;
    if (std::size_t const at = next.find(c); at != std::string_view::npos) return static_cast<int>(at) + 1;
    if (std::size_t const at = last.find(c); at != std::string_view::npos) return static_cast<int>(at) + 2;
    return -1;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr int weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0, letters = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        int const value = vin_value(code[i]);
        if (value < 0) return foreign();
        sum += value * weights[i];
        letters += !is_digit(code[i]);
    }
    // The last four are digits everywhere, the first three name the maker.
    if (number_at(code, 13, 4) < 0 || letters < 3) return foreign();
    char const check = sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
    if (code[8] != check) {
        // Outside North America and China the ninth character is free.
        return sound({}, likely, {"form of a vehicle number"});
    }
    bool const upper = token.raw == code;
    return sound(upper ? std::optional(likely) : std::nullopt, certain, {"check character agrees",
        "form of a vehicle number"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "0-9A-HJ-NPR-Z", .second = "0-9A-HJ-NPR-Z", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_vin{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
