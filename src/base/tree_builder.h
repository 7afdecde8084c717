// Makes trees: for the parsers, and for whoever turns one format's tree into another's.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tree.h"

namespace keepmum {

class TreeBuilder {
  public:
    explicit TreeBuilder(std::string_view file) : file_(std::make_shared<std::string const>(file)) {}

    Tree start(Tree::Kind kind, std::size_t line) const {
        Tree tree;
        tree.kind_ = kind;
        tree.line_ = static_cast<std::uint32_t>(line);
        tree.file_ = file_;
        return tree;
    }
    Tree boolean(bool value, std::size_t line) const {
        Tree tree = start(Tree::Kind::boolean, line);
        tree.integer_ = value;
        return tree;
    }
    Tree integer(std::int64_t value, std::size_t line) const {
        Tree tree = start(Tree::Kind::integer, line);
        tree.integer_ = value;
        return tree;
    }
    Tree floating(double value, std::size_t line) const {
        Tree tree = start(Tree::Kind::floating, line);
        tree.floating_ = value;
        return tree;
    }
    Tree string(std::string value, std::size_t line) const {
        Tree tree = start(Tree::Kind::string, line);
        tree.text_ = std::move(value);
        return tree;
    }
    static void append(Tree& array, Tree item) { array.items_.push_back(std::move(item)); }
    static void append(Tree& table, std::string key, Tree value) {
        table.members_.push_back({std::move(key), std::move(value)});
    }
    static void set(Tree& table, std::string_view key, Tree value) {
        for (TreeMember& member : table.members_) {
            if (member.key != key) continue;
            member.value = std::move(value);
            return;
        }
        append(table, std::string(key), std::move(value));
    }
    static Tree overlay(Tree below, Tree const& above) {
        for (TreeMember const& member : above.members_) set(below, member.key, member.value);
        below.line_ = above.line_;
        below.file_ = above.file_;
        return below;
    }
    static void place(Tree& tree, std::size_t line) { tree.line_ = static_cast<std::uint32_t>(line); }

  private:
    std::shared_ptr<std::string const> file_;
};

}  // namespace keepmum
