// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/canary.h"

#include <algorithm>
#include <bitset>
#include <cstring>
#include <memory>
#include <set>
#include <unordered_map>

namespace keepmum {

namespace {

std::size_t count_distinct(std::string_view bytes) {
    std::bitset<256> seen;
    for (char c : bytes) seen.set(static_cast<unsigned char>(c));
    return seen.count();
}

// Words gathered from pieces; what every copy has anyway is none.
class Harvest {
  public:
    explicit Harvest(std::string_view in_every_copy) : in_every_copy_(in_every_copy) {}

    void add(std::string_view word) {
        if (words_.size() < most_canaries && in_every_copy_.find(word) == std::string_view::npos) words_.emplace(word);
    }
    void add_word(std::string_view word) {
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        word = word.substr(0, most_canary);
        // Fewer than three different characters is padding, and stands in any plain surface.
        if (word.size() >= least_canary && count_distinct(word) >= 3) add(word);
    }
    std::vector<std::string> take() const { return {words_.begin(), words_.end()}; }

  private:
    std::string_view in_every_copy_;
    std::set<std::string, std::less<>> words_;
};

bool is_letter(unsigned char c) { return c >= 0x20 && c != 0x7F; }

// Runs of printable characters; UTF-8 and other charsets beyond ASCII count as such.
void add_runs(Harvest& harvest, std::string_view bytes) {
    std::size_t from = 0;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
        // What is no letter ends a run; so does markup, whose tags would part a value from itself.
        bool const letter = at < bytes.size() && is_letter(static_cast<unsigned char>(bytes[at])) && bytes[at] != '<' && bytes[at] != '>'
            && bytes[at] != '"';
        if (letter) continue;
        std::string_view const run = bytes.substr(from, at - from);
        // Binary data has short runs by chance: those of bytes beyond ASCII count only as long ones.
        bool const plain = std::all_of(run.begin(), run.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (plain || run.size() >= 12) harvest.add_word(run);
        from = at + 1;
    }
}

// Letters of UTF-16 in either order, where they are ASCII.
void add_wide_runs(Harvest& harvest, std::string_view bytes) {
    for (std::size_t start : {0u, 1u}) {
        std::string run;
        for (std::size_t at = start; at + 1 < bytes.size() + 2; at += 2) {
            bool const inside = at + 1 < bytes.size();
            bool const letter = inside && bytes[at + 1] == 0 && is_letter(static_cast<unsigned char>(bytes[at]))
                && static_cast<unsigned char>(bytes[at]) < 0x80;
            if (letter) {
                run.push_back(bytes[at]);
                continue;
            }
            harvest.add_word(run);
            run.clear();
        }
    }
}

void add_words(Harvest& harvest, std::string_view bytes) {
    add_runs(harvest, bytes);
    add_wide_runs(harvest, bytes);
}

// Values of a TIFF structure that are no text: numbers of eight bytes and more a value, such as a position's.
void add_numbers(Harvest& harvest, std::string_view exif) {
    if (exif.size() < 8) return;
    bool const little = exif[0] == 'I';
    auto const number = [&](std::size_t at, std::size_t size) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size && at + i < exif.size(); ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(exif[at + i])} << 8 * (little ? i : size - 1 - i);
        }
        return value;
    };
    std::vector<std::uint64_t> directories = {number(4, 4)};
    std::set<std::uint64_t> seen;
    while (!directories.empty() && seen.size() < 64) {
        std::uint64_t const directory = directories.back();
        directories.pop_back();
        if (directory + 2 > exif.size() || !seen.insert(directory).second) continue;
        std::uint64_t const count = number(directory, 2);
        std::uint64_t at = directory + 2;
        for (std::uint64_t i = 0; i < count && at + 12 <= exif.size(); ++i, at += 12) {
            std::uint64_t const tag = number(at, 2), type = number(at + 2, 2), values = number(at + 4, 4), place = number(at + 8, 4);
            if (tag == 0x8769 || tag == 0x8825 || tag == 0xA005 || tag == 0x14A) directories.push_back(place);
            bool const wide = type == 5 || type == 10 || type == 12;  // rational, signed rational, double
            if (!wide || values == 0 || values > 16 || place > exif.size() || values * 8 > exif.size() - place) continue;
            std::string_view const value = exif.substr(place, values * 8);
            if (count_distinct(value) >= 5) harvest.add(value.substr(0, most_canary));
        }
        directories.push_back(number(at, 4));
    }
}

// Three windows of a hidden picture's or unknown bytes.
void add_windows(Harvest& harvest, std::string_view bytes) {
    constexpr std::size_t window = 24;
    for (std::size_t part = 1; part <= 3 && bytes.size() >= 4 * window; ++part) {
        std::string_view const some = bytes.substr(bytes.size() * part / 4, window);
        if (count_distinct(some) >= 12) harvest.add(some);
    }
}

