// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/small_lines.h"

#include <algorithm>
#include <cmath>

#include "extract/ocr/boxes.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint32_t rows = 48;  // pixels: enough to tell ink from paper

bool is_blur(Line const& box, Line const& line) { return box.height >= 3 * line.height; }
bool is_within(Line const& line, Line const& box) {
    float const x = line.x + line.along * line.length / 2 - box.x, y = line.y + line.down * line.length / 2 - box.y;
    float const along = x * box.along + y * box.down, across = y * box.along - x * box.down;
    return along > 0 && along < box.length && std::abs(across) < box.height / 2;
}

}  // namespace

void add_small_lines(Grey const& picture, float scale, float least_letters, std::size_t most, FoundLines& all) {
    if (scale >= 1) return;
    std::vector<Line>& found = all.lines;
    std::vector<Line> small;
    std::size_t looked_at = 0, seen = 0;
    FoundLines const unsure = find_lines(picture, most);
    for (Line const& line : unsure.lines) {
        if (line.spots < few_spots || line.height * scale >= least_letters) continue;
        auto const has = [&](Line const& box) { return is_within(line, box) && !is_blur(box, line); };
        if (std::any_of(found.begin(), found.end(), has)) {
            ++seen;
            continue;
        }
        ++looked_at;
        if (ink_apart(cut_raw(picture, line, rows)) >= least_apart) small.push_back(line);
    }
    if (small.empty()) return;
    // Gravel and leaves have more lines than anybody looks at, and few of them part into ink and paper; where the network saw nearly all
    // that was looked at, it saw the rest.
    constexpr std::size_t nearly_all = 8;
    all.more |= unsure.more && small.size() * 2 >= looked_at && small.size() * nearly_all >= seen;
    std::erase_if(found, [&](Line const& box) {
        return std::any_of(small.begin(), small.end(), [&](Line const& line) {
            return is_within(line, box) && is_blur(box, line) && line.length > 0.6F * box.length;
        });
    });
    found.insert(found.end(), small.begin(), small.end());
    found = reading_order_any_way(std::move(found));
}

}  // namespace keepmum::ocr
