// See stamp.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/chat/stamp.h"

#include "base/utf8.h"

namespace keepmum {

namespace {

// One blank or mark at `at`: its bytes, or 0.
std::size_t blank_at(std::string_view text, std::size_t at) {
    static constexpr std::string_view wide[] = {
        "\u00A0", "\u2009", "\u202F", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u2066", "\u2067",
        "\u2068", "\u2069", "\uFEFF", "\u3000", "\u200B", "\u2007", "\u2002", "\u2003"};
    if (at >= text.size()) return 0;
    if (text[at] == ' ' || text[at] == '\t') return 1;
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte != 0xC2 && byte != 0xE2 && byte != 0xE3 && byte != 0xEF) return 0;
    for (std::string_view const one : wide) {
        if (text.substr(at, one.size()) == one) return one.size();
    }
    return 0;
}

struct Digit {
    int value = -1;
    std::size_t length = 0;
};

// ASCII, Arabic, Persian and full-width digits.
Digit digit_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    auto const byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    if (is_digit(text[at])) return {text[at] - '0', 1};
    if (byte(0) == 0xD9 && byte(1) >= 0xA0 && byte(1) <= 0xA9) return {static_cast<int>(byte(1) - 0xA0), 2};
    if (byte(0) == 0xDB && byte(1) >= 0xB0 && byte(1) <= 0xB9) return {static_cast<int>(byte(1) - 0xB0), 2};
    if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x90 && byte(2) <= 0x99) return {static_cast<int>(byte(2) - 0x90), 3};
    return {};
}

struct Number {
    std::uint16_t value = 0;
    std::uint8_t digits = 0;
};

// A number of one to `most` digits, not followed by another digit. `at` moves behind it.
bool read_number(std::string_view text, std::size_t& at, int most, Number& number) {
    std::size_t end = at;
    number = {};
    for (Digit digit = digit_at(text, end); digit.value >= 0; digit = digit_at(text, end)) {
        if (number.digits == most) return false;
        number.value = static_cast<std::uint16_t>(number.value * 10 + digit.value);
        ++number.digits;
        end += digit.length;
    }
    if (number.digits == 0) return false;
    at = end;
    return true;
}

bool take(std::string_view text, std::size_t& at, std::string_view word) {
    if (at >= text.size() || text[at] != word.front() || text.substr(at, word.size()) != word) return false;
    at += word.size();
    return true;
}

enum class DayPart : std::uint8_t { none, morning, afternoon, noon };

struct DayWord {
    std::string_view word;
    DayPart part;
};
constexpr DayWord day_words[] = {
    {"上午", DayPart::morning},  {"下午", DayPart::afternoon}, {"午前", DayPart::morning},  {"午後", DayPart::afternoon},
    {"凌晨", DayPart::morning},  {"清晨", DayPart::morning},   {"早上", DayPart::morning},  {"中午", DayPart::noon},
    {"晚上", DayPart::afternoon}, {"傍晚", DayPart::afternoon}, {"오전", DayPart::morning},  {"오후", DayPart::afternoon},
    {"ص", DayPart::morning},     {"م", DayPart::afternoon},    {"π.μ.", DayPart::morning},  {"μ.μ.", DayPart::afternoon},
    {"ÖÖ", DayPart::morning},    {"ÖS", DayPart::afternoon},   {"fm", DayPart::morning},    {"em", DayPart::afternoon},
    {"SA", DayPart::morning},    {"CH", DayPart::afternoon},   {"ดล", DayPart::none}};

// A word for the half of the day. Moves `at` behind it.
DayPart read_day_part(std::string_view text, std::size_t& at) {
    if (at >= text.size() || is_digit(text[at])) return DayPart::none;
    for (DayWord const& row : day_words) {
        std::size_t end = at;
        if (!take(text, end, row.word) || (end < text.size() && is_alpha(text[end]) && is_alpha(row.word.back()))) continue;
        at = end;
        return row.part;
    }
    if (at >= text.size()) return DayPart::none;
    // am, PM, a.m., "p. m."
    char const first = to_lower(text[at]);
    if (first != 'a' && first != 'p') return DayPart::none;
    std::size_t end = at + 1;
    bool const dotted = take(text, end, ".");
    if (dotted) {
        while (std::size_t const blank = blank_at(text, end)) end += blank;
    }
    if (end >= text.size() || to_lower(text[end]) != 'm') return DayPart::none;
    ++end;
    if (dotted) take(text, end, ".");
    if (end < text.size() && is_alnum(text[end])) return DayPart::none;
    at = end;
    return first == 'a' ? DayPart::morning : DayPart::afternoon;
}

void apply(DayPart part, ChatStamp& stamp) {
    if (part == DayPart::none) return;
    stamp.twelve_hours = true;
    if (part == DayPart::morning && stamp.hour == 12) stamp.hour = 0;
    if (part == DayPart::afternoon && stamp.hour < 12) stamp.hour = static_cast<std::uint8_t>(stamp.hour + 12);
    if (part == DayPart::noon && stamp.hour < 3) stamp.hour = static_cast<std::uint8_t>(stamp.hour + 12);
}

