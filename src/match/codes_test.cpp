// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "base/utf8.h"
#include "match/digits.h"

namespace keepmum {
namespace {

using Shape = Trigger::Shape;

struct Found {
    std::size_t begin, end;
    std::string compact;
    int shapes;
    friend auto operator<=>(Found const&, Found const&) = default;
};

std::vector<Trigger> const usual = {
    {.what = Trigger::What::code, .shape = Shape::digits, .min = 11, .max = 11},
    {.what = Trigger::What::code, .shape = Shape::digits, .min = 13, .max = 19},
    {.what = Trigger::What::code, .shape = Shape::digits_check, .min = 18, .max = 18},
    {.what = Trigger::What::code, .shape = Shape::alphanumeric, .min = 15, .max = 34},
};

CodeScanner scanner_for(std::vector<Trigger> const& triggers) {
    CodeScanner scanner;
    for (Trigger const& trigger : triggers) scanner.add(trigger);
    return scanner;
}

std::vector<Found> scan(std::string_view text, std::vector<Trigger> const& triggers) {
    CodeWindows out;
    EXPECT_EQ(scanner_for(triggers).scan(text, 0, text.size(), ~std::size_t{0}, out), text.size());
    std::vector<Found> found;
    for (CodeWindow const& window : out.windows) {
        int shapes = 0;
        std::uint64_t bit = 1;
        for (Trigger const& one : triggers) {
            if (window.length < one.min || window.length > one.max) continue;
            if (window.triggers & bit) shapes |= 1 << static_cast<int>(one.shape);
            bit <<= 1;
        }
        found.push_back({window.begin, window.end, out.compacts.substr(window.compact, window.length), shapes});
    }
    return found;
}

// The rules in codes.h, one after the other, for every window of every text.
struct Group {
    std::size_t begin, end;
    std::string text, gap;  // `gap`: to the next group, "" where they do not join
};

// The kinds of separators in a gap ("n" for a line break), or "" where it is none.
std::string kinds_of(std::string gap) {
    std::string kinds;
    while (!gap.empty()) {
        std::size_t size = 1;
        if (gap.starts_with("\r\n")) { size = 2; kinds += 'n'; }
        else if (gap[0] == '\n') kinds += 'n';
        else if (std::string(" \t-./_").find(gap[0]) != std::string::npos) kinds += gap[0];
        else if (gap.starts_with("·")) { size = 2; kinds += 'm'; }
        else if (gap.starts_with("–") || gap.starts_with("−")) { size = 3; kinds += 'd'; }
        else return "";
        gap.erase(0, size);
    }
    if (kinds == "n") return "n";
    if (kinds.size() == 2 && kinds[0] == kinds[1] && kinds[0] != 'n') kinds.pop_back();
    if (kinds.size() == 2 && kinds[1] == 'n' && kinds[0] != 'n') return "n";
    if (kinds.empty() || kinds.size() > 2 || kinds[0] == 'n') return "";
    return kinds.size() == 2 ? "x" : kinds;
}

std::vector<Group> groups_of(std::string_view text) {
    std::vector<Group> groups;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_alnum(text[at])) { ++at; continue; }
        std::size_t end = at;
        while (end < text.size() && is_alnum(text[end])) ++end;
        if (!groups.empty()) groups.back().gap = kinds_of(std::string(text.substr(groups.back().end, at - groups.back().end)));
        groups.push_back({at, end, std::string(text.substr(at, end - at)), ""});
        at = end;
    }
    return groups;
}

bool has_digit(Group const& group) { return std::any_of(group.text.begin(), group.text.end(), is_digit); }
bool has_lower(Group const& group) { return std::any_of(group.text.begin(), group.text.end(), is_lower); }
bool is_single(Group const& group) { return group.text.size() == 1 && !has_lower(group); }

bool letters_are_plausible(std::span<Group const> window) {
    for (std::size_t i = 0; i < window.size() && window.size() > 1; ++i) {
        if (has_digit(window[i])) continue;
        if (window[i].text.size() > 4) return false;
        if (has_lower(window[i]) && (i == 0 || i + 1 == window.size())) return false;
        if (i > 0 && !has_digit(window[i - 1]) && !(is_single(window[i]) && is_single(window[i - 1]))) return false;
    }
    return true;
}

bool gaps_are_plausible(std::span<Group const> window) {
    std::multiset<std::string> kinds;
    for (std::size_t i = 0; i + 1 < window.size(); ++i) kinds.insert(window[i].gap);
    if (kinds.contains("")) return false;
    std::size_t most = 0;
    for (auto const& kind : kinds) most = std::max(most, kinds.count(kind));
    if (kinds.count("n") > 1) return false;
    if (kinds.count("n") == 1) return kinds.size() > 1 && kinds.count(*kinds.begin() == "n" ? *kinds.rbegin() : *kinds.begin()) == kinds.size() - 1;
    return window.size() <= 4 || most + 1 >= kinds.size();
}

