// Exif (CIPA DC-008) 4.6.6 gives degrees, minutes and seconds as three fractions and the hemisphere apart; XMP (ISO 16684-1 C.5) gives
// "39,54.2530N". Both may stand in one file and agree.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/position.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "core/photo.h"

namespace keepmum {

namespace {

struct Found {
    std::string_view value;
    TagSource source;
};

std::optional<Found> find(Tags const& tags, std::string_view group, std::string_view name) {
    for (Tag const& tag : tags.all()) {
        std::string_view const own = tag.name;
        if (own.size() == group.size() + name.size() && own.starts_with(group) && own.ends_with(name))
            return Found{tag.value, {tag.offset, tag.stored}};
    }
    return {};
}

// "39/1 54/1 2025/100", each part a 60th of the one before.
std::optional<double> sixtieths(std::string_view text) {
    double sum = 0, weight = 1;
    bool any = false;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(' '), text.size());
        std::optional<double> const part = number_of(text.substr(0, end));
        if (!part) return any ? std::optional(sum) : std::nullopt;  // seconds left out: "0/0"
        sum += *part * weight;
        weight /= 60;
        any = true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return any ? std::optional(sum) : std::nullopt;
}

std::optional<double> degrees_of(std::string_view value, std::string_view hemisphere, double most) {
    std::optional<double> degrees = sixtieths(value);
    if (!degrees || std::fabs(*degrees) > most) return {};
    bool const negative = hemisphere.starts_with('S') || hemisphere.starts_with('W') ||
                          hemisphere.starts_with('s') || hemisphere.starts_with('w');
    return negative ? -*degrees : *degrees;
}

// "39,54.2530N" or "39,54,15N" or "39.9042".
std::optional<double> xmp_degrees(std::string_view text, double most) {
    if (text.empty()) return {};
    char const last = text.back();
    bool const lettered = last == 'N' || last == 'S' || last == 'E' || last == 'W';
    std::string parts(lettered ? text.substr(0, text.size() - 1) : text);
    std::replace(parts.begin(), parts.end(), ',', ' ');
    std::optional<double> const degrees = sixtieths(parts);
    if (!degrees || std::fabs(*degrees) > most) return {};
    return last == 'S' || last == 'W' ? -*degrees : *degrees;
}

void put_position(PhotoFacts& facts, double north, double east, TagSource source) {
    char const* const comma = ",";
    auto const six = [](double value) {
        std::string out = say_decimal(value, 6);
        if (out.find('.') == std::string::npos) out += ".0";
        return out;
    };
    facts.add(photo_fact::position, six(north) + comma + six(east), source);
}

void add_exif_position(Tags const& tags, PhotoFacts& facts) {
    constexpr std::string_view group = "Exif.GPSInfo.GPS";
    auto const value = [&](std::string_view name) { return find(tags, group, name); };
    auto const text = [&](std::string_view name) {
        auto const found = value(name);
        return found ? found->value : std::string_view();
    };
    auto const latitude = value("Latitude"), longitude = value("Longitude");
    if (latitude && longitude) {
        auto const north = degrees_of(latitude->value, text("LatitudeRef"), 90),
                   east = degrees_of(longitude->value, text("LongitudeRef"), 180);
        // 0,0 lies in the sea and is what receivers write that know nothing.
        if (north && east && (*north != 0 || *east != 0)) put_position(facts, *north, *east, latitude->source);
    }
    if (auto const height = value("Altitude")) {
        bool const below = text("AltitudeRef").starts_with('1');
        if (auto const metres = number_of(height->value))
            facts.add(photo_fact::altitude, say_decimal(below ? -*metres : *metres, 1), height->source);
    }
    if (auto const way = value("ImgDirection")) {
        if (auto const degrees = number_of(way->value); degrees && *degrees >= 0 && *degrees <= 360) {
            facts.add(photo_fact::direction, say_decimal(*degrees, 2), way->source);
        }
    }
    if (auto const how_fast = value("Speed")) {
        std::string_view const unit = text("SpeedRef");
        double const factor = unit.starts_with('M') ? 1.609344 : unit.starts_with('N') ? 1.852 : 1;
        if (auto const number = number_of(how_fast->value))
            facts.add(photo_fact::speed, say_decimal(*number * factor, 1), how_fast->source);
    }
}

void add_satellite_time(Tags const& tags, PhotoFacts& facts) {
    auto const time = find(tags, "Exif.GPSInfo.GPS", "TimeStamp"),
               date = find(tags, "Exif.GPSInfo.GPS", "DateStamp");
    if (!time) {
        auto const whole = find(tags, "Xmp.exif.GPS", "TimeStamp");
        std::string zone;
        std::string const said = whole ? iso_time(whole->value, zone) : "";
        if (!said.empty()) facts.add(photo_fact::utc, said + "Z", whole->source);
        return;
    }
    std::optional<double> const hours = sixtieths(time->value);
    if (!hours || *hours < 0 || *hours >= 24.01) return;
    auto const seconds = static_cast<int>(std::lround(*hours * 3600)) % 86400;
    auto const two = [](int value) {
        return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    };
    std::string const clock =
        "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + "Z";
    std::string zone;
    std::string const day = date ? iso_time(date->value, zone) : "";
    if (date || seconds != 0) facts.add(photo_fact::utc, day.substr(0, 10) + clock, time->source);
}

}  // namespace

