// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/long_run.h"

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "match/byte_set.h"
#include "match/expression.h"
#include "match/pattern/parts.h"
#include "match/regex.h"

namespace keepmum {
namespace {

// What runs are made of.
enum class Alphabet : std::uint8_t { plain, token };

bool is_in(Alphabet alphabet, char c) {
    return is_alnum(c) || (alphabet == Alphabet::token && (c == '_' || c == '-' || c == '.' || c == '='));
}

std::size_t least(Alphabet alphabet) { return alphabet == Alphabet::plain ? long_plain_run : long_token_run; }

// What is certain of a part of an expression: the lengths of runs that each occurrence of it holds.
struct Certain {
    bool pure = true;  // nothing but a run, of `best` or more
    std::size_t head = 0, tail = 0, best = 0;  // at its start, at its end, anywhere
};

constexpr std::size_t most_certain = 1 << 16;

Certain pure_run(std::size_t length) {
    length = std::min(length, most_certain);
    return {true, length, length, length};
}

Certain join(Certain const& a, Certain const& b) {
    if (a.pure && b.pure) return pure_run(a.best + b.best);
    Certain both{false};
    both.head = a.pure ? std::min(a.best + b.head, most_certain) : a.head;
    both.tail = b.pure ? std::min(b.best + a.tail, most_certain) : b.tail;
    both.best = std::max({a.best, b.best, a.tail + b.head, both.head, both.tail});
    return both;
}

Certain either(Certain const& a, Certain const& b) {
    return {a.pure && b.pure, std::min(a.head, b.head), std::min(a.tail, b.tail), std::min(a.best, b.best)};
}

Certain repeat(Certain const& one, std::size_t times) {
    if (times == 0) return {one.pure};
    if (one.pure) return pure_run(one.best * times);
    Certain all = one;
    if (times > 1) all.best = std::max(all.best, one.tail + one.head);
    return all;
}

// Reads an expression for what is certain of it.
class Reader {
  public:
    Reader(std::string_view pattern, Alphabet alphabet) : pattern_(pattern), alphabet_(alphabet) {}

    std::optional<Certain> read() {
        std::optional<Certain> all = read_either(0);
        return at_ == pattern_.size() ? all : std::nullopt;
    }

    // Whether a set takes nothing but what runs are made of.
    bool is_within(std::string_view set) {
        auto const [known, is_new] = sets_.try_emplace(std::string(set), false);
        if (!is_new) return known->second;
        auto const compiled = Regex::compile("(?is)" + std::string(set));
        bool within = compiled.has_value();
        for (int c = 0; within && c < 256; ++c) {
            char const one = static_cast<char>(c);
            within = is_in(alphabet_, one) || !compiled->occurs({&one, 1});
        }
        return known->second = within;
    }

  private:
    static constexpr int deepest = 64;

    std::string_view rest() const { return pattern_.substr(at_); }

    std::optional<Certain> read_either(int depth) {
        std::optional<Certain> all;
        do {
            std::optional<Certain> const row = read_row(depth);
            if (!row) return std::nullopt;
            all = all ? either(*all, *row) : *row;
        } while (rest().starts_with('|') && ++at_);
        return all;
    }

    std::optional<Certain> read_row(int depth) {
        Certain all;
        while (at_ < pattern_.size() && rest()[0] != '|' && rest()[0] != ')') {
            std::optional<Certain> const part = read_part(depth);
            if (!part) return std::nullopt;
            std::size_t const length = repetition_length(rest());
            all = join(all, length > 0 ? repeat(*part, times(rest().substr(0, length))) : *part);
            at_ += length;
        }
        return all;
    }

    static std::size_t times(std::string_view repetition) {
        if (repetition[0] == '+') return 1;
        std::size_t count = 0;
        for (char c : repetition.substr(1)) {
            if (!is_digit(c) || count > 1000) break;
            count = count * 10 + static_cast<std::size_t>(c - '0');
        }
        return repetition[0] == '{' ? count : 0;
    }

    std::optional<Certain> read_part(int depth) {
        if (std::size_t const flags = flags_length(rest())) return nothing(flags);
        if (rest()[0] == '(') return read_group(depth);
        if (rest()[0] == '^' || rest()[0] == '$') return nothing(1);
        if (std::size_t const set = set_length(rest())) {
            bool const within = is_within(rest().substr(0, set));
            at_ += set;
            return within ? pure_run(1) : Certain{false};
        }
        if (rest()[0] == '[' || rest()[0] == '*' || rest()[0] == '+' || rest()[0] == '?') return std::nullopt;
        if (rest()[0] == '\\') return read_escape();
        return character(1, rest()[0]);
    }

