// Reading filter expressions: a tokenizer and a parser by precedence, both bounded in depth.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "packs/filter_tree.h"

namespace keepmum {
namespace {

struct Token {
    enum class What : std::uint8_t { end, number, string, name, sign };
    What what = What::end;
    std::string text;
    double number = 0;
};

class Tokenizer {
  public:
    explicit Tokenizer(std::string_view source) : source_(source) {}

    Result<std::vector<Token>> run() {
        std::vector<Token> tokens;
        for (;;) {
            if (!skip_blanks()) return fail(Fault::invalid, "a comment is not closed");
            if (at_ == source_.size()) break;
            tokens.push_back(TRY(next()));
        }
        tokens.push_back({});
        return tokens;
    }

  private:
    bool skip_blanks() {
        for (;;) {
            while (at_ < source_.size() && static_cast<unsigned char>(source_[at_]) <= ' ') ++at_;
            std::string_view const rest = source_.substr(at_);
            if (rest.starts_with("//")) {
                at_ = std::min(source_.find('\n', at_), source_.size());
            } else if (rest.starts_with("/*")) {
                std::size_t const end = source_.find("*/", at_ + 2);
                if (end == std::string_view::npos) return false;
                at_ = end + 2;
            } else {
                return true;
            }
        }
    }

    Result<Token> next() {
        char const c = source_[at_];
        if (is_digit(c)) return number();
        if (is_alpha(c) || c == '_') return name();
        if (c == '"' || c == '\'' || c == '`') return string(c);
        for (std::string_view sign : {"||", "&&", "??", "==", "!=", "<=", ">="}) {
            if (source_.substr(at_).starts_with(sign)) {
                at_ += 2;
                return Token{Token::What::sign, std::string(sign)};
            }
        }
        ++at_;
        return Token{Token::What::sign, std::string(1, c)};
    }

    Result<Token> number() {
        Token token{Token::What::number};
        auto const [end, error] =
            std::from_chars(source_.data() + at_, source_.data() + source_.size(), token.number);
        if (error != std::errc()) return fail(Fault::invalid, "a number is out of range");
        at_ = static_cast<std::size_t>(end - source_.data());
        return token;
    }

    Result<Token> name() {
        std::size_t const start = at_;
        while (at_ < source_.size() && (is_alnum(source_[at_]) || source_[at_] == '_')) ++at_;
        return Token{Token::What::name, std::string(source_.substr(start, at_ - start))};
    }

    Result<Token> string(char quote) {
        Token token{Token::What::string};
        for (++at_; at_ < source_.size(); ++at_) {
            char const c = source_[at_];
            if (c == quote) {
                ++at_;
                return token;
            }
            if (c != '\\' || quote == '`') {
                token.text += c;
                continue;
            }
            if (++at_ == source_.size()) break;
            if (!escape(token.text)) return fail(Fault::invalid, "unknown escape in a string");
        }
        return fail(Fault::invalid, "a string is not closed");
    }

    bool escape(std::string& text) {
        switch (char const c = source_[at_]) {
            case 'n': text += '\n'; return true;
            case 'r': text += '\r'; return true;
            case 't': text += '\t'; return true;
            case '\\':
            case '"':
            case '\'':
            case '`':
            case '/': text += c; return true;
            case 'x':
            case 'u': return escape_code(c == 'x' ? 2 : 4, text);
            default: return false;
        }
    }

    bool escape_code(std::size_t digits, std::string& text) {
        std::string_view const code = source_.substr(at_ + 1, digits);
        unsigned value = 0;
        auto const [end, error] = std::from_chars(code.data(), code.data() + code.size(), value, 16);
        if (error != std::errc() || code.size() != digits || end != code.data() + digits) return false;
        at_ += digits;
        append_utf8(text, value);
        return true;
    }

