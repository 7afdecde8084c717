// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"

#include <ctime>

#include "base/utf8.h"

namespace keepmum {

int value_of(char c) {
    if (is_digit(c)) return c - '0';
    return is_upper(c) ? c - 'A' + 10 : -1;
}

int number_at(std::string_view digits, std::size_t at, std::size_t length) {
    if (at > digits.size() || length > digits.size() - at || length > 9) return -1;
    int number = 0;
    for (char c : digits.substr(at, length)) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

int weighted_sum(std::string_view text, std::initializer_list<int> weights) {
    int sum = 0;
    std::size_t i = 0;
    for (int weight : weights) {
        if (i == text.size()) break;
        sum += value_of(text[i++]) * weight;
    }
    return sum;
}

bool passes_luhn(std::string_view text) {
    int sum = 0;
    bool twice = false;
    auto const add = [&](int digit) {
        int const product = twice ? digit * 2 : digit;
        sum += product > 9 ? product - 9 : product;
        twice = !twice;
    };
    for (std::size_t i = text.size(); i-- > 0;) {
        int const value = value_of(text[i]);
        if (value < 0) return false;
        add(value % 10);
        if (value > 9) add(value / 10);
    }
    return sum % 10 == 0;
}

int remainder_97(std::string_view text) {
    int remainder = 0;
    for (char c : text) {
        int const value = value_of(c);
        if (value < 0) return -1;
        remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
}

bool passes_mod_11_10(std::string_view digits) {
    int product = 10;
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        int sum = (product + value_of(digits[i])) % 10;
        if (sum == 0) sum = 10;
        product = sum * 2 % 11;
    }
    return (product + value_of(digits.back())) % 10 == 1;
}

bool passes_mod_11_2(std::string_view code) {
    int product = 0;
    for (std::size_t i = 0; i + 1 < code.size(); ++i) product = (product + value_of(code[i])) * 2 % 11;
    int const check = code.back() == 'X' ? 10 : value_of(code.back());
    return (product + check) % 11 == 1;
}

bool passes_verhoeff(std::string_view digits) {
    static constexpr unsigned char product[10][10] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
    static constexpr unsigned char turn[8][10] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7}, {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    unsigned check = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        char const c = digits[digits.size() - 1 - i];
        if (!is_digit(c)) return false;
        check = product[check][turn[i % 8][c - '0']];
    }
    return check == 0;
}

bool is_monotonous(std::string_view digits) {
    if (digits.size() < 3) return false;
    int const step = digits[1] - digits[0];
    if (step < -1 || step > 1) return false;
    for (std::size_t i = 1; i < digits.size(); ++i) {
        int const difference = digits[i] - digits[i - 1];
        // 9 is followed by 0 when counting up, and the other way round.
        if (difference != step && difference != step - 10 && difference != step + 10) return false;
    }
    return true;
}

namespace {

bool is_day(bool leap_year, int month, int day) {
    static constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return false;
    return leap_year || month != 2 || day < 29;
}

int this_year() {
    static int const year = [] {
        std::time_t const now = std::time(nullptr);
        std::tm parts{};
        gmtime_r(&now, &parts);
        return parts.tm_year + 1900;
    }();
    return year;
}

}  // namespace

bool is_birth_date(int year, int month, int day) {
    if (year < 1900 || year > this_year()) return false;
    return is_day((year % 4 == 0 && year % 100 != 0) || year % 400 == 0, month, day);
}

bool is_short_date(int year_in_century, int month, int day) {
    return year_in_century >= 0 && is_day(year_in_century % 4 == 0, month, day);
}

}  // namespace keepmum
