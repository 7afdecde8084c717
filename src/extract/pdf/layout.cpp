// Walks poppler's flows, blocks, lines and words; its own writer gives no positions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/layout.h"

#include <poppler/TextOutputDev.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "base/utf8.h"

namespace keepmum::pdf {

namespace {

std::int32_t hundredths(double points) {
    return static_cast<std::int32_t>(std::lround(std::clamp(points, -1e6, 1e6) * 100));
}

Mark mark_box(std::size_t at, double left, double top, double right, double bottom) {
    return {static_cast<std::uint32_t>(at), Mark::What::box, hundredths(left), hundredths(top),
            hundredths(right - left), hundredths(bottom - top)};
}

bool is_right_to_left(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
}

// Lines come in the order of the eye from left to right; runs of Hebrew and Arabic are turned round.
void turn_round(std::u32string& line) {
    for (std::size_t begin = 0; begin < line.size(); ++begin) {
        if (!is_right_to_left(line[begin])) continue;
        std::size_t end = begin + 1, last = begin + 1;
        for (; end < line.size(); ++end) {
            if (is_right_to_left(line[end])) {
                last = end + 1;
            } else if (line[end] < 0x80 && is_alnum(static_cast<char>(line[end]))) {
                break;
            }
        }
        std::reverse(line.begin() + begin, line.begin() + last);
        begin = last - 1;
    }
}

struct Writer {
    Passage passage;
    std::vector<PlacedWord>& placed;
    std::int32_t paragraphs = 0;

    void line(TextLine const& line, bool joins) {
        std::u32string turned;
        for (TextWord const* word = line.getWords(); word; word = word->getNext()) {
            double left, top, right, bottom;
            word->getBBox(&left, &top, &right, &bottom);
            passage.marks.push_back(mark_box(passage.text.size(), left, top, right, bottom));
            std::size_t const begin = passage.text.size();
            bool const last = !word->getNext();
            int const length = word->getLength() - (last && joins ? 1 : 0);
            for (int i = 0; i < length; ++i) {
                char32_t const c = static_cast<char32_t>(*word->getChar(i));
                if (is_right_to_left(c) && turned.empty()) turned.push_back(0);
                append_utf8(passage.text, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
            }
            Box const box{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right), static_cast<float>(bottom)};
            placed.push_back({box, {begin, passage.text.size()}});
            if (!last && word->hasSpaceAfter()) passage.text.push_back(' ');
        }
        if (!turned.empty()) turn_line();
        if (!joins) passage.text.push_back('\n');
    }

    // Turns the line written last; its words' boxes then stand for the whole line.
    void turn_line() {
        std::size_t const begin = passage.text.rfind('\n') + 1;
        std::u32string code_points;
        for (std::size_t at = begin; at < passage.text.size();) {
            CodePoint const c = decode_utf8(passage.text, at);
            code_points.push_back(c.value);
            at += c.length;
        }
        turn_round(code_points);
        passage.text.resize(begin);
        for (char32_t c : code_points) append_utf8(passage.text, c);
        while (!placed.empty() && placed.back().span.end > begin) placed.pop_back();
        for (Mark& mark : passage.marks) mark.at = std::min<std::uint32_t>(mark.at, passage.text.size());
    }
};

constexpr std::size_t most_words = 20'000;  // a page
constexpr std::size_t longest = 96;         // bytes of a line on either side
constexpr int most_initials = 64;
constexpr float column_gap = 0.9f, farthest = 2.2f;  // in heights of a word
// How far from one another words begin that begin below one another: in a cell, and in the midst of a line, where that may be chance.
constexpr float aligned_begins = 0.5f, aligned_words = 0.12f;

float height(PlacedWord const& word) { return std::max(word.box.bottom - word.box.top, 1.0f); }

class Weaver {
  public:
    Weaver(std::string_view text, std::vector<PlacedWord> const& words) : text_(text), words_(words) {}

    Passage weave() {
        find_rows();
        for (std::size_t upper = 0; upper + 1 < rows_.size(); ++upper) {
            for (std::size_t lower = upper + 1; lower < rows_.size() && lower <= upper + 3; ++lower) pair_rows(rows_[upper], rows_[lower]);
        }
        add_initials();
        return std::move(passage_);
    }

