// Learns packs/approach/wording.txt (docs/formats/wording.md) from dialogues whose messages say which of them are steps of an approach.
//
//   learn_wording DIALOGUES.jsonl… > packs/approach/wording.txt
//
// Rows: {"label": "approach" or "benign", "turns": [{"who", "text", "step"}]}; a message of an approach is a step where `step` is not 0 (or is
// not given). Of a step at least one sentence is worded like one, nobody says which: after a first round the sentences of a step that score
// below 0 are left out, but for its best. L2-regularised logistic regression by L-BFGS (Nocedal, Wright: Numerical Optimization, 7.2), both
// classes of equal weight. The same dialogues give the same file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "base/tree.h"
#include "packs/signs/wording.h"

namespace keepmum {
namespace {

constexpr double cost = 10;          // of being wrong, against that of large weights
constexpr double few = 4;            // as in wording.cpp
constexpr int rounds = 2;
constexpr unsigned seen_least = 2;   // sentences that a cue must stand in
constexpr int least_weight = 4;      // hundredths; what weighs less is left out

struct Sentence {
    std::vector<std::uint32_t> cues;  // sorted, each once
    std::size_t message = 0;
    bool step = false;
};

struct Examples {
    std::vector<std::string> names;  // of cues
    std::vector<Sentence> sentences;
};

class Reader {
  public:
    bool read(std::string const& file) {
        std::ifstream in(file);
        if (!in) return std::cerr << file << ": cannot be read\n", false;
        for (std::string line; std::getline(in, line);) {
            Result<Tree> const tree = parse_json(line, file);
            if (!tree) return std::cerr << file << ": " << tree.error().what << "\n", false;
            take(*tree);
        }
        return true;
    }

    Examples finish() {
        Examples examples;
        std::vector<std::uint32_t> number(seen_.size(), ~0u);
        for (auto const& [name, at] : numbers_) {
            if (seen_[at] < seen_least) continue;
            number[at] = static_cast<std::uint32_t>(examples.names.size());
            examples.names.push_back(name);
        }
        for (Sentence& sentence : sentences_) {
            std::vector<std::uint32_t> known;
            for (std::uint32_t cue : sentence.cues) {
                if (number[cue] != ~0u) known.push_back(number[cue]);
            }
            std::sort(known.begin(), known.end());
            sentence.cues = std::move(known);
        }
        examples.sentences = std::move(sentences_);
        return examples;
    }

  private:
    void take(Tree const& dialogue) {
        bool const approach = dialogue.text("label", "").value_or("") == "approach";
        Tree const* const turns = dialogue.find("turns");
        for (std::size_t i = 0; turns && i < turns->items().size(); ++i) {
            Tree const& turn = turns->items()[i];
            if (turn.text("who", "").value_or("") == "me") continue;
            take_message(turn.text("text", "").value_or(""), approach && turn.whole("step", 1).value_or(1) > 0);
        }
    }

    void take_message(std::string const& text, bool step) {
        read_spoken(text, spoken_);
        for (SpokenSentence const& sentence : spoken_.sentences) {
            read_cues(spoken_, sentence, cues_);
            std::set<std::uint32_t> known;
            for (Cue const& cue : cues_) {
                auto const [at, fresh] = numbers_.try_emplace(print(spoken_, cue), static_cast<std::uint32_t>(numbers_.size()));
                if (fresh) seen_.push_back(0);
                known.insert(at->second);
            }
            for (std::uint32_t cue : known) ++seen_[cue];
            sentences_.push_back({{known.begin(), known.end()}, messages_, step});
        }
        ++messages_;
    }

