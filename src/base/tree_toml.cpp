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

}  // namespace

Result<Tree> parse_toml(std::string_view text, std::string_view file) {
    toml::parse_result const parsed = toml::parse(text, file);
    if (!parsed) {
        toml::parse_error const& error = parsed.error();
        return fail(Fault::invalid, std::string(error.description()),
                    std::string(file) + ":" + std::to_string(error.source().begin.line));
    }
    return TomlReader(file).read(parsed.table(), 1);
}

}  // namespace keepmum
