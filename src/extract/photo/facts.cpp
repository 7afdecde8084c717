// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/facts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/earth/date.h"
#include "base/utf8.h"
#include "core/photo.h"
#include "extract/photo/position.h"

namespace keepmum {

namespace {

// How a value is written.
enum class Form : std::uint8_t {
    text,
    shown,
    letters,
    exif_time,
    iso_time,
    iptc_date,
    iptc_time,
    hours,
    minutes,
    ratio,
    digits,
    none
};

struct Rule {
    std::string_view end;
    std::string_view fact;
    Form form;
};

constexpr std::string_view other = "";
using namespace photo_fact;

constexpr Rule rules[] = {
#define RULE(end, fact, form) {end, fact, Form::form},
#include "extract/photo/fact_rules.inc"
#undef RULE
};

// "Xmp.xmpMM.History[12]/stEvt:when" without the number.
std::string without_numbers(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (name[at] == '[') {
            std::size_t const end = name.find(']', at);
            if (end == std::string_view::npos) break;
            at = end;
        } else {
            out += name[at];
        }
    }
    return out;
}

std::string offset_of(int minutes) {
    char const sign = minutes < 0 ? '-' : '+';
    int const size = std::abs(minutes);
    if (size > 14 * 60) return "";
    std::string out{sign, static_cast<char>('0' + size / 600), static_cast<char>('0' + size / 60 % 10), ':'};
    return out + static_cast<char>('0' + size % 60 / 10) + static_cast<char>('0' + size % 10);
}

bool is_offset(std::string_view text) {
    return text == "Z" || (text.size() == 6 && (text[0] == '+' || text[0] == '-') && is_digit(text[1]) &&
                           is_digit(text[2]) && text[3] == ':' && is_digit(text[4]) && is_digit(text[5]));
}

// The bytes "70 51 51" of a field that should have been text.
std::string letters_of(std::string const& value) {
    if (!std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c) || c == ' '; })) return value;
    std::string out;
    unsigned number = 0;
    for (std::size_t at = 0; at <= value.size(); ++at) {
        if (at < value.size() && value[at] != ' ') {
            number = std::min(number * 10 + static_cast<unsigned>(value[at] - '0'), 999u);
        } else {
            if (number < 0x20 || number > 0x7E) break;
            out += static_cast<char>(number);
            number = 0;
        }
    }
    return out.size() > 3 ? out : value;
}

void add_time(PhotoFacts& facts, std::string_view name, std::string_view value, TagSource source) {
    std::string offset;
    std::string const time = iso_time(value, offset);
    if (time.empty()) return;
    if (name == taken) {
        facts.add(taken, time, source);
        // "Z" says that the clock shows universal time, nothing about where it hung.
        if (offset == "Z")
            facts.add(utc, time + "Z", source);
        else if (!offset.empty())
            facts.add(zone, offset, source);
    } else {
        facts.add(name, time + offset, source);
    }
}

// Numbers for what was meant as words ("(0)", "n/a") state nothing.
bool says_nothing(std::string_view shown) {
    return shown.starts_with("(") || shown == "n/a" || shown == "n/a n/a" || shown == "None" ||
           shown == "Unknown" || shown == "0";
}

