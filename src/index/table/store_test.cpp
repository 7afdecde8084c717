// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "index/table/ask.h"
#include "index/made_key_test.h"
#include "index/table/made_test.h"
#include "index/table/update.h"
#include "io/file.h"

namespace keepmum {
namespace {

class Tables : public testing::Test {
  protected:
    Tables() {
        char path[] = "/tmp/keepmum-tables-XXXXXX";
        folder = mkdtemp(path);
    }
    ~Tables() override {
        for (std::string const& name : list_folder(folder)) unlink((folder + "/" + name).c_str());
        rmdir(folder.c_str());
    }

    static TableFacts facts(std::string name = "customers") {
        TableFacts facts;
        facts.name = std::move(name);
        facts.level = "secret";
        facts.added = "2026-11-22";
        facts.columns = {"name", "phone", "account"};
        return facts;
    }

    // The people `from` to `to`, less one if wanted.
    Result<TableUpdated> update(TableChange change, std::uint64_t from, std::uint64_t to, std::string name = "customers") {
        auto update = TableUpdate::begin(folder, key, facts(std::move(name)), change);
        if (!update) return tl::unexpected(update.error());
        for (int pass = 0; pass < 2; ++pass) {
            for (std::uint64_t i = from; i < to; ++i) {
                MadePerson const person = made_person(i);
                std::string_view const cells[] = {person.name, person.phone, person.account};
                EXPECT_TRUE(update->add(cells).has_value());
            }
            again = *update->wants_all_again();
            if (!again) break;
        }
        return update->commit();
    }

    std::shared_ptr<TableStore const> open() {
        auto store = TableStore::open(folder, key);
        EXPECT_TRUE(store.has_value());
        return store ? *store : nullptr;
    }

    bool knows(std::uint64_t number) {
        auto const store = open();
        TableQuestion question(*store, "2026-11-22");
        question.add(made_person(number).phone + " " + made_person(number).account);
        return !question.answer().empty();
    }

    std::string folder;
    RegisterKey key = made_key(1);
    bool again = false;
};

TEST_F(Tables, AreKeptWithWhatIsSaidOfThem) {
    auto const done = update(TableChange::whole, 0, 100);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->added, 100u);
    EXPECT_EQ(done->rows, 100u);
    auto const store = open();
    ASSERT_EQ(store->tables().size(), 1u);
    EXPECT_EQ(store->tables()[0]->facts.columns[2], "account");
    EXPECT_EQ(store->tables()[0]->facts.level, "secret");
    EXPECT_EQ(store->tables()[0]->facts.rows, 100u);
    EXPECT_NE(store->generation(), 0u);
    EXPECT_TRUE(store->verify().empty());
    EXPECT_TRUE(knows(99));
    EXPECT_FALSE(knows(100));
    for (std::string const& name : list_folder(folder)) {
        auto const bytes = read_file(folder + "/" + name);
        EXPECT_EQ(bytes->find("customers"), std::string::npos) << name;
        EXPECT_EQ(bytes->find("phone"), std::string::npos) << name;
    }
}

TEST_F(Tables, AChangedTableTakesOnlyWhatChanged) {
    ASSERT_TRUE(update(TableChange::whole, 0, 1000).has_value());
    std::uint64_t const before = open()->generation();
    auto const done = update(TableChange::whole, 50, 1020);
    ASSERT_TRUE(done.has_value());
    EXPECT_FALSE(again);
    EXPECT_EQ(done->added, 20u);
    EXPECT_EQ(done->removed, 50u);
    EXPECT_EQ(done->rows, 970u);
    EXPECT_NE(open()->generation(), before);
    EXPECT_EQ(open()->tables()[0]->pieces.size(), 2u);
    EXPECT_FALSE(knows(49));
    EXPECT_TRUE(knows(50));
    EXPECT_TRUE(knows(1019));
    // The rows that were gone come back.
    auto const back = update(TableChange::whole, 0, 1020);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->added, 50u);
    EXPECT_EQ(back->rows, 1020u);
    EXPECT_TRUE(knows(0));
}

TEST_F(Tables, RowsCanBeAddedAndRemovedAlone) {
    EXPECT_FALSE(update(TableChange::add, 0, 1).has_value());  // no such table
    ASSERT_TRUE(update(TableChange::whole, 0, 100).has_value());
    auto done = update(TableChange::add, 95, 110);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->added, 10u);
    EXPECT_EQ(done->rows, 110u);
    done = update(TableChange::remove, 90, 200);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->removed, 20u);
    EXPECT_EQ(done->rows, 90u);
    EXPECT_TRUE(knows(89));
    EXPECT_FALSE(knows(90));
    EXPECT_FALSE(knows(105));
}

TEST_F(Tables, AnotherTableBecomesOnePart) {
    ASSERT_TRUE(update(TableChange::whole, 0, 100).has_value());
    ASSERT_TRUE(update(TableChange::whole, 80, 300).has_value());
    EXPECT_TRUE(again == false);  // the second pass was enough
    EXPECT_EQ(open()->tables()[0]->pieces.size(), 1u);
    EXPECT_EQ(open()->tables()[0]->facts.rows, 220u);
    EXPECT_EQ(list_folder(folder).size(), 3u);  // the table, its part, the lock
}

