// An expression is taken apart into positions, each a set of bytes, and which of them may follow which (Glushkov's way). What
// asks for a place, as \b and $, counts as there. A repetition that goes far is one without end: more is told than occurs, which
// whoever asks at the place finds out. Sets of positions are the states of a machine that reads backwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/beginnings.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "match/pattern_parts.h"
#include "match/regex.h"

namespace keepmum {

namespace {

constexpr std::size_t most_positions = 512;
constexpr std::uint64_t block_size = 1 << 20;  // bytes

using Places = std::bitset<most_positions>;
using Bytes = std::bitset<256>;

// A part of an expression: the positions that it may begin and end with, and whether nothing at all is one of its ways.
struct Part {
    Places first, last;
    bool may_be_empty = true;
};

class Positions {
  public:
    // Counts up to `counted` are counted.
    Positions(std::string_view pattern, std::uint64_t counted) : pattern_(pattern), counted_(counted) {}

    bool take_apart() {
        whole = take_ways();
        return !failed_ && at_ == pattern_.size() && !whole.may_be_empty;
    }

    Part whole;
    std::vector<Bytes> bytes;    // by position
    std::vector<Places> before;  // likewise: those that may stand before it

  private:
    Part fail() {
        failed_ = true;
        at_ = pattern_.size();
        return {};
    }

    std::string_view rest() const { return pattern_.substr(at_); }

    Part take_ways() {
        std::string const flags = flags_;  // hold to the end of the group
        Part ways = take_row();
        while (rest().starts_with('|')) {
            ++at_;
            Part const row = take_row();
            ways.first |= row.first;
            ways.last |= row.last;
            ways.may_be_empty = ways.may_be_empty || row.may_be_empty;
        }
        flags_ = flags;
        return ways;
    }

    Part take_row() {
        Part row;
        while (!failed_ && at_ < pattern_.size() && rest()[0] != '|' && rest()[0] != ')') {
            if (std::size_t const length = flags_length(rest())) {
                set_flags(rest().substr(2, length - 3));
                at_ += length;
                continue;
            }
            row = join(row, take_repeated());
        }
        return row;
    }

    Part join(Part const& one, Part const& other) {
        follow(one.last, other.first);
        Part both = {one.first, other.last, one.may_be_empty && other.may_be_empty};
        if (one.may_be_empty) both.first |= other.first;
        if (other.may_be_empty) both.last |= one.last;
        return both;
    }

    void follow(Places const& last, Places const& first) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (first[i]) before[i] |= last;
        }
    }

    Part take_repeated() {
        std::size_t const start = at_;
        Part part = take_one();
        std::string_view const how = rest().substr(0, repetition_length(rest()));
        if (failed_ || how.empty()) return part;
        std::uint64_t least = how[0] == '+' ? 1 : 0, most = how[0] == '?' ? 1 : Regex::npos;
        if (how[0] == '{' && !read_bounds(how, least, most)) return fail();
        std::size_t const end = at_ + how.size();
        if (repetition_length(pattern_.substr(end)) > 0) return fail();  // (a{2}){3} is told from a{2}{3} by its parentheses
        bool const endless = most > counted_;
        least = std::min(least, counted_);
        std::uint64_t const copies = endless ? std::max<std::uint64_t>(least, 1) : most;
        Part all;
        for (std::uint64_t i = 0; i < copies && !failed_; ++i) {
            if (i > 0) {
                at_ = start;
                part = take_one();
            }
            if (endless && i + 1 == copies) follow(part.last, part.first);
            part.may_be_empty = part.may_be_empty || i >= least;
            all = join(all, part);
        }
        if (!failed_) at_ = end;
        return all;
    }

