// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/phrase_book.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keepmum {
namespace {

std::string const classes = R"(
[class]
shoot = ['photograph', 'take photos', 'pictures of', '拍', '照片']
ship = ['warship', 'navy ship', 'vessel', '军舰', '舰艇']
secret = ['internal', 'classif*', '内部']
paper = ['paper', 'minutes', '资料', '{book}']
book = ['periodical', '期刊']
money = ['$ #', '# usd', '# 元', '块钱']
negator = ['do not', 'dont', 'never', '请勿', '别', '不要']
negator-not = ['dont worry', '特别', '别人']
negator-after = ['are not needed', '就不用了']
turn = ['but', '但']
)";

std::string row(std::string const& id, std::string const& rest) {
    return "[[row]]\nid = '" + id + "'\ntitle = { en = 'T', zh = '题' }\nwhy = { en = 'W.', zh = '因。' }\n" + rest +
           "\n";
}

Result<PhraseBook> load(std::string const& rows, std::string const& more = {}) {
    std::vector<BookText> texts = {{"book.toml", classes + rows, BookText::Layer::shipped}};
    if (!more.empty()) texts.push_back({"local.toml", more, BookText::Layer::local});
    return PhraseBook::load("approach", texts, {}, PhraseBook::Examples::local);
}

// "id" of what is meant, "-id" of what is negated, "(id)" of what is only spoken of, "id?" of what is weak.
std::string read(PhraseBook const& book, std::string_view message) {
    PhraseBook::Scratch scratch;
    std::vector<PhraseFound> found;
    book.read(message, scratch, found);
    std::string said;
    for (PhraseFound const& one : found) {
        std::string const id = (one.negated ? "-" : "") + book.rows()[one.row].id + (one.weak ? "?" : "");
        said += (said.empty() ? "" : " ") + (one.framed ? "(" + id + ")" : id);
    }
    return said;
}

PhraseBook usual() {
    return *load(
        row("t2", "phrases = ['{shoot} .. {ship}', '{ship} .. {shoot}']") +
        row("e1", "phrases = ['{secret} {paper}', '? {paper} & {money}']") +
        row("c3", "phrases = ['do_not tell|show']\nnegation = 'ignored'") +
        "[[row]]\nid = 'f'\nframe = true\ntitle = { en = 'T', zh = '题' }\nphrases = ['beware of|if_a_stranger']\n");
}

TEST(PhraseBook, TwoShippedRowsOfOneIdAreASlip) {
    std::string const one = row("a", "phrases = ['{ship}']");
    Result<PhraseBook> const twice = load(one + one);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().what, "'id' is there already: 'a'");
    EXPECT_TRUE(load(one, one));  // one's own row takes its place
}

TEST(PhraseBook, KnowsParaphrasesInBothLanguages) {
    PhraseBook const book = usual();
    EXPECT_EQ(read(book, "Could you photograph the warships for us?"), "t2");
    EXPECT_EQ(read(book, "the navy ships at the pier, just take photos"), "t2");
    EXPECT_EQ(read(book, "每天去拍几张军舰"), "t2");
    EXPECT_EQ(read(book, "每天去拍幾張軍艦"), "t2");                // traditional
    EXPECT_EQ(read(book, "ＩＮＴＥＲＮＡＬ papers please"), "e1");  // full-width
    EXPECT_EQ(read(book, "in\u200Bternal pap\u200Ders"), "e1");     // invisible characters
    EXPECT_EQ(read(book, "classified periodicals"), "e1");
    EXPECT_EQ(read(book, "内部期刊有吗"), "e1");
    EXPECT_EQ(read(book, "one paper, $1,500"), "e1?");
    EXPECT_EQ(read(book, "photograph my dog. The vessel is nice."), "");
    EXPECT_EQ(read(book, "internal things that go on and on until the paper"), "");  // too far apart
    EXPECT_EQ(read(book, "internally papered"), "");
}