void add_fact(Tag const& tag, Rule const& rule, PhotoFacts& facts) {
    TagSource const source{tag.offset, tag.stored};
    switch (rule.form) {
        case Form::none: break;
        case Form::text: facts.add(rule.fact, tag.value, source); break;
        case Form::shown:
            if (!says_nothing(tag.shown)) facts.add(rule.fact, tag.shown, source);
            break;
        case Form::letters: facts.add(rule.fact, letters_of(tag.value), source); break;
        case Form::exif_time:
        case Form::iso_time:
        case Form::iptc_date: add_time(facts, rule.fact, tag.value, source); break;
        case Form::iptc_time: break;  // read along with its date
        case Form::hours:
            if (auto const value = number_of(tag.value.substr(0, tag.value.find(' ')))) {
                facts.add(rule.fact, offset_of(static_cast<int>(std::clamp(*value, -20.0, 20.0)) * 60), source);
            }
            break;
        case Form::minutes:
            if (auto const value = number_of(tag.value))
                facts.add(rule.fact, offset_of(static_cast<int>(std::clamp(*value, -999.0, 999.0))), source);
            break;
        case Form::digits: {
            // "48 50 49 48" or "0 2 1 0": a version in four digits.
            std::string four;
            for (char const c : letters_of(tag.value)) four += is_digit(c) ? std::string(1, c) : "";
            std::size_t const begin = four.starts_with('0') ? 1 : 0;
            if (four.size() == 4)
                facts.add(rule.fact, "firmware " + four.substr(begin, 2 - begin) + "." + four.substr(2),
                          source);
            break;
        }
        case Form::ratio:
            if (auto const value = number_of(tag.value)) facts.add(rule.fact, say_decimal(*value, 2), source);
            break;
    }
}

std::string_view value_of(Tags const& tags, std::string_view name) {
    for (Tag const& tag : tags.all()) {
        if (tag.name == name) return tag.value;
    }
    return {};
}

// The parts of an exposure make one fact: alone each is worth nothing.
void add_exposure(Tags const& tags, PhotoFacts& facts) {
    std::string out;
    TagSource source;
    constexpr std::array<std::string_view, 3> groups{"Exif.Photo.", "Xmp.exif.", "Exif.Image."};
    for (std::string_view const group : groups) {
        for (Tag const& tag : tags.all()) {
            if (!tag.name.starts_with(group)) continue;
            std::string_view const name = std::string_view(tag.name).substr(group.size());
            if (name != "ExposureTime" && name != "FNumber" && name != "ISOSpeedRatings") continue;
            auto const number = number_of(tag.value.substr(0, tag.value.find(' ')));
            if (!number || *number <= 0) continue;
            std::string part;
            if (name == "ExposureTime")
                part = (*number < 0.3 ? "1/" + say_decimal(1 / *number, 0) : say_decimal(*number, 1)) + " s";
            else if (name == "FNumber")
                part = "f/" + say_decimal(*number, 1);
            else
                part = "ISO " + say_decimal(*number, 0);
            out += (out.empty() ? "" : ", ") + part;
            source = {tag.offset, tag.stored};
        }
        if (!out.empty()) break;
    }
    if (!out.empty()) facts.add(exposure, out, source);
}

}  // namespace

void PhotoFacts::add(std::string_view name, std::string_view value, TagSource source) {
    std::size_t count = 0;
    value = value.substr(0, std::min(value.size(), longest));
    value = value.substr(0, valid_utf8_prefix(value));
    bool const nothing = std::all_of(value.begin(), value.end(), [](char c) {
        return c == ' ' || c == '-' || c == '0' || c == ':' || c == '.';
    });
    bool const blank = std::all_of(value.begin(), value.end(), [](char c) { return c == ' '; });
    bool const may_be_zero =
        name == position || name == altitude || name == direction || name == speed || name == zone;
    if (blank || (nothing && !may_be_zero)) return;
    for (PhotoFact const& fact : all_) {
        if (fact.name != name) continue;
        if (fact.value == value || ++count == most) return;
    }
    all_.push_back({name, std::string(value), source.offset, source.stored});
}

bool PhotoFacts::has(std::string_view name) const {
    return std::any_of(all_.begin(), all_.end(), [&](PhotoFact const& fact) { return fact.name == name; });
}

std::string_view PhotoFacts::first(std::string_view name) const {
    for (PhotoFact const& fact : all_) {
        if (fact.name == name) return fact.value;
    }
    return {};
}