bool may_be_neighbours(Group const& left, Group const& right) {
    if (left.gap == "" || left.gap == "n") return false;
    bool const long_word = (!has_digit(left) && left.text.size() > 4) || (!has_digit(right) && right.text.size() > 4);
    bool const clash = !has_digit(left) && !has_digit(right) && !(is_single(left) && is_single(right));
    return !long_word && !clash;
}

// Groups with digits on the line of group `at`.
std::size_t line_of(std::vector<Group> const& groups, std::size_t at) {
    std::size_t first = at, last = at, count = 0;
    while (first > 0 && may_be_neighbours(groups[first - 1], groups[first])) --first;
    while (last + 1 < groups.size() && may_be_neighbours(groups[last], groups[last + 1])) ++last;
    for (std::size_t i = first; i <= last; ++i) count += has_digit(groups[i]);
    return count;
}

bool is_plausible(std::vector<Group> const& groups, std::size_t first, std::size_t last) {
    std::span<Group const> const window(groups.data() + first, last - first + 1);
    if (window.size() == 1) return true;
    bool const all_singles = std::all_of(window.begin(), window.end(), is_single);
    if (window.size() > 9 && !all_singles) return false;
    if (!letters_are_plausible(window) || !gaps_are_plausible(window)) return false;
    if (!all_singles) {
        bool const crowded = line_of(groups, first) > 24 || line_of(groups, last) > 24;
        return !crowded;
    }
    bool const before = first > 0 && groups[first - 1].gap != "" && is_single(groups[first - 1]);
    bool const after = groups[last].gap != "" && is_single(groups[last + 1]);
    return !before && !after && window.size() <= 40;
}

std::vector<Found> naive(std::string_view text, std::vector<Trigger> const& triggers) {
    std::vector<Group> const groups = groups_of(text);
    std::vector<Found> found;
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::string compact;
        for (std::size_t last = first; last < std::min(groups.size(), first + 41); ++last) {
            compact += ascii_upper(groups[last].text);
            if (!is_plausible(groups, first, last)) continue;
            auto const digits = static_cast<std::size_t>(std::count_if(compact.begin(), compact.end(), is_digit));
            int shapes = 0;
            for (Trigger const& one : triggers) {
                if (compact.size() < one.min || compact.size() > one.max) continue;
                bool const check = digits == compact.size() || (digits + 1 == compact.size() && compact.back() == 'X');
                bool const fits = one.shape == Shape::digits ? digits == compact.size()
                                  : one.shape == Shape::digits_check ? check : digits >= 3;
                if (fits) shapes |= 1 << static_cast<int>(one.shape);
            }
            if (shapes) found.push_back({groups[first].begin, groups[last].end, compact, shapes});
        }
    }
    return found;
}

TEST(Codes, AsPeopleWriteThem) {
    auto const holds = [](std::string_view text, std::string const& compact) {
        auto const found = scan(text, usual);
        return std::any_of(found.begin(), found.end(), [&](Found const& one) { return one.compact == compact; });
    };
    EXPECT_TRUE(holds("卡号6222 0212 3456 7890 123。", "6222021234567890123"));
    EXPECT_TRUE(holds("110105 19491231 002x", "11010519491231002X"));
    EXPECT_TRUE(holds("call 138-0013-8000 now", "13800138000"));
    EXPECT_TRUE(holds("电话13800138000转", "13800138000"));
    EXPECT_TRUE(holds("GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"));
    EXPECT_TRUE(holds("gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"));
    EXPECT_TRUE(holds("1 3 8 0 0 1 3 8 0 0 0", "13800138000"));
    EXPECT_TRUE(holds("6222 0212 3456\n7890 123", "6222021234567890123"));
    EXPECT_TRUE(holds("6222–0212·3456 7890", "6222021234567890"));
    EXPECT_FALSE(holds("12345678\n12345678", "1234567812345678"));
    EXPECT_FALSE(holds("x13800138000y", "13800138000"));
}

