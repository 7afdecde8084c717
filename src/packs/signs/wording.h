// How things are worded: a linear reader of sentences that was learned from examples, beside the phrases that people wrote down.
//
// A sentence is taken as the set of its cues: each word, two or three words in a row, two words at most four apart. What each cue
// speaks for stands in a text file (docs/formats/wording.md) that tools/learn_wording makes of dialogues; a sentence scores the sum
// of what its known cues weigh, over the root of their number, so that length alone says nothing. A talk scores by its last
// messages: the three of theirs that are worded most strongly, all of theirs, and all of ours, for people who are sounded out answer
// otherwise than those who chat. Logistic regression both times; Fan et al., LIBLINEAR, JMLR 9 (2008).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "packs/signs/spoken.h"

namespace keepmum {

struct Cue {
    enum class Kind : std::uint8_t {
        word,   // "invoice"
        pair,   // "your unit": one behind the other
        three,  // "内 部 资": three characters in a row that are no Latin letters
        near,   // "photo~ship": two to four words apart in one clause
    };
    Kind kind = Kind::word;
    std::uint32_t first = 0, second = 0, third = 0;  // words of Spoken
};

// The cues of a sentence, in order, some of them twice. At most six for each word.
void read_cues(Spoken const& spoken, SpokenSentence sentence, std::vector<Cue>& cues);

// As the file names it.
std::string print(Spoken const& spoken, Cue const& cue);

// What each of a sentence's known cues counts for: less the more there are.
double share_of_cues(std::size_t known);

inline constexpr double worded_from = -0.5;  // log odds from which on wording counts

// The last messages of a talk, by what each scores.
class TalkWindow {
  public:
    static constexpr std::size_t messages = 16;  // as long as the talks that were learned from
    enum class By : std::uint8_t { them, me };

    void add(By by, double odds);

    // The best three of theirs together, as far as they are above worded_from; the mean of theirs; the mean of ours; and 1 where there
    // are any of ours. What there is none of is 0.
    static constexpr std::size_t feature_count = 4;
    std::array<double, feature_count> features() const;

  private:
    struct Message {
        By by = By::them;
        double odds = 0;
    };
    std::vector<Message> last_;
};

// Immutable once read.
class Wording {
  public:
    static constexpr std::size_t most_classes = 16;
    static constexpr std::size_t most_words = 1 << 20;

    Wording() = default;  // knows no cue

    // `file` is for complaints. Fault::invalid with its line for the first thing that is wrong.
    static Result<Wording> parse(std::string_view text, std::string_view file);

    std::span<std::string const> classes() const { return classes_; }
    std::size_t cues() const { return places_; }

    struct Work {  // memory that is used again
        std::vector<Cue> cues;
        std::vector<std::uint32_t> words, known;
        std::string letters;
    };
    // Log odds that the sentence is of each class, as many as classes(). Linear.
    void score(Spoken const& spoken, SpokenSentence sentence, Work& work, std::span<double> odds) const;

    // Log odds that the last messages of a talk are those of an approach.
    double judge(TalkWindow const& window) const;

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Weight {
        std::uint8_t of = 0;  // class
        float much = 0;
    };
    struct Place {
        std::uint64_t key = 0;  // 0: empty
        std::uint32_t begin = 0, end = 0;  // of weights_
    };

    Result<> add_cue(std::string_view text);
    Result<std::uint32_t> number_of(std::string_view word);
    bool place_cues();  // false: one of them stands twice
    Place const* find(std::uint64_t key) const;

    std::vector<std::string> classes_;
    std::vector<float> bias_;
    std::array<double, TalkWindow::feature_count + 1> talk_{};  // a weight for each feature, and the bias
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> words_;  // from 1
    std::vector<Place> table_;  // open addressing, a power of two; a plain list until all are read
    std::vector<Weight> weights_;
    std::size_t places_ = 0;
};

}  // namespace keepmum