    std::string_view source_;
    std::size_t at_ = 0;
};

using Node = FilterNode;

struct FunctionRow {
    std::string_view name;
    Node::Function function;
    std::size_t least, most;
};
constexpr FunctionRow functions[] = {
    {"entropy", Node::Function::entropy, 1, 1},
    {"matchesAny", Node::Function::matches_any, 2, 2},
    {"containsAny", Node::Function::contains_any, 2, 2},
    {"startsWithAny", Node::Function::starts_with_any, 2, 2},
    {"findMatch", Node::Function::find_match, 2, 2},
    {"failsTokenEfficiency", Node::Function::fails_token_efficiency, 1, 1},
    {"get", Node::Function::get, 2, 3},
    {"len", Node::Function::length, 1, 1},
    {"min", Node::Function::min, 1, 16},
    {"max", Node::Function::max, 1, 16},
};

struct OperatorRow {
    std::string_view sign;
    Node::Op op;
    int strength;
};
constexpr OperatorRow operators[] = {
    {"||", Node::Op::either, 1},        {"or", Node::Op::either, 1},     {"&&", Node::Op::both, 2},
    {"and", Node::Op::both, 2},         {"==", Node::Op::equal, 3},      {"!=", Node::Op::unequal, 3},
    {"<", Node::Op::less, 3},           {"<=", Node::Op::less_equal, 3}, {">", Node::Op::greater, 3},
    {">=", Node::Op::greater_equal, 3}, {"+", Node::Op::plus, 4},        {"-", Node::Op::minus, 4},
    {"??", Node::Op::fallback, 5},
};

constexpr int deepest = 64;

class FilterParser {
  public:
    explicit FilterParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Result<FilterTree> run() {
        while (takes_name("let")) {
            std::string const name = peek().text;
            if (peek().what != Token::What::name) return fail(Fault::invalid, "'let' needs a name");
            ++at_;
            TRY(expect("="));
            tree_.lets.push_back(TRY(expression(1)));
            TRY(expect(";"));
            lets_.push_back(name);
        }
        tree_.root = TRY(expression(1));
        if (peek().what != Token::What::end) return fail(Fault::invalid, "unexpected '" + peek().text + "'");
        return std::move(tree_);
    }

  private:
    Token const& peek() const { return tokens_[std::min(at_, tokens_.size() - 1)]; }
    bool takes(std::string_view sign) {
        if (peek().what != Token::What::sign || peek().text != sign) return false;
        ++at_;
        return true;
    }
    bool takes_name(std::string_view name) {
        if (peek().what != Token::What::name || peek().text != name) return false;
        ++at_;
        return true;
    }
    Result<> expect(std::string_view sign) {
        if (takes(sign)) return {};
        std::string const found = peek().what == Token::What::end ? "the end" : "'" + peek().text + "'";
        return fail(Fault::invalid, "expected '" + std::string(sign) + "' before " + found);
    }
    int add(Node node) {
        tree_.nodes.push_back(std::move(node));
        return static_cast<int>(tree_.nodes.size()) - 1;
    }

    Result<int> expression(int strength) {
        if (++depth_ > deepest) return fail(Fault::invalid, "the expression is nested too deeply");
        int left = TRY(unary());
        for (;;) {
            OperatorRow const* found = nullptr;
            for (OperatorRow const& row : operators) {
                bool const fits = peek().what == Token::What::sign || peek().what == Token::What::name;
                if (fits && peek().text == row.sign && row.strength >= strength) found = &row;
            }
            if (!found) break;
            ++at_;
            int const right = TRY(expression(found->strength + 1));
            left = add({.what = Node::What::binary, .op = found->op, .parts = {left, right}});
        }
        --depth_;
        return left;
    }

    Result<int> unary() {
        if (++depth_ > deepest) return fail(Fault::invalid, "the expression is nested too deeply");
        int made = 0;
        if (takes("!") || takes_name("not")) {
            made = add({.what = Node::What::negate, .parts = {TRY(unary())}});
        } else if (takes("-")) {
            made = add({.what = Node::What::minus, .parts = {TRY(unary())}});
        } else {
            made = TRY(postfix());
        }
        --depth_;
        return made;
    }

    Result<int> postfix() {
        int whole = TRY(primary());
        while (takes("[")) {
            int begin = -1, end = -1;
            if (!takes(":")) {
                begin = TRY(expression(1));
                TRY(expect(":"));
            }
            if (!takes("]")) {
                end = TRY(expression(1));
                TRY(expect("]"));
            }
            whole = add({.what = Node::What::slice, .parts = {whole, begin, end}});
        }
        return whole;
    }

    Result<int> primary() {
        Token const token = peek();
        ++at_;
        if (token.what == Token::What::number)
            return add({.what = Node::What::number, .number = token.number});
        if (token.what == Token::What::string) return add({.what = Node::What::string, .text = token.text});
        if (token.what == Token::What::sign && token.text == "(") {
            int const inner = TRY(expression(1));
            TRY(expect(")"));
            return inner;
        }
        if (token.what != Token::What::name) {
            --at_;
            return fail(Fault::invalid, token.what == Token::What::end ? "the expression ends too early"
                                                                       : "unexpected '" + token.text + "'");
        }
        return named(token.text);
    }

