// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/ladder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace keepmum {

namespace {

constexpr double group_cap = 0.95;
constexpr double lowered = 0.3;        // what a counter leaves of a sign
constexpr double plainly = 0.6;        // a hard sign said outright
constexpr double a_sign = 0.2;         // a low sign, said outright
constexpr double a_reason = 0.4;       // a middle sign, or two or three low ones of a group

// Of wording: tenths of log odds, the best three messages together.
constexpr std::size_t worded_messages = 3;
constexpr double worded_backs = 0.4;   // less than this in three messages, and what the signs say is doubted
constexpr double worded_alone = 0.75;  // a reason by itself, in a talk of few messages
constexpr double worded_grows = 0.12;  // the longer somebody talks, the more is worded so by chance: for e times as many messages
constexpr double talk_of_few = 8;

constexpr char earnest[] = {'a', 'o', 't', 'e', 'm', 'k'};

struct Much {
    char group;
    double most;
};
constexpr Much much[] = {{'p', 0.85}, {'e', 0.94}, {'c', 0.87}, {'l', 0.9}};

// The strongest sighting of each sign so far.
using Strengths = std::vector<double>;
using Groups = std::array<double, 26>;

struct Standing {
    SignBook const& book;
    Strengths strengths;
    std::array<double, worded_messages> worded{};  // the best, falling
    std::uint32_t turn = 0;

    explicit Standing(SignBook const& of) : book(of), strengths(of.signs().size()) {}

    // Whether it tells anything new.
    bool take(Sighting const& sighting) {
        turn = std::max(turn, sighting.turn);
        if (sighting.sign == book.worded()) {
            double rest = sighting.strength;
            for (double& one : worded) {
                if (rest > one) std::swap(rest, one);
            }
            return true;
        }
        double& strength = strengths[sighting.sign];
        if (sighting.strength <= strength) return false;
        strength = sighting.strength;
        return true;
    }

    Light light() const {
        Light const light = light_of_signs();
        if (book.worded() == std::string_view::npos) return light;
        double const sum = std::accumulate(worded.begin(), worded.end(), 0.0);
        double const alone = worded_alone + worded_grows * std::log(std::max(turn / talk_of_few, 1.0));
        if (sum >= alone) return std::max(light, Light::amber);
        double const backs = worded_backs * std::min<double>(turn, worded_messages) / worded_messages;
        if (sum >= backs || light == Light::green || by_links()) return light;
        return light == Light::red ? Light::amber : Light::green;
    }

    Groups groups() const {
        Groups left;
        left.fill(1.0);
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            if (strengths[i] > 0) left[static_cast<std::size_t>(book.signs()[i].group - 'a')] *= 1 - strengths[i];
        }
        for (double& group : left) group = std::min(1 - group, group_cap);
        return left;
    }