  private:
    using Row = std::vector<std::size_t>;  // numbers of words, from left to right

    void find_rows() {
        std::vector<std::size_t> order(words_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return words_[a].box.bottom < words_[b].box.bottom; });
        for (std::size_t const number : order) {
            PlacedWord const& word = words_[number];
            bool const same = !rows_.empty() && word.box.bottom - words_[rows_.back().front()].box.bottom < 0.3f * height(word);
            if (!same) rows_.emplace_back();
            rows_.back().push_back(number);
        }
        for (Row& row : rows_) {
            std::stable_sort(row.begin(), row.end(), [&](std::size_t a, std::size_t b) { return words_[a].box.left < words_[b].box.left; });
        }
    }

    std::string_view word(std::size_t number) const {
        Span const span = words_[number].span;
        return text_.substr(span.begin, span.size());
    }

    // Whether a gap or the page's edge stands before the word.
    bool begins(Row const& row, std::size_t at) const {
        return at == 0 || words_[row[at]].box.left - words_[row[at - 1]].box.right > column_gap * height(words_[row[at]]);
    }

    // Where in `row` a word begins as far left as the one of `other` does; row.size() where none does.
    std::size_t aligned_in(Row const& row, Row const& other, std::size_t at) const {
        PlacedWord const& word = words_[other[at]];
        bool const begin = begins(other, at);
        float const wide = (begin ? aligned_begins : aligned_words) * height(word), narrow = aligned_words * height(word);
        auto const from = std::lower_bound(row.begin(), row.end(), word.box.left - wide,
                                           [&](std::size_t number, float left) { return words_[number].box.left < left; });
        for (auto one = from; one != row.end() && words_[*one].box.left <= word.box.left + wide; ++one) {
            auto const place = static_cast<std::size_t>(one - row.begin());
            float const off = words_[*one].box.left - word.box.left;
            if ((off <= narrow && off >= -narrow) || begins(row, place)) return place;
        }
        return row.size();
    }

    // The last word of the cell that begins with the word `first` of `row`, where the words of `other` show the columns.
    std::size_t end_of_cell(Row const& row, std::size_t first, Row const& other) const {
        std::size_t last = first;
        while (last + 1 < row.size() && !begins(row, last + 1) && aligned_in(other, row, last + 1) == other.size()) ++last;
        return last;
    }

    // Whether both may be parts of one name; a number goes on only behind a hyphen.
    bool may_join(std::size_t above, std::size_t below) const {
        std::string_view const first = word(above), second = word(below);
        if (first.ends_with('-') || first.ends_with("\xC2\xAD") || first.ends_with("\u2010")) return true;
        auto const is_name = [](std::string_view one) {
            bool letters = false;
            for (char const c : one) {
                if (is_digit(c) || c == '@' || c == ':' || c == '=') return false;
                letters = letters || is_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
            }
            return letters;
        };
        return is_name(first) && is_name(second);
    }

    void pair_rows(Row const& upper, Row const& lower) {
        for (std::size_t at = 0; at < lower.size(); ++at) {
            PlacedWord const& below = words_[lower[at]];
            std::size_t const first = aligned_in(upper, lower, at);
            if (first == upper.size()) continue;
            PlacedWord const& head = words_[upper[first]];
            float const step = below.box.bottom - head.box.bottom;
            if (step < 0.5f * height(head) || step > farthest * height(head)) continue;
            std::size_t const last = end_of_cell(upper, first, lower);
            std::size_t const before = upper[last], after = lower[at];
            if (follows(before, after) || !may_join(before, after)) continue;
            std::size_t const end = end_of_cell(lower, at, upper);
            add(std::span(upper).subspan(first, last + 1 - first), std::span(lower).subspan(at, end + 1 - at));
        }
    }

    // Whether the page's text goes on with `after` anyhow.
    bool follows(std::size_t before, std::size_t after) const {
        std::uint64_t const from = words_[before].span.end, to = words_[after].span.begin;
        if (after != before + 1 || to < from) return false;
        std::string_view const between = text_.substr(from, to - from);
        return std::count(between.begin(), between.end(), '\n') < 2;
    }

