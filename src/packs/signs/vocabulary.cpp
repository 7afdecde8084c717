// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/vocabulary.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::uint32_t number_symbol = 1, pause_symbol = 2, sign_flag = 0x8000'0000;
constexpr std::size_t longest_entry = 16;  // words

std::uint64_t scatter(std::uint64_t key) {
    key *= 0x9E37'79B9'7F4A'7C15ull;
    return key ^ (key >> 29);
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

}  // namespace

Result<std::uint16_t> Vocabulary::add_class(std::string const& name) {
    if (auto const found = numbers_.find(name); found != numbers_.end()) return found->second;
    if (names_.size() >= most_classes)
        return fail(Fault::invalid, "more than " + std::to_string(most_classes) + " classes of words");
    auto const number = static_cast<std::uint16_t>(names_.size());
    names_.push_back(name);
    entries_.emplace_back();
    numbers_.emplace(name, number);
    return number;
}

std::uint16_t Vocabulary::find_class(std::string_view name) const {
    auto const found = numbers_.find(name);
    return found == numbers_.end() ? none : found->second;
}

Vocabulary::Symbol Vocabulary::symbol_of(std::string_view word, bool exact) {
    std::string const key = (exact ? "=" : "") + std::string(word);
    if (auto const found = words_.find(key); found != words_.end()) return found->second;
    Symbol const symbol = next_++;
    words_.emplace(key, symbol);
    add_surface(std::string(word), symbol);
    if (!exact && word.size() >= 3 && is_ascii(word)) add_endings(std::string(word), symbol);
    return symbol;
}

void Vocabulary::add_surface(std::string surface, Symbol symbol) {
    std::vector<Symbol>& known = surfaces_[std::move(surface)];
    if (std::find(known.begin(), known.end(), symbol) == known.end()) known.push_back(symbol);
}

// Endings of English nouns and verbs, some of which no word has; those do no harm.
void Vocabulary::add_endings(std::string const& word, Symbol symbol) {
    char const last = word.back();
    std::string const stem = word.substr(0, word.size() - 1);
    add_surface(word + "s", symbol);
    if (last == 'e') {
        for (char const* ending : {"d", "r", "rs"}) add_surface(word + ending, symbol);
        add_surface(stem + "ing", symbol);
        return;
    }
    if (last == 'y' && word.size() > 3 && !is_vowel(word[word.size() - 2])) {
        for (char const* ending : {"ies", "ied"}) add_surface(stem + ending, symbol);
        add_surface(word + "ing", symbol);
        return;
    }
    if (last == 's' || last == 'x' || last == 'z' || last == 'h') add_surface(word + "es", symbol);
    for (char const* ending : {"ed", "ing", "er", "ers", "ings"}) add_surface(word + ending, symbol);
    bool const doubles = !is_vowel(last) && last != 'w' && last != 'y' && is_vowel(word[word.size() - 2]) &&
                         (word.size() < 3 || !is_vowel(word[word.size() - 3]));
    if (!doubles) return;
    for (char const* ending : {"ed", "ing", "er"}) add_surface(word + last + ending, symbol);
}

std::uint32_t Vocabulary::child(std::uint32_t node, Symbol symbol) {
    auto const [at, fresh] =
        growing_.try_emplace(std::uint64_t{node} << 32 | symbol, static_cast<std::uint32_t>(ends_.size()));
    if (fresh) ends_.emplace_back();
    return at->second;
}

Result<> Vocabulary::add_entry(std::uint16_t word_class, std::string_view entry) {
    if (ends_.empty()) ends_.emplace_back();
    std::uint32_t node = 0;
    std::size_t words = 0;
    for (std::size_t at = 0; at < entry.size();) {
        std::size_t const blank = entry.find(' ', at);
        std::string_view piece = entry.substr(at, blank - at);
        at = blank == std::string_view::npos ? entry.size() : blank + 1;
        if (piece.empty()) continue;
        if (piece == "#") {
            node = child(node, number_symbol);
            ++words;
            continue;
        }
        bool const exact = piece.size() > 1 && piece.front() == '=',
                   beginning = piece.size() > 1 && piece.back() == '*';
        if (exact) piece.remove_prefix(1);
        if (beginning) piece.remove_suffix(1);
        Spoken spoken;
        read_spoken(piece, spoken);
        for (SpokenWord const& word : spoken.words) {
            Symbol symbol = 0;
            switch (word.what) {
                case SpokenWord::What::number: symbol = number_symbol; break;  // any number, as # does
                case SpokenWord::What::pause:
                    return fail(Fault::invalid, "'" + std::string(entry) + "' holds a comma or bracket");
                case SpokenWord::What::sign: symbol = sign_flag | word.sign; break;
                case SpokenWord::What::word:
                    if (beginning && &word == &spoken.words.back()) {
                        std::string const letters = std::string(spoken.letters(word)) + "*";
                        auto const [known, fresh] = words_.try_emplace(letters, next_);
                        if (fresh) {
                            beginnings_.emplace_back(spoken.letters(word), next_);
                            ++next_;
                        }
                        symbol = known->second;
                    } else {
                        symbol = symbol_of(spoken.letters(word), exact);
                    }
            }
            node = child(node, symbol);
            ++words;
        }
    }
    if (words == 0 || words > longest_entry)
        return fail(Fault::invalid, "'" + std::string(entry) + "' is no word, or has more than 16");
    std::vector<std::uint16_t>& ends = ends_[node];
    if (std::find(ends.begin(), ends.end(), word_class) == ends.end()) ends.push_back(word_class);
    entries_[word_class].emplace_back(entry);
    return {};
}

