// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/spelling.h"

#include <algorithm>

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/han.h"

namespace keepmum {
namespace {

bool is_number(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return c < 0x80 ? is_alpha(static_cast<char>(c)) : script_of(c) == Script::latin; }

std::u32string code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (!is_ignorable(point.value)) out += point.value;
        at += point.length;
    }
    return out;
}

// The only point between digits is a decimal point; two of them part a date or a version.
std::size_t decimal_point(std::u32string const& text) {
    std::size_t found = text.npos;
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (text[at] != '.' || !is_number(text[at - 1]) || !is_number(text[at + 1])) continue;
        if (found != text.npos) return text.npos;
        found = at;
    }
    return found;
}

Joint joint_between(char32_t before, char32_t after, bool separated, bool is_code) {
    if (separated) return Joint::loose;
    if (before == '.' || after == '.') return Joint::closed;
    if (is_cjk(before) || is_cjk(after)) return Joint::spread;
    bool const alike = is_number(before) == is_number(after);
    return alike && !is_code ? Joint::closed : Joint::light;
}

bool ends_with(std::u32string const& text, std::u32string_view end) {
    return text.size() >= end.size() && std::u32string_view(text).substr(text.size() - end.size()) == end;
}

bool is_vowel(char32_t c) { return std::u32string_view(U"aeiou").find(c) != std::u32string_view::npos; }

}  // namespace

std::uint8_t separator_of(char32_t c) {
    if (c < 0x80) {
        switch (c) {
            case ' ':
            case '\t': return blank;
            case '\n':
            case '\r': return line_end;
            case '-':
            case '_': return dash;
            case '.':
            case '/': return dot;
            default: return 0;
        }
    }
    if (c == 0x2028 || c == 0x2029 || c == 0x85) return line_end;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xB7 || c == 0x30FB || c == 0xFF0D || c == 0xFE63) return dash;
    return is_blank(c) ? blank : 0;
}

char32_t fold_letter(char32_t c) {
    if (c < 0x80) return static_cast<unsigned char>(to_lower(static_cast<char>(c)));
    if (c == 0x2019) return '\'';
    return c >= 0x3400 && c <= 0x9FFF ? fold_han(c) : fold_case(c);
}

bool may_stand(Joint joint, std::uint8_t separators) {
    switch (joint) {
        case Joint::closed: return separators == 0 || separators == (dash | line_end);
        case Joint::spread: return (separators & (dash | dot)) == 0;
        case Joint::light: return (separators & dot) == 0;
        case Joint::loose: return true;
    }
    return false;
}

Spelling spell(std::string_view text) {
    std::u32string const points = code_points(normalize_nfkc(made_valid(text)));
    std::size_t const decimal = decimal_point(points);
    std::size_t solid = 0;
    bool has_digit = false;
    for (char32_t c : points) {
        solid += separator_of(c) == 0;
        has_digit |= is_number(c);
    }
    bool const is_code = has_digit && solid >= 5;
    Spelling spelling;
    bool separated = false;
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (at != decimal && separator_of(points[at]) != 0) {
            separated = true;
            continue;
        }
        char32_t const letter = fold_letter(points[at]);
        bool const first = spelling.letters.empty();
        spelling.joints.push_back(first ? Joint::closed : joint_between(spelling.letters.back(), letter, separated, is_code));
        spelling.letters += letter;
        separated = false;
    }
    return spelling;
}

std::vector<Spelling> inflections(Spelling const& spelling) {
    std::u32string const& word = spelling.letters;
    std::size_t latin = 0;
    while (latin < word.size() && is_latin(word[word.size() - 1 - latin])) ++latin;
    if (latin < 4) return {};
    std::vector<Spelling> forms;
    auto const add = [&](std::size_t cut, std::u32string_view end) {
        Spelling form{word.substr(0, word.size() - cut), {}};
        form.joints.assign(spelling.joints.begin(), spelling.joints.end() - static_cast<std::ptrdiff_t>(cut));
        form.letters += end;
        form.joints.resize(form.letters.size(), Joint::closed);
        forms.push_back(std::move(form));
    };
    bool const hissing = ends_with(word, U"s") || ends_with(word, U"x") || ends_with(word, U"z") ||
                         ends_with(word, U"ch") || ends_with(word, U"sh");
    bool const ends_in_y = word.back() == 'y' && !is_vowel(word[word.size() - 2]);
    bool const ends_in_e = word.back() == 'e';
    add(0, U"'s");
    if (hissing) add(0, U"es"), add(0, U"'");
    else if (ends_in_y) add(1, U"ies"), add(1, U"ied");
    else add(0, U"s"), add(0, U"s'");
    if (ends_in_e) add(0, U"d"), add(1, U"ing");
    else add(0, U"ing");
    if (!ends_in_e && !ends_in_y) add(0, U"ed");
    return forms;
}

std::vector<Spelling> unaccented(Spelling const& spelling) {
    constexpr std::size_t least = 5;  // Rosé is no rose
    if (spelling.letters.size() < least) return {};
    struct Letters {
        char32_t accented;
        std::u32string_view bare, written_out;
    };
    // Letters that have no accent to take away, and those that German and its neighbours write out.
    static constexpr Letters known[] = {
        {U'\u00E4', U"a", U"ae"}, {U'\u00F6', U"o", U"oe"}, {U'\u00FC', U"u", U"ue"}, {U'\u00DF', U"ss", U"ss"},
        {U'\u00E6', U"ae", U"ae"}, {U'\u0153', U"oe", U"oe"}, {U'\u00F8', U"o", U"oe"},  {U'\u00E5', U"a", U"aa"}, {U'\u0142', U"l", U"l"},
        {U'\u0111', U"d", U"d"},   {U'\u00F0', U"d", U"d"},   {U'\u00FE', U"th", U"th"}, {U'\u0131', U"i", U"i"}};
    Spelling bare, written_out;
    auto const add = [](Spelling& to, std::u32string_view letters, Joint joint) {
        for (std::size_t i = 0; i < letters.size(); ++i) to.joints.push_back(i == 0 ? joint : Joint::closed);
        to.letters += letters;
    };
    for (std::size_t at = 0; at < spelling.letters.size(); ++at) {
        char32_t const letter = spelling.letters[at];
        auto const is_it = [&](Letters const& one) { return one.accented == letter; };
        auto const* const found = std::find_if(std::begin(known), std::end(known), is_it);
        std::u32string plain(1, letter);
        if (found == std::end(known) && letter >= 0xC0 && is_latin(letter)) {
            if (char32_t const base = base_letter(letter); base < 0x80) plain.assign(1, base);
        }
        bool const is_known = found != std::end(known);
        add(bare, is_known ? found->bare : std::u32string_view(plain), spelling.joints[at]);
        add(written_out, is_known ? found->written_out : std::u32string_view(plain), spelling.joints[at]);
    }
    std::vector<Spelling> forms;
    if (bare.letters != spelling.letters) forms.push_back(bare);
    if (written_out.letters != spelling.letters && written_out.letters != bare.letters) forms.push_back(std::move(written_out));
    return forms;
}

std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (separator_of(point.value) == 0) letters += fold_letter(point.value);
        at += point.length;
    }
    return letters;
}

}  // namespace keepmum
