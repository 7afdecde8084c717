// A value tree: what a TOML or JSON text says, with the line of each value, so that every complaint
// about a file can name the file, the line and the key.
//
// One type for both languages. Dates and times of TOML become strings as written (ISO 8601).
// Numbers of JSON that do not fit an integer become floating. Standards: TOML 1.0, RFC 8259.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keepmum {

enum class Message;  // base/message.h
struct Value;

struct TreeMember;

class Tree {
  public:
    enum class Kind : std::uint8_t { null, boolean, integer, floating, string, array, table };

    Tree() = default;
    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }
    std::uint32_t line() const { return line_; }  // from 1; 0 where unknown. Of a table's member: its key's
    std::string_view file() const { return file_ ? std::string_view(*file_) : std::string_view(); }
    std::string where() const;  // "FILE:LINE"

    // The plain value; the type's zero where the tree is of another kind.
    bool boolean() const { return kind_ == Kind::boolean && integer_ != 0; }
    std::int64_t integer() const { return kind_ == Kind::integer ? integer_ : 0; }
    double number() const;  // of integer and floating alike
    std::string const& string() const { return text_; }
    std::vector<Tree> const& items() const { return items_; }            // of an array
    std::vector<TreeMember> const& members() const { return members_; }  // of a table, as written

    // The member of a table, or null where it is absent.
    Tree const* find(std::string_view key) const;
    bool has(std::string_view key) const { return find(key) != nullptr; }

    // Members by type. Without a fallback an absent member is an error; one of another type always
    // is. Errors name file, line and key.
    Result<std::string> text(std::string_view key) const;
    Result<std::string> text(std::string_view key, std::string_view fallback) const;
    Result<std::int64_t> whole(std::string_view key) const;
    Result<std::int64_t> whole(std::string_view key, std::int64_t fallback) const;
    Result<double> number(std::string_view key, double fallback) const;
    Result<bool> flag(std::string_view key, bool fallback) const;
    // Lists; empty where absent. A single string counts as a list of one.
    Result<std::vector<std::string>> texts(std::string_view key) const;
    Result<std::span<Tree const>> tables(std::string_view key) const;
    // Null where absent.
    Result<Tree const*> table(std::string_view key) const;
    // Fails on the first member whose key is not among `known`: a mistyped key never passes unseen.
    Result<> only(std::initializer_list<std::string_view> known) const;

    // An error about this value: "KEY WHAT", with file and line. What people write themselves is complained of in their language.
    tl::unexpected<Error> complain(std::string_view key, std::string_view what) const;
    tl::unexpected<Error> complain(std::string_view key, Message what, std::initializer_list<Value> values = {}) const;

  private:
    tl::unexpected<Error> wrong_type(std::string_view key, Message wanted) const;

    friend class TreeBuilder;
    Kind kind_ = Kind::null;
    std::uint32_t line_ = 0;
    std::shared_ptr<std::string const> file_;
    std::int64_t integer_ = 0;
    double floating_ = 0;
    std::string text_;
    std::vector<Tree> items_;
    std::vector<TreeMember> members_;
};

struct TreeMember {
    std::string key;
    Tree value;
};

// `file` is what complaints call the text. The root is a table.
Result<Tree> parse_toml(std::string_view text, std::string_view file);

// The members of `above` over those of `below`; each keeps its own file and line. Both are tables.
Tree overlay(Tree const& below, Tree const& above);

// The value as TOML writes it, on one line.
std::string print(Tree const& tree);

// At most `depth` levels; a repeated key is an error. The root may be of any kind.
Result<Tree> parse_json(std::string_view text, std::string_view file = {}, std::uint32_t depth = 128);

}  // namespace keepmum
