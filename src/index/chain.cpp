// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/chain.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

namespace keepmum {

namespace {

constexpr std::size_t most_open = 32;  // chains of one document that may go on: more only where a passage repeats itself

struct Open {
    Chain chain;
    std::uint32_t letter = 0, registered = 0;  // first letters of its last gram
    std::uint32_t run = 0, longest_run = 0;    // letters shared without a break: up to here, and at the anchor
};

auto owner_of(Vote const& vote) { return std::tuple(vote.segment, vote.document, vote.layer, vote.text); }

// The votes of one document in one text and one layer, in the order of the text.
class Joiner {
  public:
    Joiner(LayerThreshold const& threshold, std::uint32_t length, std::vector<Chain>& out)
        : threshold_(threshold), length_(length), out_(out) {}

    void take(Vote const& vote) {
        std::erase_if(open_, [&](Open const& one) { return vote.letter - one.letter > threshold_.gap && close(one); });
        Open* best = nullptr;
        std::int64_t least = 0;
        for (Open& one : open_) {
            std::int64_t const here = static_cast<std::int64_t>(vote.letter) - one.letter;
            std::int64_t const there = static_cast<std::int64_t>(vote.registered) - one.registered;
            std::int64_t const drift = std::abs(here - there);
            if (here <= 0 || there <= 0 || drift > threshold_.drift + here / 8) continue;
            if (!best || drift < least) best = &one, least = drift;
        }
        if (best) extend(*best, vote);
        else begin(vote);
    }
    void finish() {
        for (Open const& one : open_) close(one);
        open_.clear();
    }

  private:
    void begin(Vote const& vote) {
        if (open_.size() == most_open) {
            auto const weakest = std::min_element(open_.begin(), open_.end(), [](Open const& a, Open const& b) {
                return std::tie(a.chain.grams, a.letter) < std::tie(b.chain.grams, b.letter);
            });
            close(*weakest);
            open_.erase(weakest);
        }
        Open one;
        one.chain = {vote.segment, vote.document, vote.text, vote.layer, {vote.begin, vote.end},
                     {vote.registered, vote.registered + length_}, length_, 1, vote.begin, vote.registered, vote.hash, vote.hash};
        one.letter = vote.letter;
        one.registered = vote.registered;
        one.chain.score = one.run = one.longest_run = length_;
        open_.push_back(one);
    }
    void extend(Open& one, Vote const& vote) {
        constexpr std::uint32_t wrong = 4;
        std::uint32_t const here = vote.letter - one.letter, there = vote.registered - one.registered;
        one.chain.score += std::min(length_, there);
        bool const broken = here != there || there > length_;
        if (broken) one.chain.score -= std::min(one.chain.score, wrong);
        one.run = broken ? length_ : one.run + there;
        if (one.run > one.longest_run) {
            one.longest_run = one.run;
            one.chain.anchor_begin = vote.begin;
            one.chain.anchor_registered = vote.registered;
        }
        one.chain.letters += std::min(length_, vote.registered - one.registered);
        one.chain.grams += 1;
        one.chain.last = vote.hash;
        one.chain.span.end = std::max<std::uint64_t>(one.chain.span.end, vote.end);
        one.chain.registered.end = vote.registered + length_;
        one.letter = vote.letter;
        one.registered = vote.registered;
    }
    bool close(Open const& one) {
        if (one.chain.grams < threshold_.chain_grams || one.chain.letters < threshold_.chain_letters) return true;
        out_.push_back(one.chain);
        out_.back().score -= std::min(out_.back().score, threshold_.unaligned_cost);
        return true;
    }

    LayerThreshold const& threshold_;
    std::uint32_t length_;
    std::vector<Chain>& out_;
    std::vector<Open> open_;
};

}  // namespace

void join_votes(std::vector<Vote>& votes, Thresholds const& thresholds, std::vector<Chain>& out) {
    std::sort(votes.begin(), votes.end(), [](Vote const& a, Vote const& b) {
        return std::tuple(owner_of(a), a.letter, a.registered) < std::tuple(owner_of(b), b.letter, b.registered);
    });
    for (std::size_t from = 0; from < votes.size();) {
        Vote const& first = votes[from];
        Joiner joiner(thresholds.layers[static_cast<std::size_t>(first.layer)], setting_of(first.layer).length, out);
        std::size_t at = from;
        for (; at < votes.size() && owner_of(votes[at]) == owner_of(first); ++at) joiner.take(votes[at]);
        joiner.finish();
        from = at;
    }
    votes.clear();
}

std::uint64_t count_letters(std::vector<Chain const*> chains) {
    std::sort(chains.begin(), chains.end(), [](Chain const* a, Chain const* b) {
        return std::tie(a->registered.begin, b->registered.end) < std::tie(b->registered.begin, a->registered.end);
    });
    double letters = 0;
    std::uint64_t covered = 0;
    for (Chain const* chain : chains) {
        std::uint64_t const from = std::max(covered, chain->registered.begin);
        if (from >= chain->registered.end) continue;
        // Of a chain that lies partly in one before, the same part of its letters is new.
        letters += static_cast<double>(chain->letters) * static_cast<double>(chain->registered.end - from) /
                   static_cast<double>(chain->registered.size());
        covered = chain->registered.end;
    }
    return static_cast<std::uint64_t>(letters + 0.5);
}

std::uint64_t count_telling(std::vector<Chain const*> chains, std::uint32_t cost) {
    // The longest first: of a repeated phrase that one counts in which it stands with most around it.
    std::sort(chains.begin(), chains.end(), [](Chain const* a, Chain const* b) {
        return std::tie(b->score, a->registered.begin, a->text, a->span.begin) <
               std::tie(a->score, b->registered.begin, b->text, b->span.begin);
    });
    std::set<std::uint64_t> seen;
    using Spans = std::map<std::uint64_t, std::uint64_t>;  // begin, end; apart
    Spans covered;                         // letters of the document
    std::map<std::uint32_t, Spans> quoted; // bytes of each text
    auto const is_apart = [](Spans const& spans, Span one) {
        auto const after = spans.lower_bound(one.end);
        return after == spans.begin() || std::prev(after)->second <= one.begin;
    };
    std::uint64_t telling = 0;
    for (Chain const* chain : chains) {
        if (chain->score <= cost) break;
        bool const is_new = seen.insert(chain->first).second, ends_new = seen.insert(chain->last).second || chain->first == chain->last;
        Spans& here = quoted[chain->text];
        bool const apart = is_apart(covered, chain->registered) && is_apart(here, chain->span);
        if (!is_new || !ends_new || !apart) continue;
        covered[chain->registered.begin] = chain->registered.end;
        here[chain->span.begin] = chain->span.end;
        telling += chain->score - cost;
    }
    return telling;
}

}  // namespace keepmum