void add_position(Tags const& tags, PhotoFacts& facts) {
    add_exif_position(tags, facts);
    add_satellite_time(tags, facts);
    auto const latitude = find(tags, "Xmp.exif.GPS", "Latitude"),
               longitude = find(tags, "Xmp.exif.GPS", "Longitude");
    if (latitude && longitude && !facts.has(photo_fact::position)) {
        auto const north = xmp_degrees(latitude->value, 90), east = xmp_degrees(longitude->value, 180);
        if (north && east) put_position(facts, *north, *east, latitude->source);
    }
    if (auto const height = find(tags, "Xmp.exif.GPS", "Altitude");
        height && !facts.has(photo_fact::altitude)) {
        auto const below = find(tags, "Xmp.exif.GPS", "AltitudeRef");
        if (auto const metres = number_of(height->value)) {
            facts.add(photo_fact::altitude, say_decimal(below && below->value == "1" ? -*metres : *metres, 1),
                      height->source);
        }
    }
    if (auto const way = find(tags, "Xmp.exif.GPS", "ImgDirection"); way && !facts.has(photo_fact::direction)) {
        if (auto const degrees = number_of(way->value))
            facts.add(photo_fact::direction, say_decimal(*degrees, 2), way->source);
    }
    if (auto const both = find(tags, "File.", "Position")) add_iso_6709(both->value, both->source, facts);
}

void add_iso_6709(std::string_view text, TagSource source, PhotoFacts& facts) {
    double values[3] = {0, 0, 0};
    int count = 0;
    std::size_t at = 0;
    while (count < 3 && at < text.size() && (text[at] == '+' || text[at] == '-')) {
        std::size_t end = at + 1;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
        std::string_view const digits = text.substr(at + 1, end - at - 1);
        std::size_t const whole = std::min(digits.find('.'), digits.size()), degrees = count == 0 ? 2 : 3;
        std::optional<double> number = number_of(digits);
        if (!number) return;
        if (count < 2 && whole == degrees + 2)
            number = number_of(digits.substr(0, degrees)).value_or(0) +
                     number_of(digits.substr(degrees)).value_or(0) / 60;
        if (count < 2 && whole == degrees + 4) {
            number = number_of(digits.substr(0, degrees)).value_or(0) +
                     number_of(digits.substr(degrees, 2)).value_or(0) / 60 +
                     number_of(digits.substr(degrees + 2)).value_or(0) / 3600;
        }
        values[count++] = text[at] == '-' ? -*number : *number;
        at = end;
    }
    if (count < 2 || std::fabs(values[0]) > 90 || std::fabs(values[1]) > 180) return;
    put_position(facts, values[0], values[1], source);
    if (count == 3) facts.add(photo_fact::altitude, say_decimal(values[2], 1), source);
}

}  // namespace keepmum
