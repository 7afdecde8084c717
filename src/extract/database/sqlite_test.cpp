// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/database/sqlite.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "extract/collect.h"

namespace keepmum {
namespace {

std::string database(std::vector<std::string> const& statements) {
    sqlite3* open = nullptr;
    EXPECT_EQ(sqlite3_open(":memory:", &open), SQLITE_OK);
    for (std::string const& statement : statements) EXPECT_EQ(sqlite3_exec(open, statement.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << statement;
    sqlite3_int64 size = 0;
    unsigned char* const bytes = sqlite3_serialize(open, "main", &size, 0);
    std::string out(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    sqlite3_close(open);
    return out;
}

Collect read(std::string const& bytes) {
    Collect out;
    Result<Done> const done = sqlite_extractor()->extract(input_of(bytes), out);
    EXPECT_TRUE(done && (done->read == bytes.size() || !out.gaps.empty()));
    return out;
}

bool holds(Collect const& out, std::string_view words) {
    return std::any_of(out.all.begin(), out.all.end(), [&](Evidence const& evidence) { return evidence.content.view().find(words) != std::string_view::npos; });
}

TEST(Sqlite, RowsCellsAndBlobs) {
    Collect const out = read(database({"CREATE TABLE \"odd \"\"name\" (a, b)", "INSERT INTO \"odd \"\"name\" VALUES ('机密', 1.5), (x'68756E74657232', x'255044462D312E34206F6E65')"}));
    EXPECT_EQ(out.joined(Role::shown), "机密\t1.5\nhunter2\t\n");  // a small blob is text of its cell
    EXPECT_TRUE(holds(out, "%PDF-1.4 one"));
    EXPECT_TRUE(out.gaps.empty());
    EXPECT_EQ(out.all[1].place.steps[0].name, "odd \"name");
}

TEST(Sqlite, ALogInTheHeaderIsNoObstacle) {
    std::string bytes = database({"CREATE TABLE t (a)", "INSERT INTO t VALUES ('hunter2')"});
    bytes[18] = bytes[19] = 2;
    Collect const out = read(bytes);
    EXPECT_TRUE(out.gaps.empty());
    EXPECT_TRUE(holds(out, "hunter2"));
}

TEST(Sqlite, FreePagesAndAppendedBytes) {
    std::string const filler(3000, 'x');
    std::string const bytes = database({"PRAGMA secure_delete=OFF", "CREATE TABLE t (a)", "CREATE TABLE u (a)",
                                        "INSERT INTO t VALUES ('password hunter2 " + filler + "'), ('" + filler + "')", "DROP TABLE t"});
    Collect const out = read(bytes + "appended words");
    EXPECT_NE(out.joined(Role::deleted).find("password hunter2"), std::string::npos);
    EXPECT_TRUE(holds(out, "appended words"));
}

// Rows that were deleted from a page that others still use, and what stands behind the end of a long value.
TEST(Sqlite, WhatDeletedRowsLeftInPagesInUse) {
    for (std::string const encoding : {"UTF-8", "UTF-16le", "UTF-16be"}) {
        Collect const out = read(database({"PRAGMA encoding='" + encoding + "'", "PRAGMA secure_delete=OFF", "CREATE TABLE t (a)",
                                           "INSERT INTO t VALUES ('first'), ('password hunter2'), ('密级机密文件'), ('last')",
                                           "DELETE FROM t WHERE a LIKE 'pass%' OR a LIKE '密%'"}));
        EXPECT_EQ(out.joined(Role::shown), "first\nlast\n") << encoding;
        EXPECT_NE(out.joined(Role::deleted).find("assword hunter2"), std::string::npos) << encoding;  // the first bytes of a free block are its head
        EXPECT_NE(out.joined(Role::deleted).find("机密文件"), std::string::npos) << encoding;
        EXPECT_EQ(out.joined(Role::deleted).find("first"), std::string::npos) << encoding;
    }
    // Of this length the first page keeps the least, and the last one is not filled.
    std::string bytes = database({"PRAGMA page_size=4096", "CREATE TABLE t (a)", "INSERT INTO t VALUES ('" + std::string(8176, 'y') + "z')"});
    std::string const words = "password hunter2";
    bytes.replace(bytes.find('z') + 100, words.size(), words);
    Collect const out = read(bytes);
    EXPECT_EQ(out.joined(Role::deleted), words + "\n");
}

// A page that becomes full is parted, and what is moved stays behind as it was.
TEST(Sqlite, RowsThatWereMovedAreNotTakenForDeletedOnes) {
    std::vector<std::string> statements = {"PRAGMA secure_delete=OFF", "CREATE TABLE t (a TEXT PRIMARY KEY, b)"};
    for (unsigned i = 0; i < 600; ++i) {
        std::string const number = std::to_string(i * 7919u % 9973u + 10'000u);
        statements.push_back("INSERT INTO t VALUES ('name " + number + "', 'address of " + number + "')");
    }
    EXPECT_EQ(read(database(statements)).joined(Role::deleted), "");
    statements.push_back("DELETE FROM t WHERE a = 'name 17919'");
    EXPECT_NE(read(database(statements)).joined(Role::deleted).find("address of 17919"), std::string::npos);
}

TEST(Sqlite, ASchemaThatLiesIsReadOrSaid) {
    std::string bytes = database({"CREATE TABLE t (a)", "INSERT INTO t VALUES ('hunter2')"});
    bytes.replace(bytes.find("tablett"), 5, "fable");
    Collect const out = read(bytes);
    EXPECT_TRUE(holds(out, "hunter2") || !out.gaps.empty());
}

TEST(Sqlite, CutAnywhereItSaysSo) {
    std::vector<std::string> statements = {"CREATE TABLE t (a)"};
    for (int i = 0; i < 40; ++i) statements.push_back("INSERT INTO t VALUES ('" + std::string(900, static_cast<char>('a' + i % 26)) + "')");
    std::string const whole = database(statements);
    for (std::size_t i = 1; i < 16; ++i) EXPECT_FALSE(read(whole.substr(0, whole.size() * i / 16)).gaps.empty()) << i;
    EXPECT_TRUE(read(whole).gaps.empty());
}

}  // namespace
}  // namespace keepmum
