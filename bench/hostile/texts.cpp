// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/texts.h"

#include <functional>
#include <random>

namespace keepmum {

namespace {

using Pieces = std::vector<std::string>;

std::string repeat(std::string_view piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    return text;
}

std::string draw(std::string_view alphabet, std::size_t size, std::size_t word, std::string_view between, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) {
        if (word && i && i % word == 0) text += between;
        text += alphabet[random() % alphabet.size()];
    }
    return text;
}

std::string throw_together(Pieces const& pieces, std::size_t size, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < size) text += pieces[random() % pieces.size()];
    return text;
}

// A word of each kind that rules begin with, then what may stand behind, of lengths about those that are asked for.
std::string assignments(Pieces const& words, std::size_t size, std::uint32_t seed) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    Pieces const signs = {" = ", "=", ": \"", "='", " := ", "\": \"", " => ", "= "};
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < size) {
        text += words[random() % words.size()] + signs[random() % signs.size()];
        for (std::size_t left = random() % 48; left > 0; --left) text += letters[random() % letters.size()];
        if (random() % 3) text += "\"\n"[random() % 2];
    }
    return text;
}

Pieces with_letters(Pieces pieces) {
    for (char c = 'a'; c <= 'z'; ++c) pieces.emplace_back(1, c);
    return pieces;
}

struct Kind {
    char const* name;
    std::function<std::string(std::size_t size)> make;
};

std::vector<Kind> make_kinds(std::span<std::string const> all_keywords, std::uint32_t seed) {
    Pieces keywords(all_keywords.begin(), all_keywords.end());
    if (keywords.empty()) keywords.emplace_back("key");
    constexpr std::string_view digits = "0123456789", hex = "0123456789abcdef";
    constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    auto const drawn = [seed](std::string_view alphabet, std::size_t word = 0, std::string_view between = " ") {
        return [=](std::size_t size) { return draw(alphabet, size, word, between, seed); };
    };
    auto const repeated = [](std::string_view piece) { return [=](std::size_t size) { return repeat(piece, size); }; };
    auto const thrown = [seed](Pieces pieces) { return [=](std::size_t size) { return throw_together(pieces, size, seed); }; };
    Pieces const names = {"key", "secret", "token", "password", "api_key", "access_token", "auth", "credential", "pwd"};
    Pieces const signs = {"=", ":", "\"", "'", ".", " ", "_", "-"};
    Pieces words = names, soup;
    words.insert(words.end(), signs.begin(), signs.end());
    for (std::string const& word : keywords) soup.push_back(word + " = ");
    Pieces all = keywords;
    all.insert(all.end(), signs.begin(), signs.end());
    return {{"one run of digits", drawn(digits)},
            {"numbers of 18 digits, a line each", drawn(digits, 18, "\n")},
            {"numbers of 8 digits, comma", drawn(digits, 8, ",")},
            {"groups of 4 digits", drawn(digits, 4)},
            {"groups of 2 digits", drawn(digits, 2)},
            {"single digits", drawn(digits, 1)},
            {"hex dump", drawn(hex, 2)},
            {"base64 in one run", drawn(base64)},
            {"base64 in lines", drawn(base64, 76, "\n")},
            {"aaaa…", repeated("a")},
            {"key key key", repeated("key ")},
            {"keyword soup", thrown(soup)},
            {"-----BEGIN …", repeated("-----BEGIN PRIVATE KEY-----\n")},
            {"api_key=…", repeated("api_key = \"aB3dE5fG7hJ9kL1m\"\n")},
            {"mix: names and signs", thrown(words)},
            {"mix: names, signs and letters", thrown(with_letters(words))},
            {"mix: all keywords and signs", thrown(all)},
            {"mix: all keywords, letters", thrown(with_letters(all))},
            {"mix: assignments", [=](std::size_t size) { return assignments(names, size, seed); }},
            {"mix: assignments, all keywords", [=](std::size_t size) { return assignments(keywords, size, seed); }},
            {"mix: addresses", thrown(with_letters({"://", ":", "@", "/", "https", "postgres", ".", "?token=", "&sig=", "\n"}))},
            {"mix: pieces of tokens", thrown({"eyJ", ".", "-", "_", "ghp_", "sk-", "AKIA", "xox", "AIza", "0", "a", "Z", "9f", "\n"})},
            {"mix: pieces of keys", thrown({"-----", "BEGIN", " RSA", " PRIVATE KEY", "-----\n", "END", "MIIE", "\n", "aB0/"})},
            {"mix: Chinese names", thrown(with_letters({"密钥", "口令", "密码", "令牌", "：", "是", "为", "账号", "=", "“", "1", "0"}))},
            {"mix: digits and names", thrown({"iban ", "card ", "ssn ", "0", "1", "2", "47", "-", " ", "身份证", "tel ", "passport "})},
            {"mix: tables", thrown({"12", "345", ".", ",", "\t", "\n", "-", "/", "a@b.cn", "name", "2024-03-01", "DE89"})},
            {"mix: escapes", thrown({"%41", "&#65;", "\\x41", "\\u0041", "=41", "QUFB", "=", "61", "&amp;", " "})}};
}

}  // namespace

std::vector<std::string> hostile_kinds() {
    std::vector<std::string> names;
    for (Kind const& kind : make_kinds({}, 0)) names.emplace_back(kind.name);
    return names;
}

std::string make_hostile_text(std::string_view kind, std::size_t size, std::span<std::string const> keywords, std::uint32_t seed) {
    for (Kind const& one : make_kinds(keywords, seed)) {
        if (one.name == kind) return one.make(size);
    }
    return {};
}

}  // namespace keepmum