Result<> Vocabulary::add_class_entries(std::uint16_t word_class, std::uint16_t from) {
    std::vector<std::string> const entries = entries_[from];
    for (std::string const& entry : entries) TRY(add_entry(word_class, entry));
    return {};
}

void Vocabulary::finish() {
    std::sort(beginnings_.begin(), beginnings_.end());
    std::size_t size = 16;
    while (size < growing_.size() * 3) size *= 2;
    edges_.assign(size, {});
    for (auto const& [key, to] : growing_) {
        std::size_t at = scatter(key) & (size - 1);
        while (edges_[at].key != ~0ull) at = (at + 1) & (size - 1);
        edges_[at] = {key, to};
    }
    growing_.clear();
    entries_.clear();
    if (ends_.empty()) ends_.emplace_back();
}

std::uint32_t Vocabulary::step(std::uint32_t node, Symbol symbol) const {
    std::uint64_t const key = std::uint64_t{node} << 32 | symbol;
    std::size_t const mask = edges_.size() - 1;
    for (std::size_t at = scatter(key) & mask;; at = (at + 1) & mask) {
        if (edges_[at].key == key) return edges_[at].to;
        if (edges_[at].key == ~0ull) return 0;
    }
}

void Vocabulary::read_symbols(Spoken const& spoken, SpokenSentence sentence, Work& work) const {
    auto& [symbols, starts, nodes, next] = work;
    symbols.clear();
    starts.clear();
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        SpokenWord const& word = spoken.words[i];
        starts.push_back(static_cast<std::uint32_t>(symbols.size()));
        if (word.what == SpokenWord::What::sign) symbols.push_back(sign_flag | word.sign);
        if (word.what == SpokenWord::What::number) symbols.push_back(number_symbol);
        if (word.what == SpokenWord::What::pause) symbols.push_back(pause_symbol);
        if (word.what != SpokenWord::What::word) continue;
        std::string_view const letters = spoken.letters(word);
        if (auto const found = surfaces_.find(letters); found != surfaces_.end())
            symbols.insert(symbols.end(), found->second.begin(), found->second.end());
        // A beginning sorts before the words that begin so; between them stand only such that begin with it too, or
        // others of its first letters.
        for (std::size_t size = 3; size <= std::min<std::size_t>(letters.size(), 12) && !beginnings_.empty();
             ++size) {
            auto const at =
                std::lower_bound(beginnings_.begin(), beginnings_.end(), letters.substr(0, size),
                                 [](auto const& pair, std::string_view text) { return pair.first < text; });
            if (at == beginnings_.end() || !at->first.starts_with(letters.substr(0, size))) break;
            if (at->first.size() == size) symbols.push_back(at->second);
        }
    }
    starts.push_back(static_cast<std::uint32_t>(symbols.size()));
}

void Vocabulary::find(Spoken const& spoken, SpokenSentence sentence, Work& work,
                      std::vector<Occurrence>& found) const {
    auto& [symbols, starts, nodes, next] = work;
    read_symbols(spoken, sentence, work);
    std::uint32_t const words = sentence.last - sentence.first;
    for (std::uint32_t begin = 0; begin < words; ++begin) {
        nodes.assign(1, 0);
        for (std::uint32_t at = begin; at < words && at - begin < longest_entry && !nodes.empty(); ++at) {
            next.clear();
            for (std::uint32_t const node : nodes) {
                for (std::uint32_t i = starts[at]; i < starts[at + 1]; ++i) {
                    std::uint32_t const to = step(node, symbols[i]);
                    if (to == 0 || next.size() >= 8) continue;
                    next.push_back(to);
                    for (std::uint16_t const word_class : ends_[to])
                        found.push_back({word_class, sentence.first + begin, sentence.first + at + 1});
                }
            }
            nodes.swap(next);
        }
    }
}

}  // namespace keepmum
