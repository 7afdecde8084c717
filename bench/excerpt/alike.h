// What bench_excerpt calls a quote: decided on the plain letters, by a method that shares nothing with the product's.
//
// Two texts share a quote where their best local alignment (Smith and Waterman 1981; +1 for each letter that agrees, -4
// for each one changed, lost or gained) reaches 50 Latin letters or 18 Chinese characters. Both numbers are taken from what the
// register is asked to find, not from what it reaches: of quotes of 100 Latin letters with 5 % errors 99 in 100 score 50
// or more; of 30 Chinese characters with 5 % errors nine in ten, as many as are to be found, score 18, and of 20 without error all do.
// A run of 50 letters (ten words) to the letter is thus a quote, and so are 100 letters of which ten differ; ten phrases of 40 letters
// each are none. bench_excerpt prints, beside what is recognised, which share of its quotes are quotes by this.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "index/normal.h"

inline constexpr int least_of_a_quote[2] = {50, 18};  // by keepmum::Stream

// The score of the best local alignment; stops at the first that reaches `enough`. Time: product of the lengths.
int best_alignment(std::string_view a, std::string_view b, int enough);
int best_alignment(std::u16string_view a, std::u16string_view b, int enough);

// The share of what makes a quote that two texts have: 1 or more where they share one.
double share_of_a_quote(keepmum::Letters const& a, keepmum::Letters const& b);
