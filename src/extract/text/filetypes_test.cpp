// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "base/icu.h"
#include "extract/kinds.h"
#include "extract/registry.h"

namespace keepmum {
namespace {

Head window_of(std::string_view bytes, std::string_view name = "") {
    constexpr std::size_t window = 64 * 1024;
    std::string_view const last = bytes.size() > window ? bytes.substr(bytes.size() - window) : bytes;
    return head_of(bytes.substr(0, window), last, bytes.size(), name);
}

// Media types of all rows that are sure, or of those that say maybe where none is.
std::set<std::string> types_of(std::string_view bytes, std::string_view name = "") {
    std::set<std::string> sure, maybe;
    for (FileType const& type : filetypes()) {
        Head const head = window_of(bytes, name);
        Claim const claim = type.claims(head);
        // What one look at the head has told must change no answer.
        EXPECT_EQ(type.claims({head.first, head.last, head.size, head.name}), claim) << type.media;
        auto const row = static_cast<std::size_t>(&type - filetypes().data());
        EXPECT_TRUE(claim == Claim::none || bytes.empty() || kinds_beginning_with(bytes[0]).has(row)) << type.media;
        if (claim == Claim::sure) sure.emplace(type.media);
        if (claim == Claim::maybe) maybe.emplace(type.media);
    }
    return sure.empty() ? maybe : sure;
}

using Set = std::set<std::string>;

std::string bytes_of(std::initializer_list<int> values) {
    std::string out;
    for (int const value : values) out += static_cast<char>(value);
    return out;
}

std::string end_record(std::string_view comment = "") {
    std::string out = "PK\5\6";
    out.append(16, '\0');
    out += static_cast<char>(comment.size());
    out += '\0';
    return out += comment;
}

TEST(Filetypes, EveryRowIsNamedInBothLanguages) {
    for (FileType const& type : filetypes()) {
        EXPECT_FALSE(type.media.empty());
        EXPECT_FALSE(type.name.en.empty()) << type.media;
        EXPECT_FALSE(type.name.zh.empty()) << type.media;
        EXPECT_TRUE(type.worker.empty() || type.extractor.starts_with(type.worker)) << type.media;
    }
}

TEST(Filetypes, NothingClaimsBytesOfNoKind) {
    std::string noise;
    std::uint64_t state = 99;
    for (int i = 0; i < 70'000; ++i) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        noise += static_cast<char>(state >> 56);
    }
    EXPECT_EQ(types_of(noise), Set());
    EXPECT_EQ(types_of(std::string(600, '\0')), Set());
}

TEST(Filetypes, TextKinds) {
    EXPECT_EQ(types_of(""), Set{"text/plain"});
    EXPECT_EQ(types_of("hello there\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("BMW is a maker of cars and BM a mark of pictures\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("MZ is how programs begin\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("Rare is the GIF89a\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("GIF89a is a format, and not this text\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("A text that speaks of %PDF-1.4 is none\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("<!DOCTYPE html>\n<html><body>x</body></html>"), Set{"text/html"});
    EXPECT_EQ(types_of("<!-- made by hand -->\n<HTML>x"), Set{"text/html"});
    EXPECT_EQ(types_of("\xEF\xBB\xBF<?xml version=\"1.0\"?><a/>"), Set{"application/xml"});
    EXPECT_EQ(types_of("<?xml version=\"1.0\"?><html xmlns=\"x\"/>"), Set{"text/html"});
    EXPECT_EQ(types_of("<note>x</note>"), Set{"application/xml"});
    EXPECT_EQ(types_of("<alice> hello\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("{\"a\": 1}"), Set{"application/json"});
    EXPECT_EQ(types_of("[section]\nkey = value\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("[1, 2]\n"), Set{"application/json"});
    EXPECT_EQ(types_of("{\"cells\": [{\"cell_type\": \"code\"}], \"nbformat\": 4}"), Set{"application/x-ipynb+json"});
    EXPECT_EQ(types_of("% a paper\n\\documentclass{article}\n"), Set{"text/x-tex"});
    EXPECT_EQ(types_of("a,b,c\n1,2,3\n4,5,6\n"), Set{"text/csv"});
    EXPECT_EQ(types_of("name,phone\n", "people.csv"), Set{"text/csv"});
    EXPECT_EQ(types_of("Dear all,\nplease, read, this.\nYours\n"), Set{"text/plain"});
    EXPECT_EQ(types_of(encode_with_icu("机密文件，请勿外传。", "gb18030")), Set{"text/plain"});
}

TEST(Filetypes, TextKindsInWideCharsets) {
    for (char const* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE"}) {
        EXPECT_EQ(types_of(encode_with_icu("<html><body>text</body></html>", charset)), Set{"text/html"}) << charset;
        EXPECT_EQ(types_of(encode_with_icu("PS C:\\> password is hunter2\r\n", charset)), Set{"text/plain"}) << charset;
    }
}

TEST(Filetypes, MailIsKnownByItsHeaders) {
    EXPECT_EQ(types_of("From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nbody"), Set{"message/rfc822"});
    EXPECT_EQ(types_of("MIME-Version: 1.0\nContent-Type: text/plain\n\nbody"), Set{"message/rfc822"});
    EXPECT_EQ(types_of("From a@example.org Mon Jan  1 00:00:00 2024\nFrom: a@example.org\n\nx"), Set{"application/mbox"});
    EXPECT_EQ(types_of("Subject: is a word\nthat begins this text\n"), Set{"text/plain"});
}

TEST(Filetypes, PolyglotsAreClaimedByAll) {
    std::string const jpeg = bytes_of({0xFF, 0xD8, 0xFF, 0xE0, 0, 16});
    EXPECT_EQ(types_of(jpeg), Set{"image/jpeg"});
    EXPECT_EQ(types_of(jpeg + end_record("note")), (Set{"application/zip", "image/jpeg"}));
    EXPECT_EQ(types_of("%PDF-1.7\n1 0 obj\n" + end_record()), (Set{"application/pdf", "application/zip"}));
    EXPECT_EQ(types_of(std::string(500, '\x01') + "%PDF-1.4\n1 0 obj\n"), Set{"application/pdf"});
    std::string const far = "#!/bin/sh\nexit 0\n" + std::string(100'000, '\x02');
    EXPECT_EQ(types_of(far + end_record()), Set{"application/zip"});
}

TEST(Filetypes, EndRecordMustFit) {
    std::string broken = end_record();
    broken[20] = 50;  // a comment longer than what is left
    EXPECT_EQ(types_of(std::string(40, '\x01') + broken), Set());
}

TEST(Filetypes, Archives) {
    EXPECT_EQ(types_of(bytes_of({0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3})), Set{"application/gzip"});
    std::string tar(1024, '\0');
    tar.replace(0, 5, "a.txt");
    tar.replace(100, 8, std::string("0000644\0", 8));
    unsigned sum = 8 * ' ';
    for (char const c : tar) sum += static_cast<unsigned char>(c);
    char field[9];
    std::snprintf(field, sizeof field, "%06o", sum);
    tar.replace(148, 7, std::string(field, 7));
    EXPECT_EQ(types_of(tar), Set{"application/x-tar"});
    tar[0] = 'b';
    EXPECT_EQ(types_of(tar), Set());
}

TEST(Filetypes, CompoundFilesAreToldApart) {
    std::string compound = bytes_of({0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}) + std::string(600, '\0');
    EXPECT_EQ(types_of(compound), Set{"application/x-ole-storage"});
    EXPECT_EQ(types_of(compound + encode_with_icu("WordDocument", "UTF-16LE") + std::string(40, '\0')), Set{"application/msword"});
    EXPECT_EQ(types_of(compound + encode_with_icu("EncryptedPackage", "UTF-16LE") + std::string(40, '\0')),
              Set{"application/x-ole-encrypted"});
}

// What is not asked about a first byte would have said no: each form that a question looks for, behind each byte.
TEST(Filetypes, NoKindIsPassedOverThatMightClaim) {
    std::string const forms[] = {
        "<svg xmlns='http://www.w3.org/2000/svg'></svg>", "<html><body></body></html>", "<?xml version='1.0'?><a></a>", "<a>b</a>",
        "{\\rtf1 x}", "{\"cells\": [{\"cell_type\": 1}], \"nbformat\": 4}", "[1, 2]", "{\"a\": 1}", "BEGIN:VCARD\n", "\\documentclass{a}\n",
        "%\n\\documentclass{a}\n", "From a@example.org Mon Jan  1 10:00:00 2026\nFrom: b\nTo: c\nDate: d\n\n", "-----BEGIN PGP MESSAGE-----\n",
        "<o:document xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>", "\x1F\x8B\x08" + std::string(20, '\0'), "BZh9\x31\x41\x59\x26\x53\x59",
        std::string("]\0\0\x10\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0", 16), "070701" + std::string(110, '0'), "\xC7\x71" + std::string(40, '\0'),
        "P5 1 1 255 \1", "II*" + std::string(20, '\0'), "MM" + std::string("\0*", 2), std::string("8BPS\0\1\0\0", 8), "\x80\4a.....",
        std::string("\xCA\xFE\xBA\xBE\0\0\0\x34\0\0", 10), std::string("\xFE\xED\xFA\xCE\0\0\0\1", 8), "MZ" + std::string(80, '\1'),
        bytes_of({0x30, 0x20, 2, 1, 3, 0x30, 0, 0}), bytes_of({0x30, 0x20, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 3, 0}),
        "ID3\1\1\1\1\1", "\xFF\xFB\x90\x44\1\1", "\xD7\xCD\xC6\x9A\1", std::string("\1\0\x09\0\0\3", 6) + std::string(20, '\0'),
        std::string("\1\0\0\0", 4) + std::string(36, '\0') + " EMF" + std::string(8, '\0'), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(60, '\0')};
    for (std::string const& form : forms) {
        EXPECT_FALSE(types_of(form).empty()) << form;
        types_of(encode_with_icu(form, "UTF-16BE"));
        for (std::string const before : {"", "\n ", "\xEF\xBB\xBF", "\xFF\xFE"}) {
            for (int byte = 0; byte < 256; ++byte) {
                types_of(before + std::string(1, static_cast<char>(byte)) + form);
                types_of(std::string(1, static_cast<char>(byte)) + form.substr(1));
            }
        }
    }
}

TEST(Filetypes, EnvelopesAreToldFromSignatures) {
    auto const content_info = [](std::initializer_list<int> identifier) {
        return bytes_of({0x30, 0x80}) + bytes_of(identifier) + bytes_of({0xA0, 0x80, 0x30, 0x80, 2, 1, 0});
    };
    for (int const arc : {3, 4, 6}) {
        EXPECT_EQ(types_of(content_info({6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, arc})), Set{"application/pkcs7-encrypted"}) << arc;
    }
    EXPECT_EQ(types_of(content_info({6, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 23})), Set{"application/pkcs7-encrypted"});
    EXPECT_EQ(types_of(content_info({6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2})), Set{"application/pkcs7-mime"});
    // The reader of every such file is the one that says "encrypted".
    for (FileType const& type : filetypes()) {
        if (type.media.ends_with("encrypted")) {
            EXPECT_EQ(type.extractor, "text.sealed") << type.media;
        }
    }
}

TEST(Filetypes, FlatOpenDocumentIsNoCommonXml) {
    std::string const names = " xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" o:version=\"1.3\">x</o:document>";
    EXPECT_EQ(types_of("<?xml version=\"1.0\"?>\n<o:document xmlns:a=\"b\"" + names), Set{"application/vnd.oasis.opendocument.flat+xml"});
    EXPECT_EQ(types_of(encode_with_icu("<o:document" + names, "UTF-16LE")), Set{"application/vnd.oasis.opendocument.flat+xml"});
    EXPECT_EQ(types_of("<document xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"), Set{"application/vnd.oasis.opendocument.flat+xml"});
    EXPECT_EQ(types_of("<!-- <o:document" + names + " --><note></note>"), Set{"application/xml"});
    EXPECT_EQ(types_of("<p:document" + names), Set{"application/xml"});
}

TEST(Filetypes, RealFilesAreClaimedByContent) {
    char const* const where = std::getenv("KEEPMUM_DATA");
    std::filesystem::path const root =
        std::filesystem::path(where ? where : KEEPMUM_SOURCE "/../shared/data") / "documents";
    if (!std::filesystem::is_directory(root)) GTEST_SKIP() << "no sample documents at " << root;
    struct Expected {
        char const* file;
        char const* media;
    };
    Expected const files[] = {
        {"archive/full_encrypted.7z", "application/x-7z-compressed"},
        {"archive/test-documents.cab", "application/vnd.ms-cab-compressed"},
        {"archive/test-documents.tgz", "application/gzip"},
        {"archive/test-nested-tarball.tar", "application/x-tar"},
        {"archive/testARofText.ar", "application/x-archive"},
        {"archive/testLZ4-framed.lz4", "application/x-lz4"},
        {"archive/testZSTD.zst", "application/zstd"},
        {"archive/test-documents.rar", "application/vnd.rar"},
        {"charset/testDBF_gb18030.dbf", "application/x-dbf"},
        {"charset/english.cp500.txt", "text/plain"},
        {"charset/russian.cp866.txt", "text/plain"},
        {"html/testHTML_charset_utf16le.html", "text/html"},
        {"html/testHTML.html", "text/html"},
        {"html/big-preamble.html", "text/html"},
        {"html/testMHTMLFirefox.mhtml", "message/rfc822"},
        {"active-content/oletools-encrypted.docx", "application/x-ole-encrypted"},
        {"active-content/oletools-dde-in-csv.csv", "text/csv"},
        {"mail/testWINMAIL.dat", "application/vnd.ms-tnef"},
    };
    for (Expected const& expected : files) {
        std::ifstream file(root / expected.file, std::ios::binary);
        if (!file) continue;
        std::string const bytes((std::istreambuf_iterator<char>(file)), {});
        EXPECT_EQ(types_of(bytes, expected.file), Set{expected.media}) << expected.file;
    }
}

// A picture that is cut short stays one: as a text it would be called read.
TEST(FileTypes, CutPicturesAreNoTexts) {
    std::string const bmp = "BM6" + bytes_of({0, 0, 0, 38, 0, 36, 0, 54, 0, 0, 0, 40, 0, 0, 0, 76, 0, 0, 0, 72, 0, 0, 0, 1, 0, 24, 0}) + std::string(40, '\xE0');
    EXPECT_EQ(types_of(bmp), Set{"image/bmp"});
    EXPECT_EQ(types_of("P6\n# made\n8 8\n255\n" + std::string(40, '\xFF')), Set{"image/x-portable-anymap"});
    EXPECT_EQ(types_of("P5 2 2 255 abcd"), Set{"image/x-portable-anymap"});
    EXPECT_EQ(types_of("P3\n# made\n2 2\n255\n1 2 3 4"), Set{"image/x-portable-anymap"});
    EXPECT_EQ(types_of("P5 2 20 255 rooms are free on Monday.\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("P1 is at 3, P2 at 4.\n"), Set{"text/plain"});
    EXPECT_EQ(types_of("BM stands for many things, and this is a text.\n"), Set{"text/plain"});
}

}  // namespace
}  // namespace keepmum
