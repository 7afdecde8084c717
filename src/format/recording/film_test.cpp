// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/recording/film.h"

#include <gtest/gtest.h>

#include "format/recording/recording.h"

namespace keepmum {
namespace {

using namespace std::string_literals;

std::string unit(char head, std::size_t size) {
    return number_of(size, 4) + head + std::string(size - 1, static_cast<char>('a' + size % 20));
}

// Ten frames of half a second.
FilmTrack made_track(std::uint32_t quarters = 0) {
    FilmTrack track;
    track.scale = 1000;
    track.width = 96;
    track.height = 64;
    track.quarters = quarters;
    track.coding = "avc1";
    track.entry = number_of(1, 8) + number_of(0, 16) + number_of(96 << 16 | 64, 4) + number_of(0x480000, 4) +
                  number_of(0x480000, 4) + number_of(0, 4) + number_of(1, 2) + std::string(32, '\0') +
                  number_of(24, 2) + "\xFF\xFF" + box_of("avcC", "\1\x42\0\x1E\xFF\xE1\0\4gB\0\x1E\1\0\4hHHH"s);
    for (int i = 0; i < 10; ++i) track.samples.push_back({0, 0, 500, 0, i == 0});
    return track;
}

std::vector<std::string> made_samples(std::string const& before = "") {
    std::vector<std::string> samples;
    for (std::size_t i = 0; i < 10; ++i) samples.push_back(before + unit(i == 0 ? '\x65' : '\x41', 20 + i));
    return samples;
}

std::string rewritten(std::string const& file) {
    Rewritten done = rewrite_film(file);
    if (Trouble const* const trouble = std::get_if<Trouble>(&done)) return "refused: " + trouble->detail;
    return std::get<Recording>(done).bytes;
}

TEST(Film, IsItsSamplesAndWhenTheyPlay) {
    for (std::uint32_t quarters = 0; quarters < 4; ++quarters) {
        std::string const film = write_film({made_track(quarters)}, {made_samples()});
        Rewritten const done = rewrite_film(film);
        Recording const* const recording = std::get_if<Recording>(&done);
        ASSERT_TRUE(recording) << std::get<Trouble>(done).detail;
        EXPECT_EQ(recording->bytes, film);
        EXPECT_EQ(recording->seconds, 5u);
        EXPECT_EQ(recording->width, quarters % 2 == 0 ? 96u : 64u);
        EXPECT_EQ(recording->media, "video/mp4");
    }
}

TEST(Film, LeavesOutWhatIsNotShown) {
    std::string const film = write_film({made_track()}, {made_samples()});
    // Supplemental information, filling, a kind that nobody knows.
    EXPECT_EQ(
        rewritten(write_film({made_track()}, {made_samples(unit('\6', 30) + unit('\x0C', 9) + unit('\x1E', 5))})),
        film);
    EXPECT_EQ(rewritten(film + box_of("uuid", "0123456789abcdefsecret") + box_of("free", "secret")), film);
    // A name of the coder, a date, a handler's name.
    std::string named = film;
    named.replace(named.find(std::string(32, '\0') + "\0\x18\xFF\xFF"s), 7, "\6secret");
    EXPECT_EQ(rewritten(named), film);
    std::string dated = film;
    dated.replace(dated.find("mvhd") + 8, 8, "datedate");
    EXPECT_EQ(rewritten(dated), film);
}

TEST(Film, FillingOfSoundIsBlank) {
    FilmTrack sound;
    sound.is_sound = true;
    sound.has_elements = true;
    // Filling (110) of 4 bytes (0100), kind 0; then an element of sound (000).
    std::string const frame = "\xC8sec\xA0 sound"s;
    std::string const out = shown_units(frame, sound);
    EXPECT_EQ(out.substr(0, 4), "\xC8\0\0\0"s);
    EXPECT_EQ(out[4] & 1, frame[4] & 1);
    EXPECT_EQ(out.substr(5), frame.substr(5));
    sound.has_elements = false;
    EXPECT_EQ(shown_units(frame, sound), frame);
}

TEST(Film, WhatAnEditListHidesIsLeftOutOrRefused) {
    FilmTrack late = made_track();
    late.has_edit = true;
    late.from = 600;
    EXPECT_TRUE(rewritten(write_film({late}, {made_samples()})).starts_with("refused: a part of it is hidden"));
    // Without its last four frames, which nobody sees.
    FilmTrack shorter = made_track();
    shorter.has_edit = true;
    std::string film = write_film({shorter}, {made_samples()});
    std::size_t const lasts = film.find("elst") + 12;
    film.replace(lasts, 4, number_of(3000, 4));
    shorter.samples.resize(6);
    std::vector<std::string> samples = made_samples();
    samples.resize(6);
    EXPECT_EQ(rewritten(film), write_film({shorter}, {samples}));
    // A pause before it stays.
    FilmTrack paused = made_track();
    paused.has_edit = true;
    paused.pause = 700;
    std::string const slow = write_film({paused}, {made_samples()});
    EXPECT_EQ(rewritten(slow), slow);
}

TEST(Film, ShiftsBelowZeroStay) {
    FilmTrack track = made_track();
    track.samples[3].later = -500;
    track.samples[2].later = 500;
    std::string const film = write_film({track}, {made_samples()});
    EXPECT_EQ(rewritten(film), film);
}

TEST(Film, HostileTablesAreRefused) {
    std::string const film = write_film({made_track()}, {made_samples()});
    std::size_t const whole = film.size();
    for (std::size_t i = 0; i < 64; ++i)
        EXPECT_TRUE(rewritten(film.substr(0, whole * i / 64)).starts_with("refused")) << i;
    for (char const* const table : {"stsz", "stsc", "stco", "stts", "stss", "stsd"}) {
        for (std::size_t at = film.find(table) + 8; at < film.find(table) + 24; ++at) {
            std::string broken = film;
            broken[at] = '\x7F';
            std::string const out = rewritten(broken);
            EXPECT_TRUE(out.starts_with("refused") || out.size() <= 2 * whole) << table << at;
        }
    }
    std::string slanted = film;
    std::size_t const matrix = slanted.find("tkhd") + 44;
    slanted.replace(matrix, 4, number_of(0x8000, 4));
    EXPECT_TRUE(rewritten(slanted).starts_with("refused: a rare kind"));
    std::string aperture = made_track().entry + box_of("clap", std::string(32, '\1'));
    FilmTrack cropped = made_track();
    cropped.entry = aperture;
    EXPECT_TRUE(rewritten(write_film({cropped}, {made_samples()})).starts_with("refused: a part of its picture"));
}

}  // namespace
}  // namespace keepmum