// A time of day at `at`, with its word before or behind it.
std::size_t read_time(std::string_view text, std::size_t at, ChatStamp& stamp) {
    std::size_t end = at;
    DayPart part = read_day_part(text, end);
    end = skip_blank(text, end);
    Number hour, minute, second;
    if (!read_number(text, end, 2, hour) || hour.value > 24) return at;
    if (end >= text.size() || (text[end] != ':' && text[end] != '.')) return at;
    char const colon = text[end++];
    if (!read_number(text, end, 2, minute) || minute.digits != 2 || minute.value > 59) return at;
    std::size_t further = end + 1;
    if (end < text.size() && text[end] == colon && read_number(text, further, 2, second) && second.digits == 2 && second.value < 61) {
        stamp.has_second = true;
        end = further;
        // Fractions of a second, as in ISO 8601, tell nobody anything.
        if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
            ++end;
            while (end < text.size() && is_digit(text[end])) ++end;
        }
    }
    stamp.has_time = true;
    stamp.hour = static_cast<std::uint8_t>(hour.value % 24);
    stamp.minute = static_cast<std::uint8_t>(minute.value);
    stamp.second = static_cast<std::uint8_t>(second.value);
    std::size_t behind = skip_blank(text, end);
    if (part == DayPart::none) {
        part = read_day_part(text, behind);
        if (part != DayPart::none) end = behind;
    }
    apply(part, stamp);
    behind = skip_blank(text, end);
    if (take(text, behind, "UTC") || (behind == end && take(text, behind, "Z"))) {
        stamp.utc = true;
        end = behind;
    }
    return end;
}

// What stands between a date and a time: a comma, a word like "at".
std::size_t skip_joint(std::string_view text, std::size_t at) {
    static constexpr std::string_view words[] = {",", "，", "、", "،", "T", "at ",
                                                "às ", "à ", "um ", "klo ", "kl. ", "kl ", "a las ", "las "};
    std::size_t end = skip_blank(text, at);
    for (std::string_view const word : words) {
        // The T of ISO 8601 follows at once.
        std::size_t behind = word == "T" ? at : end;
        if (take(text, behind, word)) return skip_blank(text, behind);
    }
    return end;
}

// A mark and a number of two digits.
void pad(std::string& out, char mark, unsigned value) {
    out += mark;
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

void write_date(std::string& out, unsigned year, unsigned month, unsigned day) {
    out += static_cast<char>('0' + year / 1000 % 10);
    out += static_cast<char>('0' + year / 100 % 10);
    out += static_cast<char>('0' + year / 10 % 10);
    out += static_cast<char>('0' + year % 10);
    pad(out, '-', month);
    pad(out, '-', day);
}

struct Day {
    unsigned year = 0, month = 0, day = 0;
    bool possible = false;
};

Day read_as(ChatStamp const& stamp, DateOrder order) {
    auto const& part = stamp.parts;
    bool const year_first = stamp.digits[0] == 4;
    Day day;
    if (year_first || order == DateOrder::year_month_day) day = {part[0], part[1], part[2]};
    else if (order == DateOrder::day_month_year) day = {part[2], part[1], part[0]};
    else day = {part[2], part[0], part[1]};
    std::uint8_t const year_digits = year_first || order == DateOrder::year_month_day ? stamp.digits[0] : stamp.digits[2];
    std::uint8_t const day_digits = year_first || order == DateOrder::year_month_day ? stamp.digits[2] : stamp.digits[0];
    if (year_digits == 2) day.year += day.year < 70 ? 2000 : 1900;
    else if (year_digits != 4) return day;
    day.possible = day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31 && day_digits <= 2;
    return day;
}

}  // namespace

std::size_t skip_blank(std::string_view text, std::size_t at) {
    while (std::size_t const blank = blank_at(text, at)) at += blank;
    return at;
}

std::string_view trim_blank(std::string_view text) {
    text.remove_prefix(skip_blank(text, 0));
    for (;;) {
        std::size_t length = 0;
        for (std::size_t width = 1; width <= 3 && width <= text.size() && length == 0; ++width) {
            if (blank_at(text, text.size() - width) == width) length = width;
        }
        if (length == 0 && !text.empty() && (text.back() == '\r' || text.back() == '\n')) length = 1;
        if (length == 0) return text;
        text.remove_suffix(length);
    }
}

