// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "index/table/build.h"
#include "index/made_key_test.h"
#include "index/table/find.h"
#include "index/table/made_test.h"
#include "index/table/part.h"
#include "io/file.h"

namespace keepmum {
namespace {

class Folder {
  public:
    Folder() {
        char path[] = "/tmp/keepmum-table-XXXXXX";
        path_ = mkdtemp(path);
    }
    ~Folder() {
        for (std::string const& name : list_folder(path_)) unlink((path_ + "/" + name).c_str());
        rmdir(path_.c_str());
    }
    std::string operator/(std::string const& name) const { return path_ + "/" + name; }
    std::string const& path() const { return path_; }

  private:
    std::string path_;
};

using Row = std::vector<std::string>;

std::shared_ptr<TablePart const> build(Folder const& folder, TableKeys const& keys, std::vector<Row> const& rows,
                                       std::string const& name = "part") {
    auto builder = TableBuilder::begin(folder.path(), rows[0].size(), keys);
    EXPECT_TRUE(builder.has_value());
    for (Row const& row : rows) {
        std::vector<std::string_view> const cells(row.begin(), row.end());
        EXPECT_TRUE(builder->add(cells).has_value());
    }
    EXPECT_TRUE(builder->write(folder / name).has_value());
    auto part = TablePart::open(folder / name, keys);
    EXPECT_TRUE(part.has_value()) << (part ? "" : part.error().what);
    return part ? *part : nullptr;
}

std::vector<RowFound> find(TablePart const& part, TableKeys const& keys, std::string_view text, std::uint32_t need = 2) {
    TableText read;
    read_table_text(text, keys, read);
    return find_rows(part, read, need);
}

std::vector<Row> people(std::uint64_t count) {
    std::vector<Row> rows;
    for (std::uint64_t i = 0; i < count; ++i) {
        MadePerson person = made_person(i);
        rows.push_back({person.name, person.phone, person.account});
    }
    return rows;
}

class Table : public testing::Test {
  protected:
    Folder folder;
    TableKeys keys{made_key(1)};
};

TEST_F(Table, FindsARowHoweverItIsWritten) {
    auto const part = build(folder, keys, {{"John Smith", "13800138000", "6222021300001234"},
                                           {"张伟", "+86 139-1234-5678", "0012345678"},
                                           {"Li Na", "010-65529988", "99887766"}});
    for (auto const* text : {"Mr John Smith (tel. +86 138 0013 8000) called.", "SMITH, John: 138-0013-8000",
                             R"({"phone":"13800138000","name":"John Smith"})", "6222 0213 0000 1234,x,john smith",
                             "John\nSmith\t1380013 8000"}) {
        auto const found = find(*part, keys, text);
        ASSERT_EQ(found.size(), 1u) << text;
        EXPECT_EQ(found[0].row, 0u) << text;
    }
    auto found = find(*part, keys, "请联系張偉先生，电话13912345678，账号12345678。");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].row, 1u);
    EXPECT_EQ(found[0].columns, 7u);
    ASSERT_EQ(found[0].cells.size(), 3u);
    EXPECT_EQ(found[0].cells[0], (Span{9, 15}));
    EXPECT_EQ(found[0].cells[2].size(), 8u);
    EXPECT_EQ(find(*part, keys, "Na Li, +86 10 65529988").size(), 1u);
}

TEST_F(Table, CellsOfDifferentRowsAreNoFinding) {
    auto const part = build(folder, keys, {{"John Smith", "13800138000"}, {"Anna Kowalska", "13912345678"}});
    EXPECT_TRUE(find(*part, keys, "John Smith 13912345678").empty());
    EXPECT_TRUE(find(*part, keys, "John Smith").empty());
    EXPECT_TRUE(find(*part, keys, "13800138000").empty());
    EXPECT_EQ(find(*part, keys, "13800138000", 1).size(), 1u);
    EXPECT_TRUE(find(*part, keys, "John Smith", 1).empty());  // a name alone says too little
}

