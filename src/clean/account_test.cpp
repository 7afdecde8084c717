// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/account.h"

#include <gtest/gtest.h>

#include "clean/certificate.h"
#include "clean/wishes.h"

namespace keepmum {
namespace {

TEST(Wishes, PrintAndParseAgree) {
    Wishes wishes;
    wishes.crop = Box{1, 2, 3, 4};
    wishes.blur = {{5, 6, 7, 8}};
    wishes.blot = {{9, 10, 11, 12}};
    wishes.coarser = 1600;
    wishes.keep = {{"time.taken", "2024-05-03T14:22:07"}};
    std::optional<Wishes> const again = parse_wishes(print(wishes));
    ASSERT_TRUE(again);
    EXPECT_EQ(print(*again), print(wishes));
    for (std::string_view const wrong : {"crop=1,2,3", "crop=1,2,0,4", "coarser=-1", "nothing=1",
        "crop"}) EXPECT_FALSE(parse_wishes(wrong)) << wrong;
}

TEST(PictureAccount, SaysHowManyNamesItLeavesOut) {
    PictureAccount account;
    Walk walk;
    for (std::size_t i = 0; i < 250; ++i) walk.map.push_back({i, 1, Owner::metadata, "part " + std::to_string(i % 130)});
    note_removed(walk, account);
    EXPECT_EQ(account.removed.size(), 100u);
    EXPECT_EQ(account.removed_more, 30u);
}

TEST(PictureAccount, NamesWhatSharesItsBytesWithThePicture) {
    PictureAccount account;
    Walk walk;
    walk.map = {{0, 33, Owner::structure, "head"}, {33, 100, Owner::picture, "IDAT"}, {133, 9, Owner::hidden_picture, "rows below"}};
    walk.pieces = {{Piece::What::rows, "colours", 33, 100, "P6"}, {Piece::What::rows, "rows below", 33, 109, "P6"}};
    note_removed(walk, account);
    std::vector<PictureAccount::Removed> const wanted = {{"hidden picture", "rows below", 9}, {"hidden picture", "colours", 100}};
    EXPECT_EQ(account.removed, wanted);
}

TEST(PictureAccount, PrintAndParseAgree) {
    PictureAccount account;
    account.cleaned.media = "image/png";
    account.cleaned.extension = "png";
    account.cleaned.width = 10;
    account.cleaned.height = 20;
    account.cleaned.db = 45.5;
    account.cleaned.changed = {"turned upright"};
    account.removed = {{"metadata", "chunk a/b", 12}};
    account.removed_more = 3;
    std::optional<PictureAccount> const again = parse_account(print(account));
    ASSERT_TRUE(again);
    EXPECT_EQ(print(*again), print(account));
    EXPECT_EQ(again->removed, account.removed);
    for (std::string_view const wrong : {"", "media: x\n", "media: x\nextension: ../y\n", "media: x\nextension: y\nwidth: -1\n",
        "media: x\nextension: y\nwhat: 1\n", "media: x\nextension: y"}) {
        EXPECT_FALSE(parse_account(wrong)) << wrong;
    }
    PictureProof proof;
    proof.unexplained = 3;
    proof.strange = {"somewhere"};
    ASSERT_TRUE(parse_proof(print(proof)));
    EXPECT_EQ(parse_proof(print(proof))->strange, proof.strange);
    EXPECT_FALSE(parse_proof("same-again: yes\n"));
}

TEST(Certificate, NamesOfAFilesOwnMakingDoNotBreakIt) {
    Certificate certificate;
    certificate.input.sha256 = certificate.output.sha256 = std::string(64, 'a');
    certificate.media = "video/mp4";
    certificate.removed = {{"unknown", "abc\\", 1}, {"unknown", "}]}a", 2}, {"unknown", ",\"x,", 3}};
    Result<Certificate> const again = parse_certificate(print(certificate), "a.json");
    ASSERT_TRUE(again) << print(certificate);
    EXPECT_EQ(again->removed, certificate.removed);
}

TEST(Certificate, PrintAndParseAgree) {
    Certificate certificate;
    certificate.version = "0.1.0";
    certificate.input = {100, std::string(64, 'a')};
    certificate.output = {90, std::string(64, 'b')};
    certificate.media = "image/jpeg";
    certificate.kept = {"time.taken"};
    certificate.removed = {{"metadata", "APP1 \"Exif\"", 12}};
    certificate.removed_more = 5;
    certificate.canaries = 7;
    Result<Certificate> const again = parse_certificate(print(certificate), "c.json");
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(print(*again), print(certificate));
    std::string text = print(certificate);
    for (auto const& [from, to] : {std::pair{"\"canaries_found\":0", "\"canaries_found\":1"},
        {"\"same_again\":true", "\"same_again\":false"}, {"\"bytes\":90", "\"bytes\":-1"},
                                   {"\"setting\":\"keepmum-1\"", "\"setting\":\"other\""}, {"\"asked\"", "\"asket\""}, {"bbb", "BBB"}}) {
        std::string changed = text;
        std::size_t const at = changed.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        changed.replace(at, std::string_view(from).size(), to);
        EXPECT_FALSE(parse_certificate(changed, "c.json")) << from;
    }
}

}  // namespace
}  // namespace keepmum
