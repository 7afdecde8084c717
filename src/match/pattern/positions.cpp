// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/pattern/positions.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "match/pattern/tree.h"
#include "match/regex.h"

namespace keepmum {

namespace {

using What = PatternNode::What;
using Step = BytePositions::Step;
using Edge = BytePositions::Edge;
using Bytes = BytePositions::Bytes;

constexpr std::size_t most_instructions = 4096, most_edges = 1 << 16;

// What an expression does one after the other: takes a byte, does a step, or goes one way or the other.
struct Instruction {
    enum class What : std::uint8_t { byte, step, fork, done };
    What what = What::done;
    std::uint16_t position = 0;
    Step step = {};
    std::uint32_t next = 0, other = 0;
};

// Which bytes RE2 takes.
class Asked {
  public:
    Bytes bytes_of(PatternNode const& node) {
        bool const folds = node.flags.find('i') != node.flags.npos;
        bool const escaped = node.text.size() == 2 && node.text[0] == '\\' && !is_alnum(node.text[1]);
        char const last = node.text.back();
        bool const literal = (escaped || (node.text.size() == 1 && last != '.')) && static_cast<unsigned char>(last) < 0x80;
        if (!literal) return ask((node.flags.empty() ? "" : "(?" + node.flags + ")") + std::string(node.text));
        Bytes set;
        set[static_cast<unsigned char>(last)] = true;
        if (folds) set[static_cast<unsigned char>(to_lower(last))] = set[static_cast<unsigned char>(to_upper(last))] = true;
        return set;
    }

  private:
    Bytes const& ask(std::string const& expression) {
        auto const [known, added] = asked_.emplace(expression, Bytes());
        if (!added) return known->second;
        auto const compiled = Regex::compile(expression);
        for (std::size_t c = 0; c < 256; ++c) {
            char const one = static_cast<char>(c);
            known->second[c] = !compiled || compiled->occurs({&one, 1});
        }
        return known->second;
    }

    std::map<std::string, Bytes> asked_;
};

// Writes down the instructions of a tree, from its end to its begin.
class Writer {
  public:
    Writer(PatternTree const& tree, std::uint64_t counted, BytePositions& positions)
        : tree_(tree), counted_(counted), positions_(positions) {}

    // The first instruction. Nothing where there are too many.
    std::optional<std::uint32_t> write() {
        std::uint32_t const start = write(tree_.root, put({}));
        return full() ? std::nullopt : std::optional(start);
    }

    std::vector<Instruction> instructions;

  private:
    bool full() const { return instructions.size() > most_instructions || positions_.bytes.size() > BytePositions::most; }

    std::uint32_t put(Instruction const& instruction) {
        instructions.push_back(instruction);
        return static_cast<std::uint32_t>(instructions.size() - 1);
    }
    std::uint32_t put_step(Step::What what, int number, std::uint32_t next) {
        return put({.what = Instruction::What::step, .step = {what, static_cast<std::uint16_t>(number)}, .next = next});
    }
    std::uint32_t put_fork(std::uint32_t next, std::uint32_t other) {
        return put({.what = Instruction::What::fork, .next = next, .other = other});
    }

    // `next` is what comes behind.
    std::uint32_t write(std::uint32_t index, std::uint32_t next) {
        PatternNode const& node = tree_.nodes[index];
        if (full()) return next;
        switch (node.what) {
            case What::byte:
                positions_.bytes.push_back(asked_.bytes_of(node));
                return put({.what = Instruction::What::byte,
                            .position = static_cast<std::uint16_t>(positions_.bytes.size() - 1), .next = next});
            case What::place: return put_step(Step::What::place, node.place, next);
            case What::row:
                for (std::size_t i = node.parts.size(); i > 0; --i) next = write(node.parts[i - 1], next);
                return next;
            case What::ways: {
                std::uint32_t entry = write(node.parts.back(), next);
                for (std::size_t i = node.parts.size() - 1; i > 0; --i) entry = put_fork(write(node.parts[i - 1], next), entry);
                return entry;
            }
            case What::group:
                next = write(node.parts[0], put_step(Step::What::close, node.group, next));
                return put_step(Step::What::open, node.group, next);
            case What::repetition: return write_repetition(node, next);
        }
        return next;
    }