void add_facts(Tags const& tags, PhotoFacts& facts) {
    for (Tag const& tag : tags.all()) {
        std::string const name = without_numbers(tag.name);
        auto const rule = std::find_if(std::begin(rules), std::end(rules),
                                       [&](Rule const& one) { return name.ends_with(one.end); });
        if (rule == std::end(rules) || rule->fact.empty()) continue;
        Tag copy = tag;
        if (rule->form == Form::iptc_date) {
            // 1:8:60 is the time that belongs to 1:8:55.
            bool const digitized = name.ends_with("DigitizationDate");
            std::string_view const time = value_of(
                tags, digitized ? "Iptc.Application2.DigitizationTime" : "Iptc.Application2.TimeCreated");
            if (rule->fact == taken && !time.empty()) copy.value += "T" + std::string(time);
        }
        add_fact(copy, *rule, facts);
    }
    add_exposure(tags, facts);
    add_position(tags, facts);
}

std::string iso_time(std::string_view text, std::string& zone) {
    // Digits in groups, whatever stands between them; a sign or Z behind the time begins the offset.
    int parts[6] = {0, 0, 0, 0, 0, 0};
    constexpr int widths[6] = {4, 2, 2, 2, 2, 2};
    std::size_t at = 0;
    int count = 0;
    while (count < 6 && at < text.size()) {
        if (!is_digit(text[at])) {
            if (count > 3 && (text[at] == '+' || text[at] == '-' || text[at] == 'Z')) break;
            if (++at, count == 0 || text[at - 1] == '\0') return "";
            continue;
        }
        int digits = 0;
        while (at < text.size() && is_digit(text[at]) && digits < widths[count]) {
            parts[count] = parts[count] * 10 + (text[at++] - '0');
            ++digits;
        }
        if (count == 0 && digits != 4) return "";
        ++count;
    }
    if (count > 1 && (parts[1] < 1 || parts[1] > 12)) count = parts[1] == 0 ? 1 : 0;
    if (count > 2 && !is_day(parts[0], parts[1], parts[2])) count = parts[2] == 0 ? 2 : 0;
    if (count == 0 || parts[0] < 1000 || parts[3] > 24 || parts[4] > 59 || parts[5] > 60) return "";
    auto const pad = [](int value, int width) {
        std::string digits = std::to_string(value);
        return std::string(digits.size() < static_cast<std::size_t>(width)
                               ? static_cast<std::size_t>(width) - digits.size()
                               : 0,
                           '0') +
               digits;
    };
    std::string out = pad(parts[0], 4);
    if (count > 1) out += "-" + pad(parts[1], 2);
    if (count > 2) out += "-" + pad(parts[2], 2);
    if (count < 5) return out;
    out += "T" + pad(parts[3], 2) + ":" + pad(parts[4], 2) + ":" + pad(parts[5], 2);
    if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
        while (++at < text.size() && is_digit(text[at])) {
        }
    }
    std::string_view rest = text.substr(at);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    std::string offset(rest.substr(0, 6));
    if (rest.size() == 5 && (rest[0] == '+' || rest[0] == '-'))
        offset = std::string(rest.substr(0, 3)) + ":" + std::string(rest.substr(3));
    if (rest.starts_with("Z")) offset = "Z";
    if (is_offset(offset)) zone = offset;
    return out;
}

std::optional<double> number_of(std::string_view text) {
    auto const take = [](std::string_view part) -> std::optional<double> {
        double value = 0;
        if (part.starts_with('+')) part.remove_prefix(1);
        auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc() || end != part.data() + part.size() || !std::isfinite(value)) return {};
        return value;
    };
    std::size_t const slash = text.find('/');
    std::optional<double> const above = take(text.substr(0, slash));
    if (!above || slash == std::string_view::npos) return above;
    std::optional<double> const below = take(text.substr(slash + 1));
    if (!below || *below == 0) return {};
    return *above / *below;
}

std::string say_decimal(double value, int digits) {
    char buffer[64];
    auto const [end, error] =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, digits);
    std::string out(buffer, error == std::errc() ? end : buffer);
    if (out.find('.') != std::string::npos) {
        while (out.ends_with('0')) out.pop_back();
        if (out.ends_with('.')) out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

}  // namespace keepmum
