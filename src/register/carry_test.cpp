// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/carry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "index/made_key_test.h"
#include "index/store.h"
#include "index/table/update.h"
#include "register/carry_file.h"
#include "register/likeness.h"

namespace keepmum {
namespace {

std::string read_all(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

void write_all(std::string const& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

// Every file below a folder, and what is in it.
std::map<std::string, std::string> read_folder(std::string const& folder) {
    std::map<std::string, std::string> files;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        files[entry.path().string()] = entry.is_regular_file() ? read_all(entry.path().string()) : "";
    }
    return files;
}

// Names of the files that are not the same.
std::vector<std::string> changed(std::map<std::string, std::string> const& before, std::string const& folder) {
    std::vector<std::string> names;
    std::map<std::string, std::string> const after = read_folder(folder);
    for (auto const& [name, content] : after) {
        if (auto const old = before.find(name); old == before.end() || old->second != content) names.push_back(name);
    }
    for (auto const& [name, content] : before) {
        if (!after.contains(name)) names.push_back(name);
    }
    return names;
}

class Carry : public testing::Test {
  protected:
    Carry() {
        std::string path = testing::TempDir() + "keepmum-carry-XXXXXX";
        root_ = mkdtemp(path.data());
    }
    ~Carry() override { std::filesystem::remove_all(root_); }

    RegisterPlace place(std::string const& name) const { return {root_ + "/" + name, root_ + "/key"}; }
    std::string file(std::string const& name) const { return root_ + "/" + name; }

    // A register of one document with a picture and a copy, and of one table.
    void make(std::string const& name) {
        RegisterPlace const there = place(name);
        Result<StoreWriter> writer = StoreWriter::open(there.folder, key_);
        ASSERT_TRUE(writer);
        DocumentFacts facts;
        facts.name = name;
        std::string text;
        for (int i = 0; i < 300; ++i) text += name + std::to_string(i * i * 7919) + (i % 9 == 0 ? "\n" : " ");
        DocumentText document;
        document.parts.push_back({"", Blob::copy(text), {}});
        Result<std::uint64_t> const id = writer->add(facts, document);
        ASSERT_TRUE(id);
        Result<LikenessWriter> likenesses = LikenessWriter::open(there.folder, key_, **Store::open(there.folder, key_));
        ASSERT_TRUE(likenesses);
        Likeness likeness;
        likeness.pictures.resize(1);
        likeness.pictures[0].width = likeness.pictures[0].height = least_registered_side;
        likeness.pictures[0].shown.push_back({PictureHash{*id, 2, 3, 4}});
        likeness.tags = {*id ^ 5, *id ^ 6};
        likenesses->add(*id, likeness);
        likenesses->add(*id ^ 1, likeness);  // what a crash leaves: of a document that is not there
        ASSERT_TRUE(likenesses->commit());
        ASSERT_TRUE(writer->commit());
        Result<TableUpdate> table = TableUpdate::begin(there.folder + "/tables", key_, {name, "secret", "", "", {"name", "phone"}, 2, 0}, TableChange::whole);
        ASSERT_TRUE(table);
        for (int i = 0; i < 40; ++i) {
            std::string const person = "Person Brandt" + std::to_string(i), phone = "139" + std::to_string(10'000'000 + i);
            std::string_view const cells[] = {person, phone};
            ASSERT_TRUE(table->add(cells));
        }
        ASSERT_TRUE(table->commit());
    }

    RegisterKey const key_ = made_key(1);
    std::string root_;
};

TEST_F(Carry, BringsAllOfItAndOnlyWhatIsNew) {
    make("one"), make("two");
    std::string const export_file = file("export");
    ASSERT_TRUE(export_register(place("one"), key_, export_file));
    Result<Carried> const come = import_register(place("two"), key_, export_file);
    ASSERT_TRUE(come) << come.error().what;
    EXPECT_EQ(come->documents, 1u);
    EXPECT_EQ(come->tables, 1u);
    auto const store = *Store::open(place("two").folder, key_);
    EXPECT_EQ(store->list().size(), 2u);
    EXPECT_TRUE(store->verify().empty());
    EXPECT_TRUE(verify_likenesses(place("two").folder, key_).empty());
    EXPECT_EQ((*TableStore::open(place("two").folder + "/tables", key_))->tables().size(), 2u);
    // Each document has what it is known by, and what belonged to none did not come along.
    std::map<std::uint64_t, int> pictures;
    Result<std::vector<StoredPicture>> const stored = read_pictures(file("two/pictures"), key_);
    ASSERT_TRUE(stored);
    for (StoredPicture const& picture : *stored) ++pictures[picture.document];
    EXPECT_EQ(pictures.size(), 2u);
    for (DocumentFacts const& facts : store->list()) EXPECT_EQ(pictures[facts.id], 1) << facts.name;
    EXPECT_EQ(DigestMap::open(file("two/copies"), key_)->list()->size(), 4u);
    auto const before = read_folder(place("two").folder);
    Result<Carried> const again = import_register(place("two"), key_, export_file);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->documents + again->tables, 0u);
    EXPECT_EQ(changed(before, place("two").folder), std::vector<std::string>()) << "what is there already stays as it is";
}

TEST_F(Carry, AChangedByteAnywhereChangesNothing) {
    make("one"), make("two");
    std::string const export_file = file("export");
    ASSERT_TRUE(export_register(place("one"), key_, export_file));
    std::string const good = read_all(export_file);
    auto const before = read_folder(place("two").folder);
    Result<std::vector<CarriedPart>> const parts = read_carried(good, key_, "");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 5u);
    std::vector<std::size_t> places = {0, carry_heading.size(), good.size() - 1, good.size() - 9};
    for (CarriedPart const& part : *parts) {
        auto const at = static_cast<std::size_t>(part.bytes.data() - good.data());
        for (std::size_t i = 0; i < 4; ++i) places.push_back(at + i * (part.bytes.size() - 1) / 3);
        places.push_back(at - 1), places.push_back(at - part.name.size() - 10);
    }
    for (std::size_t const at : places) {
        std::string bad = good;
        bad[at] ^= 1;
        write_all(export_file, bad);
        EXPECT_FALSE(import_register(place("two"), key_, export_file)) << at;
        EXPECT_EQ(changed(before, place("two").folder), std::vector<std::string>()) << at;
    }
    for (std::size_t const size : {std::size_t{0}, std::size_t{9}, good.size() / 2, good.size() - 1}) {
        write_all(export_file, std::string_view(good).substr(0, size));
        EXPECT_FALSE(import_register(place("two"), key_, export_file)) << size;
    }
    write_all(export_file, good + "x");
    EXPECT_FALSE(import_register(place("two"), key_, export_file));
    write_all(export_file, good);
    EXPECT_FALSE(import_register(place("two"), made_key(2), export_file));
    EXPECT_EQ(changed(before, place("two").folder), std::vector<std::string>());
}

// What the check of the whole cannot tell: written under the key, and damaged before.
TEST_F(Carry, ADamagedPartUnderAGoodCheckChangesNothing) {
    make("one"), make("two");
    std::string const export_file = file("export"), made = file("made");
    ASSERT_TRUE(export_register(place("one"), key_, export_file));
    std::string const good = read_all(export_file);
    Result<std::vector<CarriedPart>> const parts = read_carried(good, key_, "");
    ASSERT_TRUE(parts);
    auto const before = read_folder(place("two").folder);
    for (CarriedPart const& damaged : *parts) {
        Result<CarryWriter> writer = CarryWriter::create(made, key_);
        ASSERT_TRUE(writer);
        for (CarriedPart const& part : *parts) {
            std::string bytes(part.bytes);
            if (part.name == damaged.name) bytes[bytes.size() - 20] ^= 1;
            ASSERT_TRUE(writer->add(part.name, bytes));
        }
        ASSERT_TRUE(writer->commit());
        EXPECT_FALSE(import_register(place("two"), key_, made)) << damaged.name;
        EXPECT_EQ(changed(before, place("two").folder), std::vector<std::string>()) << damaged.name;
    }
}

TEST_F(Carry, FilesThatAreNotBuiltSoAreRefused) {
    auto const is_refused = [&](std::vector<std::string> const& names) {
        Result<CarryWriter> writer = CarryWriter::create(file("made"), key_);
        for (std::string const& name : names) EXPECT_TRUE(writer->add(name, "bytes"));
        EXPECT_TRUE(writer->commit());
        return !read_carried(read_all(file("made")), key_, "");
    };
    EXPECT_FALSE(is_refused({"segment", "pictures", "tables/a"}));
    EXPECT_TRUE(is_refused({"segment", "segment"})) << "twice";
    for (std::string name : {"", "other", "tables/", "tables/../key", "tables/.", "tables/a/b"}) EXPECT_TRUE(is_refused({name})) << name;
    std::vector<std::string> many;
    for (std::size_t i = 0; i < most_parts; ++i) many.push_back("tables/" + std::to_string(i));
    EXPECT_FALSE(is_refused(many));
    Result<CarryWriter> writer = CarryWriter::create(file("made"), key_);
    for (std::string const& name : many) ASSERT_TRUE(writer->add(name, ""));
    EXPECT_FALSE(writer->add("segment", ""));
}

TEST_F(Carry, ADamagedRegisterIsNotExportedAndWhatWasSetAsideStaysBehind) {
    make("one");
    std::string const folder = place("one").folder, export_file = file("export");
    for (std::string const name : {"pictures.damaged", "tables/0123456789abcdef.table.damaged", "tables/0123456789abcdef-1.part", "tables/0123456789abcdef.table.new-1"}) {
        write_all(folder + "/" + name, "");
    }
    ASSERT_TRUE(export_register(place("one"), key_, export_file));
    std::string const bytes = read_all(export_file);
    Result<std::vector<CarriedPart>> const parts = read_carried(bytes, key_, "");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 5u);
    for (CarriedPart const& part : *parts) EXPECT_EQ(part.name.find("0123456789abcdef"), part.name.npos) << part.name;
    std::filesystem::remove(export_file);
    for (auto const& [path, content] : read_folder(folder)) {
        std::string const name = std::filesystem::path(path).filename().string();
        bool const counts = !content.empty() && name != "lock" && name != "manifest";
        if (!counts) continue;
        std::string bad = content;
        bad[bad.size() - 20] ^= 1;
        write_all(path, bad);
        Result<Carried> const refused = export_register(place("one"), key_, export_file);
        EXPECT_FALSE(refused) << path;
        EXPECT_FALSE(std::filesystem::exists(export_file)) << path;
        EXPECT_FALSE(std::filesystem::exists(export_file + ".segment")) << path;
        write_all(path, content);
    }
    EXPECT_TRUE(export_register(place("one"), key_, export_file));
}