    void add(std::span<std::size_t const> above, std::span<std::size_t const> below) {
        std::size_t size = 0, begin = above.size();
        while (begin > 0 && (size += word(above[begin - 1]).size() + 1) <= longest) --begin;
        for (std::size_t const number : above.subspan(std::min(begin, above.size() - 1))) put(number, ' ');
        passage_.text.back() = '\n';
        size = 0;
        for (std::size_t const number : below) {
            if ((size += word(number).size() + 1) > longest && size != word(number).size() + 1) break;
            put(number, ' ');
        }
        passage_.text.back() = '\n';
        passage_.map.add(passage_.text.size(), text_.size(), 1, 0);
        passage_.text.push_back('\n');
    }

    // A large first letter, which stands by itself, and the word that it begins.
    void add_initials() {
        int initials = 0;
        for (std::size_t number = 0; number < words_.size() && initials < most_initials; ++number) {
            std::string_view const letter = word(number);
            if (letter.empty() || letter.size() != decode_utf8(letter, 0).length || !is_word(decode_utf8(letter, 0).value)) continue;
            Box const& box = words_[number].box;
            auto const goes_on = [&](PlacedWord const& other) {
                float const near = other.box.left - box.right, size = height(other);
                return height(words_[number]) > 1.5f * size && near > -0.5f * size && near < 0.5f * size &&
                       other.box.top > box.top - 0.5f * size && other.box.bottom < box.bottom + 0.5f * size;
            };
            auto const rest = std::find_if(words_.begin(), words_.end(), goes_on);
            if (rest == words_.end()) continue;
            ++initials;
            std::size_t const first = static_cast<std::size_t>(rest - words_.begin());
            put(number, ' ');
            passage_.text.pop_back();
            for (std::size_t next = first; next < words_.size() && next < first + 4; ++next) put(next, ' ');
            passage_.text.back() = '\n';
        }
    }

    void put(std::size_t number, char behind) {
        Span const span = words_[number].span;
        passage_.map.add(passage_.text.size(), span.begin);
        passage_.text += word(number);
        passage_.map.add(passage_.text.size(), span.end, 1, 0);
        passage_.text.push_back(behind);
    }

    std::string_view text_;
    std::vector<PlacedWord> const& words_;
    std::vector<Row> rows_;
    Passage passage_;
};

}  // namespace

Passage lay_out(TextPage const& page, std::vector<PlacedWord>& placed) {
    Writer writer{{}, placed};
    for (TextFlow const* flow = page.getFlows(); flow; flow = flow->getNext()) {
        for (TextBlock const* block = flow->getBlocks(); block; block = block->getNext()) {
            writer.passage.marks.push_back({static_cast<std::uint32_t>(writer.passage.text.size()),
                                            Mark::What::paragraph, ++writer.paragraphs});
            for (TextLine const* line = block->getLines(); line; line = line->getNext()) {
                bool const more = line->getNext() || block->getNext();
                writer.line(*line, line->isHyphenated() && more);
            }
        }
        writer.passage.text.push_back('\n');
    }
    return std::move(writer.passage);
}

Passage seams_of(std::string_view text, std::vector<PlacedWord> const& words) {
    if (words.size() < 2 || words.size() > most_words) return {};
    return Weaver(text, words).weave();
}

PageText::Hidden gather(Sight const& sight, Fate fate, Lines lines) {
    Apart const apart = collect(sight, fate, lines);
    PageText::Hidden hidden{fate, apart.spots.size(), {}};
    std::size_t spot = 0;
    for (std::size_t i = 0; i < apart.text.size(); ++i) {
        for (; spot < apart.spots.size() && apart.spots[spot].at == i; ++spot) {
            Box const& box = apart.spots[spot].box;
            hidden.passage.marks.push_back(
                mark_box(hidden.passage.text.size(), box.left, box.top, box.right, box.bottom));
        }
        char32_t const c = apart.text[i];
        append_utf8(hidden.passage.text, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
    }
    if (!hidden.passage.text.empty()) hidden.passage.text.push_back('\n');
    return hidden;
}

}  // namespace keepmum::pdf
