// Text with more findings of one rule than anybody reads: the rest is a gap, and nothing of it is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdio>

#include "base/base64.h"
#include "engine/examine.h"
#include "engine/unjudged.h"
#include "report/writer.h"
#include "report/sink.h"

namespace keepmum {
namespace {

constexpr char const* pack = R"(
pack = 'flood'
title = { en = 'Flood', zh = '泛滥' }
[[rule]]
id = 'secret.flood'
title = { en = 'Flood', zh = '泛滥' }
why = { en = 'A test.', zh = '试验。' }
labels = ['secret']
regex = 'token = (\w{10,40})'
[[rule]]
id = 'secret.rare'
title = { en = 'Rare', zh = '少见' }
why = { en = 'A test.', zh = '试验。' }
labels = ['secret']
regex = 'rare = (\w{8})'
)";

std::unique_ptr<Setup> make_flood_setup() {
    PackOptions options;
    options.texts = {{"flood.toml", pack, PackLayer::shipped}};
    PackSet packs = *load_packs(options);
    std::vector<Detector const*> order = packs.detectors();
    Matcher matcher = *Matcher::build(order);
    return std::unique_ptr<Setup>(new Setup{{}, std::move(packs), std::move(order), std::move(matcher), {}, {}, "2026-01-01", {}, Key{}, "", {}});
}

// Distinct, and six bytes of one never stand in another one's.
std::string token(int number) {
    char text[32];
    std::snprintf(text, sizeof text, "q%05dQ%05dz%05d", number * 7 % 99991, number * 31 % 99989, number * 101 % 99971);
    return text;
}

// `many` tokens, a rare finding on the line before each hundredth and on the line of each of those.
std::string flood(int many) {
    std::string text;
    for (int i = 0; i < many; ++i) {
        if (i % 100 == 99) text += "rare = r" + std::to_string(1'000'000 + i) + "\nrare = s" + std::to_string(1'000'000 + i) + " ";
        text += "token = " + token(i) + "\n";
    }
    return text;
}

struct Look {
    std::unique_ptr<Setup> setup = make_flood_setup();
    Evidence evidence;
    Examined examined;

    explicit Look(std::string text) {
        evidence.kind = Kind::text;
        evidence.place.source = "flood.txt";
        evidence.content = Blob::take(std::move(text));
        Matcher::Scratch scratch = *setup->matcher.make_scratch();
        examined = examine(*setup, scratch, evidence);
    }
    std::size_t count(std::string_view rule) const {
        std::size_t found = 0;
        for (Finding const& finding : examined.findings) found += finding.rule == rule;
        return found;
    }
};

TEST(Flood, ARuleIsFollowedToItsLimitAndTheRestIsAGap) {
    int const many = static_cast<int>(most_findings) + 500;
    Look const look(flood(many));
    EXPECT_EQ(look.count("secret.flood"), most_findings);
    EXPECT_EQ(look.count("secret.rare"), 30u);  // others go on to the end
    ASSERT_EQ(look.examined.gaps.size(), 1u);
    Gap const& gap = look.examined.gaps.front();
    EXPECT_EQ(gap.cause, Cause::too_big);
    EXPECT_EQ(gap.stage, Stage::detect);
    EXPECT_EQ(gap.rule, "secret.flood");
    EXPECT_GE(gap.bytes, 500 * (token(0).size() + 8));
    for (int i = static_cast<int>(most_findings); i < many; ++i) {
        std::size_t const at = look.evidence.content.view().find(token(i));
        EXPECT_TRUE(touches(look.examined.unjudged, {at, at + 1})) << i;
    }
}

TEST(Flood, AsManyAsTheLimitAreAllTold) {
    Look const look(flood(static_cast<int>(most_findings)));
    EXPECT_EQ(look.count("secret.flood"), most_findings);
    EXPECT_TRUE(look.examined.gaps.empty());
    EXPECT_TRUE(look.examined.unjudged.empty());
}

TEST(Flood, WhatIsEncodedCountsTogether) {
    std::string text;
    for (int i = 0; i < static_cast<int>(most_findings) + 40; ++i) {
        std::string const line = "token = " + token(i);
        text += "see ";
        for (char const c : line) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
            text += escape;
        }
        text += " here\n";
    }
    Look const look(std::move(text));
    EXPECT_EQ(look.count("secret.flood"), most_findings);
    ASSERT_EQ(look.examined.gaps.size(), 1u);
}

TEST(Flood, WhatIsEncodedTooOftenIsAGap) {
    std::string text = "see you in " + token(1) + " tomorrow";
    for (int i = 0; i < 7; ++i) {
        text = encode_base64(text);
        EXPECT_EQ(Look(text).examined.gaps.size(), i < 6 ? 0u : 1u) << i;
    }
    EXPECT_EQ(Look(text).examined.gaps.front().cause, Cause::too_deep);
}

TEST(Flood, WhatStandsForItselfIsNotEncoded) {
    EXPECT_TRUE(Look("      this->left = &LHS;\n      this->right = &RHS;\n").examined.gaps.empty());
}

TEST(Flood, NoReportShowsWhatWasNotJudged) {
    int const many = static_cast<int>(most_findings) + 500;
    std::string const text = flood(many);
    Look const whole(text);
    for (Format const format : {Format::text, Format::jsonl, Format::sarif, Format::html}) {
        SourceReport report;
        report.verdict.source = "flood.txt";
        report.verdict.outcome = Outcome::hold;
        report.verdict.findings = whole.examined.findings;
        report.verdict.gaps = whole.examined.gaps;
        std::vector<Highlight> late;
        for (Highlight const& highlight : whole.examined.highlights) {
            // The rare ones behind the limit stand beside what was not judged.
            if (touches(whole.examined.unjudged, highlight.span)) late.push_back(highlight);
        }
        ASSERT_FALSE(late.empty());
        report.exhibits = make_exhibits(whole.evidence, late);
        report.secrets = whole.examined.secrets;
        report.surroundings = Surroundings::concealed;
        std::string out;
        WriterOptions options;
        options.detail = Detail::full;
        auto writer = make_writer(format, string_sink(out), options);
        writer->begin({"0.1.0", "daily-life", "", "", ""});
        writer->source(std::move(report));
        Summary summary;
        summary.sources = 1;
        summary.findings = whole.examined.findings.size();
        summary.gaps = 1;
        summary.outcome = Outcome::hold;
        writer->end(summary);
        ASSERT_TRUE(writer->finish());
        EXPECT_FALSE(out.empty());
        for (int i = static_cast<int>(most_findings); i < many; ++i) {
            std::string const value = token(i);
            for (std::size_t at = 0; at + 6 <= value.size(); at += 3) {
                EXPECT_EQ(out.find(value.substr(at, 6)), out.npos) << value << " in format " << static_cast<int>(format);
            }
        }
        if (format == Format::text) { EXPECT_NE(out.find("1,000 places and more"), out.npos) << out.substr(0, 2000); }
    }
}

TEST(Unjudged, WholeLinesSortedAndApart) {
    std::string_view const text = "one\ntwo three\nfour\n\nfive";
    auto const lines = lines_of(text, {{15, 16}, {5, 6}, {9, 10}});
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0], (Span{4, 13}));
    EXPECT_EQ(lines[1], (Span{14, 18}));
    EXPECT_TRUE(touches(lines, {0, 5}));
    EXPECT_FALSE(touches(lines, {0, 4}));
    EXPECT_FALSE(touches(lines, {18, 24}));
    EXPECT_EQ(lines_of(text, {{21, 99}}).front().end, text.size());
}

}  // namespace
}  // namespace keepmum