    static bool read_bounds(std::string_view how, std::uint64_t& least, std::uint64_t& most) {
        constexpr std::size_t most_digits = 6;
        std::uint64_t* bound = &least;
        std::size_t digits = 0;
        for (char c : how.substr(1, how.find('}') - 1)) {
            if (c == ',') {
                bound = &most;
                digits = 0;
                continue;
            }
            if (++digits > most_digits) return false;
            *bound = (digits == 1 ? 0 : *bound * 10) + static_cast<std::uint64_t>(c - '0');
        }
        if (bound == &least) most = least;
        return least <= most;
    }

    Part take_one() {
        if (rest().starts_with('(')) return take_group();
        if (rest()[0] == '^' || rest()[0] == '$') return pass(1);
        if (std::size_t const set = set_length(rest())) return put(ask(rest().substr(0, set)), set);
        if (rest()[0] == '[') return fail();
        if (rest()[0] != '\\') return put(literal(rest()[0]), 1);
        if (rest().size() < 2) return fail();
        char const escaped = rest()[1];
        if (std::string_view("bBAz").find(escaped) != std::string_view::npos) return pass(2);
        if (!is_alnum(escaped)) return put(literal(escaped), 2);
        if (std::string_view("afnrtv").find(escaped) != std::string_view::npos) return put(ask(rest().substr(0, 2)), 2);
        bool const hex = escaped == 'x' && rest().size() >= 4 &&
                         rest().substr(2, 2).find_first_not_of("0123456789abcdefABCDEF") == rest().npos;
        return hex ? put(ask(rest().substr(0, 4)), 4) : fail();
    }

    Part take_group() {
        std::string const flags = flags_;
        if (rest().starts_with("(?")) {
            bool const named = rest().starts_with("(?P<") || rest().starts_with("(?<");
            std::size_t const end = named ? rest().find('>') : rest().find_first_not_of("imsU-", 2);
            if (end == rest().npos || (!named && rest()[end] != ':')) return fail();
            if (!named) set_flags(rest().substr(2, end - 2));
            at_ += end + 1;
        } else {
            ++at_;
        }
        Part const ways = take_ways();
        flags_ = flags;
        if (!rest().starts_with(')')) return fail();
        ++at_;
        return ways;
    }

    // Those of i and s; others change where an occurrence ends or which it is, not whether one begins.
    void set_flags(std::string_view given) {
        bool on = true;
        for (char c : given) {
            if (c == '-') on = false;
            if (c != 'i' && c != 's') continue;
            std::erase(flags_, c);
            if (on) flags_ += c;
        }
    }

    Part pass(std::size_t length) {
        at_ += length;
        return {};
    }

    Part put(Bytes const& set, std::size_t length) {
        if (bytes.size() == most_positions) return fail();
        at_ += length;
        Part part;
        part.first[bytes.size()] = part.last[bytes.size()] = true;
        part.may_be_empty = false;
        bytes.push_back(set);
        before.emplace_back();
        return part;
    }

    Bytes literal(char c) {
        bool const folds = flags_.find('i') != flags_.npos;
        if (folds && static_cast<unsigned char>(c) >= 0x80) return ask({&c, 1});
        Bytes set;
        set[static_cast<unsigned char>(c)] = true;
        if (folds) set[static_cast<unsigned char>(to_lower(c))] = set[static_cast<unsigned char>(to_upper(c))] = true;
        return set;
    }

    // Which bytes RE2 takes for `set`.
    Bytes ask(std::string_view set) {
        std::string const expression = (flags_.empty() ? "" : "(?" + flags_ + ")") + std::string(set);
        auto const [known, added] = asked_.emplace(expression, Bytes());
        if (!added) return known->second;
        auto const compiled = Regex::compile(expression);
        for (std::size_t c = 0; c < 256; ++c) {
            char const one = static_cast<char>(c);
            known->second[c] = !compiled || compiled->occurs({&one, 1});
        }
        return known->second;
    }