TEST_F(Table, CellsFarFromEachOtherAreNoFinding) {
    auto const part = build(folder, keys, {{"John Smith", "13800138000"}});
    std::string far = "John Smith ";
    for (int i = 0; i < 100; ++i) far += "and so on\n";
    EXPECT_TRUE(find(*part, keys, far + "13800138000").empty());
    std::string line = "John Smith ";
    for (int i = 0; i < 100; ++i) line += "and so on ";
    EXPECT_EQ(find(*part, keys, line + "13800138000").size(), 1u);  // one line is one record
}

TEST_F(Table, OnePlaceIsOneCell) {
    auto const part = build(folder, keys, {{"13800138000", "13800138000"}});
    EXPECT_TRUE(find(*part, keys, "13800138000").empty());
    EXPECT_EQ(find(*part, keys, "13800138000 13800138000").size(), 1u);
}

TEST_F(Table, CommonCellsNeverCountAlone) {
    std::vector<Row> rows;
    for (std::uint64_t i = 0; i < 5000; ++i) {
        rows.push_back({i % 2 ? "Anna" : "Peter", i % 3 ? "Shanghai" : "Hamburg", made_person(i).phone, std::to_string(10 + i % 7)});
    }
    auto const part = build(folder, keys, rows);
    EXPECT_TRUE(find(*part, keys, "Anna from Shanghai, Peter from Hamburg, 10, 11, 12, 13, 14", 2).empty());
    auto const found = find(*part, keys, "Anna from Shanghai: " + rows[5][2], 3);
    ASSERT_EQ(found.size(), 1u);  // with a rare cell they do count
    EXPECT_EQ(found[0].row, 5u);
    EXPECT_EQ(found[0].columns, 7u);
    // The common cell may come last.
    EXPECT_EQ(find(*part, keys, rows[5][2] + " Anna Shanghai", 3).size(), 1u);
    EXPECT_TRUE(find(*part, keys, "Peter from Hamburg: " + rows[5][2], 2).empty());
}

TEST_F(Table, RowsWithoutACellOrWithTooManyAreRead) {
    auto const part = build(folder, keys, {{"John Smith", "", "99887766"}, {"", "", ""}, {"x", "?", "-"}, {"Anna Kowalska", "13800138000", ""}});
    EXPECT_EQ(part->rows(), 4u);
    EXPECT_EQ(find(*part, keys, "John Smith 99887766").size(), 1u);
    EXPECT_EQ(find(*part, keys, "Anna Kowalska 13800138000").size(), 1u);
}

TEST_F(Table, AnotherKeyIsSaidAndNothingIsFoundWithIt) {
    build(folder, keys, people(10));
    TableKeys const other(made_key(2));
    auto const part = TablePart::open(folder / "part", other);
    ASSERT_FALSE(part.has_value());
    EXPECT_EQ(part.error().fault, Fault::denied);
}

TEST_F(Table, NoCellStandsInTheFile) {
    build(folder, keys, {{"Johannsmith", "13800138000"}});
    auto const bytes = read_file(folder / "part");
    ASSERT_TRUE(bytes.has_value());
    EXPECT_EQ(bytes->find("Johann"), std::string::npos);
    EXPECT_EQ(bytes->find("johann"), std::string::npos);
    EXPECT_EQ(bytes->find("138001"), std::string::npos);
}

