// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/wording.h"

#include <gtest/gtest.h>

#include <cmath>

namespace keepmum {
namespace {

std::string cues_of(std::string_view message) {
    Spoken spoken;
    read_spoken(message, spoken);
    std::vector<Cue> cues;
    std::string all;
    for (SpokenSentence const& sentence : spoken.sentences) {
        read_cues(spoken, sentence, cues);
        for (Cue const& cue : cues) all += (all.empty() ? "" : "|") + print(spoken, cue);
    }
    return all;
}

double odds(Wording const& wording, std::string_view message) {
    Spoken spoken;
    read_spoken(message, spoken);
    Wording::Work work;
    double odds = 0;
    wording.score(spoken, spoken.sentences.front(), work, std::span(&odds, 1));
    return odds;
}

TEST(Wording, CuesAreWordsAndWhatStandsTogether) {
    EXPECT_EQ(cues_of("Photographing your ships"), "photograph|photograph your|photograph~ship|your|your ship|ship");
    EXPECT_EQ(cues_of("拍军舰"), "拍|拍 军|拍 军 舰|军|军 舰|舰");
    EXPECT_EQ(cues_of("pay 1,500, ok"), "pay|pay #|#|ok");  // nothing reaches over a comma
    EXPECT_EQ(cues_of("a ~ b"), "a|a~b|b");
}

TEST(Wording, ScoresTheKnownCuesOfASentence) {
    Wording const wording = Wording::parse("keepmum wording 1\n=class\tstep\t-50\nship\t0=300\nyour ship\t0=200\n军 舰\t0=100\n", "w").value();
    EXPECT_EQ(wording.cues(), 3u);
    EXPECT_DOUBLE_EQ(odds(wording, "hello"), -0.5);
    EXPECT_NEAR(odds(wording, "a ship and a SHIP"), -0.5 + 3 / std::sqrt(5.0), 1e-6);  // each once
    EXPECT_NEAR(odds(wording, "your ships"), -0.5 + 5 / std::sqrt(6.0), 1e-6);
    EXPECT_NEAR(odds(wording, "軍艦"), -0.5 + 1 / std::sqrt(5.0), 1e-6);  // traditional characters too
}

TEST(Wording, ComplainsWithTheLine) {
    auto const fault = [](std::string_view text) {
        Result<Wording> const read = Wording::parse(text, "w.txt");
        return read ? "none" : read.error().where + " " + read.error().what;
    };
    EXPECT_EQ(fault("keepmum wording 2\n"), "w.txt:1 must begin with 'keepmum wording 1'");
    EXPECT_EQ(fault(""), "w.txt:0 must begin with 'keepmum wording 1'");
    std::string const head = "keepmum wording 1\n=class\tstep\t0\n";
    EXPECT_EQ(fault(head + "ship\t1=5\n"), "w.txt:3 must give CLASS=WEIGHT behind the cue, whole numbers");
    EXPECT_EQ(fault(head + "ship\t0=x\n"), "w.txt:3 must give CLASS=WEIGHT behind the cue, whole numbers");
    EXPECT_EQ(fault(head + "a b c d\t0=1\n"), "w.txt:3 a cue has one to three words");
    EXPECT_EQ(fault(head + "a  b\t0=1\n"), "w.txt:3 a cue is empty");
    EXPECT_EQ(fault(head + "a\t0=99999999\n"), "w.txt:3 must give CLASS=WEIGHT behind the cue, whole numbers");
    EXPECT_EQ(fault(head + "=talk\t1\t2\t3\t4\n"), "w.txt:3 must give five whole numbers behind '=talk'");
    EXPECT_EQ(fault(head + "=talk\t1\t2\t3\t4\t5\t6\n"), "w.txt:3 must give five whole numbers behind '=talk'");
    EXPECT_EQ(fault(head + "your ship\t0=1\nship\t0=2\nyour ship\t0=3\n"), "w.txt gives a cue twice");
    EXPECT_EQ(fault(head), "none");
}

TEST(Wording, JudgesATalkByItsLastMessages) {
    Wording const wording = Wording::parse("keepmum wording 1\n=class\tstep\t0\n=talk\t100\t10\t1000\t-300\t-50\n", "w").value();
    TalkWindow window;
    EXPECT_DOUBLE_EQ(wording.judge(window), -0.5);
    for (double const odds : {-9.0, 1.5, 0.5, 2.5, 3.5}) window.add(TalkWindow::By::them, odds);
    // The best three, as far as they are above -0.5: 4 + 3 + 2. The mean of all five is -0.2.
    EXPECT_NEAR(wording.judge(window), 9 - 0.02 - 0.5, 1e-9);
    window.add(TalkWindow::By::me, 0.25);
    EXPECT_NEAR(wording.judge(window), 9 - 0.02 + 2.5 - 3 - 0.5, 1e-9);
    for (std::size_t i = 0; i < TalkWindow::messages; ++i) window.add(TalkWindow::By::them, -2);
    EXPECT_NEAR(wording.judge(window), -0.2 - 0.5, 1e-9);  // what came before is forgotten
}

}  // namespace
}  // namespace keepmum