TEST_F(Tables, AreToldApartAndRemoved) {
    ASSERT_TRUE(update(TableChange::whole, 0, 50, "one").has_value());
    ASSERT_TRUE(update(TableChange::whole, 40, 90, "two").has_value());
    auto const store = open();
    TableQuestion both(*store, "2026-11-22");
    both.add(made_person(45).name + " " + made_person(45).phone);
    both.add(made_person(80).name + " " + made_person(80).phone);
    auto const answer = both.answer();
    ASSERT_EQ(answer.size(), 2u);
    EXPECT_EQ(answer[0].table->facts.name, "two");
    EXPECT_EQ(answer[0].rows, 2u);
    EXPECT_EQ(answer[0].places.back().text, 1u);
    EXPECT_EQ(answer[1].rows, 1u);
    EXPECT_EQ(answer[1].columns, 3u);
    EXPECT_TRUE(*remove_table(folder, key, "one"));
    EXPECT_FALSE(*remove_table(folder, key, "one"));
    EXPECT_EQ(open()->tables().size(), 1u);
    EXPECT_FALSE(knows(10));
    EXPECT_TRUE(knows(45));
}

TEST_F(Tables, AnswersAreGivenForEachFileOfASource) {
    ASSERT_TRUE(update(TableChange::whole, 0, 50).has_value());
    auto const store = open();
    TableQuestion question(*store, "");
    std::string const row = made_person(3).name + " " + made_person(3).account;
    question.add("nothing", 0);
    question.add(row, 1);
    question.add(row, 1);
    question.add(row + "\n" + made_person(4).name + " " + made_person(4).account, 2);
    auto const answer = question.answer();
    ASSERT_EQ(answer.size(), 2u);
    EXPECT_EQ(answer[0].group, 2u);
    EXPECT_EQ(answer[0].rows, 2u);
    EXPECT_EQ(answer[1].rows, 1u);
    EXPECT_EQ(answer[1].places.size(), 4u);  // both texts, two cells each
}

TEST_F(Tables, AfterItsLastDayATableIsAHintOnly) {
    TableFacts expiring = facts();
    expiring.until = "2026-11-21";
    auto update = TableUpdate::begin(folder, key, expiring, TableChange::whole);
    std::string_view const cells[] = {"John Smith", "13800138000", ""};
    ASSERT_TRUE(update->add(cells).has_value());
    ASSERT_TRUE(update->commit().has_value());
    for (auto const& [today, certainty] : {std::pair{"2026-11-21", Certainty::certain}, std::pair{"2026-11-22", Certainty::hint}}) {
        auto const store = open();
        TableQuestion question(*store, today);
        question.add("John Smith 13800138000");
        ASSERT_EQ(question.answer().size(), 1u) << today;
        EXPECT_EQ(question.answer()[0].certainty, certainty) << today;
    }
}

TEST_F(Tables, AnotherKeyDestroysNothing) {
    ASSERT_TRUE(update(TableChange::whole, 0, 50).has_value());
    RegisterKey const other = made_key(2);
    EXPECT_EQ(TableStore::open(folder, other).error().fault, Fault::denied);
    EXPECT_EQ(TableUpdate::begin(folder, other, facts(), TableChange::whole).error().fault, Fault::denied);
    EXPECT_FALSE(remove_table(folder, other, "customers").has_value());
    EXPECT_FALSE(set_damaged_tables_aside(folder, other).has_value());
    EXPECT_TRUE(knows(1));
}

TEST_F(Tables, WhatIsDamagedIsNamedAndTheRestServes) {
    ASSERT_TRUE(update(TableChange::whole, 0, 1000).has_value());
    ASSERT_TRUE(update(TableChange::add, 1000, 1010).has_value());
    std::string part;
    for (std::string const& name : list_folder(folder)) {
        if (name.ends_with("-1.part")) part = folder + "/" + name;
    }
    std::string bytes = *read_file(part);
    bytes[3] ^= 1;
    ASSERT_TRUE(write_file(part, bytes).has_value());
    ASSERT_EQ(open()->damage().size(), 1u);
    EXPECT_EQ(open()->damage()[0].file, part);
    EXPECT_TRUE(knows(1005));
    EXPECT_FALSE(knows(5));
    EXPECT_FALSE(update(TableChange::add, 2000, 2001).has_value());
    EXPECT_TRUE(exists(part));  // not swept away
    // Registered again it is whole again.
    ASSERT_TRUE(update(TableChange::whole, 0, 1010).has_value());
    EXPECT_TRUE(open()->damage().empty());
    EXPECT_TRUE(knows(5));
}

TEST_F(Tables, DamagedOnesCanBeSetAside) {
    ASSERT_TRUE(update(TableChange::whole, 0, 10).has_value());
    for (std::string const& name : list_folder(folder)) {
        if (!name.ends_with(".table")) continue;
        std::string bytes = *read_file(folder + "/" + name);
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        ASSERT_TRUE(write_file(folder + "/" + name, bytes).has_value());
    }
    EXPECT_EQ(open()->damage().size(), 1u);
    EXPECT_EQ(*set_damaged_tables_aside(folder, key), 1u);
    EXPECT_TRUE(open()->damage().empty());
}

TEST_F(Tables, ALongTextIsLookedAtInPieces) {
    ASSERT_TRUE(update(TableChange::whole, 0, 2000).has_value());
    std::string text;
    std::size_t planted = 0;
    for (std::size_t i = 0; text.size() < 2'000'000; ++i) {
        text += "我们 the quarterly report of the office was sent. ";
        if (i % 40 != 0) continue;
        text += made_person(planted).name + " " + made_person(planted).account + "\n";
        ++planted;
    }
    auto const store = open();
    TableQuestion question(*store, "");
    question.add(text);
    auto const answer = question.answer();
    ASSERT_EQ(answer.size(), 1u);
    EXPECT_EQ(answer[0].rows, planted);
    CellPlace const last = answer[0].places.back();
    EXPECT_EQ(text.substr(last.span.begin, last.span.size()), made_person(TableQuestion::most_places / 2 - 1).account);
}

}  // namespace
}  // namespace keepmum