// Finds which of many words start where: by a table of their first two bytes, which is small enough to cost next to nothing
// where none starts, then by one of their first bytes.
class Finder {
  public:
    void add(std::string_view form, std::size_t word) {
        if (form.size() < least_canary) return;
        forms_.emplace_back(form, word);
    }
    void build() {
        marks_ = std::make_unique<std::bitset<bits>>();
        for (std::size_t i = 0; i < forms_.size(); ++i) {
            std::uint64_t const key = key_of(forms_[i].first.data());
            marks_->set(slot(key));
            pairs_.set(pair_of(forms_[i].first.data()));
            by_key_[key].push_back(i);
        }
    }
    template <class Found>
    void search(std::string_view haystack, Found const& found) const {
        for (std::size_t at = 0; at + least_canary <= haystack.size(); ++at) {
            if (!pairs_[pair_of(haystack.data() + at)]) continue;
            std::uint64_t const key = key_of(haystack.data() + at);
            if (!marks_->test(slot(key))) continue;
            auto const forms = by_key_.find(key);
            if (forms == by_key_.end()) continue;
            for (std::size_t form : forms->second) {
                if (haystack.substr(at).starts_with(forms_[form].first)) found(forms_[form].second);
            }
        }
    }

  private:
    static constexpr std::size_t bits = 1u << 20;
    static std::uint64_t key_of(char const* at) {
        std::uint64_t key = 0;
        std::memcpy(&key, at, least_canary);
        return key;
    }
    static std::uint16_t pair_of(char const* at) {
        std::uint16_t pair = 0;
        std::memcpy(&pair, at, sizeof pair);
        return pair;
    }
    static std::size_t slot(std::uint64_t key) { return key * 0x9E3779B97F4A7C15ull >> 44; }

    std::vector<std::pair<std::string, std::size_t>> forms_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_key_;
    std::bitset<65536> pairs_;
    std::unique_ptr<std::bitset<bits>> marks_;
};

std::string encode_base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t held = 0, filled = 0;
    for (char c : bytes) {
        held = held << 8 | static_cast<unsigned char>(c);
        for (filled += 8; filled >= 6; filled -= 6) out.push_back(letters[held >> (filled - 6) & 63]);
    }
    if (filled > 0) out.push_back(letters[held << (6 - filled) & 63]);
    return out;
}

// The characters of base64 that depend on the word alone, where it starts `before` bytes behind a full group.
std::string in_base64(std::string_view word, std::size_t before) {
    std::string const text = encode_base64(std::string(before, '\0') + std::string(word));
    std::size_t const from = before == 0 ? 0 : before + 1, to = (before + word.size()) * 8 / 6;
    return text.substr(from, to - from);
}

void add_forms(Finder& finder, std::string_view word, std::size_t number) {
    finder.add(word, number);
    std::string little, big;
    for (char c : word) {
        little.append({c, '\0'});
        big.append({'\0', c});
    }
    finder.add(little, number);
    finder.add(big, number);
    for (std::size_t before = 0; before < 3; ++before) finder.add(in_base64(word, before), number);
}

}  // namespace

std::vector<std::string> harvest(Walk const& walk, std::string_view in_every_copy, std::string_view file) {
    Harvest harvest(in_every_copy);
    // A TIFF is itself what is a piece elsewhere: a structure of tags.
    bool const tiff = walk.media == "image/tiff";
    if (tiff) add_numbers(harvest, file);
    for (Owned const& part : walk.map) {
        if (tiff && part.owner == Owner::metadata) add_words(harvest, file.substr(part.offset, part.size));
    }
    for (Piece const& piece : walk.pieces) {
        if (piece.what == Piece::What::rows || piece.what == Piece::What::icc) continue;
        if (piece.what == Piece::What::picture || piece.what == Piece::What::unknown) add_windows(harvest, piece.bytes);
        if (piece.what == Piece::What::exif) add_numbers(harvest, piece.bytes);
        add_words(harvest, piece.bytes);
    }
    return harvest.take();
}

std::vector<std::string> find_canaries(std::vector<std::string> const& canaries, std::string_view haystack) {
    Finder finder;
    for (std::size_t i = 0; i < canaries.size(); ++i) add_forms(finder, canaries[i], i);
    finder.build();
    std::set<std::size_t> found;
    finder.search(haystack, [&](std::size_t number) { found.insert(number); });
    std::vector<std::string> out;
    for (std::size_t number : found) out.push_back(canaries[number]);
    return out;
}

std::string write_canaries(std::vector<std::string> const& canaries) {
    std::string out;
    for (std::string const& canary : canaries) {
        out.push_back(static_cast<char>(canary.size()));
        out += canary;
    }
    return out;
}

std::optional<std::vector<std::string>> read_canaries(std::string_view bytes) {
    std::vector<std::string> out;
    while (!bytes.empty()) {
        std::size_t const size = static_cast<unsigned char>(bytes.front());
        if (size < least_canary || size > most_canary || size >= bytes.size() || out.size() >= most_canaries) return {};
        out.emplace_back(bytes.substr(1, size));
        bytes.remove_prefix(size + 1);
    }
    return out;
}

}  // namespace keepmum
