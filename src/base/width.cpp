// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/width.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::u32string_view closing = U"，。、；：！？）」』”’》】…—.,;:!?)]}%";
constexpr std::u32string_view opening = U"（「『“‘《【([{";

// Whether a line may end between two characters that stand side by side.
bool may_break(char32_t before, char32_t after) {
    if (before == ' ') return true;
    if (closing.find(after) != closing.npos || opening.find(before) != opening.npos) return false;
    return display_width(before) == 2 || display_width(after) == 2;
}

// The end of the stretch that begins at `at` and that no line break may part, and its width.
std::size_t end_of_word(std::string_view text, std::size_t at, std::size_t& width) {
    width = 0;
    while (at < text.size()) {
        CodePoint const code = decode_utf8(text, at);
        width += static_cast<std::size_t>(display_width(code.value));
        at += code.length;
        if (at < text.size() && (text[at] == ' ' || may_break(code.value, decode_utf8(text, at).value))) break;
    }
    return at;
}

}  // namespace

int display_width(char32_t c) {
    if (c >= 0x20 && c < 0x7F) return 1;
    auto const point = static_cast<UChar32>(c);
    auto const category = u_charType(point);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR ||
        category == U_CONTROL_CHAR) {
        return 0;
    }
    auto const width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const code = decode_utf8(text, at);
        width += static_cast<std::size_t>(display_width(code.value));
        at += code.length;
    }
    return width;
}

std::string_view fit_width(std::string_view text, std::size_t columns) {
    std::size_t width = 0, at = 0;
    while (at < text.size()) {
        CodePoint const code = decode_utf8(text, at);
        width += static_cast<std::size_t>(display_width(code.value));
        if (width > columns) break;
        at += code.length;
    }
    return text.substr(0, at);
}

std::vector<std::string> wrap(std::string_view given, std::size_t columns) {
    std::string text(given);
    for (char& c : text) {
        if (c == '\n' || c == '\t' || c == '\r') c = ' ';
    }
    if (columns < 2) columns = 2;
    std::vector<std::string> lines;
    std::string line;
    std::size_t used = 0;
    std::string_view rest = text;
    for (std::size_t at = 0; at < rest.size();) {
        std::size_t spaces = 0;
        while (at < rest.size() && rest[at] == ' ') ++at, ++spaces;
        if (at == rest.size()) break;
        if (line.empty()) spaces = 0;
        std::size_t width = 0;
        std::size_t const end = end_of_word(rest, at, width);
        std::string_view word = rest.substr(at, end - at);
        at = end;
        if (!line.empty() && used + spaces + width > columns) {
            lines.push_back(std::move(line));
            line.clear();
            used = spaces = 0;
        }
        while (width > columns) {
            std::string_view const part = fit_width(word, columns);
            lines.emplace_back(part);
            word.remove_prefix(part.size());
            width -= display_width(part);
        }
        line.append(spaces, ' ').append(word);
        used += spaces + width;
    }
    if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
    return lines;
}

}  // namespace keepmum
