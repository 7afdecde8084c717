// Writes the tables of characters that src/format/text ships, from ICU's data:
//   g++ -std=c++20 tools/text_tables.cpp -licui18n -licuuc -o /tmp/text_tables
//   /tmp/text_tables han > src/format/text/han.inc
//   /tmp/text_tables lookalikes > src/format/text/lookalikes.inc
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

namespace {

std::string utf8(UChar32 c) {
    std::string out;
    icu::UnicodeString(c).toUTF8String(out);
    return out;
}

// Pairs of characters as one literal: the traditional character, then the simplified one.
int write_han() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> simplify(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) return 1;
    std::puts("// Written by tools/text_tables.cpp from ICU's Traditional-Simplified rules.");
    std::puts("// SPDX-License-Identifier: GPL-3.0-or-later");
    int in_line = 0;
    for (UChar32 c = 0x3400; c <= 0x9FFF; ++c) {
        icu::UnicodeString text(c);
        simplify->transliterate(text);
        if (text.length() != 1 || text[0] == c) continue;
        std::printf("%s%s%s", in_line == 0 ? "u\"" : "", utf8(c).c_str(), utf8(text[0]).c_str());
        if (++in_line == 16) {
            std::puts("\"");
            in_line = 0;
        }
    }
    if (in_line != 0) std::puts("\"");
    return 0;
}

std::string skeleton(USpoofChecker* checker, UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    char out[64];
    std::string const text = utf8(c);
    int const length = uspoof_getSkeletonUTF8(checker, 0, text.data(), int(text.size()), out, sizeof out, &status);
    return U_SUCCESS(status) ? std::string(out, length) : std::string();
}

// {letter of another script, ASCII letter it looks like}, sorted by the first.
int write_lookalikes() {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* checker = uspoof_open(&status);
    if (U_FAILURE(status)) return 1;
    std::map<std::string, char> upper, lower;
    for (char c = 'A'; c <= 'Z'; ++c) upper.emplace(skeleton(checker, c), c);
    for (char c = 'a'; c <= 'z'; ++c) lower.emplace(skeleton(checker, c), c);
    std::puts("// Written by tools/text_tables.cpp from ICU's confusables (UTS 39).");
    std::puts("// SPDX-License-Identifier: GPL-3.0-or-later");
    int in_line = 0;
    for (UChar32 c = 0x80; c <= 0x1FFFF; ++c) {
        UScriptCode const script = uscript_getScript(c, &status);
        if (!u_isalpha(c) || script == USCRIPT_HAN || script == USCRIPT_HANGUL || script == USCRIPT_HIRAGANA ||
            script == USCRIPT_KATAKANA || script == USCRIPT_COMMON || script == USCRIPT_ARABIC) {
            continue;
        }
        std::string const shape = skeleton(checker, c);
        bool const capital = u_isULowercase(c) == 0;
        auto const& first = capital ? upper : lower;
        auto const& second = capital ? lower : upper;
        char letter = 0;
        if (auto at = first.find(shape); at != first.end()) letter = at->second;
        else if (auto at = second.find(shape); at != second.end()) letter = at->second;
        if (letter == 0) continue;
        std::printf("{0x%04X, '%c'},%s", unsigned(c), letter, ++in_line % 6 == 0 ? "\n" : " ");
    }
    std::puts("");
    uspoof_close(checker);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::string const what = count > 1 ? words[1] : "";
    if (what == "han") return write_han();
    if (what == "lookalikes") return write_lookalikes();
    std::fputs("usage: text_tables han|lookalikes\n", stderr);
    return 2;
}
