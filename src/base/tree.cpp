// Lookups with complaints that people can act on. The parsers: tree_toml.cpp, tree_json.cpp.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tree_builder.h"

#include <algorithm>
#include <cstdio>

#include "base/message.h"

namespace keepmum {
namespace {

// Literal where that can be, since most long strings are regular expressions.
std::string quote(std::string const& text) {
    bool const plain = std::all_of(text.begin(), text.end(),
                                   [](char c) { return c != '\'' && static_cast<unsigned char>(c) >= ' '; });
    if (plain) return "'" + text + "'";
    std::string quoted = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
            char code[8];
            std::snprintf(code, sizeof code, "\\u%04X", static_cast<unsigned>(c));
            quoted += code;
        } else {
            quoted += c;
        }
    }
    return quoted + "\"";
}

}  // namespace

std::string Tree::where() const {
    std::string where(file());
    if (line_ != 0) where += ":" + std::to_string(line_);
    return where;
}

tl::unexpected<Error> Tree::complain(std::string_view key, std::string_view what) const {
    return fail(Fault::invalid, "'" + std::string(key) + "' " + std::string(what), where());
}

tl::unexpected<Error> Tree::complain(std::string_view key, Message what, std::initializer_list<Value> values) const {
    Error error = error_of(Fault::invalid, what, values, where());
    error.what = "'" + std::string(key) + "' " + error.what;
    error.zh = "“" + std::string(key) + "”" + error.zh;
    return tl::unexpected<Error>(std::move(error));
}

tl::unexpected<Error> Tree::wrong_type(std::string_view key, Message wanted) const {
    static constexpr Message kinds[] = {Message::kind_nothing, Message::kind_boolean, Message::kind_integer, Message::kind_number,
                                        Message::kind_string, Message::kind_list, Message::kind_table};
    auto const in = [&](Language language) {
        return say(language, Message::entry_type, {{"wanted", std::string(text_of(wanted).in(language))},
                                                   {"is", std::string(text_of(kinds[static_cast<int>(kind_)]).in(language))}});
    };
    return tl::unexpected<Error>(Error{Fault::invalid, "'" + std::string(key) + "' " + in(Language::en), where(),
                                       "“" + std::string(key) + "”" + in(Language::zh)});
}

double Tree::number() const {
    return kind_ == Kind::integer ? static_cast<double>(integer_) : kind_ == Kind::floating ? floating_ : 0;
}

Tree const* Tree::find(std::string_view key) const {
    auto const at =
        std::find_if(members_.begin(), members_.end(), [&](TreeMember const& m) { return m.key == key; });
    return at == members_.end() ? nullptr : &at->value;
}

Result<std::string> Tree::text(std::string_view key) const {
    if (!has(key)) return complain(key, Message::entry_missing);
    return text(key, "");
}

Result<std::string> Tree::text(std::string_view key, std::string_view fallback) const {
    Tree const* const value = find(key);
    if (!value) return std::string(fallback);
    if (!value->is(Kind::string)) return value->wrong_type(key, Message::kind_string);
    return value->string();
}

Result<std::int64_t> Tree::whole(std::string_view key) const {
    if (!has(key)) return complain(key, Message::entry_missing);
    return whole(key, 0);
}

Result<std::int64_t> Tree::whole(std::string_view key, std::int64_t fallback) const {
    Tree const* const value = find(key);
    if (!value) return fallback;
    if (!value->is(Kind::integer)) return value->wrong_type(key, Message::kind_integer);
    return value->integer();
}

Result<double> Tree::number(std::string_view key, double fallback) const {
    Tree const* const value = find(key);
    if (!value) return fallback;
    if (!value->is(Kind::integer) && !value->is(Kind::floating)) {
        return value->wrong_type(key, Message::kind_number);
    }
    return value->number();
}

Result<bool> Tree::flag(std::string_view key, bool fallback) const {
    Tree const* const value = find(key);
    if (!value) return fallback;
    if (!value->is(Kind::boolean)) return value->wrong_type(key, Message::kind_boolean);
    return value->boolean();
}

Result<std::vector<std::string>> Tree::texts(std::string_view key) const {
    std::vector<std::string> list;
    Tree const* const value = find(key);
    if (!value) return list;
    if (value->is(Kind::string)) return std::vector<std::string>{value->string()};
    if (!value->is(Kind::array)) return value->wrong_type(key, Message::kind_strings);
    for (Tree const& item : value->items()) {
        if (!item.is(Kind::string)) return item.complain(key, Message::entry_strings);
        list.push_back(item.string());
    }
    return list;
}

Result<std::span<Tree const>> Tree::tables(std::string_view key) const {
    Tree const* const value = find(key);
    if (!value) return std::span<Tree const>();
    if (!value->is(Kind::array)) return value->wrong_type(key, Message::kind_tables);
    for (Tree const& item : value->items()) {
        if (!item.is(Kind::table)) return item.complain(key, Message::entry_tables);
    }
    return std::span<Tree const>(value->items());
}

Result<Tree const*> Tree::table(std::string_view key) const {
    Tree const* const value = find(key);
    if (value && !value->is(Kind::table)) return value->wrong_type(key, Message::kind_table);
    return value;
}

Result<> Tree::only(std::initializer_list<std::string_view> known) const {
    for (TreeMember const& member : members_) {
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            return member.value.complain(member.key, Message::entry_unknown);
        }
    }
    return {};
}

Tree overlay(Tree const& below, Tree const& above) { return TreeBuilder::overlay(below, above); }

std::string print(Tree const& tree) {
    switch (tree.kind()) {
        case Tree::Kind::null: return "null";
        case Tree::Kind::boolean: return tree.boolean() ? "true" : "false";
        case Tree::Kind::integer: return std::to_string(tree.integer());
        case Tree::Kind::floating: {
            char text[40];
            std::snprintf(text, sizeof text, "%g", tree.number());
            return text;
        }
        case Tree::Kind::string: return quote(tree.string());
        case Tree::Kind::array: break;
        case Tree::Kind::table: break;
    }
    std::string text;
    for (Tree const& item : tree.items()) text += (text.empty() ? "" : ", ") + print(item);
    for (TreeMember const& member : tree.members()) {
        text += (text.empty() ? "" : ", ") + member.key + " = " + print(member.value);
    }
    return tree.is(Tree::Kind::array) ? "[" + text + "]" : "{ " + text + " }";
}

}  // namespace keepmum