    std::optional<Certain> read_group(int depth) {
        if (depth == deepest) return std::nullopt;
        ++at_;
        if (rest().starts_with('?')) {
            bool const named = rest().starts_with("?P<") || rest().starts_with("?<");
            std::size_t const end = named ? rest().find('>') : rest().find_first_not_of("imsU-", 1);
            if (end == std::string_view::npos || (!named && rest()[end] != ':')) return std::nullopt;
            at_ += end + 1;
        }
        std::optional<Certain> const inner = read_either(depth + 1);
        if (!inner || !rest().starts_with(')')) return std::nullopt;
        ++at_;
        return inner;
    }

    std::optional<Certain> read_escape() {
        if (rest().size() < 2) return std::nullopt;
        char const c = rest()[1];
        if (c == 'b' || c == 'B' || c == 'A' || c == 'z') return nothing(2);
        if (c == 'x') {
            std::string_view const digits = rest().substr(0, 4).substr(2);
            if (digits.size() < 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return std::nullopt;
            at_ += 4;
            return Certain{false};
        }
        if (std::string_view("afnrtv").find(c) != std::string_view::npos) return character(2, '\n');
        if (is_alnum(c)) return std::nullopt;
        return character(2, c);
    }

    Certain nothing(std::size_t length) {
        at_ += length;
        return {};
    }

    Certain character(std::size_t length, char c) {
        at_ += length;
        return is_in(alphabet_, c) ? pure_run(1) : Certain{false};
    }

    std::string_view pattern_;
    Alphabet alphabet_;
    std::size_t at_ = 0;
    std::map<std::string, bool> sets_;
};

// `pattern` with its long repetitions at their least: what they take beyond is in a long run too.
std::string narrow(std::string_view pattern, Alphabet alphabet) {
    Reader reader(pattern, alphabet);
    std::string narrow;
    for (std::size_t at = 0; at < pattern.size();) {
        std::string_view const rest = pattern.substr(at);
        std::size_t const set = set_length(rest);
        std::size_t const length = set ? set : rest[0] == '\\' ? 2 : 1;
        narrow += rest.substr(0, length);
        at += length;
        if (!set || !reader.is_within(rest.substr(0, set))) continue;
        std::string_view const behind = pattern.substr(std::min(at, pattern.size()));
        std::size_t const repetition = repetition_length(behind);
        std::size_t const comma = behind.substr(0, repetition).find(',');
        if (comma == std::string_view::npos) continue;
        if (std::stoul("0" + std::string(behind.substr(1, comma - 1))) < least(alphabet)) continue;
        narrow += std::string(behind.substr(0, comma)) + "}";
        at += repetition;
    }
    return narrow;
}

constexpr ByteSet plain_set("A-Za-z0-9"), token_set("A-Za-z0-9_.=-");  // the second holds the first

// Where `count` ones in a row begin.
template <unsigned count>
std::uint64_t rows_of(std::uint64_t bits) {
    if constexpr (count == 1) return bits;
    else return rows_of<count / 2>(bits) & rows_of<count - count / 2>(bits) >> count / 2;
}

// Finds the long runs of one alphabet, block after block of 64 bytes.
template <unsigned least>
class Counter {
  public:
    // From where the first long run begins that this block has a part of, to where the last one ends as far as the
    // block tells; `at` is the block's place. False where there is none.
    bool take(std::uint64_t bits, std::uint64_t at, Span& span) {
        std::uint64_t const before = run_, first = static_cast<std::uint64_t>(std::countr_one(bits));
        run_ = first == 64 ? run_ + 64 : static_cast<std::uint64_t>(std::countl_one(bits));
        bits = rows_of<least>(bits);
        if (bits == 0 && before + first < least) return false;
        bool const goes_on = first > 0 && before + first >= least;
        if (!goes_on && bits == 0) return false;
        span = {at - before, at + first};
        if (bits != 0) {
            if (!goes_on) span.begin = at + static_cast<std::uint64_t>(std::countr_zero(bits));
            span.end = at + 63 - static_cast<std::uint64_t>(std::countl_zero(bits)) + least;
        }
        return true;
    }

