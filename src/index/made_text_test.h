// Texts for the tests of the register: sentences of made-up words, never the same twice.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <string>

#include "index/document.h"

namespace keepmum {

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
    std::mt19937& random() { return random_; }

  private:
    std::mt19937 random_;
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
