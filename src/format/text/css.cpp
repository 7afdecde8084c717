// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/css.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include "base/hex.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

std::string_view trim(std::string_view text) {
    std::size_t const first = text.find_first_not_of(" \t\r\n\f");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n\f") - first + 1);
}

// The number a value begins with ("0.5px" is 0.5), or nothing.
std::optional<double> number_in(std::string_view value) {
    double number = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end == value.data()) return std::nullopt;
    return number;
}

bool is_tiny(std::string_view value) {
    std::optional<double> const number = number_in(value);
    if (!number || *number < 0) return false;
    if (*number == 0) return true;
    return (value.ends_with("px") || value.ends_with("pt")) ? *number <= 1 : value.ends_with("em") && *number < 0.1;
}

bool is_far_off(std::string_view value) {
    std::optional<double> const number = number_in(value);
    return number && *number <= -900;
}

void apply(StyleFacts& facts, std::string_view name, std::string_view value) {
    if (name == "display") facts.hidden = value == "none" ? "display-none" : facts.hidden == "display-none" ? "" : facts.hidden;
    if (name == "visibility" && (value == "hidden" || value == "collapse")) facts.hidden = "invisible";
    if (name == "mso-hide" && value == "all") facts.hidden = "display-none";
    if ((name == "font-size" || name == "font") && is_tiny(value)) facts.hidden = "tiny";
    if (name == "opacity" && number_in(value) && *number_in(value) <= 0.05) facts.hidden = "transparent";
    if ((name == "left" || name == "top" || name == "text-indent" || name == "margin-left") && is_far_off(value)) facts.hidden = "off-page";
    if (name == "color") {
        if (value == "transparent") facts.hidden = "transparent";
        facts.colour = read_colour(value);
    }
    if (name == "background-color" || name == "background") facts.background = read_colour(value);
}

struct NamedColour {
    std::string_view name;
    std::uint32_t value;
};
constexpr std::array<NamedColour, 22> named_colours = {{
    {"white", 0xFFFFFF}, {"black", 0}, {"red", 0xFF0000}, {"green", 0x008000}, {"blue", 0x0000FF}, {"yellow", 0xFFFF00},
    {"gray", 0x808080}, {"grey", 0x808080}, {"silver", 0xC0C0C0}, {"navy", 0x000080}, {"maroon", 0x800000},
    {"purple", 0x800080}, {"teal", 0x008080}, {"olive", 0x808000}, {"lime", 0x00FF00}, {"aqua", 0x00FFFF},
    {"fuchsia", 0xFF00FF}, {"orange", 0xFFA500}, {"whitesmoke", 0xF5F5F5}, {"snow", 0xFFFAFA}, {"ivory", 0xFFFFF0},
    {"ghostwhite", 0xF8F8FF}}};

}  // namespace

std::optional<std::uint32_t> read_colour(std::string_view text) {
    std::string const lower = ascii_lower(trim(text));
    std::string_view value = lower;
    for (NamedColour const& colour : named_colours) {
        if (value == colour.name) return colour.value;
    }
    if (value.starts_with("rgb")) {
        std::size_t at = value.find('(');
        if (at == std::string_view::npos) return std::nullopt;
        std::uint32_t out = 0;
        for (int part = 0; part < 3; ++part) {
            at = value.find_first_of("0123456789", at);
            if (at == std::string_view::npos) return std::nullopt;
            std::uint32_t channel = 0;
            while (at < value.size() && is_digit(value[at])) {
                channel = channel > 255 ? 255 : channel * 10 + static_cast<std::uint32_t>(value[at] - '0');
                ++at;
            }
            out = out << 8 | (channel > 255 ? 255 : channel);
        }
        return out;
    }
    bool const marked = value.starts_with('#');
    if (marked) value.remove_prefix(1);
    std::size_t const space = value.find(' ');
    value = value.substr(0, space);
    if (value.size() != 6 && !(marked && value.size() == 3)) return std::nullopt;
    std::uint32_t out = 0;
    for (char const c : value) {
        int const digit = hex_value(c);
        if (digit < 0) return std::nullopt;
        out = out << 4 | static_cast<std::uint32_t>(digit);
        if (value.size() == 3) out = out << 4 | static_cast<std::uint32_t>(digit);
    }
    return out;
}

bool is_same_colour(std::uint32_t left, std::uint32_t right) {
    int distance = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        distance += std::abs(static_cast<int>(left >> shift & 255) - static_cast<int>(right >> shift & 255));
    }
    return distance <= 24;
}

StyleFacts read_style(std::string_view declarations) {
    StyleFacts facts;
    while (!declarations.empty()) {
        std::size_t const end = declarations.find(';');
        std::string_view const one = declarations.substr(0, end);
        declarations.remove_prefix(end == std::string_view::npos ? declarations.size() : end + 1);
        std::size_t const colon = one.find(':');
        if (colon == std::string_view::npos || one.size() > 400) continue;
        std::string const name = ascii_lower(trim(one.substr(0, colon)));
        std::string value = ascii_lower(trim(one.substr(colon + 1)));
        if (std::size_t const mark = value.find('!'); mark != std::string::npos) value = trim(std::string_view(value).substr(0, mark));
        apply(facts, name, value);
    }
    if (facts.hidden.empty() && facts.colour && facts.background && is_same_colour(*facts.colour, *facts.background)) {
        facts.hidden = "same-colour";
    }
    return facts;
}

std::vector<std::pair<std::string, std::string_view>> hiding_selectors(std::string_view sheet) {
    std::vector<std::pair<std::string, std::string_view>> out;
    std::size_t at = 0;
    while (at < sheet.size() && out.size() < 1000) {
        std::size_t const open = sheet.find('{', at);
        if (open == std::string_view::npos) break;
        std::string_view selectors = sheet.substr(at, open - at);
        if (std::size_t const comment = selectors.rfind("*/"); comment != std::string_view::npos) selectors.remove_prefix(comment + 2);
        if (trim(selectors).starts_with('@')) {
            int depth = 1;
            for (at = open + 1; at < sheet.size() && depth > 0; ++at) depth += sheet[at] == '{' ? 1 : sheet[at] == '}' ? -1 : 0;
            continue;
        }
        std::size_t const close = sheet.find('}', open);
        std::size_t const end = close == std::string_view::npos ? sheet.size() : close;
        StyleFacts const facts = read_style(sheet.substr(open + 1, end - open - 1));
        at = end + 1;
        if (facts.hidden.empty() || selectors.size() > 4000) continue;
        while (!selectors.empty()) {
            std::size_t const comma = selectors.find(',');
            std::string_view const one = trim(selectors.substr(0, comma));
            selectors.remove_prefix(comma == std::string_view::npos ? selectors.size() : comma + 1);
            bool const simple = one.size() > 1 && (one[0] == '.' || one[0] == '#') && one.find_first_of(" >+~:.#[", 1) == std::string_view::npos;
            if (simple) out.emplace_back(one, facts.hidden);
        }
    }
    return out;
}

}  // namespace keepmum
