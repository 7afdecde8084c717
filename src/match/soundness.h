// Whether the search library that this program runs with finds what it is asked for.
//
// Vectorscan 5.4.9 on processors with AVX-512 loses occurrences wherever it skips ahead to a single
// byte (a[^x]*c behind 58 other bytes); Hyperscan 5.4.0 does not. Which of them is installed, and on
// what processor, is only known at run time, and a search that loses is worse than a slow one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keepmum {

// Searches some texts whose occurrences are known; takes a few milliseconds.
bool search_is_sound();

}  // namespace keepmum
