// What a filter expression is parsed into; for packs/filter*.cpp only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "match/regex.h"
#include "packs/words.h"

namespace keepmum {

struct FilterNode {
    enum class What : std::uint8_t {
        number,
        string,
        truth,
        nothing,
        let,
        field,
        slice,
        negate,
        minus,
        binary,
        call
    };
    enum class Op : std::uint8_t {
        either,
        both,
        fallback,
        equal,
        unequal,
        less,
        less_equal,
        greater,
        greater_equal,
        plus,
        minus,
    };
    enum class Function : std::uint8_t {
        entropy,
        matches_any,
        contains_any,
        starts_with_any,
        find_match,
        fails_token_efficiency,
        get,
        length,
        min,
        max,
    };
    What what = What::nothing;
    Op op = Op::either;
    Function function = Function::entropy;
    int slot = 0;  // of a let
    double number = 0;
    std::string name = {};        // field: "finding" or "attributes"
    std::string text = {};        // a string, or a field's name
    std::vector<int> parts = {};  // indices into FilterTree::nodes; -1 = absent bound of a slice
    std::vector<std::string> list = {};
    std::shared_ptr<Regex const> regex = {};
    WordSet words = {};
};

struct FilterTree {
    std::vector<FilterNode> nodes;
    std::vector<int> lets;
    int root = 0;
};

Result<FilterTree> parse_filter(std::string_view source);

}  // namespace keepmum
