// Sets of positions (match/pattern/positions.h) are the states of a machine that reads backwards. What asks for a place, as \b and $,
// counts as there, and a repetition that goes far as one without end: more is told than occurs, which whoever asks at the place finds
// out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/pattern/beginnings.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/utf8.h"
#include "match/regex.h"

namespace keepmum {

namespace {

constexpr std::uint64_t block_size = 1 << 20;  // bytes
constexpr std::size_t bits = 32;               // of a word of a table

using Places = BytePositions::Places;
using Bytes = BytePositions::Bytes;
using Step = BytePositions::Step;
using Edge = BytePositions::Edge;

// Gives each byte its kind; returns for each kind the positions that take it.
std::vector<Places> sort_bytes(std::vector<Bytes> const& sets, std::array<std::uint8_t, 256>& kinds) {
    std::vector<Places> fitting;
    for (std::size_t c = 0; c < kinds.size(); ++c) {
        Places takers;
        for (std::size_t i = 0; i < sets.size(); ++i) takers[i] = sets[i][c];
        auto const kind = std::find(fitting.begin(), fitting.end(), takers);
        kinds[c] = static_cast<std::uint8_t>(kind - fitting.begin());
        if (kind == fitting.end()) fitting.push_back(takers);
    }
    return fitting;
}

// A machine as Beginnings has it: state 0 has nothing open, then `more` of them; `always` may stand at any place, what each
// position of a state lets stand next is in `next_to`, and `wanted` are the positions that make an occurrence. Empty where there
// are too many states.
struct Machine {
    Places always, wanted;
    std::vector<Places> next_to;
    std::size_t most = 0;
    std::size_t set_words = 0;  // of the set of positions behind each row; it is left out where there are none

    std::vector<std::uint32_t> make(std::vector<Places> const& fitting, Places const* begin) const {
        std::vector<Places> states = {Places()};
        std::unordered_map<Places, std::uint32_t> numbers = {{Places(), 0}};
        std::vector<std::uint32_t> next;
        auto const row = static_cast<std::uint32_t>(fitting.size() + set_words);
        auto const add_row = [&](Places const& may_stand) {
            for (Places const& fits : fitting) {
                Places const then = may_stand & fits;
                if (then.none()) {
                    next.push_back(0);
                    continue;
                }
                auto const [known, added] = numbers.try_emplace(then, static_cast<std::uint32_t>(states.size()));
                if (added) states.push_back(then);
                next.push_back((known->second * row) << 1 | static_cast<std::uint32_t>((then & wanted).any()));
            }
        };
        if (begin) states.emplace_back();  // what is begun is no set of positions: its row alone is its own
        for (std::size_t state = 0; state < states.size(); ++state) {
            if (states.size() > most) return {};
            Places may_stand = begin && state == 1 ? *begin : always;
            for (std::size_t i = states[state]._Find_first(); i < next_to.size(); i = states[state]._Find_next(i)) may_stand |= next_to[i];
            add_row(may_stand);
            next.resize(next.size() + set_words);
            std::uint32_t* const set = next.data() + next.size() - set_words;
            for (std::size_t i = 0; i < set_words * bits; ++i) set[i / bits] |= std::uint32_t{states[state][i]} << i % bits;
        }
        return next;
    }
};

// By position those that may come next to it on either side, and those that may come first and last.
struct Order {
    std::vector<Places> after, before;
    Places first, last;

