// A character for the province, a letter for the place, five characters (six for new energy)
// without I and O; 警 学 挂 港 澳 领 take the last place; WJ for the armed police, two letters and five
// digits for the forces, 使 for embassies.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "vehicle", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 5, .max = 7},
};
constexpr About about{
    .id = "identity.cn-plate",
    .title = {"Chinese vehicle plate", "机动车号牌"},
    .why = {"It leads to the owner, and movements of service vehicles can be followed by it.",
            "凭它能查到车主，公务车辆的行踪也会因此暴露。"},
    .defined_by = "GA 36-2018; plates of the armed police and the forces",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#~#####", "#~######", "#·#####", "#·######", "#·####", "#~####",
    "##·#####", "##~#####", "#####", "#######"};
constexpr std::string_view words[] = {
    "车牌", "车牌号", "牌照", "号牌", "车辆", "车号", "军牌", "军车", "武警", "plate",
        "plate no", "license plate", "licence plate",
    "number plate", "vehicle", "registration"
};

constexpr std::string_view regions = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

bool is_number(std::string_view digits) { return number_at(digits, 0, digits.size()) >= 0; }

// The province character that ends `before`, with a separator behind it left to the layout.
std::string_view region_before(std::string_view before) {
    if (before.size() < 3) return {};
    std::string_view const last = before.substr(before.size() - 3);
    std::size_t const at = regions.find(last);
    return at != std::string_view::npos && at % 3 == 0 ? last : std::string_view{};
}

std::string_view suffix_after(std::string_view after) {
    for (std::string_view suffix : {"警", "学", "挂", "港", "澳", "领", "使", "超"}) {
        if (after.starts_with(suffix)) return suffix;
    }
    return {};
}

bool is_serial(std::string_view serial) {
    int letters = 0;
    for (char c : serial) {
        if (c == 'I' || c == 'O') return false;
        letters += is_upper(c);
    }
    return letters <= 2;
}

// D and F mark new energy: first for small vehicles, last for large ones.
bool is_energy(std::string_view serial) {
    bool const small = std::string_view("ABCDEFGHJK").find(serial[0]) != std::string_view::npos &&
        is_number(serial.substr(2));
    bool const large = (serial[5] == 'D' || serial[5] == 'F') && is_number(serial.substr(0, 5));
    return small || large;
}

Judgement embassy(Token const& token) {
    if (!is_number(token.compact)) return foreign();
    Judgement judgement = sound(Certainty::likely, Certainty::certain, {"form of an embassy plate"}, {{"kind",
        "embassy"}});
    judgement.wider_right = 3;
    return judgement;
}

Judgement armed_police(Token const& token, std::uint32_t region) {
    bool const lettered = is_alpha(token.compact.back());
    if (token.compact.size() != 5 || !is_number(token.compact.substr(0, lettered ? 4 : 5))) return foreign();
    Judgement judgement = sound(Certainty::likely, Certainty::certain, {"WJ and a region stand before it"},
                                {{"kind", "armed police"}});
    judgement.wider_left = region + 2;
    return judgement;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const before = token.before();
    if (token.raw.size() > code.size() + 2) return foreign();
    if (is_alpha(code[0]) && is_upper(code[1]) && is_number(code.substr(2)) && code.size() == 7 &&
        !before.ends_with(')')) {
        // Two letters of the service, then five digits: only the word tells it from a part number.
        bool const force = std::string_view("BEGHJKLNSVYCM").find(code[0]) != std::string_view::npos;
        bool const spaced = token.raw.find(' ') != std::string_view::npos;
        if (force && !spaced && region_before(before).empty()) return sound({}, likely, {"form of a military plate"},
            {{"kind", "military"}});
    }
    std::string_view const region = region_before(before);
    if (region.empty()) return suffix_after(token.after()) == "使" && code.size() == 6 ? embassy(token)
        : foreign();
    std::string_view const outside = before.substr(0, before.size() - region.size());
    auto const wide = static_cast<std::uint32_t>(region.size());
    if (outside.ends_with("WJ")) return armed_police(token, wide);
    std::string_view const serial = code.substr(1);
    if (!is_upper(code[0]) || code[0] == 'I' || !is_serial(serial)) return foreign();
    std::string_view const suffix = suffix_after(token.after());
    bool const energy = serial.size() == 6 && is_energy(serial);
    if (serial.size() != (suffix.empty() ? 5u : 4u) && !energy) return foreign();
    // Some region names are everyday words: behind another Chinese character a word nearby must help.
    bool const everyday = std::string_view("新云贵青宁").find(region) != std::string_view::npos;
    bool const glued = everyday && !outside.empty() && static_cast<unsigned char>(outside.back()) >= 0x80;
    Judgement judgement = sound(glued ? std::nullopt : std::optional(likely), certain,
        {"region and form of a plate"},
                                {{"kind", energy ? "new energy" : suffix.empty() ? "ordinary" : "special"}});
    judgement.wider_left = wide;
    judgement.wider_right = static_cast<std::uint32_t>(suffix.size());
    return judgement;
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
};

}  // namespace

extern DetectorRow const row_identity_cn_plate{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
