// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/picture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "index/likeness/digest.h"
#include "index/likeness/digest_map.h"
#include "index/likeness/picture_store.h"
#include "index/made_key_test.h"
#include "io/file.h"
#include "recognise/copy.h"

namespace keepmum {
namespace {

std::string noise(std::uint32_t seed, std::size_t size) {
    std::mt19937 random(seed);
    std::string bytes(size, 0);
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

PictureSignature signature_of(std::uint32_t seed) {
    std::mt19937 random(seed);
    Luminance picture{200, 160, std::vector<float>(200 * 160)};
    float grid[10][10];
    for (auto& row : grid) {
        for (float& value : row) value = static_cast<float>(random() % 256);
    }
    for (std::size_t y = 0; y < 160; ++y) {
        for (std::size_t x = 0; x < 200; ++x) picture.values[y * 200 + x] = grid[y / 16][x / 20];
    }
    return sign_picture(picture);
}

std::string fact(Finding const& finding, std::string_view key) {
    for (Fact const& each : finding.facts) {
        if (each.key == key) return each.value;
    }
    return "";
}

// A register of a few documents, on disk.
class Likenesses : public testing::Test {
  protected:
    std::string const folder_ = testing::TempDir() + "likenesses_" + std::to_string(::getpid());
    std::string const pictures_ = folder_ + "/pictures", copies_ = folder_ + "/copies";
    RegisterKey const key_ = made_key(1);
    std::vector<std::uint64_t> ids_;

    void SetUp() override {
        std::filesystem::remove_all(folder_);
        StoreWriter writer = StoreWriter::open(folder_, key_).value();
        for (int i = 0; i < 6; ++i) {
            DocumentFacts facts;
            facts.name = "drawing " + std::to_string(i);
            facts.level = "secret";
            facts.digest = "pictures 1";
            if (i == 1) facts.until = "2020-01-01";
            ids_.push_back(writer.add(facts, {}).value());
        }
        ASSERT_TRUE(writer.commit());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::shared_ptr<Store const> store() { return Store::open(folder_, key_).value(); }

    void keep_pictures(std::vector<std::pair<std::size_t, std::uint32_t>> const& documents_and_seeds) {
        std::vector<StoredPicture> all;
        for (auto const& [document, seed] : documents_and_seeds) append_pictures(ids_[document], signature_of(seed), all);
        ASSERT_TRUE(write_pictures(pictures_, key_, all));
    }

    std::unique_ptr<Recognition> recognition;
    std::unique_ptr<Recogniser> recogniser;

    std::vector<Statement> ask_picture(PictureSignature const& signature) {
        recogniser = make_pictures(store(), pictures_, key_, "2026-01-01");
        recognition = recogniser->begin();
        Evidence evidence;
        evidence.kind = Kind::image;
        evidence.content = Blob::take(write_signature(signature));
        bool const some = recognition->look(evidence, 0) == Interest::some;
        std::vector<Statement> statements = recognition->finish();
        EXPECT_EQ(some, !statements.empty());
        return statements;
    }

    std::vector<Statement> ask_file(std::string bytes) {
        recogniser = make_copies(store(), copies_, DigestMap::open(copies_, key_).value(), key_, "2026-01-01");
        recognition = recogniser->begin();
        Evidence evidence;
        evidence.content = Blob::take(std::move(bytes));
        recognition->look(evidence, 0);
        return recognition->finish();
    }

    void keep_files(std::vector<std::string> const& files) {
        Digester const digester(key_);
        std::vector<TaggedDocument> all;
        for (std::size_t i = 0; i < files.size(); ++i) {
            Evidence evidence;
            evidence.content = Blob::copy(files[i]);
            std::vector<std::uint64_t> const sketch = digester.sketch(evidence).value();
            for (std::uint64_t tag : sketch) all.push_back({tag, ids_[i]});
            all.push_back({digester.quick_tag(evidence).value(), ids_[i]});
            all.push_back({digester.whole_tag(evidence).value(), ids_[i]});
        }
        ASSERT_TRUE(DigestMap::write(copies_, key_, all));
    }
};

TEST_F(Likenesses, APictureIsNamedByItsDocument) {
    keep_pictures({{0, 10}, {2, 12}});
    std::vector<Statement> const statements = ask_picture(signature_of(12));
    ASSERT_EQ(statements.size(), 1u);
    Finding const& finding = statements[0].finding;
    EXPECT_EQ(finding.rule, "excerpt.picture");
    EXPECT_EQ(finding.certainty, Certainty::likely);
    EXPECT_EQ(fact(finding, "document"), "drawing 2");
    EXPECT_EQ(fact(finding, "level"), "secret");
    EXPECT_EQ(fact(finding, "likeness"), "the same picture");
    EXPECT_EQ(fact(finding, "distance"), "0");
    EXPECT_EQ(fact(finding, "turned"), "");
    EXPECT_EQ(finding.labels, std::vector<std::string>{"protected-secret"});
}

TEST_F(Likenesses, AStrangerIsNot) {
    keep_pictures({{0, 10}});
    EXPECT_TRUE(ask_picture(signature_of(99)).empty());
}

TEST_F(Likenesses, ATurnedPictureSaysHow) {
    keep_pictures({{0, 10}});
    PictureSignature signature = signature_of(10);
    std::swap(signature.shown[0][0], signature.shown[0][2]);
    std::vector<Statement> const statements = ask_picture(signature);
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(fact(statements[0].finding, "turned"), "half turn");
}

TEST_F(Likenesses, WhatManyDocumentsHaveIsNobodys) {
    keep_pictures({{0, 10}, {1, 10}, {2, 10}, {3, 10}});
    EXPECT_EQ(ask_picture(signature_of(10)).size(), 4u);
    keep_pictures({{0, 10}, {1, 10}, {2, 10}, {3, 10}, {4, 10}});
    EXPECT_TRUE(ask_picture(signature_of(10)).empty());
}

TEST_F(Likenesses, AnExpiredDocumentIsAHint) {
    keep_pictures({{1, 10}});
    std::vector<Statement> const statements = ask_picture(signature_of(10));
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].finding.certainty, Certainty::hint);
    EXPECT_EQ(fact(statements[0].finding, "until"), "2020-01-01");
}

TEST_F(Likenesses, ARemovedDocumentIsNotTold) {
    keep_pictures({{0, 10}});
    StoreWriter writer = StoreWriter::open(folder_, key_).value();
    ASSERT_TRUE(writer.remove(ids_[0]));
    ASSERT_TRUE(writer.commit());
    EXPECT_TRUE(ask_picture(signature_of(10)).empty());
}

TEST_F(Likenesses, ADamagedFileIsSaid) {
    keep_pictures({{0, 10}});
    std::string bytes = read_file(pictures_).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    ASSERT_TRUE(write_file(pictures_, bytes));
    EXPECT_TRUE(ask_picture(signature_of(10)).empty());
    ASSERT_EQ(recognition->gaps().size(), 1u);
    EXPECT_EQ(recognition->gaps()[0].media, register_media);
}

TEST_F(Likenesses, AFileIsKnownByteForByte) {
    keep_files({noise(1, 50'000), noise(2, 300)});
    std::vector<Statement> statements = ask_file(noise(1, 50'000));
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].finding.rule, "excerpt.copy");
    EXPECT_EQ(statements[0].finding.certainty, Certainty::certain);
    EXPECT_EQ(fact(statements[0].finding, "likeness"), "the same file");
    statements = ask_file(noise(2, 300));
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].finding.certainty, Certainty::hint);  // its last day has passed
    EXPECT_TRUE(ask_file(noise(3, 50'000)).empty());
    EXPECT_TRUE(ask_file("").empty());
}

TEST_F(Likenesses, ANearCopyIsLikely) {
    keep_files({noise(1, 50'000)});
    std::string changed = noise(1, 50'000);
    changed.insert(25'000, "one line more");
    changed += "and something behind";
    std::vector<Statement> const statements = ask_file(changed);
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].finding.certainty, Certainty::likely);
    EXPECT_TRUE(fact(statements[0].finding, "likeness").starts_with("about ")) << fact(statements[0].finding, "likeness");
    EXPECT_TRUE(ask_file(noise(1, 50'000).substr(0, 5'000) + noise(7, 45'000)).empty());  // a tenth is not much of it
}

}  // namespace
}  // namespace keepmum
