// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/registry_file/registry_file.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

char const* const sample =
    "Windows Registry Editor Version 5.00\r\n\r\n"
    "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server]\r\n"
    "\"fDenyTSConnections\"=dword:00000001\r\n"
    "@=\"own\"\r\n"
    "\"Path\"=\"C:\\\\Users\\\\li \\\"x\\\"\"\r\n"
    "\"Wide\"=hex(2):41,00,42,00,2d,4e,\\\r\n  00,00\r\n"
    "\"Many\"=hex(7):61,00,00,00,62,00,63,00,00,00,00,00\r\n"
    "\"Quad\"=hex(b):00,00,4a,5c,31,0b,dc,01\r\n"
    "\"Raw\"=hex:de,ad\r\n"
    "\"Two\"=\"line one\r\nline two\"\r\n"
    "; remark\r\n"
    "\"gone\"=-\r\n"
    "[-HKEY_CURRENT_USER\\Gone]\r\n\"lost\"=\"x\"\r\n"
    "[HKEY_CURRENT_USER\\Software]\r\n\"n\"=dword:0000000a\r\n";

TEST(RegistryFile, EveryKindOfValue) {
    RegistryFile const file = read_registry_file(sample);
    EXPECT_EQ(file.faults, 0u);
    ASSERT_EQ(file.keys.size(), 2u);
    RegistryKey const& key = file.keys[0];
    EXPECT_EQ(key.path, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server");
    EXPECT_EQ(key.number("fdenytsconnections"), 1u);
    EXPECT_EQ(key.text(""), "own");
    EXPECT_EQ(key.text("path"), "C:\\Users\\li \"x\"");
    EXPECT_EQ(key.text("Wide"), "AB中");
    EXPECT_EQ(key.find("Many")->texts, (std::vector<std::string>{"a", "bc"}));
    EXPECT_EQ(time_of_filetime(*key.number("Quad")), "2025-08-12T02:32:34Z");
    EXPECT_EQ(key.find("Raw")->bytes, "\xDE\xAD");
    EXPECT_EQ(key.text("Two"), "line one\nline two");
    EXPECT_EQ(key.find("gone"), nullptr);
    EXPECT_EQ(file.keys[1].path, "HKCU\\Software");
    EXPECT_EQ(file.keys[1].number("n"), 10u);
}

TEST(RegistryFile, EveryCutIsAPrefix) {
    std::string const whole = sample;
    std::size_t const all = read_registry_file(whole).keys[0].values.size();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        RegistryFile const file = read_registry_file(whole.substr(0, size));
        EXPECT_LE(file.keys.size(), 2u);
        if (!file.keys.empty()) EXPECT_LE(file.keys[0].values.size(), all);
    }
}

TEST(RegistryFile, NonsenseIsCountedAndDoesNoHarm) {
    RegistryFile const file = read_registry_file(
        "REGEDIT4\n[HKEY_USERS\\x\n[]\nwords\n[HKEY_USERS\\y]\n\"a\"=dword:xyz\n\"b\"=hex:1\n\"c\"=hex(7):61,"
        "00,62\n\"d\" \"e\"\n\"f\"=\"never closed\n\"g\"=dword:1\n");
    EXPECT_EQ(file.faults, 6u);
    ASSERT_EQ(file.keys.size(), 1u);
    EXPECT_EQ(file.keys[0].path, "HKU\\y");
    EXPECT_EQ(file.keys[0].find("c")->texts, (std::vector<std::string>{"a", "b"}));
    std::string quotes = "REGEDIT4\n[HKEY_USERS\\y]\n";
    for (int i = 0; i < 200'000; ++i) quotes += "\"\\";
    EXPECT_GT(read_registry_file(quotes).faults, 0u);
}

TEST(RegistryFile, Times) {
    EXPECT_EQ(time_of_filetime(0), "");
    EXPECT_EQ(time_of_filetime(~std::uint64_t{0}), "");
    EXPECT_EQ(time_of_filetime(116444736000000000u + 951782400u * std::uint64_t{10'000'000}), "2000-02-29T00:00:00Z");
    EXPECT_EQ(time_of_systemtime(std::string_view("\xE9\x07\x05\0\x04\0\x0F\0\x09\0\x1E\0\x05\0\0\0", 16)), "2025-05-15T09:30:05");
    EXPECT_EQ(time_of_systemtime("short"), "");
}

}  // namespace
}  // namespace keepmum