    std::uint32_t write_repetition(PatternNode const& node, std::uint32_t next) {
        if (node.most > 1 && may_be_empty(node.parts[0])) positions_.in_order = false;
        bool const endless = node.most > counted_;
        std::uint64_t least = std::min(node.least, counted_);
        int counter = -1;
        if (node.least > counted_ || (endless && node.most != Regex::npos)) {
            counter = static_cast<int>(positions_.counters.size());
            positions_.counters.push_back({node.least, node.most});
            next = put_step(Step::What::leave, counter, next);
        }
        auto const once = [&](std::uint32_t then) {
            std::uint32_t const body = write(node.parts[0], then);
            return counter < 0 ? body : put_step(Step::What::again, counter, body);
        };
        auto const may_go_on = [&](std::uint32_t on) { return node.prefers_few ? put_fork(next, on) : put_fork(on, next); };
        std::uint32_t entry = next;
        if (endless) {
            std::uint32_t const loop = put_fork(0, 0);
            std::uint32_t const body = once(loop);
            instructions[loop].next = node.prefers_few ? next : body;
            instructions[loop].other = node.prefers_few ? body : next;
            entry = least > 0 ? body : loop;
            least -= least > 0;
        } else {
            for (std::uint64_t left = node.most - node.least; left > 0 && !full(); --left) entry = may_go_on(once(entry));
        }
        for (; least > 0 && !full(); --least) entry = once(entry);
        return counter < 0 ? entry : put_step(Step::What::enter, counter, entry);
    }

    bool may_be_empty(std::uint32_t index) const {
        PatternNode const& node = tree_.nodes[index];
        auto const empty = [&](std::uint32_t part) { return may_be_empty(part); };
        switch (node.what) {
            case What::byte: return false;
            case What::place: return true;
            case What::ways: return std::any_of(node.parts.begin(), node.parts.end(), empty);
            case What::repetition: return node.least == 0 || empty(node.parts[0]);
            default: return std::all_of(node.parts.begin(), node.parts.end(), empty);
        }
    }

    PatternTree const& tree_;
    std::uint64_t counted_;
    BytePositions& positions_;
    Asked asked_;
};

// Follows instructions from one byte to all that may come next, the preferred first.
class Follower {
  public:
    Follower(std::vector<Instruction> const& instructions, BytePositions& positions)
        : instructions_(instructions), positions_(positions), met_(instructions.size()) {}

    void follow(std::uint32_t first) {
        std::fill(met_.begin(), met_.end(), Met::not_yet);
        positions_.first_edge.push_back(static_cast<std::uint32_t>(positions_.edges.size()));
        go(first, false);
    }

    bool ends_at_once = false;  // the last follow() met the end at once
    bool has_long_way = false;  // more steps than an edge can have

  private:
    enum class Met : std::uint8_t { not_yet, conditionally, freely };

    static bool is_condition(Step step) {
        return step.what == Step::What::place || step.what == Step::What::again || step.what == Step::What::leave;
    }

    // What was met freely needs no other way; what was met on a condition counts only where that holds.
    void go(std::uint32_t index, bool conditionally) {
        if (positions_.edges.size() > most_edges) return;
        Met& met = met_[index];
        if (met == Met::freely) return;
        if (conditionally && met == Met::conditionally) {
            positions_.in_order = false;
            return;
        }
        met = conditionally ? Met::conditionally : Met::freely;
        Instruction const& now = instructions_[index];
        switch (now.what) {
            case Instruction::What::byte: return put(now.position);
            case Instruction::What::done: ends_at_once = true; return put(Edge::done);
            case Instruction::What::fork:
                go(now.next, conditionally);
                return go(now.other, conditionally);
            case Instruction::What::step:
                way_.push_back(now.step);
                go(now.next, conditionally || is_condition(now.step));
                way_.pop_back();
        }
    }

    void put(std::uint16_t to) {
        bool const asks = std::any_of(way_.begin(), way_.end(), [](Step step) { return step.what == Step::What::place; });
        if (way_.size() > 255) has_long_way = true;
        positions_.edges.push_back({to, static_cast<std::uint8_t>(way_.size()), asks, static_cast<std::uint32_t>(positions_.steps.size())});
        positions_.steps.insert(positions_.steps.end(), way_.begin(), way_.end());
    }

    std::vector<Instruction> const& instructions_;
    BytePositions& positions_;
    std::vector<Met> met_;
    std::vector<Step> way_;
};

}  // namespace

std::optional<BytePositions> BytePositions::make(std::string_view pattern, std::uint64_t counted) {
    std::optional<PatternTree> const tree = read_pattern(pattern);
    if (!tree) return std::nullopt;
    BytePositions positions;
    positions.in_order = !tree->turns_preference;
    Writer writer(*tree, counted, positions);
    std::optional<std::uint32_t> const start = writer.write();
    if (!start || positions.bytes.empty()) return std::nullopt;
    Follower follower(writer.instructions, positions);
    follower.follow(*start);
    if (follower.ends_at_once) return std::nullopt;
    std::vector<std::uint32_t> behind(positions.bytes.size());
    for (Instruction const& one : writer.instructions) {
        if (one.what == Instruction::What::byte) behind[one.position] = one.next;
    }
    for (std::uint32_t const next : behind) follower.follow(next);
    positions.first_edge.push_back(static_cast<std::uint32_t>(positions.edges.size()));
    if (positions.edges.size() > most_edges || follower.has_long_way) return std::nullopt;
    return positions;
}

}  // namespace keepmum
