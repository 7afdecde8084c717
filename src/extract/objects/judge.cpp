// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/judge.h"

#include <algorithm>
#include <cmath>

namespace keepmum::objects {

std::vector<float> chances(std::span<float const> answers, std::span<ObjectClass const> classes, ObjectJudging const& judging) {
    std::vector<float> out(classes.size(), 0.0F);
    if (answers.empty() || !std::all_of(answers.begin(), answers.end(), [](float one) { return std::isfinite(one); })) return out;
    float const strongest = *std::max_element(answers.begin(), answers.end());
    if (strongest < judging.least_answer) return out;
    double sum = 0;
    for (float const answer : answers) sum += std::exp(static_cast<double>(answer - strongest) / judging.temperature);
    for (std::size_t i = 0; i < classes.size(); ++i) {
        double share = 0;
        for (std::uint16_t const label : classes[i].labels) {
            if (label >= answers.size()) return std::vector<float>(classes.size(), 0.0F);
            share += std::exp(static_cast<double>(answers[label] - strongest) / judging.temperature);
        }
        out[i] = static_cast<float>(share / sum);
    }
    return out;
}

Judge::Judge(std::span<ObjectClass const> classes, ObjectJudging const& judging) : classes_(classes), judging_(judging) {
    for (ObjectClass const& one : classes_) best_.push_back({&one, 0, 0});
}

void Judge::take(std::span<float const> answers) {
    std::vector<float> const each = chances(answers, classes_, judging_);
    for (std::size_t i = 0; i < best_.size(); ++i) {
        if (each[i] > best_[i].chance) best_[i] = {best_[i].what, each[i], views_};
    }
    ++views_;
}

std::vector<Seen> Judge::told() const {
    std::vector<Seen> out;
    for (Seen const& one : best_) {
        if (one.chance >= one.what->chance) out.push_back(one);
    }
    std::stable_sort(out.begin(), out.end(), [](Seen const& a, Seen const& b) { return a.chance > b.chance; });
    return out;
}

}  // namespace keepmum::objects
