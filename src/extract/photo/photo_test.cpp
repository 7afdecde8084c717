// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/photo.h"

#include <gtest/gtest.h>

#include "core/photo.h"
#include "extract/collect.h"
#include "extract/photo/facts.h"
#include "extract/photo/leftover.h"
#include "extract/photo/made_exif_test.h"
#include "extract/photo/position.h"
#include "format/pixels/made_pictures_test.h"

namespace keepmum {
namespace {

struct Told {
    std::string facts, tags;
    std::vector<Evidence> all;
    std::vector<Gap> gaps;
    std::uint64_t read = 0;
    bool says(std::string_view line) const {
        return ("\n" + facts).find("\n" + std::string(line) + "\n") != std::string::npos;
    }
};

Told tell(std::string const& bytes) {
    Collect outlet;
    Result<Done> const done = photo_extractor()->extract(input_of(bytes), outlet);
    Told told;
    EXPECT_TRUE(done);
    if (done) told.read = done->read;
    for (Evidence const& evidence : outlet.all) {
        if (evidence.media == photo_media) told.facts = evidence.content.view();
        if (evidence.media == photo_tags_media) told.tags = evidence.content.view();
    }
    told.all = std::move(outlet.all);
    told.gaps = std::move(outlet.gaps);
    return told;
}

MadeExif leaky() {
    MadeExif exif;
    exif.image = {text_row(0x010F, "NIKON"), text_row(0x0110, "COOLPIX P6000"),
                  text_row(0x0131, "Nikon Transfer 1.1"), text_row(0x0132, "2024:05:04 09:00:00"),
                  text_row(0x013B, "Wang Xiaoming")};
    exif.photo = {
        ratio_row(0x829A, {1, 250}), ratio_row(0x829D, {8, 1}), text_row(0x9003, "2024:05:03 14:22:07"),
        ratio_row(0x920A, {6, 1}),   number_row(0xA405, 28),    text_row(0xA431, "3004512")};
    exif.gps = {text_row(1, "N"),          ratio_row(2, {36, 1, 4, 1, 1500, 100}),
                text_row(3, "E"),          ratio_row(4, {120, 1, 22, 1, 3000, 100}),
                ratio_row(6, {87, 2}),     ratio_row(7, {6, 1, 22, 1, 5, 1}),
                text_row(16, "T"),         ratio_row(17, {2713, 10}),
                text_row(29, "2024:05:03")};
    return exif;
}

Pixels const& scene() {
    static Pixels const pixels = draw_scene(1, 320, 240);
    return pixels;
}

TEST(Photo, TellsWhenWhereAndWithWhat) {
    std::string const file = with_exif(to_jpeg(scene()), make_exif(leaky()));
    Told const told = tell(file);
    for (std::string_view const line :
         {"media: image/jpeg", "time.taken: 2024-05-03T14:22:07", "time.utc: 2024-05-03T06:22:05Z",
          "time.changed: 2024-05-04T09:00:00", "place.position: 36.070833,120.375", "place.altitude: 43.5",
          "place.direction: 271.3", "camera.make: NIKON", "camera.model: COOLPIX P6000",
          "camera.serial: 3004512", "owner: Wang Xiaoming", "software: Nikon Transfer 1.1",
          "exposure: 1/250 s, f/8", "view.focal: 6", "view.focal-35mm: 28", "picture.size: 320x240",
          "not.judged: picture"}) {
        EXPECT_TRUE(told.says(line)) << line << "\n" << told.facts;
    }
    EXPECT_TRUE(told.gaps.empty());
    EXPECT_EQ(told.read, file.size());
    EXPECT_NE(told.tags.find("Exif.Photo.BodySerialNumber: 3004512"), std::string::npos);
}

TEST(Photo, FactsLeadToTheirBytes) {
    std::string const exif = make_exif(leaky()), file = with_exif(to_jpeg(scene()), exif);
    for (Evidence const& evidence : tell(file).all) {
        if (evidence.media != photo_media) continue;
        std::size_t const at = evidence.content.view().find("Wang");
        Span const span = evidence.map.to_source({at, at + 4});
        EXPECT_NE(file.substr(span.begin, span.size()).find("Wang Xiaoming"), std::string::npos);
        EXPECT_LE(span.size(), exif.size() + 10);  // with its marker
    }
}

TEST(Photo, APlainPictureTellsNothing) {
    for (MadeFile const& file : in_every_format(scene())) {
        if (file.media == "image/x-portable-anymap") continue;  // made with a comment
        Told const told = tell(file.bytes);
        EXPECT_TRUE(told.gaps.empty()) << file.media;
        EXPECT_EQ(told.read, file.bytes.size()) << file.media;
        EXPECT_EQ(told.facts.find("\ntags: "), std::string::npos) << file.media << "\n"
                                                                  << told.facts << told.tags;
        EXPECT_EQ(told.facts.find("\nbytes.unknown: "), std::string::npos) << file.media;
        EXPECT_TRUE(told.says("not.judged: picture"));
    }
}

TEST(Photo, AThumbnailThatShowsMoreIsTold) {
    MadeExif exif = leaky();
    exif.thumbnail = to_jpeg(draw_scene(1, 160, 120));
    Told const same = tell(with_exif(to_jpeg(scene()), make_exif(exif)));
    EXPECT_NE(same.facts.find(": 160x120: same\n"), std::string::npos) << same.facts;
    // The size is the file's, not that of what a decoder gives of it to be compared.
    exif.thumbnail = to_jpeg(draw_scene(1, 320, 240));
    EXPECT_NE(tell(with_exif(to_jpeg(scene()), make_exif(exif))).facts.find(": 320x240: same\n"), std::string::npos);
    exif.thumbnail = to_jpeg(draw_scene(2, 160, 120));
    Told const other = tell(with_exif(to_jpeg(scene()), make_exif(exif)));
    EXPECT_NE(other.facts.find(": 160x120: differs\n"), std::string::npos) << other.facts;
    bool handed_out = false;
    for (Evidence const& evidence : other.all)
        handed_out = handed_out || (evidence.kind == Kind::bytes && evidence.role == Role::hidden &&
                                    evidence.content.view() == exif.thumbnail);
    EXPECT_TRUE(handed_out);
}

TEST(Photo, BytesBehindTheEndAreSearchedOrHandedOut) {
    Told const words = tell(to_jpeg(scene()) + "\x01\x02 the key lies under the third stone \x03");
    EXPECT_NE(words.facts.find("\nbytes.unknown: "), std::string::npos) << words.facts;
    bool found = false;
    for (Evidence const& evidence : words.all)
        found = found || (evidence.role == Role::residue &&
                          evidence.content.view().find("under the third stone") != std::string_view::npos);
    EXPECT_TRUE(found);
}

TEST(Photo, WhatReadersOfTagsLeaveOutIsSearchedAsWell) {
    std::string const secret = "blue heron in May", much = std::string(20'000, 'x') + " " + secret;
    std::string packet = R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">)"
                         R"(<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:source>)";
    packet += much + "</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>";
    auto const with = [](MadeExif exif) { return with_exif(to_jpeg(scene()), make_exif(exif)); };
    auto const beside = [](std::string const& body, unsigned char marker) {
        std::string file = to_jpeg(scene());
        std::size_t const size = body.size() + 2;
        return file.insert(2, {'\xFF', static_cast<char>(marker), static_cast<char>(size >> 8), static_cast<char>(size)}).insert(6, body);
    };
    MadeExif long_one, behind;
    long_one.image = {text_row(0x010E, much)};
    behind.image = {text_row(0x010E, "harmless" + std::string(3, '\0') + secret)};
    std::string const marked = std::string("http://ns.adobe.com/xap/1.0/") + '\0' + packet;
    for (std::string const& file : {with(long_one), with(behind), beside(much, 0xFE), beside(marked, 0xE1)}) {
        Told const told = tell(file);
        std::size_t times = 0;
        for (Evidence const& evidence : told.all) times += evidence.content.view().find(secret) != std::string_view::npos;
        EXPECT_GE(times, 1u) << file.size();
        EXPECT_TRUE(told.gaps.empty());
    }
    // A tag is not told twice for the bytes around it.
    MadeExif plain;
    plain.image = {text_row(0x010E, secret)};
    for (Evidence const& evidence : tell(with(plain)).all) {
        if (evidence.kind == Kind::text) EXPECT_EQ(evidence.content.view().find(secret), std::string_view::npos);
    }
}

TEST(Photo, MoreTagsThanAreKeptAreNotLost) {
    Tags tags;
    for (std::size_t i = 0; i < Tags::most; ++i) tags.add({}, "a", "b");
    EXPECT_EQ(tags.left_out(), 0u);
    tags.add({}, "a", "b");
    EXPECT_EQ(tags.left_out(), 1u);
    EXPECT_EQ(strings_beside("\1xxthe blue heron\2yyyyyyyyy\3", {{"t", "the blue heron", "the blue heron"}}, 0), "yyyyyyyyy\n");
}

TEST(Photo, RecordingsAreNeverSilence) {
    std::string wav = "RIFF" + little_bytes(36 + 16000, 4) + "WAVEfmt " + little_bytes(16, 4) + little_bytes(1, 2) + little_bytes(1, 2) +
                      little_bytes(8000, 4) + little_bytes(8000, 4) + little_bytes(1, 2) + little_bytes(8, 2) + "data" +
                      little_bytes(16000, 4) + std::string(16000, '\x80');
    Told const told = tell(wav);
    EXPECT_TRUE(told.says("not.judged: speech: 2 s")) << told.facts;
    ASSERT_EQ(told.gaps.size(), 1u);
    EXPECT_EQ(told.gaps[0].cause, Cause::unsupported);
}

// Each page is read with the whole; where that cannot be decoded, those that can be told apart come out by themselves.
TEST(Photo, PagesOfATiffAreToldOnce) {
    auto const pages = [](Told const& told) {
        return std::count_if(told.all.begin(), told.all.end(), [](Evidence const& evidence) { return evidence.kind == Kind::bytes; });
    };
    std::string const tiff = to_tiff({scene(), draw_scene(2, 320, 240)});
    Told const told = tell(tiff);
    EXPECT_TRUE(told.says("hidden.picture: page 2: 320x240: differs")) << told.facts;
    EXPECT_EQ(pages(told), 0);
    std::string damaged = to_tiff({scene(), draw_scene(2, 320, 240), draw_scene(3, 320, 240)});
    std::size_t const compression = damaged.rfind(std::string("\x03\x01\x03\0\x01\0\0\0", 8));  // of the last page
    ASSERT_NE(compression, std::string::npos);
    damaged[compression + 8] = 99;
    Told const cut = tell(damaged);
    EXPECT_FALSE(cut.gaps.empty());
    EXPECT_GT(pages(cut), 0);
}

TEST(Photo, CutShortIsAGapNeverSilence) {
    std::string const file = with_exif(to_jpeg(scene()), make_exif(leaky()));
    for (std::size_t part = 0; part < 16; ++part) {
        Told const told = tell(file.substr(0, file.size() * part / 16));
        EXPECT_FALSE(told.gaps.empty()) << part;
    }
}

TEST(Photo, FlippedBytesNeitherCrashNorHang) {
    std::string const file = with_exif(to_jpeg(draw_scene(1, 32, 24)), make_exif(leaky()));
    for (std::size_t at = 0; at < file.size(); at += 3) {
        std::string damaged = file;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        Told const told = tell(damaged);
        EXPECT_TRUE(!told.gaps.empty() || !told.facts.empty()) << at;
    }
}

TEST(Times, AreReadHoweverTheyAreWritten) {
    std::string zone;
    EXPECT_EQ(iso_time("2003:12:04 06:46:52", zone), "2003-12-04T06:46:52");
    EXPECT_EQ(zone, "");
    EXPECT_EQ(iso_time("2020-01-05T13:20:49.25+02:00", zone), "2020-01-05T13:20:49");
    EXPECT_EQ(zone, "+02:00");
    EXPECT_EQ(iso_time("20200105T132049Z", zone), "2020-01-05T13:20:49");
    EXPECT_EQ(zone, "Z");
    EXPECT_EQ(iso_time("2020-01", zone), "2020-01");
    EXPECT_EQ(iso_time("2001:12:00 00:00:00", zone), "2001-12");
    for (std::string_view const none :
         {"0000:00:00 00:00:00", "    :  :     :  :  ", "", "soon", "2020:13:01", "12:30:00"})
        EXPECT_EQ(iso_time(none, zone), "") << none;
}

TEST(Positions, OfFilms) {
    auto const position = [](std::string_view text) {
        PhotoFacts facts;
        add_iso_6709(text, {}, facts);
        return std::string(facts.first(photo_fact::position)) + " " +
               std::string(facts.first(photo_fact::altitude));
    };
    EXPECT_EQ(position("+39.9042+116.4074+043.500/"), "39.9042,116.4074 43.5");
    EXPECT_EQ(position("-3351.5+15112.6/"), "-33.858333,151.21 ");
    EXPECT_EQ(position("+395415+1162426/"), "39.904167,116.407222 ");
    for (std::string_view const none : {"", "here", "+91+10/", "+10/", "+1e5+3/"})
        EXPECT_EQ(position(none), " ") << none;
}

}  // namespace
}  // namespace keepmum
