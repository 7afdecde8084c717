// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/word_index.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t block_size = 1024;
constexpr std::size_t margin = 128;  // bytes beyond a block in which its words may end
constexpr std::size_t most_held = 8192;

// Lower case for the scripts our words are written in: Latin, Greek, Cyrillic.
char32_t lower(char32_t c) {
    if (c < 0x80) return static_cast<unsigned char>(to_lower(static_cast<char>(c)));
    bool const by_32 = (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
                       (c >= 0x410 && c <= 0x42F);
    if (by_32) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x100 && c <= 0x137) return c | 1;
    if (c >= 0x139 && c <= 0x148) return c % 2 ? c + 1 : c;
    if (c >= 0x14A && c <= 0x177) return c | 1;
    return c;
}

bool parts_words(char32_t c) {
    return c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000;
}

bool joins_word(char32_t c) { return is_word(c) && !is_cjk(c); }

std::size_t character_before(std::string_view text, std::size_t at) {
    --at;
    for (int tail = 0; tail < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++tail) --at;
    return at;
}

unsigned hash_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 31u + static_cast<unsigned char>(second) * 7u) & 255u;
}

bool has_letters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 'A'; });
}

}  // namespace

// Writes a block: each byte of the folded text with where it came from.
class WordIndex::Folder {
  public:
    // A byte of text gives three at most: a bad one becomes U+FFFD, a capital a space and a letter.
    explicit Folder(std::size_t size) : folded_(3 * size + 4, '\0'), source_(3 * size + 4) {}

    void put(char c, std::size_t at) {
        folded_[size_] = c;
        source_[size_++] = static_cast<std::uint32_t>(at);
    }
    void part(std::size_t at) {
        if (size_ > 0 && folded_[size_ - 1] != ' ') put(' ', at);
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }

    void finish(std::size_t end, Block& block) {
        source_[size_] = static_cast<std::uint32_t>(end);
        block.folded.assign(folded_, 0, size_);
        block.source.assign(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(size_) + 1);
    }

  private:
    std::string folded_;
    std::vector<std::uint32_t> source_;
    std::size_t size_ = 0;
};

// Folds text from `from` to `to`: lower case, separators as single spaces, camelCase parted. Words
// may begin from `begin` on.
void WordIndex::fold(std::string_view text, std::size_t from, std::size_t to, std::size_t begin, Block& block) {
    if (!has_letters(text.substr(from, to - from))) return;
    Folder out(to - from);
    char last = ' ';  // what stands before, if it is ASCII
    for (std::size_t at = from; at < to;) {
        char const c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            if (parts_words(static_cast<unsigned char>(c))) {
                out.part(at);
            } else {
                bool const hump = is_upper(c) && is_lower(last);
                if (hump) out.put(' ', at);
                if (is_alpha(c) && at >= begin && (hump || !is_alpha(last))) block.starts.push_back(out.size());
                out.put(to_lower(c), at);
            }
            last = c;
            ++at;
            continue;
        }
        CodePoint const point = decode_utf8(text, at);
        if (parts_words(point.value)) {
            out.part(at);
        } else {
            if (at >= begin && !is_alpha(last)) block.starts.push_back(out.size());
            std::string letter;
            append_utf8(letter, lower(point.value));
            for (char const byte : letter) out.put(byte, at);
        }
        last = ' ';
        at += point.length;
    }
    out.finish(to, block);
}

WordIndex::Block& WordIndex::block_at(std::size_t number) {
    if (blocks_.empty()) blocks_.resize(text_.size() / block_size + 1);
    if (blocks_[number]) return *blocks_[number];
    if (held_ == most_held) {
        for (std::unique_ptr<Block>& block : blocks_) block.reset();
        held_ = 0;
        last_ = nullptr;
    }
    ++held_;
    blocks_[number] = std::make_unique<Block>();
    std::size_t const begin = number * block_size;
    std::size_t const from = begin - std::min(begin, std::size_t{16});
    std::size_t to = std::min(begin + block_size + margin, text_.size());
    while (to < text_.size() && (static_cast<unsigned char>(text_[to]) & 0xC0) == 0x80 && to < begin + block_size + margin + 4) ++to;
    fold(text_, from, to, begin, *blocks_[number]);
    return *blocks_[number];
}

