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

// Of a talk's wording, log odds.
constexpr double worded_backs = 0.8;  // less than this, and what the signs say is doubted: red is amber, amber green
constexpr double worded_denies = 0.3;  // less than this, and they are not believed
constexpr double worded_alone = 2.0;  // a reason by itself, where both sides talk
constexpr std::uint64_t talk_least = 3;  // messages of theirs; a single mail or text message is too little to go by its wording
constexpr double worded_grows = 0.4;  // the longer somebody talks, the more is worded so by chance: for e times as many sentences
constexpr double talk_of_few = 18;
constexpr double most_worded = 0.59;  // strength of a sighting: nothing is certain by its wording

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
    double worded = worded_backs;  // log odds of the talk at its most telling, less what its length gives; where nothing was said, no doubt
    bool alone = false;            // whether that is a reason by itself

    explicit Standing(SignBook const& of) : book(of), strengths(of.signs().size()) {}

    bool learned() const { return book.worded() != std::string_view::npos; }

    // Whether it tells anything new.
    bool take(Sighting const& sighting) {
        double& strength = strengths[sighting.sign];
        if (sighting.strength <= strength) return false;
        strength = sighting.strength;
        return true;
    }

    Light light() const {
        Light const light = light_of_signs();
        if (!learned()) return light;
        if (alone) return std::max(light, Light::amber);
        if (worded >= worded_backs || by_links() || by_many()) return light;
        return light == Light::red && worded >= worded_denies ? Light::amber : Light::green;
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

    // Two hard signs outright, and earnest ones of three groups: no wording talks that away.
    bool by_many() const {
        std::size_t hard = 0;
        for (std::size_t i = 0; i < strengths.size(); ++i) hard += book.signs()[i].hard && strengths[i] >= plainly;
        Groups const sums = groups();
        return hard >= 2 && std::count_if(sums.begin(), sums.end(), [](double sum) { return sum >= a_reason; }) >= 3;
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

// Goes through a talk, message by message: what signs and wording make of it up to there.
class Ascent {
  public:
    Ascent(SignBook const& book, Ladder& ladder, std::span<Worded const> worded) : standing_(book), ladder_(ladder), worded_(worded) {}

    // Sets the light and when it changed; returns what stands in the end.
    Standing climb() {
        for (Sighting const& sighting : ladder_.sightings) {
            while (next_ < worded_.size() && worded_[next_].message <= sighting.message) take(worded_[next_++]);
            if (standing_.take(sighting)) look(sighting.message);
        }
        while (next_ < worded_.size()) take(worded_[next_++]);
        ladder_.light = light_;
        if (standing_.learned() && standing_.light_of_signs() < light_) tell_wording();
        return std::move(standing_);
    }

  private:
    void take(Worded const& worded) {
        if (!standing_.learned()) return;
        window_.add(worded.mine ? TalkWindow::By::me : TalkWindow::By::them, worded.odds);
        if (worded.mine) {
            ++ours_;
            return;
        }
        double const by_chance = worded_grows * std::log(std::max(static_cast<double>(sentences_ += worded.sentences) / talk_of_few, 1.0));
        ++theirs_;
        double const odds = standing_.book.wording().judge(window_) - by_chance;
        if (theirs_ == 1 || odds > standing_.worded) standing_.worded = odds;
        if (odds >= worded_alone && odds > best_ && theirs_ >= talk_least && ours_ > 0) {
            standing_.alone = true;
            best_ = odds;
            behind_best_ = next_;
        }
        look(worded.message);
    }

    void look(std::uint32_t message) {
        if (light_ == Light::red) return;
        light_ = std::max(light_, standing_.light());  // what somebody said is not unsaid by talking on
        if (light_ != Light::green && !ladder_.turned) ladder_.turned = message;
        if (light_ == Light::red) ladder_.reddened = message;
    }

    // The three messages of theirs that are worded most strongly, of those that were looked at together.
    void tell_wording() {
        std::vector<Worded> theirs;
        for (std::size_t i = behind_best_ - std::min(behind_best_, TalkWindow::messages); i < behind_best_; ++i) {
            if (!worded_[i].mine) theirs.push_back(worded_[i]);
        }
        std::stable_sort(theirs.begin(), theirs.end(), [](Worded const& a, Worded const& b) { return a.odds > b.odds; });
        for (std::size_t i = 0; i < std::min<std::size_t>(theirs.size(), 3); ++i) {
            Sighting sighting;
            sighting.sign = static_cast<std::uint16_t>(standing_.book.worded());
            sighting.message = theirs[i].message;
            sighting.strength = std::clamp((theirs[i].odds - worded_from) / 10, 0.1, most_worded);
            sighting.span = sighting.sentence = theirs[i].sentence;
            ladder_.sightings.push_back(sighting);
        }
        std::stable_sort(ladder_.sightings.begin(), ladder_.sightings.end(),
                         [](Sighting const& a, Sighting const& b) { return a.message < b.message; });
    }

    Standing standing_;
    Ladder& ladder_;
    std::span<Worded const> worded_;
    TalkWindow window_;
    std::size_t next_ = 0, behind_best_ = 0;
    double best_ = 0;  // at behind_best_
    std::uint64_t theirs_ = 0, ours_ = 0;  // messages
    std::uint64_t sentences_ = 0;          // of theirs
    Light light_ = Light::green;
};

}  // namespace

Ladder climb(SignBook const& book, std::vector<Sighting> sightings, std::span<Worded const> worded) {
    Ladder ladder;
    std::stable_sort(sightings.begin(), sightings.end(), [](Sighting const& a, Sighting const& b) { return a.message < b.message; });
    for (Sighting const& sighting : sightings) {
        Sign::What const what = book.signs()[sighting.sign].what;
        if (what == Sign::What::sign) ladder.sightings.push_back(sighting);
        else if (what == Sign::What::counter) ladder.counters.push_back(sighting);
    }
    lower(book, ladder);
    Standing standing = Ascent(book, ladder, worded).climb();
    for (Sighting const& sighting : ladder.sightings) {
        if (sighting.strength >= a_reason || book.signs()[sighting.sign].stage <= 3)
            ladder.stage = std::max(ladder.stage, book.signs()[sighting.sign].stage);
    }
    if (ladder.light == Light::green) return ladder;
    for (std::size_t i = 0; i < standing.strengths.size(); ++i) {
        double const strength = std::exchange(standing.strengths[i], 0.0);
        if (strength > 0 && standing.light() < ladder.light) ladder.carrying.push_back(static_cast<std::uint16_t>(i));
        standing.strengths[i] = strength;
    }
    if (standing.learned() && standing.light_of_signs() < ladder.light)
        ladder.carrying.push_back(static_cast<std::uint16_t>(book.worded()));
    return ladder;
}

}  // namespace keepmum
