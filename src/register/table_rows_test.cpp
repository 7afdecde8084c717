// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/table_rows.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/icu.h"
#include "io/file.h"

namespace keepmum {
namespace {

using Rows = std::vector<std::vector<std::string>>;

class TableRowsTest : public testing::Test {
  protected:
    ~TableRowsTest() override { unlink(path.c_str()); }

    Result<TableRows> open(std::string_view bytes) {
        EXPECT_TRUE(write_file(path, bytes).has_value());
        return TableRows::open(path);
    }
    Rows read(std::string_view bytes) {
        auto table = open(bytes);
        if (!table) return {{"ERROR", table.error().what}};
        names = table->names();
        Rows rows;
        std::vector<std::string_view> cells;
        for (;;) {
            auto const more = table->next(cells);
            if (!more) return {{"ERROR", more.error().what}};
            if (!*more) return rows;
            rows.emplace_back(cells.begin(), cells.end());
        }
    }

    std::string path = "/tmp/keepmum-rows-" + std::to_string(getpid());
    std::vector<std::string> names;
};

TEST_F(TableRowsTest, ReadsNamesAndRows) {
    Rows const rows = read("name,phone\nAnna,123\n\"Smith, \"\"J\"\"\", 456 \r\n\n,,\nlast,789");
    EXPECT_EQ(names, (std::vector<std::string>{"name", "phone"}));
    EXPECT_EQ(rows, (Rows{{"Anna", "123"}, {"Smith, \"J\"", "456"}, {"last", "789"}}));
}

TEST_F(TableRowsTest, RaggedRowsAreReadAsTheyAre) {
    EXPECT_EQ(read("a;b;c\n1;2;3\n1\n1;2;3;4;5\n"), (Rows{{"1", "2", "3"}, {"1"}, {"1", "2", "3", "4", "5"}}));
}

TEST_F(TableRowsTest, ReadsAnyCharacterSet) {
    std::string const text = "姓名,电话\n张伟,１３８\n欧阳娜娜,139\n李小龙,137\n王力宏,136\n";
    Rows const wanted = {{"张伟", "138"}, {"欧阳娜娜", "139"}, {"李小龙", "137"}, {"王力宏", "136"}};
    EXPECT_EQ(read(text), wanted);
    EXPECT_EQ(read("\xEF\xBB\xBF" + text), wanted);
    EXPECT_EQ(names[0], "姓名");
    for (char const* charset : {"gb18030", "utf-16le", "utf-16be"}) EXPECT_EQ(read(encode_with_icu(text, charset)), wanted) << charset;
}

TEST_F(TableRowsTest, RowsAcrossSlicesComeOnce) {
    std::string text = "n,text\n";
    std::size_t count = 0;
    while (text.size() < 40u << 20) {
        text += std::to_string(count) + ",\"two\nlines " + std::string(count % 300, 'x') + "\"\n";
        ++count;
    }
    auto table = open(text);
    ASSERT_TRUE(table.has_value());
    std::vector<std::string_view> cells;
    std::size_t next = 0;
    while (*table->next(cells)) {
        ASSERT_EQ(cells.size(), 2u) << next;
        ASSERT_EQ(cells[0], std::to_string(next)) << next;
        ++next;
    }
    EXPECT_EQ(next, count);
}

TEST_F(TableRowsTest, WhatIsNoTextIsRefused) {
    EXPECT_FALSE(open("").has_value());
    EXPECT_FALSE(open(std::string("\x7f\x45\x4c\x46\0\0\1\2\3\0\0\0\xff\xfe\0\0", 16) + std::string(5000, '\0')).has_value());
    EXPECT_FALSE(TableRows::open("/nonexistent").has_value());
    // Brokenly encoded bytes are replaced and counted.
    auto table = open("name,phone\nAn\xff\xfen\xc3\x28 and more words of text,1\nx,2\n");
    ASSERT_TRUE(table.has_value());
    std::vector<std::string_view> cells;
    while (*table->next(cells)) {}
}

}  // namespace
}  // namespace keepmum