    Result<int> named(std::string const& name) {
        if (name == "true" || name == "false")
            return add({.what = Node::What::truth, .number = name == "true" ? 1.0 : 0.0});
        if (name == "nil") return add({.what = Node::What::nothing});
        for (std::size_t i = 0; i < lets_.size(); ++i) {
            if (lets_[i] == name) return add({.what = Node::What::let, .slot = static_cast<int>(i)});
        }
        if (name == "finding" || name == "attributes") return field(name);
        if (name == "filter" && takes(".")) {
            std::string const function = peek().text;
            ++at_;
            return call(function);
        }
        return call(name);
    }

    Result<int> field(std::string const& of) {
        if (takes(".")) {
            std::string const key = peek().text;
            if (peek().what != Token::What::name) return fail(Fault::invalid, "a name must follow '.'");
            ++at_;
            return known_field(of, key);
        }
        TRY(expect("["));
        std::string const key = peek().text;
        if (peek().what != Token::What::string) return fail(Fault::unsupported, of + " needs a literal key");
        ++at_;
        TRY(expect("]"));
        return known_field(of, key);
    }

    // Attributes other than the path describe commits and hosts, which keepmum does not have.
    Result<int> known_field(std::string const& of, std::string const& key) {
        static constexpr std::string_view known[] = {"secret",
                                                     "match",
                                                     "line",
                                                     "fragment_raw",
                                                     "match_start_idx",
                                                     "match_end_idx",
                                                     "match_line_start_idx",
                                                     "match_line_end_idx"};
        bool good = of == "attributes";
        for (std::string_view name : known) good = good || name == key;
        if (!good) return fail(Fault::unsupported, of + "[\"" + key + "\"] is not known here");
        return add({.what = Node::What::field, .name = of, .text = key});
    }

    Result<int> call(std::string const& name) {
        FunctionRow const* row = nullptr;
        for (FunctionRow const& candidate : functions) {
            if (candidate.name == name) row = &candidate;
        }
        if (!row) return fail(Fault::unsupported, "'" + name + "' is not known here");
        TRY(expect("("));
        if (row->function == Node::Function::get) return get_call();
        Node node{.what = Node::What::call, .function = row->function};
        bool const listed = row->least == 2;
        node.parts.push_back(TRY(expression(1)));
        while (!listed && takes(",")) node.parts.push_back(TRY(expression(1)));
        if (listed) {
            TRY(expect(","));
            node.list = TRY(strings());
            TRY(prepare(node));
        }
        if (node.parts.size() > row->most) return fail(Fault::invalid, "too many arguments for " + name);
        TRY(expect(")"));
        return add(std::move(node));
    }

    // get(attributes, "path", "") is attributes["path"] with a fallback.
    Result<int> get_call() {
        std::string const of = peek().text;
        if (of != "attributes" && of != "finding")
            return fail(Fault::unsupported, "get() works on attributes and finding");
        ++at_;
        TRY(expect(","));
        std::string const key = peek().text;
        if (peek().what != Token::What::string) return fail(Fault::unsupported, "get() needs a literal key");
        ++at_;
        Node node{.what = Node::What::call, .function = Node::Function::get};
        node.parts.push_back(TRY(known_field(of, key)));
        if (takes(",")) node.parts.push_back(TRY(expression(1)));
        TRY(expect(")"));
        return add(std::move(node));
    }

    // A list of literal strings, or one literal string.
    Result<std::vector<std::string>> strings() {
        std::vector<std::string> list;
        bool const bracketed = takes("[");
        while (!(bracketed && takes("]"))) {
            if (peek().what != Token::What::string)
                return fail(Fault::unsupported, "lists must hold literal strings");
            list.push_back(peek().text);
            ++at_;
            if (!bracketed) break;
            if (!takes(",")) {
                TRY(expect("]"));
                break;
            }
        }
        return list;
    }

    static Result<> prepare(Node& node) {
        using Function = Node::Function;
        if (node.function == Function::contains_any) node.words = WordSet(node.list);
        if (node.function != Function::matches_any && node.function != Function::find_match) return {};
        if (node.list.empty()) return fail(Fault::invalid, "a list of patterns is empty");
        std::string joined;
        for (std::string const& one : node.list) joined += (joined.empty() ? "(?:" : "|(?:") + one + ")";
        node.regex = std::make_shared<Regex const>(TRY(Regex::compile(joined)));
        return {};
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<std::string> lets_;
    FilterTree tree_;
};

}  // namespace

Result<FilterTree> parse_filter(std::string_view source) {
    return FilterParser(TRY(Tokenizer(source).run())).run();
}

}  // namespace keepmum
