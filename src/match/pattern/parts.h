// The parts that an expression is written in, told from its text alone. For what is known to compile;
// what is not understood has length 0.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

// Length of the flags that `rest` begins with, such as (?i) or (?is-m); 0 where there are none.
std::size_t flags_length(std::string_view rest);

// Length of the set, escape or dot that `rest` begins with; 0 where it begins otherwise.
std::size_t set_length(std::string_view rest);

// Length of the repetition that `rest` begins with; 0 where there is none.
std::size_t repetition_length(std::string_view rest);

// `pattern` without the sets that need not be there before the first thing that must.
std::string without_optional_start(std::string_view pattern);

// What `pattern` may begin with and takes no more of than it must, as [\w.-]{0,50}?, and what comes then. Both have the
// flags that `pattern` begins with.
struct LazyStart {
    std::string set, rest;
    std::uint64_t most = 0;  // how many of the set; all ones where there is no bound
};
std::optional<LazyStart> lazy_start(std::string_view pattern);

// What closes `pattern` where it is cut at `at`, a border between two parts: with it, what stands before `at` tells
// how each occurrence of `pattern` may begin. Groups that are open there are closed and keep the alternatives that
// follow. Nothing where that cannot be told, or where such a group is repeated or may be missing.
std::optional<std::string> closing_at(std::string_view pattern, std::size_t at);

}  // namespace keepmum
