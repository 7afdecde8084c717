// Made-up people for the tests of tables: names, telephones and accounts that belong to nobody.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// The same numbers on every machine.
class MadeRandom {
  public:
    explicit MadeRandom(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ull + 1) {}
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_ * 0x2545f4914f6cdd1dull >> 11;
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  private:
    std::uint64_t state_;
};

inline std::string made_name(MadeRandom& random) {
    static constexpr std::string_view begins[] = {
        "Al", "Ber", "Cor", "Dan", "El", "Fer", "Gus", "Hel",
        "Is", "Jo", "Kar", "Lin", "Mar", "Nor", "Ol", "Per"};
    static constexpr std::string_view middles[] = {
        "a", "be", "di", "fo", "ga", "i", "ka", "lo",
        "mi", "ne", "o", "ri", "sa", "te", "u", "vi"};
    static constexpr std::string_view ends[] = {
        "n", "ra", "s", "th", "lia", "rd", "na", "ck",
        "sen", "man", "ton", "ley", "field", "ski", "ov", "dez"};
    auto one = [&](auto const& list) { return list[random.below(16)]; };
    std::string name;
    name += one(begins);
    name += one(middles);
    name += one(ends);
    name += ' ';
    name += one(begins);
    name += one(middles);
    name += one(middles);
    name += one(ends);
    return name;
}

inline std::string made_chinese_name(MadeRandom& random) {
    static constexpr std::u16string_view families = u"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
    static constexpr std::u16string_view given = u"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞鹏浩宇轩梓涵欣怡雨泽晨思睿嘉";
    std::string name;
    auto put = [&](char16_t c) {
        name += static_cast<char>(0xe0 | c >> 12);
        name += static_cast<char>(0x80 | (c >> 6 & 63));
        name += static_cast<char>(0x80 | (c & 63));
    };
    put(families[random.below(families.size())]);
    put(given[random.below(given.size())]);
    if (random.below(3) > 0) put(given[random.below(given.size())]);
    return name;
}

inline std::string made_digits(MadeRandom& random, std::size_t count) {
    std::string digits(1, static_cast<char>('1' + random.below(9)));
    while (digits.size() < count) digits += static_cast<char>('0' + random.below(10));
    return digits;
}

struct MadePerson {
    std::string name, phone, account;
};

// The person of that number; `world` parts one population from another.
inline MadePerson made_person(std::uint64_t number, std::uint64_t world = 0) {
    MadeRandom random(number * 2654435761u + world * 0x51ed27ull + 77);
    for (int i = 0; i < 4; ++i) random.next();
    MadePerson person;
    person.name = random.below(2) == 0 ? made_name(random) : made_chinese_name(random);
    person.phone = "13" + made_digits(random, 9);
    person.account = made_digits(random, 12);
    return person;
}

}  // namespace keepmum
