// Check digits and dates, as the numbering standards share them. All take strings that consist of
// the characters named; none allocates.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string_view>

namespace keepmum {

// 0-35 for 0-9 A-Z, -1 for anything else.
int value_of(char c);

// The number that `length` digits from `at` write; -1 where one is no digit. `length` at most 9.
int number_at(std::string_view digits, std::size_t at, std::size_t length);

// Sum of value_of(text[i]) × weights[i] over the shorter of the two.
int weighted_sum(std::string_view text, std::initializer_list<int> weights);

// ISO/IEC 7812-1 annex B, over digits; letters count as their value (10-35), digit by digit.
bool passes_luhn(std::string_view text);

// ISO 7064 MOD 97-10 over 0-9 A-Z: the remainder, 1 where the check digits agree.
int remainder_97(std::string_view text);

// ISO 7064 MOD 11,10 over digits, check digit last.
bool passes_mod_11_10(std::string_view digits);

// ISO 7064 MOD 11-2 over digits, check character (0-9 X) last.
bool passes_mod_11_2(std::string_view code);

// Verhoeff's dihedral check over digits, check digit last.
bool passes_verhoeff(std::string_view digits);

// All characters are the same, or they count up or down by one: nobody's number.
bool is_monotonous(std::string_view digits);

// A day of the Gregorian calendar, not before 1900 and not after this year.
bool is_birth_date(int year, int month, int day);

// The same where the century is not written: month and day fit, 29 February in leap years.
bool is_short_date(int year_in_century, int month, int day);

}  // namespace keepmum
