// Learns packs/approach/wording.txt (docs/formats/wording.md) from dialogues whose messages say which of them are steps of an approach.
//
//   learn_wording DIALOGUES.jsonl… > packs/approach/wording.txt
//
// Rows: {"label": "approach" or "benign", "turns": [{"who", "text", "step"}]}; a message of an approach is a step where `step` is not 0
// (or is not given). Of a step at least one sentence is worded like one, nobody says which: after a first round the sentences of a step
// that score below 0 are left out, but for its best. Our own messages are learned from likewise, all of them in an approach. What whole
// talks weigh is learned from scores that each quarter of the dialogues gets from the other three. L2-regularised logistic regression by
// L-BFGS (Nocedal, Wright: Numerical Optimization, 7.2), both classes of equal weight. The same dialogues give the same file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/tree.h"
#include "packs/signs/wording.h"

namespace keepmum {
namespace {

constexpr double cost = 10;          // of being wrong, against that of large weights
constexpr std::uint64_t parts = 4;
constexpr int rounds = 2;
constexpr unsigned seen_least = 2;   // sentences that a cue must stand in
constexpr int least_weight = 4;      // hundredths; what weighs less is left out

// What is learned from: numbers of features with their values, and which of two kinds it is.
struct Example {
    std::vector<std::pair<std::uint32_t, double>> features;
    bool yes = false;
};

struct Sentence {
    std::vector<std::string> cues;  // each once
};

struct Message {
    bool mine = false, step = false;  // mine: of an approach is a step too
    std::vector<Sentence> sentences;
};

struct Dialogue {
    std::uint64_t part = 0;  // of four
    std::vector<Message> messages;
};

Message read_message(Tree const& turn, bool approach) {
    Message message;
    message.mine = turn.text("who", "").value_or("") == "me";
    message.step = approach && (message.mine || turn.whole("step", 1).value_or(1) > 0);
    Spoken spoken;
    std::vector<Cue> cues;
    read_spoken(turn.text("text", "").value_or(""), spoken);
    for (SpokenSentence const& sentence : spoken.sentences) {
        read_cues(spoken, sentence, cues);
        std::set<std::string> names;
        for (Cue const& cue : cues) names.insert(print(spoken, cue));
        message.sentences.push_back({{names.begin(), names.end()}});
    }
    return message;
}

// FNV-1a, so that a dialogue stays in its part whatever is added.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

bool read_dialogues(std::string const& file, std::vector<Dialogue>& dialogues) {
    std::ifstream in(file);
    if (!in) return std::cerr << file << ": cannot be read\n", false;
    for (std::string line; std::getline(in, line);) {
        Result<Tree> const tree = parse_json(line, file);
        if (!tree) return std::cerr << file << ": " << tree.error().what << "\n", false;
        bool const approach = tree->text("label", "").value_or("") == "approach";
        Dialogue dialogue{hash_of(tree->text("id", "").value_or("")) % parts, {}};
        Tree const* const turns = tree->find("turns");
        for (std::size_t i = 0; turns && i < turns->items().size(); ++i)
            dialogue.messages.push_back(read_message(turns->items()[i], approach));
        dialogues.push_back(std::move(dialogue));
    }
    return true;
}

using Vector = std::vector<double>;

double dot(Vector const& a, Vector const& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// The last weight is the bias, which is regularised too.
double odds_of(Example const& example, Vector const& weights) {
    double sum = weights.back();
    for (auto const& [feature, value] : example.features) sum += weights[feature] * value;
    return sum;
}

class Problem {
  public:
    Problem(std::span<Example const> examples, std::vector<bool> const& used, double cost) : examples_(examples), used_(used) {
        double count[2] = {};
        for (std::size_t i = 0; i < used.size(); ++i) count[examples[i].yes] += used[i];
        for (int side : {0, 1}) share_[side] = cost * (count[0] + count[1]) / (2 * std::max(count[side], 1.0));
    }

    double loss(Vector const& weights, Vector& slope) const {
        slope = weights;
        double sum = dot(weights, weights) / 2;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (!used_[i]) continue;
            Example const& example = examples_[i];
            double const sign = example.yes ? 1 : -1, margin = sign * odds_of(example, weights);
            sum += share_[example.yes] * (margin > 0 ? std::log1p(std::exp(-margin)) : -margin + std::log1p(std::exp(margin)));
            double const pull = -sign * share_[example.yes] / (1 + std::exp(margin));
            slope.back() += pull;
            for (auto const& [feature, value] : example.features) slope[feature] += pull * value;
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
            if (value - next_value < 1e-6 * std::abs(value)) break;
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

    std::span<Example const> examples_;
    std::vector<bool> const& used_;
    double share_[2] = {};
};

// How the sentences of one side are worded.
class Side {
  public:
    // `without`: the part that is left out; `parts` for none.
    Side(std::span<Dialogue const> dialogues, bool mine, std::uint64_t without) {
        count_cues(dialogues, mine, without);
        std::vector<Example> examples;
        std::vector<std::size_t> message_of;
        std::size_t messages = 0;
        for (Dialogue const& dialogue : dialogues) {
            if (dialogue.part == without) continue;
            for (Message const& message : dialogue.messages) {
                if (message.mine != mine) continue;
                for (Sentence const& sentence : message.sentences) {
                    examples.push_back({features_of(sentence), message.step});
                    message_of.push_back(messages);
                }
                ++messages;
            }
        }
        learn(examples, message_of);
    }

    // Of its most telling sentence.
    double odds(Message const& message) const {
        double most = -1e9;
        for (Sentence const& sentence : message.sentences) most = std::max(most, odds_of({features_of(sentence), false}, weights_));
        return most;
    }

    Vector const& weights() const { return weights_; }
    std::map<std::string, std::uint32_t> const& cues() const { return cues_; }

  private:
    void count_cues(std::span<Dialogue const> dialogues, bool mine, std::uint64_t without) {
        std::map<std::string, unsigned> seen;
        for (Dialogue const& dialogue : dialogues) {
            for (Message const& message : dialogue.messages) {
                if (dialogue.part == without || message.mine != mine) continue;
                for (Sentence const& sentence : message.sentences) {
                    for (std::string const& cue : sentence.cues) ++seen[cue];
                }
            }
        }
        for (auto const& [cue, count] : seen) {
            if (count >= seen_least) cues_.emplace(cue, static_cast<std::uint32_t>(cues_.size()));
        }
        weights_.assign(cues_.size() + 1, 0);
    }

    std::vector<std::pair<std::uint32_t, double>> features_of(Sentence const& sentence) const {
        std::vector<std::pair<std::uint32_t, double>> features;
        for (std::string const& cue : sentence.cues) {
            if (auto const at = cues_.find(cue); at != cues_.end()) features.emplace_back(at->second, 1.0);
        }
        for (auto& [feature, value] : features) value = share_of_cues(features.size());
        return features;
    }

    void learn(std::span<Example const> examples, std::vector<std::size_t> const& message_of) {
        std::vector<bool> used(examples.size(), true);
        for (int round = 0; round < rounds; ++round) {
            Problem(examples, used, cost).minimise(weights_);
            std::map<std::size_t, double> best;
            for (std::size_t i = 0; i < examples.size(); ++i) {
                auto const at = best.try_emplace(message_of[i], -1e9).first;
                at->second = std::max(at->second, odds_of(examples[i], weights_));
            }
            for (std::size_t i = 0; i < examples.size(); ++i) {
                double const odds = odds_of(examples[i], weights_);
                used[i] = !examples[i].yes || odds > 0 || odds >= best[message_of[i]];
            }
        }
    }

    std::map<std::string, std::uint32_t> cues_;
    Vector weights_;
};

// What a talk scores up to each message of theirs; it is one of an approach from the first step on.
void add_talks(Dialogue const& dialogue, Side const& theirs, Side const& ours, std::vector<Example>& talks) {
    TalkWindow window;
    bool step = false;
    for (Message const& message : dialogue.messages) {
        if (message.sentences.empty()) continue;
        window.add(message.mine ? TalkWindow::By::me : TalkWindow::By::them, (message.mine ? ours : theirs).odds(message));
        if (message.mine) continue;
        step = step || message.step;
        Example talk{{}, step};
        for (double const feature : window.features())
            talk.features.emplace_back(static_cast<std::uint32_t>(talk.features.size()), feature);
        talks.push_back(std::move(talk));
    }
}

// The weights of a talk's features, from scores by sides that have not learned from that talk.
Vector learn_talks(std::span<Dialogue const> dialogues) {
    std::vector<Example> talks;
    for (std::uint64_t part = 0; part < parts; ++part) {
        Side const theirs(dialogues, false, part), ours(dialogues, true, part);
        for (Dialogue const& dialogue : dialogues) {
            if (dialogue.part == part) add_talks(dialogue, theirs, ours, talks);
        }
    }
    Vector weights(TalkWindow::feature_count + 1);
    Problem(talks, std::vector<bool>(talks.size(), true), 1).minimise(weights);
    return weights;
}

int hundredths(double weight) { return static_cast<int>(std::lround(weight * 100)); }

void write(Side const& theirs, Side const& ours, Vector const& talk) {
    std::printf("keepmum wording 1\n=class\tstep\t%d\n=class\tanswer\t%d\n=talk", hundredths(theirs.weights().back()),
                hundredths(ours.weights().back()));
    for (double weight : talk) std::printf("\t%d", hundredths(weight));
    std::printf("\n");
    std::map<std::string, std::string> lines;
    for (Side const* side : {&theirs, &ours}) {
        for (auto const& [cue, at] : side->cues()) {
            int const weight = hundredths(side->weights()[at]);
            if (std::abs(weight) >= least_weight) lines[cue] += (side == &theirs ? "\t0=" : "\t1=") + std::to_string(weight);
        }
    }
    for (auto const& [cue, weights] : lines) std::printf("%s%s\n", cue.c_str(), weights.c_str());
}

}  // namespace
}  // namespace keepmum

int main(int count, char** files) {
    using namespace keepmum;
    std::vector<Dialogue> dialogues;
    for (int i = 1; i < count; ++i) {
        if (!read_dialogues(files[i], dialogues)) return 2;
    }
    Side const theirs(dialogues, false, parts), ours(dialogues, true, parts);
    write(theirs, ours, learn_talks(dialogues));
}
