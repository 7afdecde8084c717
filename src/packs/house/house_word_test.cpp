// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/house_word.h"

#include <gtest/gtest.h>

#include "format/text/canonical.h"
#include "match/matcher.h"
#include "packs/house/words_file.h"

namespace keepmum {
namespace {

class Notes final : public Sink, public Visitor {
  public:
    Notes(Detector const& detector, Evidence const& evidence, std::string_view text)
        : detector_(detector), evidence_(evidence), text_(text) {}
    void visit(std::size_t, std::span<Candidate const> candidates) override {
        detector_.examine({evidence_, text_, candidates}, *this);
    }
    void found(Finding finding) override {
        lines += (lines.empty() ? "" : "; ") + std::string(text_.substr(finding.span.begin, finding.span.size())) + " " +
                 std::string(word(finding.certainty));
        all.push_back(std::move(finding));
    }
    void gap(Gap) override {}
    std::string lines;
    std::vector<Finding> all;

  private:
    Detector const& detector_;
    Evidence const& evidence_;
    std::string_view text_;
};

class House {
  public:
    explicit House(std::string_view toml, std::string_view today = "2026-11-22") {
        auto words = read_words(toml, "words.toml");
        EXPECT_TRUE(words) << words.error().where << ": " << words.error().what;
        if (words) detector_ = make_house_words(std::move(*words), today);
    }
    Notes look(std::string_view text, Kind kind = Kind::text, std::string const& source = "a.txt") const {
        Evidence evidence;
        evidence.kind = kind;
        evidence.place.source = source;
        Notes notes(*detector_, evidence, text);
        Detector const* const all[] = {detector_.get()};
        auto matcher = Matcher::build(all);
        auto scratch = matcher->make_scratch();
        EXPECT_TRUE(matcher->scan(text, *scratch, notes));
        return notes;
    }
    std::string operator()(std::string_view text, Kind kind = Kind::text) const { return look(text, kind).lines; }

