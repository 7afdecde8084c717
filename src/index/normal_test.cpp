// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/normal.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace keepmum {
namespace {

TEST(Normal, KeepsLettersAndDigitsInLowerCase) {
    Letters const letters = normalise("The 3 Valves, re-\nopened: A–B “x”\t1,200.5");
    EXPECT_EQ(letters.latin.letters, "the3valvesreopenedabx12005");
    EXPECT_TRUE(letters.cjk.letters.empty());
}

TEST(Normal, PartsTheScripts) {
    Letters const letters = normalise("型号XK-47的阀门，12号。");
    EXPECT_EQ(letters.latin.letters, "xk4712");
    EXPECT_EQ(letters.cjk.letters, u"型号的阀门号");
}

TEST(Normal, UndoesHowThingsAreWritten) {
    EXPECT_EQ(normalise("長征五號").cjk.letters, normalise("长 征\n五号").cjk.letters);
    EXPECT_EQ(normalise("ＡＢ１２").latin.letters, "ab12");
    EXPECT_EQ(normalise("Café ÉTÉ naïve").latin.letters, "cafeetenaive");
    EXPECT_EQ(normalise("Cafe\u0301").latin.letters, "cafe");
    EXPECT_EQ(normalise("se\u200Bcr\u00ADet").latin.letters, "secret");
    EXPECT_EQ(normalise("sеcrеt plаn").latin.letters, "secretplan");  // Cyrillic е and а
    EXPECT_EQ(normalise("𝐒𝐞𝐜𝐫𝐞𝐭 ﬁle ①②").latin.letters, "secretfile12");
}

TEST(Normal, TellsLettersOfOneAlphabetApart) {
    std::string const russian = normalise("Секретный доклад").latin.letters;
    EXPECT_EQ(russian.size(), 15u);
    EXPECT_EQ(russian, normalise("СЕКРЕТНЫЙ ДОКЛАД").latin.letters);
    EXPECT_NE(russian, normalise("Секретный дoкрад").latin.letters);
}

// A quote stands among other characters than the document did: what a letter becomes must not depend on them.
TEST(Normal, ALetterIsTheSameWhateverStandsInThePiece) {
    for (char32_t c = 0x80; c < 0x10000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        std::string character;
        append_utf8(character, c);
        for (std::string const& text : {"ab" + character + "cd", "ab " + character + " cd", "ab" + character + "\u0301cd", character + "\u3099"}) {
            Letters const alone = normalise(text), beside = normalise(text + " 𝐒");
            EXPECT_EQ(alone.latin.letters + "s", beside.latin.letters) << std::hex << static_cast<std::uint32_t>(c);
            EXPECT_EQ(alone.cjk.letters, beside.cjk.letters) << std::hex << static_cast<std::uint32_t>(c);
        }
    }
}

TEST(Normal, MapsBack) {
    std::string_view const text = "ä, 型Ｂ \u200Bc sеe ①!";
    Letters const letters = normalise(text);
    ASSERT_EQ(letters.latin.letters, "abcsee1");
    EXPECT_EQ(letters.latin.begins[0], 0u);
    EXPECT_EQ(text.substr(letters.latin.begins[1], 3), "Ｂ");
    EXPECT_EQ(text[letters.latin.begins[2]], 'c');
    EXPECT_EQ(text.substr(letters.latin.begins[4], 2), "е");
    EXPECT_EQ(text.substr(letters.latin.begins[6], 3), "①");
    ASSERT_EQ(letters.cjk.letters, u"型");
    EXPECT_EQ(text.substr(letters.cjk.begins[0], 3), "型");
}

TEST(Normal, LongTextsAreTheSameInPieces) {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += i % 97 == 0 ? "Дом №5 " : "Pressure of 12 bar 阀门压力 ";
    Letters const whole = normalise(text);
    Letters pieces;
    for (std::size_t from = 0; from < text.size();) {
        std::size_t const end = piece_end(text, from, 5000);
        ASSERT_GT(end, from);
        normalise(std::string_view(text).substr(from, end - from), static_cast<std::uint32_t>(from), pieces);
        from = end;
    }
    EXPECT_EQ(whole.latin.letters, pieces.latin.letters);
    EXPECT_EQ(whole.latin.begins, pieces.latin.begins);
    EXPECT_EQ(whole.cjk.begins, pieces.cjk.begins);
}

TEST(Normal, TakesAnyBytes) {
    std::string bytes;
    for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * 7 + i / 251);
    Letters const letters = normalise(bytes);
    EXPECT_EQ(letters.latin.letters.size(), letters.latin.begins.size());
    for (std::uint32_t at : letters.latin.begins) EXPECT_LT(at, bytes.size());
}

}  // namespace
}  // namespace keepmum