TEST(PhraseBook, HeedsWhatIsNotMeant) {
    PhraseBook const book = usual();
    EXPECT_EQ(read(book, "Please do not send internal papers."), "-e1");
    EXPECT_EQ(read(book, "internal papers are not needed"), "-e1");
    EXPECT_EQ(read(book, "请勿提供内部资料"), "-e1");
    EXPECT_EQ(read(book, "内部资料就不用了"), "-e1");
    EXPECT_EQ(read(book, "特别想要内部资料"), "e1");
    EXPECT_EQ(read(book, "Don't worry, internal papers are fine"), "e1");
    EXPECT_EQ(read(book, "Never mind that, send internal papers"), "e1");  // another clause
    EXPECT_EQ(read(book, "I would never but the internal papers"), "e1");  // a turn
    EXPECT_EQ(read(book, "Don't tell them"), "c3");
    EXPECT_EQ(read(book, "Beware of offers! They want internal papers."), "(f) (e1)");
}

TEST(PhraseBook, QuotesTheSentence) {
    PhraseBook const book = usual();
    PhraseBook::Scratch scratch;
    std::vector<PhraseFound> found;
    std::string const text = "Hello Mr. Hale. Send internal minutes! Bye.";
    book.read(text, scratch, found);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(text.substr(found[0].span.begin, found[0].span.size()), "internal minutes");
    EXPECT_EQ(text.substr(found[0].sentence.begin, found[0].sentence.size()), "Send internal minutes");
}

TEST(PhraseBook, RunsOverSentencesWhereToldTo) {
    PhraseBook const book = *load(row("t3", "phrases = ['~ {ship} & daily|每天']"));
    EXPECT_EQ(read(book, "You live by the port. Watch the vessels. Write daily."), "t3");
    EXPECT_EQ(read(book, "Watch the vessels. One. Two. Three. Write daily."), "");
}

TEST(PhraseBook, KnowsQuestions) {
    PhraseBook const book = *load(row("a1", "phrases = ['{secret} .. ?']"));
    EXPECT_EQ(read(book, "Is it internal?"), "a1");
    EXPECT_EQ(read(book, "是内部的吗？"), "a1");
    EXPECT_EQ(read(book, "It is internal."), "");
}

TEST(PhraseBook, LocalRowsMergeById) {
    std::string const base = row("e1", "phrases = ['{secret} {paper}']");
    PhraseBook const book = *load(base,
                                  "[class]\npaper = ['folder']\n[[row]]\nid = 'e1'\nphrases = ['{secret} {paper}', "
                                  "'red book']\nyes = ['the red book', 'internal folders']\n");
    ASSERT_EQ(book.rows().size(), 1u);
    EXPECT_EQ(book.rows()[0].rule.title_en, "T");
    EXPECT_EQ(read(book, "internal folder"), "e1");
}

TEST(PhraseBook, BrokenBooksGetOnePlainSentence) {
    auto const complaint = [](std::string const& rows, std::string const& more = {}) {
        auto const book = load(rows, more);
        return book ? "loaded" : book.error().what;
    };
    EXPECT_EQ(complaint(row("a", "colour = 1")), "'colour' is not a known key here");
    EXPECT_EQ(complaint(row("a", "phrases = ['{nothing}']")), "'phrases' there is no class of words 'nothing'");
    EXPECT_EQ(complaint(row("a", "phrases = ['a & & b']")), "'phrases' 'a & & b' has an empty part");
    EXPECT_EQ(complaint(row("a", "phrases = ['!a']")), "'phrases' '!a' names only what must be absent");
    EXPECT_EQ(complaint("", row("a", "phrases = ['{ship}']\nyes = ['no boat']")), "'yes' is not found in: no boat");
    EXPECT_EQ(complaint("", row("a", "phrases = ['{ship}']\nno = ['a warship']")), "'no' is found in: a warship");
}

TEST(PhraseBook, WorkIsLinearInTheText) {
    PhraseBook const book = usual();
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "internal paper photograph warship 内部资料拍军舰";
    PhraseBook::Scratch scratch;
    std::vector<PhraseFound> found;
    book.read(text, scratch, found);
    EXPECT_GT(found.size(), 1000u);
}

}  // namespace
}  // namespace keepmum