    explicit Order(BytePositions const& positions) : after(positions.bytes.size()), before(positions.bytes.size()) {
        for (std::size_t from = 0; from + 1 < positions.first_edge.size(); ++from) {
            for (std::uint32_t i = positions.first_edge[from]; i < positions.first_edge[from + 1]; ++i) {
                std::uint16_t const to = positions.edges[i].to;
                if (to == Edge::done) last[from - 1] = true;
                else if (from == 0) first[to] = true;
                else after[from - 1][to] = before[to][from - 1] = true;
            }
        }
    }
};

bool is_there(char place, std::string_view text, std::uint64_t at) {
    auto const is_word = [&](std::uint64_t i) { return i < text.size() && (is_alnum(text[i]) || text[i] == '_'); };
    bool const border = (at > 0 && is_word(at - 1)) != is_word(at);
    switch (place) {
        case 'A': return at == 0;
        case 'z': return at == text.size();
        case '^': return at == 0 || text[at - 1] == '\n';
        case '$': return at == text.size() || text[at] == '\n';
        case 'b': return border;
        default: return !border;
    }
}

}  // namespace

std::optional<Beginnings> Beginnings::make(std::string_view pattern) {
    // The fewer are counted, the fewer states and the more is told in vain.
    struct Try {
        std::uint64_t counted;
        std::size_t most_states;
    };
    Beginnings made;
    for (Try const one : {Try{32, 1024}, Try{4, 4096}}) {
        std::optional<BytePositions> positions = BytePositions::make(pattern, one.counted);
        if (!positions) continue;
        std::vector<Places> const fitting = sort_bytes(positions->bytes, made.kinds_);  // the same kinds, however far is counted
        made.kind_count_ = static_cast<std::uint32_t>(fitting.size());
        Order const order(*positions);
        if (made.forwards_.empty()) made.forwards_ = Machine{{}, order.last, order.after, one.most_states}.make(fitting, &order.first);
        if (made.backwards_.empty()) {
            std::size_t const set_words = (positions->bytes.size() + bits - 1) / bits;
            made.backwards_ = Machine{order.last, order.first, order.before, one.most_states, set_words}.make(fitting, nullptr);
            made.positions_ = std::move(*positions);
        }
        if (!made.backwards_.empty() && !made.forwards_.empty()) return made;
    }
    return std::nullopt;
}

Beginnings::Reach Beginnings::reach(std::string_view text, std::uint64_t begin, std::uint64_t end, Know know) const {
    bool occurs = false;
    std::uint32_t state = kind_count_;
    while (begin < end && state != 0 && (know == Know::of_each || !occurs)) {
        std::uint32_t const next = forwards_[state + kinds_[static_cast<unsigned char>(text[begin++])]];
        occurs = occurs || (next & 1);
        state = next >> 1;
    }
    return {begin, occurs};
}

// Reads `block` from its end to its begin; returns the state then. `words` and `marks` may be null.
std::uint32_t Beginnings::read(std::string_view text, Span block, std::uint32_t state, std::uint64_t* words, std::uint32_t* marks) const {
    for (std::uint64_t at = block.end; at > block.begin;) {
        std::uint64_t word = 0;
        for (std::uint64_t const stop = std::max(block.begin, (at - 1) & ~std::uint64_t{63}); at > stop;) {
            state = backwards_[(state >> 1) + kinds_[static_cast<unsigned char>(text[--at])]];
            word = word << 1 | (state & 1);
        }
        if (!words) continue;
        words[(at % block_size) / 64] = word << (at & 63);
        marks[(at % block_size) / 64] = state;
    }
    return state;
}

void Beginnings::start(std::string_view text, Span within, Walk& walk) const {
    walk.block = walk.column_word = ~std::uint64_t{0};
    walk.stretch = within;
    walk.first_block = within.begin / block_size;
    std::uint64_t const count = (within.end - 1) / block_size + 1 - walk.first_block;
    walk.states.assign(count, 0);
    for (std::uint64_t i = count - 1; i > 0; --i) {
        std::uint64_t const from = (walk.first_block + i) * block_size;
        walk.states[i - 1] = read(text, {from, std::min(from + block_size, within.end)}, walk.states[i], nullptr, nullptr);
    }
}

std::uint64_t Beginnings::find(std::string_view text, Span within, Walk& walk) const {
    if (within.size() == 0) return within.end;
    if (walk.stretch.end != within.end || within.begin < walk.stretch.begin) start(text, within, walk);
    walk.stretch.begin = within.begin;
    for (std::uint64_t at = within.begin; at < within.end;) {
        std::uint64_t const block = at / block_size;
        Span const span{std::max(within.begin, block * block_size), std::min((block + 1) * block_size, within.end)};
        if (block != walk.block) {
            walk.words.resize(std::max(walk.words.size(), (span.end - block * block_size + 63) / 64));
            walk.marks.resize(walk.words.size());
            read(text, span, walk.states[block - walk.first_block], walk.words.data(), walk.marks.data());
            walk.block = block;
        }
        for (; at < span.end; at = (at | 63) + 1) {
            std::uint64_t const left = walk.words[(at % block_size) / 64] >> (at & 63);
            if (left) return std::min(at + static_cast<std::uint64_t>(__builtin_ctzll(left)), within.end);
        }
        at = span.end;
    }
    return within.end;
}

// Fills the column of `word`, which lies in the block at hand.
void Beginnings::fill_column(std::string_view text, std::uint64_t word, Walk& walk) const {
    std::uint64_t const block_end = std::min((walk.block + 1) * block_size, walk.stretch.end);
    std::uint64_t const end = std::min((word + 1) * 64, block_end);
    std::uint32_t state = end == block_end ? walk.states[walk.block - walk.first_block] : walk.marks[(end % block_size) / 64];
    std::uint32_t const* const table = backwards_.data();
    for (std::uint64_t i = end; i > word * 64; walk.column[i & 63] = state) {
        state = table[(state >> 1) + kinds_[static_cast<unsigned char>(text[--i])]];
    }
    walk.column_word = word;
}

// Does what `edge` says at `at`, or tells that it does not lead on from there.
bool Beginnings::pass(std::string_view text, std::uint64_t at, Edge const& edge, Walk& walk) const {
    std::span<Step const> const steps(positions_.steps.data() + edge.first_step, edge.step_count);
    if (edge.asks_for_place) {
        for (Step const step : steps) {
            if (step.what == Step::What::place && !is_there(static_cast<char>(step.number), text, at)) return false;
        }
    }
    std::uint64_t* const counts = walk.counts.data();
    for (Step const step : steps) {
        switch (step.what) {
            case Step::What::open: walk.open[step.number] = at; break;
            case Step::What::close: walk.groups[step.number] = {walk.open[step.number], at}; break;
            case Step::What::place: break;
            case Step::What::enter: counts[step.number] = 0; break;
            case Step::What::again:
                if (counts[step.number] >= positions_.counters[step.number].most) return false;
                ++counts[step.number];
                break;
            case Step::What::leave:
                if (counts[step.number] < positions_.counters[step.number].least) return false;
        }
    }
    return true;
}

// At each place the preferred of all positions is taken from which an end may be reached: the table that reads backwards knows them.
// What is passed over leads nowhere. Where in the end nothing leads on, since that table counts less and takes all places to be
// there, another way would have been the right one or there is none: that is for others to tell.
void Beginnings::trace(std::string_view text, std::uint64_t begin, int groups, Walk& walk) const {
    walk.groups.clear();
    if (!positions_.in_order) return;
    walk.groups.assign(static_cast<std::size_t>(groups) + 1, {Regex::npos, Regex::npos});
    walk.open.resize(walk.groups.size());
    walk.counts.resize(positions_.counters.size());
    std::uint64_t const end = std::min((walk.block + 1) * block_size, walk.stretch.end);
    std::uint32_t const* row = positions_.first_edge.data();
    for (std::uint64_t at = begin;; ++at) {
        if (at < end && at / 64 != walk.column_word) fill_column(text, at / 64, walk);
        std::uint32_t const* const set = at < end ? backwards_.data() + (walk.column[at & 63] >> 1) + kind_count_ : nullptr;
        bool passed = false;
        std::uint16_t to = Edge::done;
        Edge const* const last = positions_.edges.data() + row[1];
        for (Edge const* edge = positions_.edges.data() + row[0]; !passed && edge < last; ++edge) {
            to = edge->to;
            if (to != Edge::done && (!set || !(set[to / bits] >> to % bits & 1))) continue;
            passed = edge->step_count == 0 || pass(text, at, *edge, walk);
        }
        if (passed && to != Edge::done) {
            row = positions_.first_edge.data() + to + 1;
            continue;
        }
        walk.groups[0] = {begin, at};
        if (!passed || (at == end && end < walk.stretch.end)) walk.groups.clear();
        return;
    }
}

}  // namespace keepmum