    std::string_view pattern_;
    std::uint64_t counted_;
    std::size_t at_ = 0;
    std::string flags_;
    bool failed_ = false;
    std::map<std::string, Bytes> asked_;
};

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

    std::vector<std::uint32_t> make(std::vector<Places> const& fitting, Places const* begin) const {
        std::vector<Places> states = {Places()};
        std::unordered_map<Places, std::uint32_t> numbers = {{Places(), 0}};
        std::vector<std::uint32_t> next;
        auto const kinds = static_cast<std::uint32_t>(fitting.size());
        auto const add_row = [&](Places const& may_stand) {
            for (Places const& fits : fitting) {
                Places const then = may_stand & fits;
                if (then.none()) {
                    next.push_back(0);
                    continue;
                }
                auto const [known, added] = numbers.try_emplace(then, static_cast<std::uint32_t>(states.size()));
                if (added) states.push_back(then);
                next.push_back((known->second * kinds) << 1 | static_cast<std::uint32_t>((then & wanted).any()));
            }
        };
        if (begin) states.emplace_back();  // what is begun is no set of positions: its row alone is its own
        for (std::size_t state = 0; state < states.size(); ++state) {
            if (states.size() > most) return {};
            Places may_stand = begin && state == 1 ? *begin : always;
            for (std::size_t i = states[state]._Find_first(); i < next_to.size(); i = states[state]._Find_next(i)) may_stand |= next_to[i];
            add_row(may_stand);
        }
        return next;
    }
};

std::vector<Places> turn_round(std::vector<Places> const& before) {
    std::vector<Places> after(before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (std::size_t k = 0; k < before.size(); ++k) after[k][i] = before[i][k];
    }
    return after;
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
        Positions positions(pattern, one.counted);
        if (!positions.take_apart()) continue;
        std::vector<Places> const fitting = sort_bytes(positions.bytes, made.kinds_);  // the same kinds, however far is counted
        made.kind_count_ = static_cast<std::uint32_t>(fitting.size());
        Part const& whole = positions.whole;
        if (made.backwards_.empty()) {
            made.backwards_ = Machine{whole.last, whole.first, positions.before, one.most_states}.make(fitting, nullptr);
        }
        if (made.forwards_.empty()) {
            made.forwards_ = Machine{{}, whole.last, turn_round(positions.before), one.most_states}.make(fitting, &whole.first);
        }
        if (!made.backwards_.empty() && !made.forwards_.empty()) return made;
    }
    return std::nullopt;
}

std::uint64_t Beginnings::reach(std::string_view text, std::uint64_t begin, std::uint64_t end) const {
    std::uint32_t state = kind_count_;
    while (begin < end && state != 0) state = forwards_[state + kinds_[static_cast<unsigned char>(text[begin++])]] >> 1;
    return begin;
}

// Reads `block` from its end to its begin; returns the state then. `words` may be null.
std::uint32_t Beginnings::read(std::string_view text, Span block, std::uint32_t state, std::uint64_t* words) const {
    for (std::uint64_t at = block.end; at > block.begin;) {
        std::uint64_t word = 0;
        for (std::uint64_t const stop = std::max(block.begin, (at - 1) & ~std::uint64_t{63}); at > stop;) {
            state = backwards_[(state >> 1) + kinds_[static_cast<unsigned char>(text[--at])]];
            word = word << 1 | (state & 1);
        }
        if (words) words[(at % block_size) / 64] = word << (at & 63);
    }
    return state;
}

void Beginnings::start(std::string_view text, Span within, Walk& walk) const {
    walk = {};
    walk.stretch = within;
    walk.first_block = within.begin / block_size;
    std::uint64_t const count = (within.end - 1) / block_size + 1 - walk.first_block;
    walk.states.resize(count);
    for (std::uint64_t i = count - 1; i > 0; --i) {
        std::uint64_t const from = (walk.first_block + i) * block_size;
        walk.states[i - 1] = read(text, {from, std::min(from + block_size, within.end)}, walk.states[i], nullptr);
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
            read(text, span, walk.states[block - walk.first_block], walk.words.data());
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

}  // namespace keepmum
