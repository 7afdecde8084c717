// Walks poppler's flows, blocks, lines and words; its own writer gives no positions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/layout.h"

#include <poppler/TextOutputDev.h>

#include <algorithm>
#include <cmath>

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
    std::int32_t paragraphs = 0;

    void line(TextLine const& line, bool joins) {
        std::u32string turned;
        for (TextWord const* word = line.getWords(); word; word = word->getNext()) {
            double left, top, right, bottom;
            word->getBBox(&left, &top, &right, &bottom);
            passage.marks.push_back(mark_box(passage.text.size(), left, top, right, bottom));
            bool const last = !word->getNext();
            int const length = word->getLength() - (last && joins ? 1 : 0);
            for (int i = 0; i < length; ++i) {
                char32_t const c = static_cast<char32_t>(*word->getChar(i));
                if (is_right_to_left(c) && turned.empty()) turned.push_back(0);
                append_utf8(passage.text, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
            }
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
        for (Mark& mark : passage.marks) mark.at = std::min<std::uint32_t>(mark.at, passage.text.size());
    }
};

}  // namespace

Passage lay_out(TextPage const& page) {
    Writer writer;
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
