// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/mime/mime.h"

#include <gtest/gtest.h>

#include "base/icu.h"

namespace keepmum {
namespace {

std::string body_of(std::string_view message, MimePart const& part) {
    return std::string(message.substr(part.body.begin, part.body.size()));
}

TEST(Mime, PartsInOrderAndWhatLiesOutside) {
    std::string const message =
        "Subject: x\nContent-Type: multipart/mixed; boundary=\"b b\"\n\nbefore\n--b b\n\none\n--b b\n"
        "Content-Type: multipart/alternative; boundary=c\n\n--c\n\ntwo\n--cc\n--c--\n--b b--\nafter\n";
    MimeMessage const mime = parse_mime(message);
    ASSERT_EQ(mime.parts.size(), 4u);
    EXPECT_EQ(mime.parts[1].number, "1");
    EXPECT_EQ(body_of(message, mime.parts[1]), "one\n");
    EXPECT_FALSE(mime.parts[2].is_leaf);
    EXPECT_EQ(mime.parts[3].number, "2.1");
    EXPECT_EQ(body_of(message, mime.parts[3]), "two\n--cc\n");  // a longer line is no boundary
    EXPECT_FALSE(mime.unfinished);
    ASSERT_EQ(mime.outside.size(), 2u);
    EXPECT_EQ(message.substr(mime.outside[0].begin, mime.outside[0].size()), "before\n");
    EXPECT_EQ(message.substr(mime.outside[1].begin, mime.outside[1].size()), "after\n");
}

TEST(Mime, AMissingEndIsTold) {
    EXPECT_TRUE(parse_mime("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n").unfinished);
    MimeMessage const none = parse_mime("Content-Type: multipart/mixed; boundary=b\n\nno part at all\n");
    EXPECT_TRUE(none.unfinished);
    EXPECT_TRUE(none.parts[0].is_leaf);
}

TEST(Mime, ContainersWithoutTheirBoundaryAreOpenedAllTheSame) {
    for (char const* type : {"multipart/mixed", "multipart/mixed; boundary=other", "multipart/mixed; boundary=\"\""}) {
        MimeMessage const mime = parse_mime("Content-Type: " + std::string(type) + "\n\n--real\n\none\n--real--\n");
        ASSERT_EQ(mime.parts.size(), 2u) << type;
        EXPECT_FALSE(mime.unfinished);
    }
    // Two types: the one that opens is believed.
    MimeMessage const two = parse_mime("Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n");
    EXPECT_EQ(two.parts.size(), 2u);
}

TEST(Mime, EncodingsAsTheyAreWrittenInTheWild) {
    auto const encodings = [](std::string const& fields) { return parse_mime(fields + "\nx").parts[0].encodings; };
    using List = std::vector<std::string>;
    EXPECT_EQ(encodings("Content-Transfer-Encoding: BASE64 (as ever)\n"), List{"base64"});
    EXPECT_EQ(encodings("Content-Transfer-Encoding: \"quoted-printable\"; x\n"), List{"quoted-printable"});
    EXPECT_EQ(encodings("Content-Transfer-Encoding: 7bit\ncontent-transfer-encoding: base64\n"), (List{"7bit", "base64"}));
    EXPECT_EQ(encodings(""), List());
}

TEST(Mime, ALineThatIsNoFieldBeginsTheBody) {
    std::string const message = "Subject: x\nno field at all\nContent-Type: text/html\n\nbody";
    MimeMessage const mime = parse_mime(message);
    EXPECT_EQ(body_of(message, mime.parts[0]), "no field at all\nContent-Type: text/html\n\nbody");
}

TEST(Mime, NestingIsBoundedAndSaidSo) {
    std::string deep;
    for (int i = 0; i < 200; ++i) deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
    MimeMessage const mime = parse_mime(deep + "\nend");
    EXPECT_TRUE(mime.too_deep);
    EXPECT_LE(mime.parts.size(), 66u);
    std::string wide = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int i = 0; i < 50; ++i) wide += "--b\n\nx\n";
    EXPECT_TRUE(parse_mime(wide + "--b--\n", 20).too_deep);
}

TEST(Mime, EncodedWords) {
    EXPECT_EQ(decode_header("=?utf-8?B?5py65a+G?= =?UTF-8?q?=E6=96=87_x?="), "机密文 x");
    EXPECT_EQ(decode_header("=?gb2312?B?u/o=?= =?gb2312?B?w9w=?="), "机密");
    EXPECT_EQ(decode_header("=?gb2312?B?uw==?= =?gb2312?B?+g==?="), "机");  // a character cut in two
    EXPECT_EQ(decode_header("plain =?utf-8*en?Q?caf=C3=A9?= end"), "plain café end");
    EXPECT_EQ(decode_header("folded\r\n\tvalue "), "folded value");
    EXPECT_EQ(decode_header("=?utf-8?X?abc?="), "=?utf-8?X?abc?=");
    EXPECT_EQ(decode_header("=?utf-8?B?abc"), "=?utf-8?B?abc");
    EXPECT_EQ(decode_header("=?nobody-knows?B?YWJj?="), "abc");
    EXPECT_EQ(decode_header(encode_with_icu("机密文件，请勿外传", "gb18030")), "机密文件，请勿外传");
}

TEST(Mime, Parameters) {
    EXPECT_EQ(parameter("attachment; filename=\"a;b \\\"c\\\".txt\"; x=y", "filename"), "a;b \"c\".txt");
    EXPECT_EQ(parameter("a; FileName = plain.txt ", "filename"), "plain.txt");
    EXPECT_EQ(parameter("a; filename*=utf-8''%E6%9C%BA%E5%AF%86.txt", "filename"), "机密.txt");
    EXPECT_EQ(parameter("a; filename*1=\"b.txt\"; filename*0*=gb2312'zh'%BB%FA", "filename"), "机b.txt");
    EXPECT_EQ(parameter("a; filename=\"=?utf-8?B?5py65a+G?=\"", "filename"), "机密");
    EXPECT_EQ(parameter("a; filename=\"never closed", "filename"), "never closed");
    EXPECT_EQ(parameter("a; b; c", "filename"), "");
}

TEST(Mime, Base64KeepsTheWordsBetween) {
    EXPECT_EQ(decode_transfer("SGVs\r\nbG8=\r\n", "base64").bytes, "Hello");
    EXPECT_EQ(decode_transfer("SGVs\r\nbG8=\r\n", "base64").residue, "");
    EXPECT_EQ(decode_transfer("SGVsbG8=\nThe password is hunter2\n", "base64").residue, "The password is hunter2\n");
    EXPECT_EQ(decode_transfer("SGVsbG8=\nhunter2hunter2\n", "base64").residue, "hunter2hunter2\n");
    EXPECT_EQ(decode_transfer("SGVs\n(hidden)\nbG8=\n", "base64").residue, "(hidden)\n");
    EXPECT_EQ(decode_transfer("SGVsbG8=hidden\n", "base64").residue, "SGVsbG8=hidden\n");
    EXPECT_EQ(decode_transfer("SGVsbG8", "base64").bytes, "Hello");  // padding left out
}

TEST(Mime, QuotedPrintable) {
    EXPECT_EQ(decode_transfer("a=3D=E4=B8=AD=  \r\nb=\nc=zz=", "quoted-printable").bytes, "a=中bc=zz");
}

TEST(Mime, UuencodeKeepsWhatItsLengthsLeaveOut) {
    TransferDecoded const decoded = decode_transfer("hello\nbegin 644 x\n#86)C\n`the password is hunter2\n`\nend\nbye\n", "x-uuencode");
    EXPECT_EQ(decoded.bytes, "abc");
    EXPECT_EQ(decoded.residue, "hello\nthe password is hunter2\nbye\n");
}

TEST(Mime, MailboxesAreSplitAtEnvelopes) {
    std::string const box = "From a\nS: 1\n\nbody\nFrom here on, no cut\n\nFrom b\nS: 2\n";
    std::vector<Span> const messages = split_mbox(box);
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].end, box.find("From b"));
    EXPECT_EQ(messages[1].end, box.size());
    EXPECT_TRUE(split_mbox("").empty());
}

}  // namespace
}  // namespace keepmum
