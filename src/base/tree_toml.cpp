// TOML 1.0 by toml++, turned into a Tree. Its exceptions are compiled out.
// SPDX-License-Identifier: GPL-3.0-or-later
// toml++ 3.3 asserts, and in release builds assumes, what a malformed file can break ("[" and a line
// feed); behind each such line it also has the code that reports the fault, which is what we want.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/tree_builder.h"

namespace keepmum {
namespace {

template <class Value>
std::string print(Value const& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

class TomlReader {
  public:
    explicit TomlReader(std::string_view file) : builder_(file) {}

    // Depth is bounded by toml++ (256 levels).
    Tree read(toml::node const& node, std::size_t line) const {
        switch (node.type()) {
            case toml::node_type::boolean: return builder_.boolean(node.as_boolean()->get(), line);
            case toml::node_type::integer: return builder_.integer(node.as_integer()->get(), line);
            case toml::node_type::floating_point:
                return builder_.floating(node.as_floating_point()->get(), line);
            case toml::node_type::string: return builder_.string(node.as_string()->get(), line);
            case toml::node_type::date: return builder_.string(print(node.as_date()->get()), line);
            case toml::node_type::time: return builder_.string(print(node.as_time()->get()), line);
            case toml::node_type::date_time: return builder_.string(print(node.as_date_time()->get()), line);
            case toml::node_type::array: return read_array(*node.as_array(), line);
            case toml::node_type::table: return read_table(*node.as_table(), line);
            case toml::node_type::none: break;
        }
        return builder_.start(Tree::Kind::null, line);
    }

  private:
    Tree read_array(toml::array const& array, std::size_t line) const {
        Tree tree = builder_.start(Tree::Kind::array, line);
        for (toml::node const& item : array) TreeBuilder::append(tree, read(item, item.source().begin.line));
        return tree;
    }

    // toml++ keeps a table's keys sorted by name; where they were written gives the order back.
    Tree read_table(toml::table const& table, std::size_t line) const {
        struct Entry {
            toml::key const* key;
            toml::node const* node;
        };
        std::vector<Entry> entries;
        for (auto const& [key, node] : table) entries.push_back({&key, &node});
        std::stable_sort(entries.begin(), entries.end(), [](Entry const& left, Entry const& right) {
            auto const a = left.key->source().begin, b = right.key->source().begin;
            return a.line != b.line ? a.line < b.line : a.column < b.column;
        });
        Tree tree = builder_.start(Tree::Kind::table, line);
        for (Entry const& entry : entries) {
            TreeBuilder::append(tree, std::string(entry.key->str()),
                                read(*entry.node, entry.key->source().begin.line));
        }
        return tree;
    }

    TreeBuilder builder_;
};

// The line of the first byte outside ASCII that stands where TOML allows none: outside strings and
// comments, or behind a backslash. 0 where there is no such byte. toml++ asks of each letter there
// whether it is a blank, by code that runs into "unreachable" for most of Unicode.
std::size_t misplaced_letter(std::string_view text) {
    enum class In { nothing, comment, basic, literal, long_basic, long_literal } in = In::nothing;
    std::size_t line = 1;
    for (std::size_t at = text.starts_with("\xef\xbb\xbf") ? 3 : 0; at < text.size(); ++at) {
        char const c = text[at];
        bool const letter = static_cast<unsigned char>(c) >= 0x80;
        line += c == '\n';
        if (c == '\n' && in != In::long_basic && in != In::long_literal) in = In::nothing;
        if (in == In::nothing) {
            if (letter) return line;
            if (c == '#') in = In::comment;
            if (c != '"' && c != '\'') continue;
            bool const is_long = text.substr(at, 3) == std::string(3, c);
            in = c == '"' ? (is_long ? In::long_basic : In::basic)
                          : (is_long ? In::long_literal : In::literal);
            if (is_long) at += 2;
        } else if (c == '\\' && (in == In::basic || in == In::long_basic)) {
            ++at;
            // A backslash may also end a line: what follows the blanks behind it is text again.
            while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
            if (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) return line;
            if (at < text.size() && text[at] == '\n') {
                ++line;
                if (in == In::basic) in = In::nothing;
                while (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) <= ' ')
                    line += text[++at] == '\n';
                if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x80) return line;
            }
        } else if ((c == '"' && in == In::basic) || (c == '\'' && in == In::literal)) {
            in = In::nothing;
        } else if ((c == '"' && in == In::long_basic) || (c == '\'' && in == In::long_literal)) {
            if (text.substr(at, 3) != std::string(3, c)) continue;
            at += 2;
            // Up to two more quotes belong to the string.
            while (at + 1 < text.size() && text[at + 1] == c) ++at;
            in = In::nothing;
        }
    }
    return 0;
}

}  // namespace

Result<Tree> parse_toml(std::string_view text, std::string_view file) {
    if (std::size_t const line = misplaced_letter(text)) {
        return fail(Fault::invalid, "letters outside ASCII may stand in quotation marks and comments only",
                    std::string(file) + ":" + std::to_string(line));
    }
    toml::parse_result const parsed = toml::parse(text, file);
    if (!parsed) {
        toml::parse_error const& error = parsed.error();
        return fail(Fault::invalid, std::string(error.description()),
                    std::string(file) + ":" + std::to_string(error.source().begin.line));
    }
    return TomlReader(file).read(parsed.table(), 1);
}

}  // namespace keepmum