WordIndex::List& WordIndex::list_of(Words words) {
    auto const [at, is_new] = lists_.try_emplace(words.data());
    for (std::size_t i = 0; is_new && i < words.size(); ++i) {
        unsigned const hash = hash_of(words[i][0], words[i].size() > 1 ? words[i][1] : '\0');
        at->second.starts[hash / 64] |= std::uint64_t{1} << hash % 64;
    }
    return at->second;
}

std::vector<WordIndex::Place> WordIndex::search(Block const& block, List const& list, Words words) {
    std::vector<Place> places;
    std::string_view const text = block.folded;
    for (std::uint32_t const start : block.starts) {
        if (start + 1 >= text.size()) break;
        unsigned const hash = hash_of(text[start], text[start + 1]);
        if (!(list.starts[hash / 64] >> hash % 64 & 1)) continue;
        std::string_view const here = text.substr(start);
        for (std::uint16_t i = 0; i < words.size(); ++i) {
            std::string_view const word = words[i];
            if (!here.starts_with(word)) continue;
            std::size_t const end = start + word.size();
            std::size_t const plural = end + (end < text.size() && text[end] == 's');
            Place place{block.source[start], block.source[end], block.source[plural], i};
            if (joins_word(decode_utf8(word, 0).value)) {
                place.joined_before =
                    start > 0 && joins_word(decode_utf8(text, character_before(text, start)).value);
                place.joined_after = plural < text.size() && joins_word(decode_utf8(text, plural).value);
            }
            places.push_back(place);
        }
    }
    return places;
}

std::vector<WordIndex::Place> const& WordIndex::places_in(std::size_t number, Words words) {
    if (last_ && last_list_ == words.data() && last_number_ == number) return *last_;
    Block& block = block_at(number);
    last_list_ = words.data();
    last_number_ = number;
    static std::vector<Place> const none;
    if (block.starts.empty()) return *(last_ = &none);
    auto const [at, is_new] = block.found.try_emplace(words.data());
    if (is_new) at->second = search(block, list_of(words), words);
    return *(last_ = &at->second);
}

std::span<WordIndex::Place const> WordIndex::find(Span span, Words words) {
    auto const part = [&](std::vector<Place> const& places) {
        auto const before = [](Place const& place, std::uint64_t at) { return place.begin < at; };
        auto const first = std::lower_bound(places.begin(), places.end(), span.begin, before);
        return std::span<Place const>(first, std::lower_bound(first, places.end(), span.end, before));
    };
    std::size_t const number = span.begin / block_size, last = span.end / block_size;
    std::span<Place const> const left = part(places_in(number, words));
    if (last == number) return left;
    joined_.assign(left.begin(), left.end());
    std::span<Place const> const right = part(places_in(last, words));
    joined_.insert(joined_.end(), right.begin(), right.end());
    return joined_;
}

Span WordIndex::quiet_around(Span span, Words words) {
    std::size_t const first = span.begin / block_size, last = span.end / block_size;
    for (std::size_t number = first; number <= last; ++number) {
        if (!places_in(number, words).empty()) return {};
    }
    return {first * block_size, (last + 1) * block_size};
}

std::size_t WordIndex::find_in_name(std::size_t number, std::string_view name, Words words) {
    List& list = list_of(words);
    auto const [at, is_new] = list.in_names.try_emplace(number, std::string_view::npos);
    if (!is_new) return at->second;
    Block block;
    fold(name, 0, name.size(), 0, block);
    for (Place const& place : search(block, list, words)) {
        if (place.lies_in({0, name.size()})) at->second = std::min<std::size_t>(at->second, place.word);
    }
    return at->second;
}

}  // namespace keepmum
