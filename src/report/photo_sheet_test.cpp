// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/photo_sheet.h"
#include "report/photo_words.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keepmum {
namespace {

TEST(PhotoSheet, ReckonsTheZoneFromTheSatellites) {
    EXPECT_EQ(zone_between("2024-05-03T14:22:07", "2024-05-03T06:22:05Z"), "+08:00");
    EXPECT_EQ(zone_between("2024-05-03T01:10:00", "2024-05-02T19:40:30Z"), "+05:30");
    EXPECT_EQ(zone_between("2024-03-01T00:10:00", "2024-02-29T19:10:00Z"), "+05:00");
    EXPECT_EQ(zone_between("2023-12-31T20:00:00", "2024-01-01T01:00:00Z"), "-05:00");
    EXPECT_EQ(zone_between("2024-05-03T14:22:07", "2024-05-03T14:22:07Z"), "+00:00");
    EXPECT_EQ(zone_between("2024-05-03T14:22:07", "2024-05-03T06:14:05Z"), "");  // no zone is 8:08 ahead
    EXPECT_EQ(zone_between("2024-05-03T14:22:07", "2024-05-01T06:22:05Z"), "");  // a clock that was never set
    for (char const* none : {"", "2024-05-03", "2024-05-03Tab:cd:ef", "T14:22:07"}) EXPECT_EQ(zone_between(none, "2024-05-03T06:22:05Z"), "");
}

Finding finding_of(std::string rule, std::vector<Fact> facts) {
    Finding finding;
    finding.rule = std::move(rule);
    finding.facts = std::move(facts);
    return finding;
}

TEST(PhotoSheet, IsForPicturesAlone) {
    Verdict verdict;
    EXPECT_TRUE(tell_photo(Language::en, verdict).empty());
    verdict.findings = {finding_of("photo.owner", {})};
    EXPECT_TRUE(tell_photo(Language::en, verdict).empty());
    verdict.findings.push_back(finding_of("photo.not-judged", {{"judged", "picture"}}));
    std::vector<SheetLine> const sheet = tell_photo(Language::en, verdict);
    ASSERT_FALSE(sheet.empty());
    EXPECT_EQ(sheet.front().what, SheetLine::What::answer);
    EXPECT_EQ(sheet.back().what, SheetLine::What::now);
    // What a picture inside a document tells is told as findings.
    for (Finding& finding : verdict.findings) finding.place.steps.push_back({How::member, "a.jpg"});
    EXPECT_TRUE(tell_photo(Language::en, verdict).empty());
}

TEST(PhotoSheet, NamesSouthAndWestAndTheFindingsItRestsOn) {
    Verdict verdict;
    verdict.findings = {finding_of("photo.not-judged", {{"judged", "picture"}}),
                        finding_of("photo.place", {{"position", "-33.858333,-151.21"}, {"direction", "226.6"}})};
    std::vector<SheetLine> const sheet = tell_photo(Language::en, verdict);
    auto const place = std::find_if(sheet.begin(), sheet.end(), [](SheetLine const& line) { return line.what == SheetLine::What::place; });
    ASSERT_NE(place, sheet.end());
    EXPECT_EQ(place->sentence, "33.858333° south; 151.21° west; the camera looked south-west (227°)");
    EXPECT_EQ(place->findings, std::vector<std::uint32_t>{1});
}

TEST(PhotoWords, NamesAreSaidInTheReadersLanguage) {
    EXPECT_EQ(name_piece(Language::zh, "MPF picture 2"), "附加图片 2");
    EXPECT_EQ(name_piece(Language::en, "preview 1"), "preview 1");
    EXPECT_EQ(name_piece(Language::zh, "word/document.xml"), "word/document.xml");
    EXPECT_EQ(name_photo_fact(Language::zh, "camera.serial"), "相机序列号");
    EXPECT_EQ(name_photo_fact(Language::en, "camera.serial"), "serial number of the camera");
    EXPECT_EQ(name_photo_fact(Language::zh, "Author"), "Author");
}

TEST(PhotoWords, ValuesAreSaidInTheReadersLanguage) {
    EXPECT_EQ(say_photo_excerpt(Language::zh, "photo.unknown-bytes", "13068 between the parts, after the end"), "13068 各部分之间, 文件末尾之后");
    EXPECT_EQ(say_photo_excerpt(Language::zh, "photo.not-judged", "speech: 12 s"), "语音: 12 s");
    EXPECT_EQ(say_photo_value(Language::en, "picture", "preview 1: ?: not compared; page 2: 96x64: differs"),
              "preview 1 that could not be compared; page 2 (96x64) that shows MORE or something else");
    EXPECT_EQ(say_photo_excerpt(Language::zh, "hidden.picture", "no such form"), "no such form");
    EXPECT_EQ(say_photo_excerpt(Language::zh, "photo.camera", "differs"), "differs");
}

std::string sentence_of(std::vector<SheetLine> const& sheet, SheetLine::What what) {
    auto const line = std::find_if(sheet.begin(), sheet.end(), [&](SheetLine const& one) { return one.what == what; });
    return line == sheet.end() ? "" : line->sentence;
}

TEST(PhotoSheet, SaysWhatItLooksLikeAndWhereNobodyLooked) {
    Verdict verdict;
    verdict.findings = {finding_of("photo.not-judged", {{"judged", "picture"}}),
                        finding_of("photo.object", {{"chance", "93 %"}, {"object", "warplane"}})};
    verdict.objects = ObjectsLooked::looked;
    verdict.findings[1].place.steps.push_back({How::region, "object-1"});
    std::vector<SheetLine> sheet = tell_photo(Language::en, verdict);
    EXPECT_EQ(sheet[1].what, SheetLine::What::looks);
    EXPECT_EQ(sheet[1].findings, std::vector<std::uint32_t>{1});
    EXPECT_TRUE(sheet[1].sentence.starts_with("a military aircraft (93 %).")) << sheet[1].sentence;
    EXPECT_EQ(sentence_of(sheet, SheetLine::What::still).find("weapons"), std::string::npos);
    EXPECT_NE(sentence_of(sheet, SheetLine::What::now).find("Ask"), std::string::npos);
    EXPECT_TRUE(tell_photo(Language::zh, verdict)[1].sentence.starts_with("军用飞机（93 %）"));
    // In a picture that is hidden in this one: no word about this one.
    verdict.findings[1].place.steps.insert(verdict.findings[1].place.steps.begin(), {How::member, "thumbnail"});
    EXPECT_EQ(sentence_of(tell_photo(Language::en, verdict), SheetLine::What::looks), "");
    verdict.objects = ObjectsLooked::no_network;
    sheet = tell_photo(Language::en, verdict);
    EXPECT_NE(sentence_of(sheet, SheetLine::What::still).find("weapons"), std::string::npos);
}

TEST(PhotoSheet, SaysThatMoreIsToldOnlyWhereItIs) {
    Verdict verdict;
    verdict.outcome = Outcome::hold;
    verdict.findings = {finding_of("photo.not-judged", {{"judged", "picture"}}), finding_of("identity.iban", {})};
    auto const answer = [&] { return sentence_of(tell_photo(Language::en, verdict), SheetLine::What::answer); };
    EXPECT_EQ(answer(), "No, not yet: the reason stands below.");
    verdict.outcome = Outcome::warn;
    EXPECT_EQ(answer(), "Look first: the reason stands below.");
    verdict.findings.push_back(finding_of("photo.owner", {}));
    EXPECT_EQ(answer(), "Look first: it tells a little more than it shows.");
}

TEST(PhotoSheet, WhatWasNotReadIsNotCalledUntold) {
    Verdict verdict;
    verdict.outcome = Outcome::hold;
    verdict.findings = {finding_of("photo.not-judged", {{"judged", "picture"}})};
    verdict.gaps = {{{}, Cause::malformed, Stage::decode, 1, "", ""}};
    std::vector<SheetLine> sheet = tell_photo(Language::en, verdict);
    EXPECT_EQ(sentence_of(sheet, SheetLine::What::place), "not told by the file");
    verdict.gaps[0].stage = Stage::extract;
    sheet = tell_photo(Language::en, verdict);
    for (auto const what : {SheetLine::What::place, SheetLine::What::time, SheetLine::What::camera, SheetLine::What::hidden})
        EXPECT_EQ(sentence_of(sheet, what), "unknown: a part of the file could not be read");
}

}  // namespace
}  // namespace keepmum
