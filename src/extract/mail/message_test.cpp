// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/collect.h"
#include "extract/mail/mail.h"

namespace keepmum {
namespace {

Collect read(Extractor const* extractor, std::string const& bytes) {
    Collect out;
    Result<Done> const done = extractor->extract(input_of(bytes), out);
    EXPECT_TRUE(done.has_value());
    EXPECT_TRUE(done->read == bytes.size() || !out.gaps.empty());
    return out;
}

std::string files(Collect const& out) {
    std::string all;
    for (Evidence const& evidence : out.all) {
        if (evidence.kind == Kind::bytes) all += print(evidence.place) + "=" + std::string(evidence.content.view()) + ";";
    }
    return all;
}

TEST(Message, FieldsPartsAndResidue) {
    std::string const mail =
        "From: a@example.org\nSubject: =?utf-8?B?5py65a+G?=\nContent-Type: multipart/mixed; boundary=b\n\nhidden before\n--b\n\nHello\n--b\n"
        "Content-Type: application/octet-stream; name=\"data.bin\"\nContent-Transfer-Encoding: base64\n\nAAEC\nthe password is hunter2\n--b--\nhidden after\n";
    Collect const out = read(message_extractor(), mail);
    EXPECT_NE(out.joined(Role::metadata).find("Subject: 机密\n"), std::string::npos);
    EXPECT_EQ(out.source_of(Role::metadata, "机密", mail), "Subject: =?utf-8?B?5py65a+G?=\n");
    EXPECT_NE(files(out).find("!part:1=Hello\n;"), std::string::npos);
    EXPECT_NE(files(out).find("!part:2!data.bin="), std::string::npos);
    EXPECT_NE(files(out).find("hidden before"), std::string::npos);
    EXPECT_NE(files(out).find("hidden after"), std::string::npos);
    EXPECT_EQ(out.joined(Role::residue), "the password is hunter2\n");
    EXPECT_EQ(out.joined(Role::name), "data.bin");
    EXPECT_TRUE(out.gaps.empty());
}

TEST(Message, NoLabelHidesAPart) {
    Collect const out = read(message_extractor(), "MIME-Version: 1.0\nContent-Type: application/pgp-encrypted\n\nthe password is hunter2\n");
    EXPECT_NE(files(out).find("hunter2"), std::string::npos);
}

TEST(Message, EveryDeclaredEncodingIsTried) {
    Collect const out = read(message_extractor(), "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\naHVudGVyMg==\n");
    EXPECT_EQ(files(out), "!part:1=aHVudGVyMg==\n;!part:1=hunter2;");
}

TEST(Message, FieldNamesKeepTheirWords) {
    Collect const out = read(message_extractor(), "Subject: x\n机密: yes\n\nbody");
    EXPECT_NE(out.joined(Role::metadata).find("机密: yes"), std::string::npos);
}

TEST(Message, CutAnywhereItGivesAPrefixOrAGap) {
    std::string const mail = "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst words\n--b\n\nsecond words\n--b--\n";
    for (std::size_t i = 1; i < 16; ++i) {
        std::string const cut = mail.substr(0, mail.size() * i / 16);
        Collect const out = read(message_extractor(), cut);
        bool const inside = cut.find("multipart/") != std::string::npos;
        EXPECT_EQ(out.gaps.empty(), !inside) << cut;
    }
}

TEST(Mailbox, MessagesAndEnvelopes) {
    Collect const out = read(mbox_extractor(), "From a@x Mon\nSubject: 1\n\none\n\nFrom \xC3\x28 Tue\nSubject: 2\n\ntwo\n");
    EXPECT_EQ(files(out), "!part:1=Subject: 1\n\none\n\n;!part:2=Subject: 2\n\ntwo\n;");
    EXPECT_EQ(out.joined(Role::metadata), "From a@x Mon\n|From \xEF\xBF\xBD( Tue\n");
}

}  // namespace
}  // namespace keepmum