    std::map<std::string, std::uint32_t> numbers_;
    std::vector<unsigned> seen_;
    std::vector<Sentence> sentences_;
    std::size_t messages_ = 0;
    Spoken spoken_;
    std::vector<Cue> cues_;
};

using Vector = std::vector<double>;

double dot(Vector const& a, Vector const& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// weights[cues] is the bias, which is regularised too.
double odds_of(Sentence const& sentence, Vector const& weights) {
    double sum = 0;
    for (std::uint32_t cue : sentence.cues) sum += weights[cue];
    return weights.back() + sum / std::sqrt(static_cast<double>(sentence.cues.size()) + few);
}

class Problem {
  public:
    Problem(Examples const& examples, std::vector<bool> const& used) : examples_(examples), used_(used) {
        double count[2] = {};
        for (std::size_t i = 0; i < used.size(); ++i) count[examples.sentences[i].step] += used[i];
        for (int side : {0, 1}) share_[side] = cost * (count[0] + count[1]) / (2 * std::max(count[side], 1.0));
    }

    double loss(Vector const& weights, Vector& slope) const {
        slope = weights;
        double sum = dot(weights, weights) / 2;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (!used_[i]) continue;
            Sentence const& sentence = examples_.sentences[i];
            double const sign = sentence.step ? 1 : -1, margin = sign * odds_of(sentence, weights);
            sum += share_[sentence.step] * (margin > 0 ? std::log1p(std::exp(-margin)) : -margin + std::log1p(std::exp(margin)));
            double const pull = -sign * share_[sentence.step] / (1 + std::exp(margin));
            double const each = pull / std::sqrt(static_cast<double>(sentence.cues.size()) + few);
            slope.back() += pull;
            for (std::uint32_t cue : sentence.cues) slope[cue] += each;
        }
        return sum;
    }

    void minimise(Vector& weights) const {
        std::deque<std::pair<Vector, Vector>> history;
        Vector slope, next_slope;
        double value = loss(weights, slope);
        for (int step = 0; step < 500 && dot(slope, slope) > 1e-6 * (1 + dot(weights, weights)); ++step) {
            Vector direction = downhill(history, slope);
            double const fall = dot(direction, slope);
            double length = step == 0 ? 1 / std::sqrt(dot(slope, slope)) : 1;
            Vector next(weights.size());
            double next_value = value;
            for (int tries = 0; tries < 40; ++tries, length /= 2) {
                for (std::size_t i = 0; i < next.size(); ++i) next[i] = weights[i] + length * direction[i];
                next_value = loss(next, next_slope);
                if (next_value <= value + 1e-4 * length * fall) break;
            }
            if (value - next_value < 1e-9 * std::abs(value)) break;
            Vector moved(weights.size()), bent(weights.size());
            for (std::size_t i = 0; i < moved.size(); ++i) {
                moved[i] = next[i] - weights[i];
                bent[i] = next_slope[i] - slope[i];
            }
            if (dot(moved, bent) > 1e-12) history.emplace_back(std::move(moved), std::move(bent));
            if (history.size() > 10) history.pop_front();
            weights.swap(next);
            slope.swap(next_slope);
            value = next_value;
        }
    }

  private:
    static Vector downhill(std::deque<std::pair<Vector, Vector>> const& history, Vector const& slope) {
        Vector direction = slope;
        Vector alphas;
        for (auto pair = history.rbegin(); pair != history.rend(); ++pair) {
            alphas.push_back(dot(pair->first, direction) / dot(pair->first, pair->second));
            for (std::size_t i = 0; i < direction.size(); ++i) direction[i] -= alphas.back() * pair->second[i];
        }
        if (!history.empty()) {
            auto const& [moved, bent] = history.back();
            double const scale = dot(moved, bent) / dot(bent, bent);
            for (double& each : direction) each *= scale;
        }
        for (auto const& [moved, bent] : history) {
            double const more = alphas.back() - dot(bent, direction) / dot(moved, bent);
            alphas.pop_back();
            for (std::size_t i = 0; i < direction.size(); ++i) direction[i] += more * moved[i];
        }
        for (double& each : direction) each = -each;
        return direction;
    }

    Examples const& examples_;
    std::vector<bool> const& used_;
    double share_[2] = {};
};

Vector learn(Examples const& examples) {
    Vector weights(examples.names.size() + 1);
    std::vector<bool> used(examples.sentences.size(), true);
    for (int round = 0; round < rounds; ++round) {
        Problem(examples, used).minimise(weights);
        std::map<std::size_t, double> best;
        for (Sentence const& sentence : examples.sentences) {
            auto const at = best.try_emplace(sentence.message, -1e9).first;
            at->second = std::max(at->second, odds_of(sentence, weights));
        }
        for (std::size_t i = 0; i < used.size(); ++i) {
            Sentence const& sentence = examples.sentences[i];
            double const odds = odds_of(sentence, weights);
            used[i] = !sentence.step || odds > 0 || odds >= best[sentence.message];
        }
    }
    return weights;
}

int hundredths(double weight) { return static_cast<int>(std::lround(weight * 100)); }

void write(Examples const& examples, Vector const& weights) {
    std::printf("keepmum wording 1\nclass step\t%d\n", hundredths(weights.back()));
    for (std::size_t i = 0; i < examples.names.size(); ++i) {
        int const weight = hundredths(weights[i]);
        if (std::abs(weight) >= least_weight) std::printf("%s\t0=%d\n", examples.names[i].c_str(), weight);
    }
}

}  // namespace
}  // namespace keepmum

int main(int count, char** files) {
    keepmum::Reader reader;
    for (int i = 1; i < count; ++i) {
        if (!reader.read(files[i])) return 2;
    }
    keepmum::Examples const examples = reader.finish();
    keepmum::write(examples, keepmum::learn(examples));
}
