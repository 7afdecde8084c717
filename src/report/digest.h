// A digest of a run: findings and gaps of the same kind put together, the gravest first.
//
// A person wants to read "14 ID numbers in 2 files", not 14 paragraphs. Two findings are of one
// kind where their rule and the clause that judged them agree; two gaps where cause and clause do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/words.h"
#include "report/writer.h"

namespace keepmum {

struct Sample {
    std::string inside;   // "page 2, line 3, in a comment", or ""
    std::string excerpt;  // masked; of a gap: its size in words, or ""
    std::vector<Fact> facts;
    std::uint64_t times = 1;  // the same again in the same spot
};

// What one file contributes to an item.
struct FilePart {
    std::string file;  // "a.zip › b.docx"
    std::vector<Sample> samples;
    std::uint64_t count = 0;
};

struct DigestItem {
    bool is_gap = false;
    std::string rule;    // of findings
    Message cause = Message::cause_unreadable;    // of gaps, in words
    Message advice = Message::advice_unreadable;  // of gaps
    std::string clause;  // "" where none fired
    Outcome outcome = Outcome::pass;
    Certainty certainty = Certainty::hint;  // the highest seen
    std::uint64_t count = 0;
    Counted counted = Counted::all;  // at_least: the rule was not followed to the end of some text
    std::uint64_t files = 0;  // sources
    std::vector<FilePart> parts;
    std::string last_source;  // the one that came last
    std::string last_file;    // likewise, kept in `parts` or not
};

class Digest final {
  public:
    // Keeps at most `most_files` files an item, and `most_samples` samples a file; the rest is counted.
    Digest(Language language, std::size_t most_files, std::size_t most_samples)
        : language_(language), most_files_(most_files), most_samples_(most_samples) {}

    void add(Verdict const& verdict);

    // Worst outcome first, then certainty, then number.
    std::vector<DigestItem const*> ranked() const;

    Counted counted() const;  // at_least where some rule was not followed to the end
    std::uint64_t held() const { return held_; }
    std::uint64_t warned() const { return warned_; }
    std::string const& worst_source() const { return worst_source_; }  // first among the worst, as given

  private:
    void note_unjudged(Verdict const& verdict);
    void add_finding(Finding const& finding, std::string_view clause, Outcome outcome);
    void add_gap(Gap const& gap, std::string_view clause, Outcome outcome);
    void add_sample(DigestItem& item, std::string const& source, Spot spot, Sample sample);

    Language language_;
    std::size_t most_files_, most_samples_;
    std::map<std::string, DigestItem> items_;
    std::uint64_t held_ = 0, warned_ = 0, sources_ = 0;
    Outcome worst_ = Outcome::pass;
    std::string worst_source_;
};

}  // namespace keepmum
