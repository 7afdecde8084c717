// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/remembered.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "index/made_key_test.h"
#include "index/pieces.h"
#include "register/remembering.h"
#include "register/sketch.h"

namespace keepmum {
namespace {

constexpr std::string_view day = "2026-03-04";

std::string numbered_text(int from, int lines) {
    std::string text;
    for (long i = from; i < from + lines; ++i) text += "line " + std::to_string(i * 7919 % 100'003) + " says " + std::to_string(i * i) + "\n";
    return text;
}

Sketch sketch_of(RegisterKey const& key, std::string const& text) {
    std::unique_ptr<Recogniser> const sketcher = make_sketcher(key);
    std::unique_ptr<Recognition> const seen = sketcher->begin();
    Evidence file;
    file.content = Blob::copy(text);
    seen->look(file, 0);
    Evidence shown;
    shown.kind = Kind::text;
    shown.content = Blob::copy(text);
    seen->look(shown, 0);
    Evidence name = shown;
    name.role = Role::name;
    seen->look(name, 0);
    std::optional<Sketch> sketch = read_sketch(seen->keepsake());
    EXPECT_TRUE(sketch);
    return sketch.value_or(Sketch());
}

RememberedCheck made_check(RegisterKey const& key, int number) {
    RememberedCheck check;
    check.day = day;
    check.to = "supplier";
    check.coverage = {1000, 1000};
    check.findings.push_back({"identity.iban", Certainty::certain, {"identity"}, true, 77, {1, 2}});
    check.gaps.push_back({Cause::encrypted, "image/png", false});
    check.sketch = sketch_of(key, numbered_text(number, 6));
    return check;
}

class RememberedTest : public testing::Test {
  protected:
    RememberedTest() {
        std::string name = (std::filesystem::temp_directory_path() / "keepmum-remembered-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }
    ~RememberedTest() override { std::filesystem::remove_all(folder_); }

    std::string file() const { return folder_ + "/" + std::string(day); }
    std::string bytes() const {
        std::ifstream in(file(), std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        return all.str();
    }
    void write(std::string const& all) const { std::ofstream(file(), std::ios::binary) << all; }
    void remember(int from, int count) const {
        Result<Rememberer> rememberer = Rememberer::open(folder_, key_, std::string(day));
        ASSERT_TRUE(rememberer) << rememberer.error().what;
        for (int i = from; i < from + count; ++i) ASSERT_TRUE(rememberer->add(made_check(key_, 100 * i)));
        ASSERT_TRUE(rememberer->sync());
    }
    // How many checks are read, and how many stretches were damaged.
    std::pair<std::size_t, std::size_t> read_all() const {
        Result<RememberedReader> reader = RememberedReader::open(folder_, key_, "");
        if (!reader) return {0, 999};
        std::size_t count = 0;
        while (reader->next()) ++count;
        return {count, reader->damage().size()};
    }

    RegisterKey key_ = made_key(1);
    std::string folder_;
};

TEST(Sketch, IsReadBackAsItWasPrinted) {
    RegisterKey const key = made_key(2);
    Sketch const sketch = sketch_of(key, numbered_text(0, 60) + "保密协议约定双方不得向第三方披露技术资料和样品数据。");
    ASSERT_EQ(sketch.texts.size(), 1u);  // the name left none
    EXPECT_EQ(sketch.content.size(), 64u);
    EXPECT_EQ(sketch.thinning, 0u);
    EXPECT_GT(sketch.texts[0].grams[0].size(), 60u);
    EXPECT_GT(sketch.texts[0].grams[2].size(), 2u);
    EXPECT_TRUE(sketch.texts[0].grams[1].empty());
    std::string const printed = print_sketch(sketch);
    for (std::size_t cut = 0; cut < printed.size(); cut += 7) EXPECT_FALSE(read_sketch(std::string_view(printed).substr(0, cut)));
    EXPECT_EQ(print_sketch(*read_sketch(printed)), printed);
}

TEST(Sketch, OfALongTextStaysSmallAndIsAnEvenPart) {
    RegisterKey const key = made_key(3);
    Sketch const sketch = sketch_of(key, numbered_text(0, 60'000));
    std::size_t const count = sketch.texts.at(0).grams[0].size();
    EXPECT_GT(sketch.thinning, 2u);
    EXPECT_LE(count, most_grams);
    EXPECT_GT(count, most_grams / 4);
    EXPECT_LT(print_sketch(sketch).size(), 9 * most_grams);
    std::uint32_t const last = sketch.texts[0].grams[0].back().at;
    EXPECT_GT(last, 600'000u);
    // A text that says one thing for ever does not grow either.
    std::string again;
    while (again.size() < 4'000'000) again += "the same words over and over again, ";
    EXPECT_LE(sketch_of(key, again).texts.size(), 1u);
}

TEST_F(RememberedTest, ChecksComeBackAsTheyWere) {
    remember(0, 3);
    remember(3, 2);
    Result<RememberedReader> reader = RememberedReader::open(folder_, key_, "2026-03-04");
    ASSERT_TRUE(reader);
    for (int i = 0; i < 5; ++i) {
        std::optional<RememberedCheck> const check = reader->next();
        ASSERT_TRUE(check);
        EXPECT_EQ(print_check(*check), print_check(made_check(key_, 100 * i)));
    }
    EXPECT_FALSE(reader->next());
    EXPECT_TRUE(reader->damage().empty());
    EXPECT_FALSE(RememberedReader::open(folder_, key_, "2026-03-05")->next());
}

TEST_F(RememberedTest, EveryFlippedByteCostsAtMostOneCheckAndIsNamed) {
    remember(0, 4);
    std::string const whole = bytes();
    for (std::size_t at = 0; at < whole.size(); at += at < 120 ? 1 : 37) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write(changed);
        auto const [count, damaged] = read_all();
        if (damaged == 999) continue;  // the key's line: another key's file, refused whole
        EXPECT_GE(count, 3u) << at;
        EXPECT_EQ(damaged, 1u) << at;
        if (at >= 58) { EXPECT_EQ(count, 3u) << at; }
    }
}

TEST_F(RememberedTest, WhatAKilledProcessLeftIsSkippedAndWhatFollowsIsRead) {
    remember(0, 2);
    std::string const whole = bytes();
    for (std::size_t cut : {std::size_t{1}, std::size_t{9}, std::size_t{30}, std::size_t{200}}) {
        write(whole.substr(0, whole.size() - cut));
        remember(7, 1);
        EXPECT_EQ(read_all(), (std::pair<std::size_t, std::size_t>(2, 1))) << cut;
    }
    write("");  // killed before the heading
    remember(7, 1);
    EXPECT_EQ(read_all(), (std::pair<std::size_t, std::size_t>(1, 0)));
}

TEST_F(RememberedTest, AnotherKeyIsRefusedAndNothingIsTouched) {
    remember(0, 1);
    std::string const whole = bytes();
    RegisterKey const other = made_key(4);
    Result<Rememberer> const rememberer = Rememberer::open(folder_, other, "2026-03-09");
    ASSERT_FALSE(rememberer);
    EXPECT_EQ(rememberer.error().fault, Fault::denied);
    EXPECT_FALSE(RememberedReader::open(folder_, other, ""));
    EXPECT_EQ(bytes(), whole);
    EXPECT_FALSE(std::filesystem::exists(folder_ + "/2026-03-09"));
}

TEST_F(RememberedTest, ManyMayRememberAtOnce) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([this, i] { remember(10 * i, 8); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(read_all(), (std::pair<std::size_t, std::size_t>(32, 0)));
}

TEST_F(RememberedTest, OldDaysAreForgotten) {
    std::ofstream(folder_ + "/2001-02-03") << "old";
    std::ofstream(folder_ + "/notes.txt") << "not ours";
    remember(0, 1);
    EXPECT_FALSE(std::filesystem::exists(folder_ + "/2001-02-03"));
    EXPECT_TRUE(std::filesystem::exists(folder_ + "/notes.txt"));
    EXPECT_EQ(forget_before(folder_, "2026-03-05").value_or(0), 1u);
    EXPECT_EQ(read_all(), (std::pair<std::size_t, std::size_t>(0, 0)));
}

TEST(Label, NamesNoPerson) {
    EXPECT_TRUE(check_label("supplier"));
    EXPECT_TRUE(check_label("媒体"));
    for (std::string_view bad : {"", "li.wei@example.com", "李伟＠例子", "two\nlines", "\xff"}) EXPECT_FALSE(check_label(bad)) << bad;
    EXPECT_FALSE(check_label(std::string(65, 'x')));
}

}  // namespace
}  // namespace keepmum