  private:
    std::uint64_t run_ = 0;  // how many in a row end with the block before
};

// Gathers stretches around runs.
class Stretches {
  public:
    Stretches(std::uint64_t from, std::uint64_t to, std::uint64_t reach) : from_(from), to_(to), reach_(reach) {}

    void add(Span run) {
        constexpr std::uint64_t little = 200;  // to search as much costs less than to begin another search
        std::uint64_t const begin = run.begin > from_ + reach_ ? run.begin - reach_ : from_;
        std::uint64_t end = std::min(to_, run.end + reach_);
        for (; !spans.empty() && begin < spans.back().begin; spans.pop_back()) end = std::max(end, spans.back().end);
        if (!spans.empty() && begin <= spans.back().end + little) spans.back().end = std::max(spans.back().end, end);
        else spans.push_back({begin, end});
    }
    std::vector<Span> spans;

  private:
    std::uint64_t from_, to_, reach_;
};

}  // namespace

std::optional<std::uint64_t> reach_beside_long_run(std::string_view pattern) {
    constexpr std::uint64_t most = 140;  // few reach further, and all stretches grow with the furthest
    if (pattern.find("\\Q") != pattern.npos) return std::nullopt;
    std::string const lean = without_optional_start(pattern);
    for (Alphabet alphabet : {Alphabet::plain, Alphabet::token}) {
        std::optional<Certain> const certain = Reader(lean, alphabet).read();
        if (!certain || certain->best < least(alphabet)) continue;
        std::uint64_t const width = occurrence_width(narrow(lean, alphabet));
        if (width <= most) return width;
    }
    return std::nullopt;
}

std::optional<std::string> beginning_to_long_run(std::string_view pattern) {
    std::string const lean = without_optional_start(pattern);
    for (Alphabet alphabet : {Alphabet::plain, Alphabet::token}) {
        Reader reader(lean, alphabet);
        for (std::size_t at = 0; at < lean.size();) {
            std::string_view const rest = std::string_view(lean).substr(at);
            std::size_t const set = set_length(rest);
            at += set ? set : rest[0] == '\\' ? 2 : 1;
            if (!set || !reader.is_within(rest.substr(0, set))) continue;
            std::string_view const repetition = rest.substr(set, repetition_length(rest.substr(set)));
            std::size_t const comma = repetition.find(",}");
            if (comma == repetition.npos || std::stoul("0" + std::string(repetition.substr(1, comma - 1))) < least(alphabet)) continue;
            std::optional<std::string> const closing = closing_at(lean, at + repetition.size());
            if (!closing) break;
            return lean.substr(0, at) + std::string(repetition.substr(0, comma)) + "}" + *closing;
        }
    }
    return std::nullopt;
}

std::vector<Span> around_long_runs(std::string_view text, std::uint64_t from, std::uint64_t to, std::uint64_t reach) {
    Stretches stretches(from, to, reach);
    Counter<long_plain_run> plain;
    Counter<long_token_run> token;
    std::string_view const part = text.substr(from, to - from);
    ByteSetWords plain_words(plain_set, part), token_words(token_set, part), wide_words(token_set, part);
    // A long run of either needs one of the wider alphabet that is as long as the shorter: of most blocks nothing else is looked at.
    std::uint64_t wide = 0;  // how many in a row end with the block before
    std::size_t counted = 0;  // blocks before that one are done
    std::uint64_t bits = 0, last = 0;
    for (std::size_t number = 0; 64 * number < part.size(); ++number) {
        last = std::exchange(bits, token_words.word(number));
        std::uint64_t const before = wide, first = static_cast<std::uint64_t>(std::countr_one(bits));
        wide = first == 64 ? wide + 64 : static_cast<std::uint64_t>(std::countl_one(bits));
        if (before + first < long_plain_run && rows_of<long_plain_run>(bits) == 0) continue;
        std::size_t const begin = number - std::min<std::size_t>(number, (before + 63) / 64);
        if (begin > counted) plain = {}, token = {};
        for (std::size_t block = std::max(begin, counted); block <= number; ++block) {
            Span run;
            if (plain.take(plain_words.word(block), from + 64 * block, run)) stretches.add(run);
            std::uint64_t const token_bits = block == number ? bits : block + 1 == number ? last : wide_words.word(block);
            if (token.take(token_bits, from + 64 * block, run)) stretches.add(run);
        }
        counted = number + 1;
    }
    return std::move(stretches.spans);
}

}  // namespace keepmum