    static bool other_group(Groups const& groups, char but, double least) {
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (i != static_cast<std::size_t>(but - 'a') && groups[i] >= least) return true;
        }
        return false;
    }

    // A hint of one of the groups that honest strangers have no use for.
    static bool in_earnest(Groups const& groups, char but, double least) {
        return std::any_of(std::begin(earnest), std::end(earnest), [&](char group) {
            return group != but && groups[static_cast<std::size_t>(group - 'a')] >= least;
        });
    }

    static std::ptrdiff_t groups_beside(Groups const& groups, char but) {
        return std::count_if(groups.begin(), groups.end(), [&](double const& sum) {
            return &sum != &groups[static_cast<std::size_t>(but - 'a')] && sum >= a_sign;
        });
    }

    // Links and senders are judged by what they are, however they are worded.
    bool by_links() const {
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            if (book.signs()[i].group == 'l' && strengths[i] >= a_reason) return true;
        }
        return false;
    }

    Light light_of_signs() const {
        Groups const sums = groups();
        bool amber = false;
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            Sign const& sign = book.signs()[i];
            if (strengths[i] <= 0 || !(sign.hard || sign.alone)) continue;
            bool const plain = strengths[i] >= plainly;
            bool const company = other_group(sums, sign.group, a_sign);
            if (sign.hard && plain && company) return Light::red;
            amber = amber || (plain && sign.alone) || (company && strengths[i] >= a_reason);
        }
        for (char const group : {'o', 'a'}) {
            double const sum = sums[static_cast<std::size_t>(group - 'a')];
            amber = amber || (sum >= a_reason && (other_group(sums, group, a_reason) || in_earnest(sums, group, a_sign)));
        }
        for (char const group : {'t', 'e', 'm', 'k'})
            amber = amber || (sums[static_cast<std::size_t>(group - 'a')] >= plainly &&
                              other_group(sums, group, a_sign));
        // Hidden from those who would advise, whatever for.
        amber = amber || (sums['c' - 'a'] >= plainly && in_earnest(sums, 'c', a_reason));
        // Questions about you among small signs of two other kinds.
        amber = amber || (sums['a' - 'a'] >= a_reason && groups_beside(sums, 'a') >= 2);
        // So much of one kind that it needs no other: a whole tale about who they are, one question after another, all ways of hiding.
        for (auto const& [group, most] : much) amber = amber || sums[static_cast<std::size_t>(group - 'a')] >= most;
        return amber ? Light::amber : Light::green;
    }
};

bool is_against(Sign const& counter, Sign const& sign) {
    return std::any_of(counter.against.begin(), counter.against.end(),
                       [&](std::string const& named) { return named == sign.id || (named.size() == 1 && named.front() == sign.group); });
}

void lower(SignBook const& book, Ladder& ladder) {
    std::vector<bool> spoken_for(book.signs().size());
    for (Sighting const& counter : ladder.counters) {
        for (std::size_t i = 0; i < spoken_for.size(); ++i)
            spoken_for[i] = spoken_for[i] || is_against(book.signs()[counter.sign], book.signs()[i]);
    }
    for (Sighting& sighting : ladder.sightings) {
        if (spoken_for[sighting.sign]) sighting.strength *= lowered;
    }
}

// The messages at which the light changed, on the way to what it is in the end.
void follow_turns(Standing& standing, Ladder& ladder) {
    Light light = Light::green;
    for (Sighting const& sighting : ladder.sightings) {
        if (!standing.take(sighting)) continue;
        if (light == Light::red) continue;
        light = std::max(light, standing.light());  // what somebody said is not unsaid by talking on
        if (light != Light::green && !ladder.turned) ladder.turned = sighting.message;
        if (light == Light::red) ladder.reddened = sighting.message;
    }
    ladder.light = light;
}

}  // namespace

Ladder climb(SignBook const& book, std::vector<Sighting> sightings) {
    Ladder ladder;
    std::stable_sort(sightings.begin(), sightings.end(), [](Sighting const& a, Sighting const& b) { return a.message < b.message; });
    for (Sighting const& sighting : sightings) {
        Sign::What const what = book.signs()[sighting.sign].what;
        if (what == Sign::What::sign || sighting.sign == book.worded()) ladder.sightings.push_back(sighting);
        else if (what == Sign::What::counter) ladder.counters.push_back(sighting);
    }
    lower(book, ladder);
    Standing standing(book);
    follow_turns(standing, ladder);
    for (Sighting const& sighting : ladder.sightings) {
        if (sighting.strength >= a_reason || book.signs()[sighting.sign].stage <= 3)
            ladder.stage = std::max(ladder.stage, book.signs()[sighting.sign].stage);
    }
    if (ladder.light == Light::green) return ladder;
    for (std::size_t i = 0; i < standing.strengths.size() && standing.light() == ladder.light; ++i) {
        double const strength = std::exchange(standing.strengths[i], 0.0);
        if (strength > 0 && standing.light() < ladder.light) ladder.carrying.push_back(static_cast<std::uint16_t>(i));
        standing.strengths[i] = strength;
    }
    if (standing.light_of_signs() < ladder.light) ladder.carrying.push_back(static_cast<std::uint16_t>(book.worded()));
    return ladder;
}

}  // namespace keepmum
