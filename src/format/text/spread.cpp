// The derived view of letters that stand apart, as headings and stamps are set: T O P  S E C R E T, 机　密.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "base/utf8.h"
#include "format/text/canonical.h"
#include "match/byte_set.h"
#include "match/lanes.h"

namespace keepmum {

namespace {

constexpr std::size_t least_letters = 4, least_characters = 2;
constexpr std::size_t widest_gap = 64;          // blanks
constexpr std::size_t width_of_line_end = 100;  // wider than any gap within a line

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

Lane blanks_in(Lane lane) { return reinterpret_cast<Lane>(lane <= static_cast<unsigned char>(' ')); }
Lane letters_in(Lane lane) { return reinterpret_cast<Lane>(((lane | 0x20) - 'a') < static_cast<unsigned char>(26)); }
// The first byte of the common Chinese characters, U+4000 to U+9FFF.
Lane leads_in(Lane lane) { return reinterpret_cast<Lane>((lane - 0xE4) < static_cast<unsigned char>(6)); }

struct Letter {
    std::size_t at = 0;
    std::uint32_t bytes = 0;
    std::size_t gap = 0;  // width of the blanks behind it, where another follows
};

struct Run {
    std::vector<Letter> letters;
    std::size_t end = 0;  // where to look on
};

// The letters that stand by themselves from `at` on, all Chinese or all of alphabets.
Run run_at(std::string_view text, std::size_t at) {
    Run run;
    run.end = at;
    bool cjk = false;
    while (at < text.size()) {
        CodePoint const point = decode_utf8(text, at);
        bool const is_one = is_cjk(point.value);
        bool const is_letter = point.value < 0x80 ? is_alpha(static_cast<char>(point.value)) : is_word(point.value);
        std::size_t const behind = at + point.length;
        if (!is_letter || (!run.letters.empty() && is_one != cjk) || (behind < text.size() && !is_blank(text[behind]))) break;
        cjk = is_one;
        run.letters.push_back({at, static_cast<std::uint32_t>(point.length), 0});
        run.end = behind;
        std::size_t next = behind, gap = 0;
        for (; next < text.size() && is_blank(text[next]) && next - behind < widest_gap; ++next) {
            gap += text[next] == '\n' ? width_of_line_end : 1;
        }
        run.letters.back().gap = gap;
        at = next;
    }
    if (run.letters.size() < (cjk ? least_characters : least_letters)) run.letters.clear();
    return run;
}

#ifdef __x86_64__
// As far as no 32 bytes hold a letter between blanks or a Chinese character behind one, from `at` on, which is no first byte.
[[gnu::target("avx2")]] std::size_t pass_words(std::string_view text, std::size_t at) {
    auto const at_most = [](__m256i bytes, int most) __attribute__((target("avx2"))) {
        return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(static_cast<char>(most))), bytes);
    };
    auto const load = [&](std::size_t from) __attribute__((target("avx2"))) {
        return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(text.data() + from));
    };
    for (; at + 33 <= text.size(); at += 32) {
        __m256i const here = load(at), behind_blank = at_most(load(at - 1), ' ');
        __m256i const letter = at_most(_mm256_sub_epi8(_mm256_or_si256(here, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a')), 25);
        __m256i const lead = at_most(_mm256_sub_epi8(here, _mm256_set1_epi8(static_cast<char>(0xE4))), 5);
        __m256i const alone = _mm256_or_si256(_mm256_and_si256(letter, at_most(load(at + 1), ' ')), lead);
        if (!_mm256_testz_si256(alone, behind_blank)) break;
    }
    return at;
}
#endif

// The next place at or after `from` that may lie in a run: a letter between blanks, behind which more blanks or another such letter stand.
std::size_t next_apart(std::string_view text, std::size_t from) {
    constexpr std::size_t reach = 16 + 7;
    auto const lane = [&](std::size_t at) { return load_lane(text.data() + at); };
    std::size_t at = std::max<std::size_t>(from, 1);
#ifdef __x86_64__
    bool const wide = ByteSet::widest() == ByteSet::Width::thirty_two;
#else
    bool const wide = false;
#endif
    for (; at + reach < text.size(); at += 16) {
        if (wide) at = pass_words(text, at);
        if (at + reach >= text.size()) break;
        Lane const before = blanks_in(lane(at - 1)), here = lane(at);
        Lane const letter = before & letters_in(here) & blanks_in(lane(at + 1)), character = before & leads_in(here);
        if (!any_in(letter | character)) continue;
        Lane const second = lane(at + 2), fourth = lane(at + 4);
        Lane const more_letters = blanks_in(second) | (letters_in(second) & blanks_in(lane(at + 3)));
        Lane const more_characters = blanks_in(lane(at + 3)) & (blanks_in(fourth) | (leads_in(fourth) & blanks_in(lane(at + 7))));
        if (any_in((letter & more_letters) | (character & more_characters))) break;
    }
    for (; at < text.size(); ++at) {
        if (is_blank(text[at - 1]) && !is_blank(text[at])) return at;
    }
    return text.size();
}

}  // namespace

std::optional<TextView> spread_view(std::string_view text) {
    TextView out;
    for (std::size_t at = 0; at < text.size();) {
        Run const run = run_at(text, at);
        if (!run.letters.empty()) {
            std::size_t closest = run.letters.front().gap;
            for (std::size_t i = 0; i + 1 < run.letters.size(); ++i) closest = std::min(closest, run.letters[i].gap);
            std::size_t const first = out.text.size();
            for (std::size_t i = 0; i < run.letters.size(); ++i) {
                Letter const& letter = run.letters[i];
                out.map.add(out.text.size(), letter.at, letter.bytes, letter.bytes);
                out.text.append(text.substr(letter.at, letter.bytes));
                if (i + 1 == run.letters.size() || letter.gap < 2 * closest) continue;
                out.map.add(out.text.size(), letter.at + letter.bytes);
                out.text.push_back(' ');
            }
            out.changes.push_back({{first, out.text.size()}, Undone::spread});
            out.map.add(out.text.size(), run.end, 1, 0);  // ours: a text may end here
            out.text.push_back('\n');
        }
        at = next_apart(text, run.end + 1);
    }
    if (out.text.empty()) return std::nullopt;
    return out;
}

}  // namespace keepmum
