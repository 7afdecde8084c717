// Tokens and keys are long runs of letters and digits, and ordinary text has few of those. An
// expression that cannot do without one is looked for around such runs alone: in source code that is
// a fifth of the text, and of all rules of credentials two thirds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// A run is long with 16 letters and digits (ASCII) in a row, or with 40 of these and _ - . =
inline constexpr std::size_t long_plain_run = 16;
inline constexpr std::size_t long_token_run = 40;

// Where each occurrence of `pattern` holds a long run: the most bytes of an occurrence that lie to one
// side of the long runs in it. Nothing where it may do without, or where that is not understood.
// `pattern` must compile. Costs a few compilations.
std::optional<std::uint64_t> reach_beside_long_run(std::string_view pattern);

// The beginning of `pattern` up to the least of a long run that it cannot do without and that may have any length, as
// ey[a-z]{17} of ey[a-z]{17,}\.[a-z/]+, in the form that nominates. For what itself reaches too far, or without bound.
std::optional<std::string> beginning_to_long_run(std::string_view pattern);

// The stretches of `text` that lie in [from, to) and within `reach` bytes of a long run in there, and what
// lies between them where that is little; sorted and apart. Linear, at gigabytes a second where there are few.
std::vector<Span> around_long_runs(std::string_view text, std::uint64_t from, std::uint64_t to, std::uint64_t reach);

}  // namespace keepmum
