// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/gvdb/gvdb.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>

namespace keepmum {
namespace {

void put(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
}

struct Item {
    std::string key;
    std::uint32_t parent;
    char type;
    std::string value;
};

// A file of one table, as dconf writes them; no bloom filter, one bucket.
std::string made(std::vector<Item> const& items) {
    std::size_t const table = 24, first = table + 12;
    std::string records, data;
    std::size_t const data_at = first + items.size() * 24;
    for (Item const& item : items) {
        std::size_t const key_at = data_at + data.size();
        data += item.key;
        std::size_t const value_at = data_at + data.size();
        data += item.value;
        put(records, 0, 4);
        put(records, item.parent, 4);
        put(records, key_at, 4);
        put(records, item.key.size(), 2);
        records += item.type;
        records += '\0';
        put(records, value_at, 4);
        put(records, value_at + item.value.size(), 4);
    }
    std::string file = "GVariant";
    put(file, 0, 8);
    put(file, table, 4);
    put(file, data_at, 4);
    put(file, 0, 4);
    put(file, 1, 4);
    put(file, 0, 4);
    return file + records + data;
}

constexpr std::uint32_t none = 0xFFFFFFFF;
std::string const yes("\1\0b", 3), no("\0\0b", 3), lab("lab\0\0s", 6);

TEST(Gvdb, ReadsKeysBehindTheirParents) {
    auto const entries = read_gvdb(made({{"/", none, 'L', ""}, {"system/", 0, 'L', ""}, {"on", 1, 'v', yes}, {"off", 1, 'v', no}, {"name", 0, 'v', lab}}));
    ASSERT_TRUE(entries);
    std::map<std::string, std::string> found;
    for (GvdbEntry const& entry : *entries) found[entry.key] = gvdb_text(entry);
    EXPECT_EQ(found, (std::map<std::string, std::string>{{"/system/on", "true"}, {"/system/off", "false"}, {"/name", "lab"}}));
}

TEST(Gvdb, RefusesRings) {
    EXPECT_FALSE(read_gvdb(made({{"a", 1, 'L', ""}, {"b", 0, 'v', yes}})));
    EXPECT_FALSE(read_gvdb(made({{"a", 7, 'v', yes}})));
}

// A table within itself must not be followed for ever.
TEST(Gvdb, RefusesTablesWithinTablesWithinTables) {
    std::string file = made({{"main", none, 'H', std::string(36, '\0')}});
    // The inner table's pointer is set to the whole root table.
    std::string pointer;
    put(pointer, 24, 4);
    put(pointer, 60, 4);
    file.replace(36 + 16, 8, pointer);
    EXPECT_FALSE(read_gvdb(file));
}

TEST(Gvdb, AnyCutAndAnyByteIsSurvived) {
    std::string const whole = made({{"/", none, 'L', ""}, {"on", 0, 'v', yes}, {"name", 0, 'v', lab}});
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read_gvdb(whole.substr(0, size))) << size;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int const value : {0, 1, 0x7F, 0xFF}) {
            std::string broken = whole;
            broken[at] = static_cast<char>(value);
            if (auto const entries = read_gvdb(broken)) {
                for (GvdbEntry const& entry : *entries) gvdb_words(entry), gvdb_text(entry);
            }
        }
    }
}

TEST(Gvdb, NoGvdb) {
    EXPECT_FALSE(read_gvdb(""));
    EXPECT_FALSE(read_gvdb("GVariant"));
    EXPECT_FALSE(read_gvdb(std::string(64, 'x')));
}

}  // namespace
}  // namespace keepmum
