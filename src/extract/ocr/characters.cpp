// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/characters.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum::ocr {

namespace {

// One character of a line.
struct Seen {
    std::string_view text;
    float middle = 0;      // pixels of the strip
    float likelihood = 0;  // 0 to 1
    bool full = false;     // as wide as high
};

bool is_full(std::string_view text) { return text.size() >= 3 && decode_utf8(text, 0).value >= 0x2E80; }

std::vector<Seen> collapse(std::span<float const> likelihood, Characters const& characters, float width) {
    std::size_t const classes = characters.of_class.size(), places = likelihood.size() / classes;
    float const step = width / static_cast<float>(std::max<std::size_t>(places, 1));
    std::vector<Seen> all;
    std::size_t before = 0, first = 0;
    for (std::size_t place = 0; place < places; ++place) {
        float const* const row = &likelihood[place * classes];
        auto const best = static_cast<std::size_t>(std::max_element(row, row + classes) - row);
        if (best != 0 && best != before) {
            first = place;
            all.push_back({characters.of_class[best], 0, row[best], is_full(characters.of_class[best])});
        }
        if (best != 0) {
            all.back().middle = static_cast<float>(first + place + 1) / 2 * step;
            all.back().likelihood = std::max(all.back().likelihood, row[best]);
        }
        before = best;
    }
    return all;
}

// The longest run of blank columns between two characters.
float gap_between(Seen const& left, Seen const& right, std::vector<bool> const& blank) {
    std::size_t longest = 0, run = 0;
    auto const end = std::min(blank.size(), static_cast<std::size_t>(std::max(0.0F, right.middle)));
    for (auto x = static_cast<std::size_t>(std::max(0.0F, left.middle)); x < end; ++x) {
        run = blank[x] ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return static_cast<float>(longest);
}

bool is_letter(Seen const& one) { return !one.full && one.text != " "; }

// How far letters of this line stand apart at least where one word ends.
float space_of(std::vector<Seen> const& seen, std::vector<bool> const& blank, float height) {
    constexpr float least = 0.17F, times = 2.2F;  // of the height; of the usual gap between letters
    std::vector<float> gaps;
    for (std::size_t i = 1; i < seen.size(); ++i) {
        if (is_letter(seen[i - 1]) && is_letter(seen[i])) gaps.push_back(gap_between(seen[i - 1], seen[i], blank));
    }
    if (gaps.empty()) return height;
    auto const middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return std::max(least * height, times * *middle + 1);
}

}  // namespace

Result<Characters> Characters::parse(std::string_view lines) {
    Characters out;
    out.of_class.emplace_back();
    while (!lines.empty()) {
        std::size_t const end = std::min(lines.find('\n'), lines.size());
        std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.size() > 16 || !is_utf8(line))
            return fail(Fault::invalid, "its list of characters is damaged");
        out.of_class.emplace_back(line);
    }
    if (out.of_class.size() < 11) return fail(Fault::invalid, "its list of characters is damaged");
    out.of_class.emplace_back(" ");
    return out;
}

std::vector<Word> decode_places(std::span<float const> likelihood, Characters const& characters, float width,
                                float height, std::vector<bool> const& blank) {
    std::vector<Word> words;
    if (characters.of_class.empty()) return words;
    std::vector<Seen> const seen = collapse(likelihood, characters, width);
    constexpr float half_full = 0.55F,
                    half_narrow = 0.36F;  // of the height, that a character reaches to either side at most
    float const space = space_of(seen, blank, height);
    bool open = false;
    float sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        Seen const& now = seen[i];
        if (now.text == " ") {
            open = false;
            continue;
        }
        float const reach = (now.full ? half_full : half_narrow) * height;
        float left = std::max(0.0F, now.middle - reach), right = std::min(width, now.middle + reach);
        if (i > 0) left = std::max(left, (seen[i - 1].middle + now.middle) / 2);
        if (i + 1 < seen.size()) right = std::min(right, (now.middle + seen[i + 1].middle) / 2);
        if (open && now.full && seen[i - 1].full) open = false;
        if (open && is_letter(now) && is_letter(seen[i - 1]) && gap_between(seen[i - 1], now, blank) >= space)
            open = false;
        if (!open) {
            words.push_back({"", left, right, 0});
            sum = 0;
            count = 0;
            open = true;
        }
        Word& word = words.back();
        word.text += now.text;
        word.right = right;
        sum += now.likelihood;
        word.confidence = 100 * sum / static_cast<float>(++count);
    }
    return words;
}

}  // namespace keepmum::ocr
