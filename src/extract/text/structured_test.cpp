// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <chrono>

#include "base/icu.h"
#include "base/utf8.h"
#include "extract/collect.h"
#include "extract/text/extractors.h"
#include "format/text/csv.h"
#include "format/text/json_scanner.h"

namespace keepmum {
namespace {

Collect run(Extractor const* extractor, std::string const& bytes) {
    Collect out;
    auto const done = extractor->extract(input_of(bytes), out);
    EXPECT_TRUE(done);
    for (Evidence const& evidence : out.all) {
        if (evidence.kind == Kind::bytes) continue;
        EXPECT_TRUE(is_utf8(evidence.content.view()));
        EXPECT_LE(evidence.map.to_source({0, evidence.content.size()}).end, bytes.size());
    }
    return out;
}

TEST(Xml, TextAttributesCommentsAndDeclarations) {
    std::string const xml = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e \"pass&#119;ord\">]><a key='v&amp;w'><b>one</b><b>two</b>"
                            "<c>pass<i>word</i></c><![CDATA[x < y]]><!-- note --></a>";
    Collect const out = run(xml_document(), xml);
    EXPECT_EQ(out.joined(Role::shown), "one\ntwo\npassword\nx < y");
    EXPECT_NE(out.joined(Role::comment).find("password"), std::string::npos);
    EXPECT_NE(out.joined(Role::comment).find(" note "), std::string::npos);
    EXPECT_NE(out.joined(Role::metadata).find("key: v&w\n"), std::string::npos);
    EXPECT_EQ(out.source_of(Role::shown, "password", xml), "pass<i>word");
    EXPECT_EQ(out.joined(Role::markup), xml);
}

TEST(Xml, NoEntityIsExpandedAndDepthHasNoLimit) {
    std::string deep;
    for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
    Collect const out = run(xml_document(), deep + "secret");
    EXPECT_NE(out.joined(Role::shown).find("secret"), std::string::npos);
    Collect const bomb = run(xml_document(), "<!DOCTYPE a [<!ENTITY x 'aaaa'><!ENTITY y '&x;&x;'>]><a>&y;&y;</a>");
    EXPECT_EQ(bomb.joined(Role::shown), "&y;&y;");
}

TEST(Json, EscapesAreUndoneInPlace) {
    std::string const json = R"({"k\u0065y": "p\u0061ss\"word\" \ud83d\ude00", "path": "C:\\x", "n": [1, true]})";
    Collect const out = run(json_data(), json);
    ASSERT_EQ(out.all.size(), 2u);
    EXPECT_EQ(out.texts(Role::shown)[0], json);
    EXPECT_EQ(out.texts(Role::shown)[1], R"({"key": "pass"word" 😀", "path": "C:\x", "n": [1, true]})");
    EXPECT_EQ(out.source_of(Role::shown, "pass\"word\" 😀", json), R"(p\u0061ss\"word\" \ud83d\ude00)");
    EXPECT_EQ(run(json_data(), R"({"a": "b"})").all.size(), 1u);
}

TEST(Json, AnyDepthAndAnyCut) {
    std::string deep(1'000'000, '[');
    JsonScanner scanner(deep);
    JsonEvent event;
    std::size_t count = 0;
    while (scanner.next(event)) ++count;
    EXPECT_EQ(count, deep.size());
    std::string const json = R"({"a": ["x\u0041", {"b": "\ud83d\ude00\\"}], "c": null})";
    for (std::size_t size = 0; size <= json.size(); ++size) run(json_data(), json.substr(0, size));
}

TEST(Notebook, CellsAreJoinedAndPicturesHandedOut) {
    std::string const book = R"({"cells": [
      {"cell_type": "code", "source": ["import os\n", "key = 'abc'"], "outputs": [
        {"data": {"image/png": "iVBORw0K\nGgo=", "text/plain": ["<Figure>", " size"]}}]},
      {"cell_type": "markdown", "source": "# Title", "attachments": {"a.png": {"image/png": ["iVBORw0K", "Ggo="]}}}], "nbformat": 4})";
    Collect const out = run(notebook(), book);
    ASSERT_EQ(out.texts(Role::shown).size(), 2u);
    EXPECT_EQ(out.texts(Role::shown)[0], "import os\nkey = 'abc'\n# Title\n");
    EXPECT_EQ(out.texts(Role::shown)[1], "<Figure> size\n");
    EXPECT_EQ(out.source_of(Role::shown, "'abc'", book), "'abc'");
    std::size_t pictures = 0;
    for (Evidence const& evidence : out.all) {
        if (evidence.kind == Kind::bytes) {
            EXPECT_EQ(evidence.content.view(), "\x89PNG\r\n\x1A\n");
            ++pictures;
        }
        if (evidence.role == Role::shown && !evidence.marks.empty() && evidence.content.view().starts_with("import")) {
            ASSERT_EQ(evidence.marks.size(), 2u);
            EXPECT_EQ(evidence.marks[1].a, 2);
        }
    }
    EXPECT_EQ(pictures, 2u);
}