TEST(Codes, AsTheNaiveSearchSays) {
    std::mt19937 random(11);
    std::vector<std::string> const pieces = {"0",  "1",  "7",  "12",   "345", "6789", "12345678", "X",  "x", "A",    "WEST",
                                             "of", "GB", "12a", "hello", " ",   " ",    "-",        "-",  ".", "/",    "\t",
                                             "\n", "\r\n", "·",  "–",     ",",   "中",   "  ",       "_",  " ", "B2", "Q"};
    std::vector<Trigger> const generous = {
        {.what = Trigger::What::code, .shape = Shape::digits, .min = 1, .max = 19},
        {.what = Trigger::What::code, .shape = Shape::digits_check, .min = 5, .max = 12},
        {.what = Trigger::What::code, .shape = Shape::alphanumeric, .min = 4, .max = 60},
    };
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        std::size_t const few = 2 + random() % pieces.size();  // fewer kinds of pieces make longer rows
        std::size_t const from = random() % pieces.size();
        for (std::size_t count = random() % (round % 8 ? 60 : 200); count > 0; --count) {
            text += pieces[(from + random() % few) % pieces.size()];
            if (random() % 3 == 0) text += pieces[random() % pieces.size()];
        }
        auto const& triggers = round % 2 ? generous : usual;
        std::vector<Found> const wanted = naive(text, triggers), got = scan(text, triggers);
        std::vector<Found> missing, extra;
        std::set_difference(wanted.begin(), wanted.end(), got.begin(), got.end(), std::back_inserter(missing));
        std::set_difference(got.begin(), got.end(), wanted.begin(), wanted.end(), std::back_inserter(extra));
        ASSERT_TRUE(missing.empty()) << "[" << text << "] missing " << missing[0].compact << " at " << missing[0].begin;
        ASSERT_TRUE(extra.empty()) << "[" << text << "] extra " << extra[0].compact << " at " << extra[0].begin;
        ASSERT_TRUE(std::is_sorted(got.begin(), got.end()));
    }
}

// Whether `found` is written as `form` says; the slow way.
bool is_of_form(Found const& found, std::string_view text, CodeForm const& form) {
    auto const among = [](std::string_view ranges, char c) {
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            bool const range = i + 2 < ranges.size() && ranges[i + 1] == '-';
            if (range ? c >= ranges[i] && c <= ranges[i + 2] : c == ranges[i]) return true;
            if (range) i += 2;
        }
        return ranges.empty();
    };
    std::string const& code = found.compact;
    if (!among(form.first, code[0]) || !among(form.last, code.back())) return false;
    if (code.size() > 1 && !among(form.second, code[1])) return false;
    if (form.before && (found.begin == 0 || text[found.begin - 1] != form.before)) return false;
    auto const sizes_of = [](std::string_view written) {
        std::vector<std::size_t> sizes(1);
        for (char c : written) {
            if (is_alnum(c) || c == '#') ++sizes.back();
            else if (sizes.back()) sizes.push_back(0);
        }
        return sizes;
    };
    auto const sizes = sizes_of(text.substr(found.begin, found.end - found.begin));
    return sizes.size() == 1 || std::any_of(form.layouts.begin(), form.layouts.end(), [&](std::string_view layout) {
        return layout == "*" || sizes_of(layout) == sizes;
    });
}

TEST(Codes, OnlyInTheFormThatIsWanted) {
    std::mt19937 random(7);
    static constexpr std::string_view layouts[] = {"### ####", "##-##-##", "#~#", "## ## ## ##"}, one_piece[] = {"###"};
    CodeForm const forms[] = {{.layouts = layouts, .first = "1-3A", .last = "0-9X"},
                              {.layouts = {}, .second = "02-4"},
                              {.layouts = one_piece, .first = "A-Z", .second = "A-Z"},
                              {.first = "13", .before = '+'},
                              {.layouts = layouts},
                              {}};
    Trigger const triggers[] = {{.what = Trigger::What::code, .shape = Shape::digits, .min = 2, .max = 12},
                                {.what = Trigger::What::code, .shape = Shape::digits_check, .min = 7, .max = 7},
                                {.what = Trigger::What::code, .shape = Shape::alphanumeric, .min = 4, .max = 80}};
    std::string_view const alphabet = "0123456789123123AXabx  --+.,\n";
    std::size_t wanted_in_all = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        while (text.size() < 60) text += alphabet[random() % alphabet.size()];
        Trigger const& trigger = triggers[random() % std::size(triggers)];
        CodeForm const& form = forms[random() % std::size(forms)];
        CodeScanner scanner;
        ASSERT_TRUE(scanner.add(triggers[0], forms[round % 2]));  // which must not be in the way
        ASSERT_TRUE(scanner.add(trigger, form));
        CodeWindows out;
        scanner.scan(text, 0, text.size(), ~std::size_t{0}, out);
        std::vector<Found> got, wanted;
        for (CodeWindow const& window : out.windows) {
            bool const both = window.length >= triggers[0].min && window.length <= triggers[0].max;
            if (!(window.triggers >> (both ? 1 : 0) & 1)) continue;
            if (window.length < trigger.min || window.length > trigger.max) continue;
            got.push_back({window.begin, window.end, out.compacts.substr(window.compact, window.length),
                           1 << static_cast<int>(trigger.shape)});
        }
        for (Found const& found : naive(text, {trigger})) {
            if (is_of_form(found, text, form)) wanted.push_back(found);
        }
        ASSERT_EQ(got, wanted) << text;
        wanted_in_all += wanted.size();
    }
    EXPECT_GT(wanted_in_all, 3000u);
}

