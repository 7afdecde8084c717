// Texts for the tests of the register: sentences of made-up words, never the same twice.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "index/document.h"

namespace keepmum {

// Numbers by splitmix64 (Steele, Lea and Flood 2014): <random> would make every test's build slow.
class Dice {
  public:
    using result_type = std::uint64_t;
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~std::uint64_t{0}; }
    result_type operator()() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

  private:
    std::uint64_t state_;
};

class TextMaker {
  public:
    explicit TextMaker(unsigned seed) : random_(seed) {}

    std::string latin(std::size_t words) {
        std::string text;
        for (std::size_t i = 0; i < words; ++i) {
            std::size_t const letters = 2 + random_() % 8;
            for (std::size_t j = 0; j < letters; ++j) text += static_cast<char>('a' + random_() % 26);
            text += i % 12 == 11 ? ".\n" : " ";
        }
        return text;
    }
    std::string chinese(std::size_t characters) {
        std::string text;
        for (std::size_t i = 0; i < characters; ++i) {
            auto const c = static_cast<unsigned>(0x4E00 + random_() % 4000);
            text += static_cast<char>(0xE0 | c >> 12);
            text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (c & 0x3F));
            if (i % 20 == 19) text += "。\n";
        }
        return text;
    }
    Dice& random() { return random_; }

  private:
    Dice random_;
};

inline DocumentText one_part(std::string text) {
    DocumentText out;
    out.parts.push_back({"", Blob::take(std::move(text)), {}});
    return out;
}

inline DocumentFacts named(std::string name) {
    DocumentFacts facts;
    facts.name = std::move(name);
    facts.level = "secret";
    facts.added = "2026-01-02";
    return facts;
}

}  // namespace keepmum
