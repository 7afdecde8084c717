// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/passage.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace keepmum::ocr {

namespace {

constexpr float least_confidence = 60, least_of_a_short_one = 82, least_of_a_word = 15;
constexpr std::size_t short_line = 4;  // letters

bool is_letter(char32_t c) { return (c < 0x80 && is_alnum(static_cast<char>(c))) || c >= 0xC0; }
bool is_han(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c < 0x30000);
}

// Punctuation of Chinese stands above 0xC0 too, and letters of it are what counts.
bool is_mark(char32_t c) {
    return (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF20);
}

struct Count {
    std::size_t letters = 0, han = 0, all = 0;
    char32_t first = 0, last = 0;
};

Count count(std::string_view text) {
    Count out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        at += point.length;
        if (out.all++ == 0) out.first = point.value;
        out.last = point.value;
        out.letters += is_letter(point.value) && !is_mark(point.value);
        out.han += is_han(point.value);
    }
    return out;
}

// A Chinese word follows another without a space, unless there is one to be seen.
bool are_joined(Word const& left, Word const& right, std::uint32_t strip_height) {
    bool const wide = right.left - left.right > 0.55F * static_cast<float>(strip_height);
    auto const is_full = [](char32_t c) { return is_han(c) || c == U'★' || (is_mark(c) && c >= 0x3000); };
    return !wide && is_full(count(left.text).last) && is_full(count(right.text).first);
}

std::int32_t hundredths(float pixels) {
    return static_cast<std::int32_t>(std::lround(std::clamp(pixels, 0.0F, 2e7F) * 100));
}

// The readers know no ★, and every Chinese marking has one: 机密★长期, 绝密★, 秘密★10年, 机密★启用前. What they make of it looks like it.
void restore_star(std::vector<Word>& words) {
    constexpr std::string_view looks_like[] = {"女", "云", "支", "妇", "娘", "广", "大", "太", "文",
                                               "火", "米", "来", "术", "*",  "x",  "X",  "+",  "☆"};
    std::string line;
    std::vector<std::size_t> ends;  // of each word in it
    for (Word const& word : words) ends.push_back((line += word.text).size());
    for (std::string_view level : {"绝密", "机密", "秘密"}) {
        std::size_t const found = line.find(level), at = found + level.size();
        if (found == std::string::npos || at >= line.size()) continue;
        std::string_view const behind = std::string_view(line).substr(at);
        for (std::string_view sign : looks_like) {
            if (!behind.starts_with(sign)) continue;
            std::string_view const rest = behind.substr(sign.size());
            bool const term = (rest.empty() && found == 0) || is_digit(rest.empty() ? ' ' : rest.front()) ||
                              rest.starts_with("长期") || rest.starts_with("启用前");
            auto const holder =
                static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), at) - ends.begin());
            std::size_t const begin = holder > 0 ? ends[holder - 1] : 0;
            if (term) words[holder].text.replace(at - begin, sign.size(), "★");
            break;
        }
    }
}

// The upright box around a part of a line.
Mark box_of(Line const& line, float begin, float end, float scale_x, float scale_y) {
    float const half = line.height / 2;
    float const slack_x = half * std::abs(line.down), slack_y = half * std::abs(line.along);
    float const first_x = line.x + begin * line.along, last_x = line.x + end * line.along;
    float const first_y = line.y + begin * line.down, last_y = line.y + end * line.down;
    float const left = std::min(first_x, last_x) - slack_x, right = std::max(first_x, last_x) + slack_x;
    float const top = std::min(first_y, last_y) - slack_y, bottom = std::max(first_y, last_y) + slack_y;
    Mark mark;
    mark.what = Mark::What::box;
    mark.a = hundredths(left * scale_x);
    mark.b = hundredths(top * scale_y);
    mark.c = hundredths(right * scale_x) - mark.a;
    mark.d = hundredths(bottom * scale_y) - mark.b;
    return mark;
}

}  // namespace

float confidence(std::vector<Word> const& words) {
    float sum = 0, bytes = 0;
    for (Word const& word : words) {
        sum += word.confidence * static_cast<float>(word.text.size());
        bytes += static_cast<float>(word.text.size());
    }
    return bytes > 0 ? sum / bytes : 0;
}

bool is_writing(ReadLine& read, Found found) {
    if (found == Found::in_a_picture) {
        if (confidence(read.words) < least_confidence) return false;
        std::erase_if(read.words, [](Word const& word) { return word.confidence < least_of_a_word; });
    }
    Count all;
    for (Word const& word : read.words) {
        Count const one = count(word.text);
        all.letters += one.letters;
        all.han += one.han;
        all.all += one.all;
    }
    restore_star(read.words);
    // One Chinese character is as much as two letters.
    if (found == Found::on_a_page) return all.letters > 0;
    std::size_t const weight = all.letters + all.han;
    if (weight < 3 || all.letters * 2 < all.all) return false;
    return weight > short_line || confidence(read.words) >= least_of_a_short_one;
}

Evidence compose(std::vector<ReadLine> const& lines, std::uint32_t strip_height, float scale_x, float scale_y) {
    Evidence evidence;
    evidence.kind = Kind::text;
    std::string text;
    std::int32_t number = 0;
    for (ReadLine const& read : lines) {
        if (read.words.empty()) continue;
        if (!text.empty()) text += '\n';
        auto const start = static_cast<std::uint32_t>(text.size());
        evidence.marks.push_back({start, Mark::What::line, ++number});
        float const pixel = read.line.height * read.line.rows / static_cast<float>(strip_height);
        for (std::size_t i = 0; i < read.words.size(); ++i) {
            Word const& word = read.words[i];
            if (i > 0 && !are_joined(read.words[i - 1], word, strip_height)) text += ' ';
            float const begin = word.left * pixel - read.line.aside * read.line.height,
                        end = word.right * pixel - read.line.aside * read.line.height;
            Mark mark = box_of(read.line, begin, std::max(begin, end), scale_x, scale_y);
            mark.at = static_cast<std::uint32_t>(text.size());
            evidence.marks.push_back(mark);
            text += word.text;
        }
    }
    evidence.content = Blob::take(std::move(text));
    return evidence;
}

}  // namespace keepmum::ocr
