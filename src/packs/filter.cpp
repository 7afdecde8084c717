// Evaluation of filters. The tree is walked for each finding; a finding is rare, a tree is small.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/filter.h"

#include <algorithm>
#include <cstring>
#include <deque>

#include "packs/filter_tree.h"
#include "packs/rarity.h"

namespace keepmum {
namespace {

struct Value {
    enum class Kind : std::uint8_t { nothing, boolean, number, string, list };
    Kind kind = Kind::nothing;
    bool truth = false;
    double number = 0;
    std::string_view string = {};

    static Value of(bool truth) { return {.kind = Kind::boolean, .truth = truth}; }
    static Value of(double number) { return {.kind = Kind::number, .number = number}; }
    static Value of(std::string_view string) { return {.kind = Kind::string, .string = string}; }
    friend bool operator==(Value const&, Value const&) = default;
};

class Evaluation {
  public:
    Evaluation(FilterTree const& tree, FilterInput const& input)
        : tree_(tree), input_(input), lines_(lines_around(input.text, input.match)) {}

    Value run() {
        lets_.reserve(tree_.lets.size());
        for (int let : tree_.lets) lets_.push_back(value(let));
        return value(tree_.root);
    }

  private:
    using Node = FilterNode;
    using Kind = Value::Kind;

    std::string_view slice(Span span) const { return input_.text.substr(span.begin, span.size()); }

    // A field of `finding`; `attributes` knows the path alone.
    Value field(std::string_view of, std::string_view name) const {
        if (of == "attributes") return name == "path" ? Value::of(input_.path) : Value{};
        if (name == "secret") return Value::of(slice(input_.secret));
        if (name == "match") return Value::of(slice(input_.match));
        if (name == "line") return Value::of(slice(lines_));
        if (name == "fragment_raw") return Value::of(input_.text);
        if (name == "match_start_idx") return Value::of(static_cast<double>(input_.match.begin));
        if (name == "match_end_idx") return Value::of(static_cast<double>(input_.match.end));
        if (name == "match_line_start_idx") return Value::of(static_cast<double>(lines_.begin));
        if (name == "match_line_end_idx") return Value::of(static_cast<double>(lines_.end));
        return {};
    }

    Value value(int at) {
        Node const& node = tree_.nodes[at];
        switch (node.what) {
            case Node::What::number: return Value::of(node.number);
            case Node::What::string: return Value::of(std::string_view(node.text));
            case Node::What::truth: return Value::of(node.number != 0);
            case Node::What::nothing: return {};
            case Node::What::let: return lets_[node.slot];
            case Node::What::field: return field(node.name, node.text);
            case Node::What::slice: return cut(node);
            case Node::What::negate: {
                Value const inner = value(node.parts[0]);
                return inner.kind == Kind::boolean ? Value::of(!inner.truth) : Value{};
            }
            case Node::What::minus: {
                Value const inner = value(node.parts[0]);
                return inner.kind == Kind::number ? Value::of(-inner.number) : Value{};
            }
            case Node::What::binary: return binary(node);
            case Node::What::call: return call(node);
        }
        return {};
    }

    Value binary(Node const& node) {
        Value const left = value(node.parts[0]);
        using Op = Node::Op;
        if (node.op == Op::either && left.kind == Kind::boolean && left.truth) return left;
        if (node.op == Op::both && left.kind == Kind::boolean && !left.truth) return left;
        if (node.op == Op::fallback && left.kind != Kind::nothing) return left;
        Value const right = value(node.parts[1]);
        if (node.op == Op::either || node.op == Op::fallback) return right;
        // "nothing and true" must not drop: what cannot be computed keeps the finding.
        if (node.op == Op::both) return left.kind == Kind::boolean ? right : Value::of(false);
        if (node.op == Op::equal) return Value::of(left == right);
        if (node.op == Op::unequal) return Value::of(!(left == right));
        if (left.kind == Kind::string && right.kind == Kind::string && node.op == Op::plus) {
            made_.push_back(std::string(left.string) + std::string(right.string));
            return Value::of(std::string_view(made_.back()));
        }
        if (left.kind != Kind::number || right.kind != Kind::number) return {};
        switch (node.op) {
            case Op::less: return Value::of(left.number < right.number);
            case Op::less_equal: return Value::of(left.number <= right.number);
            case Op::greater: return Value::of(left.number > right.number);
            case Op::greater_equal: return Value::of(left.number >= right.number);
            case Op::plus: return Value::of(left.number + right.number);
            case Op::minus: return Value::of(left.number - right.number);
            default: return {};
        }
    }