  private:
    std::unique_ptr<Detector> detector_;
};

constexpr std::string_view projects = R"(
[[list]]
name = "projects"
level = "secret"
label = "a project"
words = ["Heron", "Blue Kite", "XK-2047", "长征五号", "东风-41", "12.5 kt", "Ключ", "Policy"]
)";

TEST(HouseWords, StandsBetweenWordBoundaries) {
    House const house(projects);
    EXPECT_EQ(house("the Heron flies"), "Heron certain");
    EXPECT_EQ(house("HERON, heron; (Heron)"), "HERON certain; heron certain; Heron certain");
    EXPECT_EQ(house("myHeronPlan heron_plan.doc"), "Heron certain; heron certain");
    EXPECT_EQ(house("Heronry theron sherons"), "");
    EXPECT_EQ(house("КЛЮЧ ключа"), "КЛЮЧ certain");
    EXPECT_EQ(house("这是Heron项目"), "Heron certain");
    // Thai puts no gaps between words.
    House const thai("[[list]]\nname='l'\nwords=['นกกระสา']");
    EXPECT_EQ(thai("โครงการนกกระสาสีฟ้า"), "นกกระสา certain");
}

TEST(HouseWords, IsInflectedLightly) {
    House const house(projects);
    EXPECT_EQ(house("Herons Heron's HERON’S heroned heroning"),
              "Herons likely; Heron's likely; HERON’S likely; heroned likely; heroning likely");
    EXPECT_EQ(house("policies"), "policies likely");
    EXPECT_EQ(house("heroner herones"), "");
    House const stiff("[[list]]\nname='l'\ninflect=false\nwords=['Heron']");
    EXPECT_EQ(stiff("Herons Heron"), "Heron certain");
    EXPECT_EQ(house("Heron2 heron3.docx"), "Heron likely; heron likely");
}

TEST(HouseWords, JoinsWordsAnyhow) {
    House const house(projects);
    EXPECT_EQ(house("blue-kite BlueKite blue_kite BLUE  KITE"),
              "blue-kite certain; BlueKite certain; blue_kite certain; BLUE  KITE certain");
    EXPECT_EQ(house("Blue\n   Kite"), "Blue\n   Kite certain");
    EXPECT_EQ(house("He-\nron"), "He-\nron certain");
    EXPECT_EQ(house("Blue\n\nKite; Blue, Kite; He ron"), "");
}

TEST(HouseWords, CodesWithAnySeparators) {
    House const house(projects);
    EXPECT_EQ(house("XK2047 xk 2047 XK–2047 XK/2047"), "XK2047 certain; xk 2047 certain; XK–2047 certain; XK/2047 certain");
    EXPECT_EQ(house("XK-20471 AXK-2047 XK-2048 XK,2047"), "");
    EXPECT_EQ(house("XK-2047B"), "XK-2047 likely");
    EXPECT_EQ(house("XK-2047Big"), "");
    EXPECT_EQ(house("12.5kt 12.5 KT"), "12.5kt certain; 12.5 KT certain");
    EXPECT_EQ(house("125 kt, 112.5 kt, 12/5 kt, 12.5 ktons"), "");
}

TEST(HouseWords, WhatIsNoPartOfTheWordIsPassedOver) {
    House const house("[[list]]\nname='l'\nwords=['Blue Heron', '长征五号']");
    for (std::string_view const text :
         {"<b>Blue</b> Heron", "Bl<b>ue</b> Heron", "Blue<br/>Heron", "Bl<!-- -->ue Heron", "Bl<![CDATA[ue Her]]>on", "**Blue** Heron", "**Bl**ue Heron",
          "Blue%20Heron", "Blue+Heron", "blue&nbsp;heron", "Blue\\nHeron", "Blue\n> Heron", "Blue\n     // Heron", "Blue\n * Heron", "Bl-\n    ue Heron",
          "\"Blue \" +\n    \"Heron\"", "'Bl' 'ue Heron'", "\"Blue Her\" & _\n  \"on\"", "Bl=\nue Heron", "Bl\\\nue Heron", "\x1B[1mBlue\x1B[0m Heron",
          "Bl\x1B[31mue Heron", "{\\b1}Bl{\\b0}ue Heron", "{B}lue {H}eron", "\\textbf{Blue} Heron", "\\fBBlue\\fP Heron", "Blue\\NHeron", "Bl\\-ue Heron",
          "Blue_x20_Heron", "Bl\\u0075e Heron", "\\102lue Heron", "Blue\fHeron", "[Blue](http://a.example/) Heron", "Bl\u00ADue Heron", "Bl\u00AD\nue Heron",
          "/plans%2Fblue%20heron", "C:\\plans\\n\\blue heron", "\\nblue heron\\n", "&#66;lue Heron"}) {
        EXPECT_EQ(house.look(text).all.size(), 1u) << text;
    }
    for (std::string_view const text : {"长<b>征</b>五号", "长&shy;征五号", "\\u957f征五号", "\\351\\225\\277征五号", "长**征五**号", "长征\n> 五号", "%E9%95%BF征五号"}) {
        EXPECT_EQ(house.look(text).all.size(), 1u) << text;
    }
    for (std::string_view const text : {"Blue\n\n> Heron", "<td>Blue</td><td>Heron</td>", "\"Blue\", \"Heron\"", "Blue\\nHeronry", "a*b<c", "Bl ue Heron",
                                        "Blue <Heronry>", "Blue <unclosed Heron"}) {
        EXPECT_EQ(house(text), "") << text;
    }
    EXPECT_EQ(house("Blue\n# Heron", Kind::records), "");
    EXPECT_EQ(house(std::string(100000, '<')), "");
    EXPECT_EQ(house("Blue" + std::string(100000, '*') + "Heron"), "");
}

TEST(HouseWords, WithoutAccentsItIsLikely) {
    House const house("[[list]]\nname='l'\nwords=['Zoë Müller', 'Łódź', 'Rosé', 'Straße 12', 'Håkon']");
    EXPECT_EQ(house("Zoë Müller"), "Zoë Müller certain");
    EXPECT_EQ(house("zoe.muller@a.example, zoe_mueller.pdf"), "zoe.muller likely; zoe_mueller likely");
    EXPECT_EQ(house("a rose of Lodz, Strasse 12; Hakon, Haakon"), "Strasse 12 likely; Hakon likely; Haakon likely");
    House const shielded("[[list]]\nname='l'\nwords=['Löwen']\nnot_in=['Löwen Bay']");
    EXPECT_EQ(shielded("Lowen Bay and Lowen"), "Lowen likely");
}

TEST(HouseWords, ChineseInEitherScriptAndOverLines) {
    House const house(projects);
    EXPECT_EQ(house("发射长征五号火箭"), "长征五号 certain");
    EXPECT_EQ(house("發射長征五號火箭"), "長征五號 certain");
    EXPECT_EQ(house("长 征 五 号"), "长 征 五 号 certain");
    EXPECT_EQ(house("长征\n五号"), "长征\n五号 certain");
    EXPECT_EQ(house("长征\r\n　五号"), "长征\r\n　五号 certain");
    EXPECT_EQ(house("长征，五号；长征\n\n五号；长征六号"), "");
    EXPECT_EQ(house("东风41 東風—41 东风 41型"), "东风41 certain; 東風—41 certain; 东风 41 certain");
    EXPECT_EQ(house("东风410"), "");
    EXPECT_EQ(house("长\t征五号\n长征\n五号", Kind::records), "");
    auto const view = canonical_view("ＸＫ－２０４７ 和 Her\u200Bon");
    ASSERT_TRUE(view);
    EXPECT_EQ(house(view->text), "XK-2047 certain; Heron certain");
}

TEST(HouseWords, LongerExpressionsShield) {
    House const house("[[list]]\nname='l'\nwords=['长征','Heron']\nnot_in=['长征路','新长征','Heron Street']");
    EXPECT_EQ(house("住在长征路上"), "");
    EXPECT_EQ(house("新长征的路，新 长征"), "");
    EXPECT_EQ(house("长征的路，heron street, Heron"), "长征 certain; Heron certain");
    EXPECT_EQ(house("長征路與長征"), "長征 certain");
}

TEST(HouseWords, AllowedInContextAndSource) {
    House const house("[[list]]\nname='l'\nwords=['Heron']\nallowed={near=['grey bird'],sources=['*/public/*']}");
    EXPECT_EQ(house("the Heron is a Grey-Bird"), "");
    EXPECT_EQ(house("Heron"), "Heron certain");
    EXPECT_EQ(house("Heron" + std::string(400, ' ') + "grey bird"), "Heron certain");
    EXPECT_EQ(house.look("Heron", Kind::text, "a/public/b.txt").lines, "");
    EXPECT_EQ(house.look("Heron", Kind::text, "public").lines, "Heron certain");
}

TEST(HouseWords, NearMisses) {
    House const house("[[list]]\nname='l'\nnear_misses=1\nwords=['XK-20471','Heron']");
    EXPECT_EQ(house("XK-20471"), "XK-20471 certain");
    EXPECT_EQ(house("XK-20472, XK-2047, XK 204771, KX20471, XK20417"),
              "XK-20472 likely; XK-2047 likely; XK 204771 likely; KX20471 likely; XK20417 likely");
    EXPECT_EQ(house("XK-20482, ZK-20473, Herod"), "");
}

TEST(HouseWords, TellsListLevelAndLabelOnly) {
    House const house(projects);
    Notes const notes = house.look("Heron");
    ASSERT_EQ(notes.all.size(), 1u);
    EXPECT_EQ(notes.all[0].facts, (std::vector<Fact>{{"label", "a project"}, {"level", "secret"}, {"list", "projects"}}));
    EXPECT_EQ(notes.all[0].labels, std::vector<std::string>{"word-secret"});
    for (std::string const& reason : notes.all[0].reasons) EXPECT_EQ(reason.find("Heron"), std::string::npos);
}

TEST(HouseWords, AfterItsLastDayAHint) {
    std::string_view const list = "[[list]]\nname='l'\nuntil=2026-11-22\nwords=['Heron']";
    EXPECT_EQ(House(list, "2026-11-22")("Heron"), "Heron certain");
    EXPECT_EQ(House(list, "2026-11-23")("Heron"), "Heron hint");
}

TEST(HouseWords, OfTwoAtOnePlaceTheHigherLevel) {
    House const house(R"(
[[list]]
name = "low"
words = ["Blue Kite", "Kite"]
[[list]]
name = "high"
level = "top"
words = ["Blue Kite"]
[[list.word]]
text = "Kite"
level = "top"
)");
    Notes const notes = house.look("Blue Kite");
    ASSERT_EQ(notes.all.size(), 1u);
    EXPECT_EQ(notes.all[0].facts[1].value, "top");
}

TEST(HouseWords, ManyWordsThatBeginAlike) {
    std::string list = "[[list]]\nname='l'\nwords=[";
    for (int i = 0; i < 5000; ++i) list += "'project nr " + std::to_string(100000 + i) + "',";
    House const house(list + "]");
    EXPECT_EQ(house("project nr 103777"), "project nr 103777 certain");
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "project nr ";
    EXPECT_EQ(house(text), "");
}

std::string complaint(std::string_view toml) {
    auto const words = read_words(toml, "w.toml");
    return words ? "" : words.error().where + ": " + words.error().what;
}

TEST(WordsFile, ComplainsWithFileAndLine) {
    EXPECT_EQ(complaint("[[list]]\nname='l'\nlevel='high'\nwords=['Heron']").substr(0, 9), "w.toml:3:");
    EXPECT_EQ(complaint("[[list]]\nname='l'\nwords=['ab']").substr(0, 9), "w.toml:3:");
    EXPECT_EQ(complaint("[[list]]\nname='l'\nwords=['长']").substr(0, 9), "w.toml:3:");
    EXPECT_EQ(complaint("[[list]]\nname='l'\nlabel='project heron'\nwords=['Heron']").substr(0, 9), "w.toml:4:");
    EXPECT_EQ(complaint("[[list]]\nname='l'\nuntil='soon'\nwords=['Heron']").substr(0, 9), "w.toml:3:");
    EXPECT_EQ(complaint("[[list]]\nname='l'\nwords=['Heron']\nnot_in=['Crane Street']").substr(0, 9), "w.toml:4:");
    EXPECT_NE(complaint("[[list]]\nname='l'").find("list is empty"), std::string::npos);
    EXPECT_NE(complaint("[[list]]\nname='l'\nword=['Heron']"), "");
    EXPECT_NE(complaint("[[lists]]\nname='l'\nwords=['Heron']"), "");
    EXPECT_EQ(complaint(""), "");
}

}  // namespace
}  // namespace keepmum