std::size_t read_date(std::string_view text, std::size_t at, ChatStamp& stamp) {
    std::size_t end = at;
    Number number;
    if (!read_number(text, end, 4, number) || number.digits == 3) return at;
    stamp.parts[0] = number.value;
    stamp.digits[0] = number.digits;
    bool const words = number.digits == 4 && (take(text, end, "年") || take(text, end, "년"));
    if (words) {
        end = skip_blank(text, end);
        if (!read_number(text, end, 2, number) || !(take(text, end, "月") || take(text, end, "월"))) return at;
        stamp.parts[1] = number.value;
        stamp.digits[1] = number.digits;
        end = skip_blank(text, end);
        if (!read_number(text, end, 2, number) || !(take(text, end, "日") || take(text, end, "일"))) return at;
        stamp.parts[2] = number.value;
        stamp.digits[2] = number.digits;
        stamp.parted_by = 'n';
        stamp.has_date = true;
        return end;
    }
    end = skip_blank(text, end);
    if (end >= text.size() || (text[end] != '/' && text[end] != '.' && text[end] != '-')) return at;
    stamp.parted_by = text[end];
    for (std::size_t i = 1; i < 3; ++i) {
        end = skip_blank(text, end);
        if (end >= text.size() || text[end] != stamp.parted_by) return at;
        end = skip_blank(text, end + 1);
        if (!read_number(text, end, i == 1 ? 2 : 4, number) || number.digits == 3) return at;
        stamp.parts[i] = number.value;
        stamp.digits[i] = number.digits;
    }
    // "2024. 10. 31. " closes with a dot.
    if (stamp.parted_by == '.' && end + 1 < text.size() && text[end] == '.' && blank_at(text, end + 1) != 0) ++end;
    stamp.has_date = stamp.digits[0] == 4 || stamp.digits[2] == 4 || stamp.digits[2] == 2;
    return stamp.has_date ? end : at;
}

std::size_t read_stamp(std::string_view text, std::size_t at, ChatStamp& stamp) {
    stamp = {};
    std::size_t const date_end = read_date(text, at, stamp);
    if (date_end == at) {
        stamp = {};
        return read_time(text, at, stamp);
    }
    std::size_t const time_begin = skip_joint(text, date_end);
    std::size_t const end = time_begin == date_end ? date_end : read_time(text, time_begin, stamp);
    return stamp.has_time ? end : date_end;
}

void DateOrderVote::see(ChatStamp const& stamp) {
    if (!stamp.has_date || stamp.digits[0] == 4) return;
    ++seen_;
    american_ += stamp.twelve_hours && stamp.parted_by == '/' && stamp.digits[2] == 2;
    for (DateOrder const order : {DateOrder::day_month_year, DateOrder::month_day_year, DateOrder::year_month_day}) {
        Tally& tally = tallies_[static_cast<std::size_t>(order)];
        Day const day = read_as(stamp, order);
        if (!day.possible) {
            ++tally.impossible;
            continue;
        }
        std::uint64_t const days = day.year * 372ull + day.month * 31ull + day.day;
        std::uint64_t const now = days * 86'400 + stamp.hour * 3600ull + stamp.minute * 60ull;
        tally.backwards += now < tally.previous;
        tally.previous = now;
    }
}

DateOrder DateOrderVote::choose() const {
    using enum DateOrder;
    bool const american = american_ * 2 > seen_;
    DateOrder const orders[] = {american ? month_day_year : day_month_year, american ? day_month_year : month_day_year, year_month_day};
    DateOrder best = orders[0];
    for (DateOrder const order : orders) {
        Tally const &mine = tallies_[static_cast<std::size_t>(order)], &other = tallies_[static_cast<std::size_t>(best)];
        if (mine.impossible < other.impossible || (mine.impossible == other.impossible && mine.backwards < other.backwards)) best = order;
    }
    return best;
}

std::string write_stamp(ChatStamp const& stamp, DateOrder order) {
    if (!stamp.has_date) return {};
    Day day = read_as(stamp, order);
    // A file with dates in two orders: one that is impossible in the chosen order is read in another.
    for (DateOrder const other : {DateOrder::day_month_year, DateOrder::month_day_year, DateOrder::year_month_day}) {
        if (!day.possible) day = read_as(stamp, other);
    }
    if (!day.possible) return {};
    std::string out;
    out.reserve(20);
    write_date(out, day.year, day.month, day.day);
    if (stamp.has_time) {
        pad(out, 'T', stamp.hour);
        pad(out, ':', stamp.minute);
    }
    if (stamp.has_second) pad(out, ':', stamp.second);
    if (stamp.utc && stamp.has_time) out += 'Z';
    return out;
}

std::string write_epoch(std::int64_t milliseconds) {
    if (milliseconds < 0 || milliseconds >= 253'402'300'800'000) return {};
    std::int64_t const seconds = milliseconds / 1000, of_day = seconds % 86'400;
    // Days since 0000-03-01, by which a leap day is the last of its year (Howard Hinnant's calendar formulas).
    std::int64_t const days = seconds / 86'400 + 719'468;
    std::int64_t const era = days / 146'097, of_era = days % 146'097;
    std::int64_t const year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    std::int64_t const of_year = of_era - (365 * year + year / 4 - year / 100);
    std::int64_t const shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    std::string out;
    out.reserve(20);
    write_date(out, static_cast<unsigned>(year + era * 400 + (month <= 2)), static_cast<unsigned>(month),
               static_cast<unsigned>(of_year - (153 * shifted + 2) / 5 + 1));
    pad(out, 'T', static_cast<unsigned>(of_day / 3600));
    pad(out, ':', static_cast<unsigned>(of_day / 60 % 60));
    pad(out, ':', static_cast<unsigned>(of_day % 60));
    out += 'Z';
    return out;
}

}  // namespace keepmum
