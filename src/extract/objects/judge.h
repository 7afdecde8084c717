// What the network's answers to the views of a picture come to: what it looks like, or nothing at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/objects.h"

namespace keepmum::objects {

// A class that is told, or might have been.
struct Seen {
    ObjectClass const* what = nullptr;
    float chance = 0;      // 0 to 1, of the view in which it was likeliest
    std::size_t view = 0;  // that one
};

// How likely each class of `classes` is in one view, in their order: the chances of its labels together, after the answers (one a
// label) were divided by the temperature. All 0 where the strongest answer is below the least one, where an answer is no number, or
// where there are fewer answers than labels: who has not seen the like says nothing.
std::vector<float> chances(std::span<float const> answers, std::span<ObjectClass const> classes, ObjectJudging const& judging);

// Takes the views of one picture one after another.
class Judge final {
  public:
    Judge(std::span<ObjectClass const> classes, ObjectJudging const& judging);
    void take(std::span<float const> answers);
    // Each class with its best view, in their order.
    std::vector<Seen> const& best() const { return best_; }
    // Those that reach the chance from which they are told, likeliest first.
    std::vector<Seen> told() const;

  private:
    std::span<ObjectClass const> classes_;
    ObjectJudging judging_;
    std::vector<Seen> best_;
    std::size_t views_ = 0;
};

}  // namespace keepmum::objects