// Whatever byte changes: the part does not open, or says that it is damaged, or finds what it found before.
TEST_F(Table, AFlippedByteIsNoticedOrHarmless) {
    std::vector<Row> rows;
    for (std::uint64_t i = 0; i < 300; ++i) rows.push_back({made_person(i).name, made_person(i).phone, i % 2 ? "Hamburg" : "Shanghai"});
    build(folder, keys, rows);
    std::string text;
    for (std::size_t i = 0; i < rows.size(); i += 10) text += rows[i][0] + ", " + rows[i][2] + ", " + rows[i][1] + "\n";
    std::string const whole = *read_file(folder / "part");
    std::size_t noticed = 0, harmless = 0;
    ASSERT_TRUE(write_file(folder / "flipped", whole).has_value());
    int const file = ::open((folder / "flipped").c_str(), O_WRONLY);
    auto put = [&](std::size_t at, char byte) { ASSERT_EQ(pwrite(file, &byte, 1, static_cast<off_t>(at)), 1); };
    for (std::size_t at = 0; at < whole.size(); ++at) {
        if (at > 0) put(at - 1, whole[at - 1]);
        put(at, static_cast<char>(whole[at] ^ (1 << at % 8)));
        auto const part = TablePart::open(folder / "flipped", keys);
        if (!part) {
            ++noticed;
            continue;
        }
        auto const found = find(**part, keys, text);
        if ((*part)->damaged() || !(*part)->verify()) {
            ++noticed;
            for (RowFound const& row : found) EXPECT_EQ(row.row % 10, 0u) << at;  // never a wrong row
        } else {
            ++harmless;
            EXPECT_EQ(found.size(), 30u) << at;
            EXPECT_GE(at, sizeof(std::uint64_t) * 22) << at;
            EXPECT_LT(at, 4096u) << at;  // the header's unused room
        }
    }
    close(file);
    EXPECT_GT(noticed, 3000u);
    EXPECT_GT(harmless, 0u);
}

TEST_F(Table, ACutFileDoesNotOpen) {
    build(folder, keys, people(100));
    std::string const whole = *read_file(folder / "part");
    for (std::size_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
        ASSERT_TRUE(write_file(folder / "cut", whole.substr(0, whole.size() * sixteenth / 16)).has_value());
        EXPECT_FALSE(TablePart::open(folder / "cut", keys).has_value()) << sixteenth;
    }
}

TEST_F(Table, SameRowsGiveTheSameFile) {
    build(folder, keys, people(1000), "one");
    build(folder, keys, people(1000), "two");
    EXPECT_EQ(*read_file(folder / "one"), *read_file(folder / "two"));
}

// 100,000 rows: every planted leak is found, and nothing in text that speaks of other people alike.
TEST_F(Table, FindsAllLeaksAndNothingElse) {
    constexpr std::uint64_t count = 100'000;
    auto const part = build(folder, keys, people(count));
    EXPECT_LE(part->bytes(), count * 21);
    MadeRandom random(5);
    std::size_t found = 0, planted = 0;
    for (int i = 0; i < 1000; ++i) {
        std::uint64_t const row = random.below(count);
        MadePerson const leaked = made_person(row), other = made_person(i, 1);
        std::string const text = other.name + " asked " + other.phone + " about\nthe account " + leaked.account.substr(0, 4) + " " +
                                 leaked.account.substr(4) + " of our customer " + leaked.name + ", who had called from " + other.account;
        ++planted;
        for (RowFound const& it : find(*part, keys, text)) found += it.row == row;
    }
    EXPECT_EQ(found, planted);
    // The same names, and numbers of the same form: of no one, or of somebody else.
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        MadePerson const one = made_person(random.below(count)), another = made_person(random.below(count)), nobody = made_person(i, 2);
        std::string text = one.name + " " + another.phone + "\n" + nobody.name + ", " + nobody.phone + ", " + nobody.account + "\n";
        // A Chinese name may begin as another one does, and no blank parts it from what follows.
        if ((one.name + nobody.name).find(another.name) != std::string::npos) continue;
        for (RowFound const& it : find(*part, keys, text)) {
            ADD_FAILURE() << text << "is no " << made_person(it.row).name << " " << made_person(it.row).phone << " " << it.columns;
        }
    }
}

}  // namespace
}  // namespace keepmum