// Nothing comes into a damaged register: what cannot be read of it would be taken for gone.
TEST_F(Carry, ADamagedRegisterTakesNothingInAndLosesNothing) {
    make("one"), make("two");
    std::string const folder = place("two").folder, export_file = file("export");
    ASSERT_TRUE(export_register(place("one"), key_, export_file));
    std::size_t damaged = 0;
    for (auto const& [path, content] : read_folder(folder)) {
        std::string const name = std::filesystem::path(path).filename().string();
        if (content.empty() || name == "lock") continue;
        ++damaged;
        std::string bad = content;
        bad[bad.size() - 20] ^= 1;
        for (std::string_view const left : {std::string_view(bad), std::string_view(content).substr(0, content.size() / 2)}) {
            write_all(path, left);
            auto const before = read_folder(folder);
            EXPECT_FALSE(import_register(place("two"), key_, export_file)) << path;
            EXPECT_EQ(changed(before, folder), std::vector<std::string>()) << path;
        }
        write_all(path, content);
    }
    EXPECT_GE(damaged, 6u);  // manifest, segment, pictures, copies, table, part
    EXPECT_TRUE(import_register(place("two"), key_, export_file));
}

// Of a document that cannot be read nobody knows whether it is gone.
TEST_F(Carry, WhatADocumentInADamagedSegmentIsKnownByStays) {
    make("one");
    std::string const folder = place("one").folder;
    auto const tags = [&] { return DigestMap::open(folder + "/copies", key_)->list()->size(); };
    auto const tidy = [&] {
        Result<LikenessWriter> writer = LikenessWriter::open(folder, key_, **Store::open(folder, key_));
        return writer && writer->commit();
    };
    auto const before = read_folder(folder);
    auto const segment = std::find_if(before.begin(), before.end(), [](auto const& one) { return one.first.find("/segment-") != std::string::npos; });
    ASSERT_NE(segment, before.end());
    ASSERT_EQ(tags(), 4u);
    int unopened = 0, unnamed = 0;
    for (std::size_t at = 0; at < segment->second.size(); at += segment->second.size() / 60) {
        for (auto const& [path, content] : before) write_all(path, content);
        std::string bad = segment->second;
        bad[at] ^= 1;
        write_all(segment->first, bad);
        EXPECT_TRUE(tidy());
        auto const store = *Store::open(folder, key_);
        bool const named = store->list().size() == 1;
        EXPECT_EQ(tags(), named ? 2u : 4u) << at;
        unopened += !store->damage().empty();
        unnamed += !named && store->damage().empty();
    }
    EXPECT_GT(unopened, 0);
    EXPECT_GT(unnamed, 0);
}

}  // namespace
}  // namespace keepmum
