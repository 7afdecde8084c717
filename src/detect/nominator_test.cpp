// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/nominator_test.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <tuple>

#include "base/utf8.h"

namespace keepmum::testing {
namespace {

constexpr std::size_t most_groups = 24;

struct Group {
    std::size_t begin = 0, end = 0;
    bool joins_next = false;  // only one or two separators, or one line break, part it from the next group
};

std::size_t separator_at(std::string_view text, std::size_t at) {
    if (std::string_view(" -./_\t").find(text[at]) != std::string_view::npos) return 1;
    return text.substr(at, 2) == "\u00B7" ? 2 : 0;
}

bool joins(std::string_view gap) {
    if (gap == "\n" || gap == "\r\n") return true;
    std::size_t count = 0;
    for (std::size_t at = 0; at < gap.size(); ++count) {
        std::size_t const length = separator_at(gap, at);
        if (!length) return false;
        at += length;
    }
    return count >= 1 && count <= 2;
}

std::vector<Group> groups_of(std::string_view text) {
    std::vector<Group> groups;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_alnum(text[at])) {
            ++at;
            continue;
        }
        Group group{at, at, false};
        while (at < text.size() && is_alnum(text[at])) ++at;
        group.end = at;
        if (!groups.empty()) {
            groups.back().joins_next = joins(text.substr(groups.back().end, group.begin - groups.back().end));
        }
        groups.push_back(group);
    }
    return groups;
}

bool fits(Trigger const& trigger, std::string_view compact) {
    if (compact.size() < trigger.min || compact.size() > trigger.max) return false;
    auto const digits = static_cast<std::size_t>(std::count_if(compact.begin(), compact.end(), is_digit));
    switch (trigger.shape) {
        case Trigger::Shape::digits: return digits == compact.size();
        case Trigger::Shape::digits_check:
            return digits == compact.size() || (digits + 1 == compact.size() && compact.back() == 'X');
        case Trigger::Shape::alphanumeric: return digits >= 3;
    }
    return false;
}

void nominate_codes(std::span<Trigger const> triggers, std::string_view text, Nominated& out) {
    std::vector<Group> const groups = groups_of(text);
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::string compact;
        for (std::size_t last = first; last < groups.size() && last < first + most_groups; ++last) {
            compact += ascii_upper(text.substr(groups[last].begin, groups[last].end - groups[last].begin));
            if (compact.size() > 255) break;
            for (std::size_t t = 0; t < triggers.size(); ++t) {
                if (triggers[t].what != Trigger::What::code || !fits(triggers[t], compact)) continue;
                out.compacts.push_back(compact);
                out.candidates.push_back({static_cast<std::uint32_t>(groups[first].begin),
                                          static_cast<std::uint32_t>(groups[last].end),
                                              static_cast<std::uint16_t>(t),
                                          out.compacts.back()});
            }
            if (!groups[last].joins_next) break;
        }
    }
}

}  // namespace

Nominated nominate(std::span<Trigger const> triggers, std::string_view text) {
    Nominated out;
    nominate_codes(triggers, text, out);
    std::string const lower = ascii_lower(text);
    for (std::size_t t = 0; t < triggers.size(); ++t) {
        auto const number = static_cast<std::uint16_t>(t);
        if (triggers[t].what == Trigger::What::always) {
            out.candidates.push_back({0, static_cast<std::uint32_t>(text.size()), number, {}});
        }
        bool const word = triggers[t].what == Trigger::What::word;
        if (!word && triggers[t].what != Trigger::What::literal) continue;
        std::string const sought = word ? ascii_lower(triggers[t].text) : std::string(triggers[t].text);
        std::string_view const in = word ? std::string_view(lower) : text;
        for (std::size_t at = in.find(sought); at != std::string_view::npos; at = in.find(sought, at + 1)) {
            out.candidates.push_back(
                {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + sought.size()), number, {}});
        }
    }
    std::sort(out.candidates.begin(), out.candidates.end(), [](Candidate const& a, Candidate const& b) {
        return std::tie(a.begin, a.end, a.trigger) < std::tie(b.begin, b.end, b.trigger);
    });
    return out;
}

TEST(Nominator, FindsWindowsOfGroups) {
    Trigger const triggers[] = {
        {.what = Trigger::What::code, .shape = Trigger::Shape::digits_check, .min = 18, .max = 18},
        {.what = Trigger::What::word, .text = "Tel"},
    };
    Nominated const found = nominate(triggers, "TEL身份证110105 19491231-002x。1 110105194912310021 3");
    ASSERT_EQ(found.candidates.size(), 3u);
    EXPECT_EQ(found.candidates[0].end, 3u);
    EXPECT_EQ(found.candidates[1].compact, "11010519491231002X");
    EXPECT_EQ(found.candidates[2].compact, "110105194912310021");
}

}  // namespace keepmum::testing