    Value cut(Node const& node) {
        Value const whole = value(node.parts[0]);
        if (whole.kind != Kind::string) return {};
        auto const bound = [&](int part, double absent) -> double {
            if (part < 0) return absent;
            Value const index = value(part);
            return index.kind == Kind::number && index.number >= 0 ? index.number : -1;
        };
        double const size = static_cast<double>(whole.string.size());
        double const begin = bound(node.parts[1], 0), end = std::min(bound(node.parts[2], size), size);
        if (begin < 0 || end < begin) return {};
        auto const from = static_cast<std::size_t>(begin);
        return Value::of(whole.string.substr(from, static_cast<std::size_t>(end) - from));
    }

    Value call(Node const& node) {
        using Function = Node::Function;
        if (node.function == Function::get) {
            Value const found = value(node.parts[0]);
            return found.kind != Kind::nothing || node.parts.size() < 2 ? found : value(node.parts[1]);
        }
        if (node.function == Function::min || node.function == Function::max) return extreme(node);
        Value const text = value(node.parts[0]);
        if (text.kind != Kind::string) return {};
        switch (node.function) {
            case Function::entropy: return Value::of(entropy(text.string));
            case Function::length: return Value::of(static_cast<double>(text.string.size()));
            case Function::fails_token_efficiency: return Value::of(reads_like_words(text.string));
            case Function::matches_any: return Value::of(node.regex->occurs(text.string));
            case Function::contains_any: return Value::of(node.words.any_in(text.string));
            case Function::starts_with_any:
                return Value::of(
                    std::any_of(node.list.begin(), node.list.end(),
                                [&](std::string const& start) { return text.string.starts_with(start); }));
            case Function::find_match: {
                Span found[1];
                if (!node.regex->find(text.string, 0, text.string.size(), found))
                    return Value::of(std::string_view());
                return Value::of(text.string.substr(found[0].begin, found[0].size()));
            }
            default: return {};
        }
    }

    Value extreme(Node const& node) {
        Value best;
        for (int part : node.parts) {
            Value const next = value(part);
            if (next.kind != Kind::number) return {};
            bool const better =
                node.function == Node::Function::min ? next.number < best.number : next.number > best.number;
            if (best.kind == Kind::nothing || better) best = next;
        }
        return best;
    }

    FilterTree const& tree_;
    FilterInput const& input_;
    Span lines_;
    std::vector<Value> lets_;
    std::deque<std::string> made_;  // strings put together on the way; views into them stay valid
};

}  // namespace

struct Filter::Inside {
    FilterTree tree;
};

Filter::Filter(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Filter::Filter(Filter&&) noexcept = default;
Filter& Filter::operator=(Filter&&) noexcept = default;
Filter::~Filter() = default;

Result<Filter> Filter::parse(std::string_view source) {
    auto inside = std::make_unique<Inside>();
    inside->tree = TRY(parse_filter(source));
    return Filter(std::move(inside));
}

bool Filter::drops(FilterInput const& input) const {
    Value const result = Evaluation(inside_->tree, input).run();
    return result.kind == Value::Kind::boolean && result.truth;
}

Span lines_around(std::string_view text, Span span) {
    // The C library searches backwards sixteen bytes at a time, the string view one.
    void const* const before = ::memrchr(text.data(), '\n', span.begin);
    std::size_t const after = text.find('\n', span.end);
    std::size_t const begin =
        before ? static_cast<std::size_t>(static_cast<char const*>(before) - text.data()) + 1 : 0;
    return {begin, after == std::string_view::npos ? text.size() : after};
}

bool reads_like_words(std::string_view secret) { return !looks_random(secret); }

}  // namespace keepmum
