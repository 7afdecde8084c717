// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/digest.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "index/likeness/digest_map.h"
#include "index/made_key_test.h"
#include "io/file.h"

namespace keepmum {
namespace {

std::string noise(std::uint32_t seed, std::size_t size) {
    std::mt19937 random(seed);
    std::string bytes(size, 0);
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

Evidence file_of(std::string bytes) {
    Evidence evidence;
    evidence.content = Blob::take(std::move(bytes));
    return evidence;
}

class Digest : public testing::Test {
  protected:
    Digester digester_{made_key(1)};

    std::vector<std::uint64_t> sketch(std::string bytes) { return digester_.sketch(file_of(std::move(bytes))).value(); }
    std::size_t shared(std::string left, std::string right) {
        auto const a = sketch(std::move(left)), b = sketch(std::move(right));
        std::vector<std::uint64_t> both;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        return both.size();
    }
};

TEST_F(Digest, NearCopiesShareWhatTheFilesShare) {
    std::string const file = noise(1, 100'000);
    EXPECT_EQ(shared(file, file), sketch_size);
    EXPECT_GE(shared(file, "a new beginning" + file), 60u);
    EXPECT_GE(shared(file, file.substr(20'000)), 40u);
    std::string spliced = file;
    spliced.insert(50'000, noise(2, 5'000));
    EXPECT_GE(shared(file, spliced), 50u);
    EXPECT_EQ(shared(file, noise(3, 100'000)), 0u);
}

TEST_F(Digest, TextAndSmallFilesHaveNone) {
    EXPECT_TRUE(sketch(std::string(5'000, 'x')).empty());
    EXPECT_TRUE(sketch(noise(1, 1'000)).empty());
    EXPECT_TRUE(sketch("").empty());
    EXPECT_LE(sketch(std::string(5'000, '\0')).size(), 1u);
}

// Which files are text is told by their first 4,096 bytes, wherever among these a byte stands that no text has.
TEST_F(Digest, OneByteMakesAFileBinary) {
    for (std::size_t const size : {1'024u, 1'031u, 4'096u, 5'000u}) {
        std::string const text(size, '\xE9');
        for (std::size_t at = 0; at < size; at += at < 40 ? 1 : 13) {
            std::string bytes = text;
            bytes[at] = '\x1F';
            EXPECT_EQ(sketch(bytes).empty(), at >= 4'096) << size << " " << at;
        }
        std::string bytes = text;
        bytes[size < 4'096 ? size - 1 : 4'095] = '\x01';
        EXPECT_FALSE(sketch(bytes).empty()) << size;
    }
    for (int byte = 0; byte < 0x20; ++byte) {
        bool const in_text = byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' || byte == 0x1B;
        EXPECT_EQ(sketch(std::string(700, ' ') + static_cast<char>(byte) + std::string(700, ' ')).empty(), in_text) << byte;
    }
}

TEST_F(Digest, AnotherKeyHasOtherTags) {
    std::string const file = noise(4, 10'000);
    auto const other = Digester(made_key(2)).sketch(file_of(file)).value();
    for (std::uint64_t tag : sketch(file)) EXPECT_FALSE(std::binary_search(other.begin(), other.end(), tag));
}

// A file that lies on disk is read in pieces; what comes out is the same.
TEST_F(Digest, PiecesDoNotShow) {
    std::string const path = testing::TempDir() + "digest_test_" + std::to_string(::getpid());
    std::string const bytes = noise(5, 9'000'000);
    ASSERT_TRUE(write_file(path, bytes));
    Evidence large;
    large.large = File::open(path).value();
    EXPECT_EQ(digester_.sketch(large).value(), sketch(bytes));
    EXPECT_EQ(digester_.quick_tag(large).value(), digester_.quick_tag(file_of(bytes)).value());
    ::unlink(path.c_str());
}

TEST_F(Digest, QuickTagsKnowSizeAndEnds) {
    auto const tag = [&](std::string bytes) { return digester_.quick_tag(file_of(std::move(bytes))).value(); };
    std::string const file = noise(6, 500);
    EXPECT_EQ(tag(file), tag(file));
    std::string changed = file;
    changed[3] ^= 1;
    EXPECT_NE(tag(file), tag(changed));
    changed = file;
    changed[498] ^= 1;
    EXPECT_NE(tag(file), tag(changed));
    changed = file;
    changed[250] ^= 1;
    EXPECT_EQ(tag(file), tag(changed));
    EXPECT_NE(digester_.whole_tag(file_of(file)).value(), digester_.whole_tag(file_of(changed)).value());
    EXPECT_EQ(digester_.whole_tag(file_of(file)).value(), digester_.whole_tag(file_of(file)).value());
    EXPECT_NE(tag("a"), tag("aa"));
    EXPECT_EQ(tag(""), tag(""));
}

class Map : public testing::Test {
  protected:
    std::string const path_ = testing::TempDir() + "copies_test_" + std::to_string(::getpid());
    RegisterKey const key_ = made_key(3);
    ~Map() override { ::unlink(path_.c_str()); }
};

TEST_F(Map, FindsWhatIsInItAndNothingElse) {
    std::mt19937_64 random(1);
    for (std::size_t count : {0u, 1u, 31u, 5000u}) {
        std::vector<TaggedDocument> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back({random() | 1, random()});
        for (std::size_t i = 0; i < count / 10; ++i) all.push_back({all[0].tag, i < 5 ? random() : all[0].document});
        ASSERT_TRUE(DigestMap::write(path_, key_, all));
        Result<DigestMap> const map = DigestMap::open(path_, key_);
        ASSERT_TRUE(map);
        bool damaged = false;
        for (TaggedDocument const& each : all) {
            auto const found = map->find(each.tag, damaged);
            EXPECT_TRUE(std::count(found.begin(), found.end(), each.document) == 1);
        }
        for (int i = 0; i < 1000; ++i) EXPECT_TRUE(map->find(random() & ~1ull, damaged).empty());
        EXPECT_FALSE(damaged);
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        auto listed = map->list().value();
        std::sort(listed.begin(), listed.end());
        EXPECT_EQ(listed, all);
    }
}

TEST_F(Map, WhatManyDocumentsHaveTellsNothing) {
    std::vector<TaggedDocument> all{{99, 1}};
    for (std::uint64_t document = 1; document <= 40; ++document) all.push_back({7, document});
    ASSERT_TRUE(DigestMap::write(path_, key_, all));
    bool damaged = false;
    DigestMap const map = DigestMap::open(path_, key_).value();
    EXPECT_TRUE(map.find(7, damaged).empty());
    EXPECT_EQ(map.find(99, damaged), std::vector<std::uint64_t>{1});
}

TEST_F(Map, EveryFlippedByteIsSeenOrHarmless) {
    std::mt19937_64 random(2);
    std::vector<TaggedDocument> all;
    for (std::size_t i = 0; i < 20; ++i) all.push_back({random(), random()});
    ASSERT_TRUE(DigestMap::write(path_, key_, all));
    std::string const bytes = read_file(path_).value();
    std::size_t seen = 0;
    for (std::size_t at = 0; at < bytes.size(); at += at < 120 ? 1 : 3) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        ASSERT_TRUE(write_file(path_, damaged));
        Result<DigestMap> const map = DigestMap::open(path_, key_);
        if (!map || !map->list()) {
            ++seen;
            continue;
        }
        auto listed = map->list().value();
        std::sort(listed.begin(), listed.end());
        std::sort(all.begin(), all.end());
        EXPECT_EQ(listed, all) << at;
    }
    EXPECT_GT(seen, bytes.size() / 8);
    ASSERT_TRUE(write_file(path_, std::string_view(bytes).substr(0, bytes.size() - 1)));
    EXPECT_FALSE(DigestMap::open(path_, key_));
}

TEST_F(Map, AnotherKeyReadsNothing) {
    ASSERT_TRUE(DigestMap::write(path_, key_, {{1, 2}}));
    EXPECT_EQ(DigestMap::open(path_, made_key(4)).error().fault, Fault::denied);
}

}  // namespace
}  // namespace keepmum