TEST(Codes, SixtyFourOfALengthAreEnough) {
    Trigger const trigger{.what = Trigger::What::code, .shape = Shape::digits, .min = 6, .max = 6};
    CodeScanner scanner;
    for (int i = 0; i < 64; ++i) EXPECT_TRUE(scanner.add(trigger));
    EXPECT_FALSE(scanner.add(trigger));
    CodeWindows out;
    scanner.scan("123456", 0, 6, 10, out);
    ASSERT_EQ(out.windows.size(), 1u);
    EXPECT_EQ(out.windows[0].triggers, ~std::uint64_t{0});
}

TEST(Codes, ALongLineIsATable) {
    std::mt19937 random(1);
    for (int round = 0; round < 40; ++round) {
        std::string text;
        for (std::size_t line = 0; line < 6; ++line) {
            for (std::size_t count = 20 + random() % 10; count > 0; --count) {
                text += std::to_string(random() % 2 ? random() % 10 : random() % 1'000'000) + (random() % 40 ? " " : " AB ");
            }
            text.back() = '\n';
        }
        ASSERT_EQ(scan(text, usual), naive(text, usual)) << text;
    }
}

TEST(Codes, ScanningInPartsGivesTheSame) {
    std::mt19937 random(5);
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "0123456789 1234-5678 AB, "[random() % 25];
    CodeScanner const scanner = scanner_for(usual);
    CodeWindows whole, parts, few;
    EXPECT_EQ(scanner.scan(text, 0, text.size(), ~std::size_t{0}, whole), text.size());
    for (std::size_t at = 0, to = 100; at < text.size(); to += 100) {
        if (at < to) at = scanner.scan(text, at, std::min(to, text.size()), ~std::size_t{0}, parts);
    }
    ASSERT_GT(whole.windows.size(), 100u);
    ASSERT_EQ(whole.windows.size(), parts.windows.size());
    for (std::size_t i = 0; i < whole.windows.size(); ++i) {
        EXPECT_EQ(whole.windows[i].begin, parts.windows[i].begin);
        EXPECT_EQ(whole.windows[i].end, parts.windows[i].end);
    }
    EXPECT_LT(scanner.scan(text, 0, text.size(), 10, few), text.size());
    EXPECT_GE(few.windows.size(), 10u);
}

TEST(Codes, FindsEveryDigit) {
    for (std::size_t size = 0; size < 200; ++size) {
        std::string text(size, 'a');
        EXPECT_EQ(DigitFinder(text).next(0), size);
        for (std::size_t at = 0; at < size; ++at) {
            text[at] = at % 2 ? '0' : '9';
            EXPECT_EQ(DigitFinder(text).next(0), at);
            EXPECT_EQ(DigitFinder(text).next(at / 2), at);
            EXPECT_EQ(DigitFinder(text).next(at + 1), size);
            text[at] = at % 2 ? '/' : ':';
        }
    }
    // Poor runs are skipped to their very end, and none that is not poor.
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::size_t size = random() % 300; size > 0; --size) text += "0a -,;b(/Z"[random() % (round % 9 + 2)];
        DigitFinder digits(text);
        for (std::size_t at = digits.next(0); at < text.size(); at = digits.next(at + 1)) {
            std::size_t end = at, count = 0;
            for (; end < text.size() && std::string_view(",;(").find(text[end]) == std::string_view::npos; ++end) {
                count += is_digit(text[end]);
            }
            std::size_t const skipped = digits.skip_poor_run(at, 3);
            ASSERT_TRUE(skipped == at || (skipped == end && count < 3)) << text << " at " << at;
            ASSERT_TRUE(skipped == end || count >= 3 || end - at >= 64) << text << " at " << at;
        }
    }
    DigitFinder finder("1 2");
    EXPECT_EQ(finder.next(0), 0u);
    EXPECT_EQ(finder.next(0), 0u);
    EXPECT_EQ(finder.next(1), 2u);
    EXPECT_EQ(finder.next(3), 3u);
}

}  // namespace
}  // namespace keepmum
