// Classes of words that mean the same to a phrase ("photo": photo, picture, snap, 照片, 拍一张), and where they
// stand in a sentence.
//
// An entry is a word or several in a row. A Latin word is known in its usual endings too (photo, photos; send,
// sending);
// `=word` takes it as it stands, `word*` takes every word that begins so, `#` is any number, `{other}` takes in
// another class. All entries go into one tree of words, walked from each word of a sentence: time is linear in the
// sentence. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "packs/signs/spoken.h"

namespace keepmum {

// A class that occurs in a sentence.
struct Occurrence {
    std::uint16_t word_class = 0;
    std::uint32_t first = 0, last = 0;  // words of Spoken, `last` excluded
};

class Vocabulary {
  public:
    static constexpr std::size_t most_classes = 16384;

    // The number of the class; it is made where it is not there yet. Fault::invalid where there are too many.
    Result<std::uint16_t> add_class(std::string const& name);
    // npos where there is none.
    static constexpr std::uint16_t none = 0xffff;
    std::uint16_t find_class(std::string_view name) const;
    std::size_t classes() const { return names_.size(); }

    // One entry of a class, not a reference to another one.
    Result<> add_entry(std::uint16_t word_class, std::string_view entry);

    // The entries of `from` become entries of `word_class` too.
    Result<> add_class_entries(std::uint16_t word_class, std::uint16_t from);

    // Called once, after the last entry.
    void finish();

    using Symbol = std::uint32_t;
    struct Work {  // memory that is used again
        std::vector<Symbol> symbols;
        std::vector<std::uint32_t> starts, nodes, next;
    };
    // All occurrences in the sentence, sorted by first word; appended to `found`.
    void find(Spoken const& spoken, SpokenSentence sentence, Work& work, std::vector<Occurrence>& found) const;

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Edge {
        std::uint64_t key = ~0ull;  // node << 32 | symbol
        std::uint32_t to = 0;
    };

    Symbol symbol_of(std::string_view word, bool exact);
    void add_surface(std::string surface, Symbol symbol);
    void add_endings(std::string const& word, Symbol symbol);
    std::uint32_t child(std::uint32_t node, Symbol symbol);
    std::uint32_t step(std::uint32_t node, Symbol symbol) const;
    void read_symbols(Spoken const& spoken, SpokenSentence sentence, Work& work) const;

    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> entries_;  // by class, until finished
    std::map<std::string, std::uint16_t, std::less<>> numbers_;
    std::unordered_map<std::string, Symbol, TextHash, std::equal_to<>> words_;  // as entries give them
    std::unordered_map<std::string, std::vector<Symbol>, TextHash, std::equal_to<>> surfaces_;  // as texts have them
    std::vector<std::pair<std::string, Symbol>> beginnings_;  // of `word*`, sorted once finished
    std::map<std::uint64_t, std::uint32_t> growing_;
    std::vector<Edge> edges_;                       // open addressing, a power of two
    std::vector<std::vector<std::uint16_t>> ends_;  // by node: classes with an entry that ends here
    Symbol next_ = 16;
};

}  // namespace keepmum