TEST(Csv, CellsKeepTheirPlace) {
    std::string const csv = "name;\"card \"\"no\"\"\"\r\nWang;\"6222\n0212\"\r\n;=HYPERLINK(\"http://h.example\")\r\n";
    EXPECT_EQ(sniff_delimiter(csv), ';');
    Collect const out = run(table_of_text(), csv);
    ASSERT_FALSE(out.all.empty());
    Evidence const& records = out.all[0];
    EXPECT_EQ(records.kind, Kind::records);
    EXPECT_EQ(records.content.view(), "name\tcard \"no\"\nWang\t6222 0212\n\t=HYPERLINK(\"http://h.example\")\n");
    EXPECT_EQ(records.names, (std::vector<std::string>{"name", "card \"no\""}));
    EXPECT_EQ(records.marks[3], (Mark{20, Mark::What::cell, 2, 2}));
    EXPECT_EQ(out.source_of(Role::shown, "6222 0212", csv), "6222\n0212");
    EXPECT_EQ(out.joined(Role::link), "=HYPERLINK(\"http://h.example\")\n");
}

TEST(Csv, HostileTablesStayLinearAndLoseNothing) {
    std::string quotes;
    for (int i = 0; i < 500'000; ++i) quotes += "\"a,";
    auto const start = std::chrono::steady_clock::now();
    Collect const out = run(table_of_text(), "x," + quotes);
    EXPECT_NE(out.joined(Role::shown).find("a"), std::string::npos);
    run(table_of_text(), std::string(2'000'000, ','));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    Collect const open = run(table_of_text(), "a,\"never closed, secret\nb,c\n");
    EXPECT_NE(open.joined(Role::shown).find("secret"), std::string::npos);
}

TEST(Calendar, FoldedLinesAreWholeAgain) {
    std::string const invitation = "BEGIN:VCALENDAR\r\nDESCRIPTION:Agenda\\nZephy\r\n rine\\, then \r\n\tlunch\r\nSUMMARY:x=\r\nEND:VCALENDAR\r\n";
    Collect const out = run(calendar_or_card(), invitation);
    EXPECT_EQ(out.joined(Role::shown), "BEGIN:VCALENDAR\r\nDESCRIPTION:Agenda\nZephyrine, then lunch\r\nSUMMARY:x=\r\nEND:VCALENDAR\r\n");
    EXPECT_EQ(out.source_of(Role::shown, "Zephyrine", invitation), "Zephy\r\n rine");
    EXPECT_EQ(run(calendar_or_card(), "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:Zephy=\nrine\nEND:VCARD").joined(Role::shown),
              "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:Zephyrine\nEND:VCARD");
    EXPECT_EQ(run(calendar_or_card(), "BEGIN:VCARD\nFN:a\n").joined(Role::shown), "BEGIN:VCARD\nFN:a\n");
}

TEST(Latex, CommentsAndSkippedPassages) {
    std::string const tex = "\\documentclass{article} % draft key\n50\\% of it\n\\iffalse the secret \\fi shown\n\\begin{comment}more\\end{comment}";
    Collect const out = run(latex_document(), tex);
    EXPECT_EQ(out.joined(Role::comment), " draft key\n");
    EXPECT_EQ(out.joined(Role::hidden), " the secret \nmore\n");
    EXPECT_EQ(out.joined(Role::shown), "\\documentclass{article} 50\\% of it\n shown\n");
}

std::string big_endian(std::uint32_t value, int size) {
    std::string out;
    for (int i = size; i-- > 0;) out += static_cast<char>(value >> (8 * i));
    return out;
}

std::string small_font(std::string_view tag = "name") {
    std::string const text = encode_with_icu("Secret Font", "UTF-16BE");
    std::string const names = big_endian(0, 2) + big_endian(1, 2) + big_endian(18, 2) + big_endian(3, 2) + big_endian(1, 2) +
                              big_endian(0x409, 2) + big_endian(4, 2) + big_endian(static_cast<std::uint32_t>(text.size()), 2) + big_endian(0, 2) + text;
    return big_endian(0x00010000, 4) + big_endian(1, 2) + big_endian(0, 6) + std::string(tag) + big_endian(0, 4) + big_endian(28, 4) +
           big_endian(static_cast<std::uint32_t>(names.size()), 4) + names;
}

TEST(Accounted, FontsCountAsReadOnlyToTheLastByte) {
    std::string const font = small_font();
    Collect out;
    auto const done = accounted_file()->extract(input_of(font), out);
    EXPECT_EQ(done->read, font.size());
    EXPECT_EQ(out.joined(Role::metadata), "full name: Secret Font\n");
    for (std::string const& other : {font + "appended text", small_font("evil"), font.substr(0, font.size() - 4)}) {
        Collect faulty;
        auto const second = accounted_file()->extract(input_of(other), faulty);
        EXPECT_EQ(second->read, 0u);
        ASSERT_EQ(faulty.gaps.size(), 1u);
        EXPECT_EQ(faulty.gaps[0].bytes, other.size());
    }
}

TEST(Accounted, ColourProfiles) {
    std::string const element = "text" + big_endian(0, 4) + std::string("made by us\0\0", 12);
    std::string header(128, '\0');
    header.replace(36, 4, "acsp");
    std::string profile = header + big_endian(1, 4) + "cprt" + big_endian(144, 4) + big_endian(static_cast<std::uint32_t>(element.size()), 4) + element;
    profile.replace(0, 4, big_endian(static_cast<std::uint32_t>(profile.size()), 4));
    Collect out;
    EXPECT_EQ(accounted_file()->extract(input_of(profile), out)->read, profile.size());
    EXPECT_NE(out.joined(Role::metadata).find("made by us"), std::string::npos);
    Collect longer;
    EXPECT_EQ(accounted_file()->extract(input_of(profile + "x"), longer)->read, 0u);
}

}  // namespace
}  // namespace keepmum
