// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/store.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "index/ask.h"
#include "index/made_key_test.h"
#include "index/made_text_test.h"
#include "index/manifest.h"
#include "index/segment/segment.h"
#include "io/file.h"

namespace keepmum {
namespace {

Thresholds const thresholds;

// A folder that goes with the object.
struct TemporaryFolder {
    std::string path = (std::filesystem::temp_directory_path() / "keepmum-index-XXXXXX").string();
    TemporaryFolder() { path = mkdtemp(path.data()) ? path : std::string(); }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

std::vector<Overlap> ask(Store const& store, std::string const& text) {
    Question question(store, thresholds);
    question.add(text);
    EXPECT_TRUE(question.damage().empty());
    return question.answer();
}

std::shared_ptr<Store const> open_store(std::string const& folder, RegisterKey const& key) {
    Result<std::shared_ptr<Store const>> store = Store::open(folder, key);
    EXPECT_TRUE(store) << store.error().what;
    return *store;
}

struct Register : testing::Test {
    TemporaryFolder folder;
    RegisterKey key = made_key(7);
    TextMaker maker{7};

    StoreWriter writer() {
        Result<StoreWriter> writer = StoreWriter::open(folder.path, key);
        EXPECT_TRUE(writer) << writer.error().what;
        return std::move(*writer);
    }
    void commit(StoreWriter& writer) {
        Result<> const done = writer.commit();
        EXPECT_TRUE(done) << done.error().what;
    }
};

TEST_F(Register, FindsAnExcerptWithItsPassages) {
    std::string const report = maker.latin(400), other = maker.latin(400);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("report"), one_part(report)));
        ASSERT_TRUE(own.add(named("other"), one_part(other)));
        commit(own);
        ASSERT_EQ(own.committed().size(), 2u);
        EXPECT_GT(own.committed()[0].protectable_share(), 0.9);
    }
    auto const store = open_store(folder.path, key);
    std::size_t const line = report.find('\n', report.size() / 2) + 1;  // two whole lines of the report
    std::string const quote = report.substr(line, report.find('\n', report.find('\n', line) + 1) - line);
    std::string const mail = maker.latin(100) + quote + "\n" + maker.latin(100);
    std::vector<Overlap> const found = ask(*store, mail);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].document.name, "report");
    EXPECT_EQ(found[0].document.level, "secret");
    ASSERT_EQ(found[0].passages.size(), 1u);
    Span const span = found[0].passages[0].span;
    std::size_t const at = mail.find(quote);
    EXPECT_GE(span.begin + 3, at);
    EXPECT_LE(span.end, at + quote.size() + 3);
    EXPECT_GT(span.size() * 10, quote.size() * 7);
    auto const number = static_cast<std::uint32_t>(std::count(report.begin(), report.begin() + static_cast<std::ptrdiff_t>(line), '\n') + 1);
    ASSERT_FALSE(found[0].numbers.empty());
    EXPECT_TRUE(std::any_of(found[0].numbers.begin(), found[0].numbers.end(), [&](PassageNumber n) { return n.number == number; }));
    EXPECT_TRUE(ask(*store, maker.latin(5000)).empty());
}

// The promise of the grams holds through the store: with thresholds of one gram, each clean run of 2k-s-1 letters is told.
TEST_F(Register, EachCleanRunOfTheGuaranteedLengthIsTouched) {
    std::string latin = maker.latin(3000), chinese = maker.chinese(3000);
    std::erase_if(latin, [](char c) { return c < 'a' || c > 'z'; });
    std::string const plain_chinese = [&] {
        std::string out;
        for (std::size_t at = 0; at < chinese.size(); at += 3) {
            while (at < chinese.size() && (chinese[at] == '\n' || chinese.compare(at, 3, "。") == 0)) at += chinese[at] == '\n' ? 1 : 3;
            out += chinese.substr(at, 3);
        }
        return out;
    }();
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("latin"), one_part(latin)));
        ASSERT_TRUE(own.add(named("chinese"), one_part(plain_chinese)));
        commit(own);
    }
    auto const store = open_store(folder.path, key);
    Thresholds lowest;
    for (LayerThreshold& layer : lowest.layers) layer.unaligned_cost = 0, layer.chain_grams = layer.chain_letters = 1;
    for (StreamThreshold& stream : lowest.streams) stream.chain_cost = 0, stream.likely_letters = 1;
    auto const told = [&](std::string const& text) {
        Question question(*store, lowest);
        question.add(text);
        return question.answer().size() == 1;
    };
    for (int round = 0; round < 300; ++round) {
        std::size_t const typed = setting_of(Layer::latin_plain).guarantee(), noisy = setting_of(Layer::latin_loose).guarantee();
        std::size_t const at = maker.random()() % (latin.size() - typed);
        EXPECT_TRUE(told(maker.latin(8) + latin.substr(at, typed) + maker.latin(8))) << round;
        EXPECT_TRUE(told(maker.latin(8) + latin.substr(at, noisy) + maker.latin(8))) << round;
        std::size_t const run = setting_of(Layer::cjk_plain).guarantee(), short_run = setting_of(Layer::cjk_loose).guarantee();
        std::size_t const from = maker.random()() % (plain_chinese.size() / 3 - run) * 3;
        EXPECT_TRUE(told(maker.chinese(9) + plain_chinese.substr(from, 3 * run) + maker.chinese(9))) << round;
        EXPECT_TRUE(told(maker.chinese(9) + plain_chinese.substr(from, 3 * short_run) + maker.chinese(9))) << round;
    }
}

TEST_F(Register, FindsChineseExcerpts) {
    std::string const report = maker.chinese(2000);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("报告"), one_part(report)));
        commit(own);
    }
    auto const store = open_store(folder.path, key);
    std::string const quote = report.substr(report.find("\n", 3000) + 1, 3 * 20);
    std::vector<Overlap> const found = ask(*store, maker.chinese(300) + quote + maker.chinese(300));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].document.name, "报告");
    EXPECT_TRUE(ask(*store, maker.chinese(20'000)).empty());
}

// Instructions are put together from the same phrases again and again: a quote may be one of a kind though nothing in it is.
TEST_F(Register, FindsAQuoteOfPhrasesThatAllStandElsewhereToo) {
    std::vector<std::string> phrases;
    for (int i = 0; i < 6; ++i) phrases.push_back(maker.chinese(10));
    std::string document;
    for (std::string const& first : phrases) {
        for (std::string const& second : phrases) document += first + second + maker.chinese(10);
    }
    StoreWriter own = writer();
    ASSERT_TRUE(own.add(named("instructions"), one_part(document)));
    commit(own);
    auto const store = open_store(folder.path, key);
    for (std::string const& first : phrases) {
        for (std::string const& second : phrases) {
            EXPECT_EQ(ask(*store, maker.chinese(50) + first + second + maker.chinese(50)).size(), 1u);
        }
    }
}

TEST_F(Register, WholeCopyIsCertainAndWholly) {
    std::string const report = maker.latin(4000) + maker.chinese(500);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("report"), one_part(report)));
        commit(own);
    }
    std::vector<Overlap> const found = ask(*open_store(folder.path, key), report);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].certainty, Certainty::certain);
    EXPECT_GT(found[0].share, 0.98);
    EXPECT_LE(found[0].share, 1.0);
}

TEST_F(Register, NoisyReadingsAreFoundByTheLooserGrams) {
    std::string const report = maker.latin(2000);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("report"), one_part(report)));
        commit(own);
    }
    auto const store = open_store(folder.path, key);
    int found = 0;
    for (int round = 0; round < 50; ++round) {
        std::string quote = report.substr(100 * static_cast<std::size_t>(round), 320);
        for (char& c : quote) {
            if (maker.random()() % 100 < 8) c = 'z';
        }
        found += ask(*store, maker.latin(50) + quote).size() == 1;
    }
    EXPECT_GE(found, 48);
    EXPECT_TRUE(ask(*store, maker.latin(20'000)).empty());
}

TEST_F(Register, BoilerplateAndBackgroundCountForNothing) {
    std::string const form = maker.latin(100), law = maker.latin(100), own_words = maker.latin(100);
    StoreWriter own = writer();
    ASSERT_TRUE(own.add_background(law));
    commit(own);
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(own.add(named("form " + std::to_string(i)), one_part(form + maker.latin(40))));
    ASSERT_TRUE(own.add(named("paper"), one_part(law + own_words)));
    ASSERT_TRUE(own.add(named("copy of the law"), one_part(law)));
    commit(own);
    EXPECT_LT(own.committed()[0].protectable_share(), 0.4);
    EXPECT_NEAR(own.committed()[40].protectable_share(), 0.5, 0.1);
    EXPECT_EQ(own.committed()[41].protectable, 0u);
    auto const store = open_store(folder.path, key);
    EXPECT_TRUE(ask(*store, form).empty());
    EXPECT_TRUE(ask(*store, law).empty());
    EXPECT_EQ(ask(*store, own_words).size(), 1u);
}

TEST_F(Register, RemovedDocumentsAreNotFoundAndGoWhenMerged) {
    std::string const one = maker.latin(300), two = maker.latin(300);
    StoreWriter own = writer();
    std::uint64_t const id = *own.add(named("one"), one_part(one));
    ASSERT_TRUE(own.add(named("two"), one_part(two)));
    commit(own);
    EXPECT_TRUE(*own.remove(id));
    EXPECT_FALSE(*own.remove(12345));
    EXPECT_EQ(ask(*open_store(folder.path, key), one).size(), 1u) << "not before commit";
    commit(own);
    EXPECT_FALSE(*own.remove(id));
    auto const store = open_store(folder.path, key);
    EXPECT_TRUE(ask(*store, one).empty());
    EXPECT_EQ(ask(*store, two).size(), 1u);
    EXPECT_EQ(store->list().size(), 1u);
    EXPECT_EQ(store->stats().documents, 1u);
    ASSERT_TRUE(own.rebuild());
    auto const rebuilt = open_store(folder.path, key);
    EXPECT_EQ(rebuilt->stats().removed, 0u);
    EXPECT_TRUE(ask(*rebuilt, one).empty());
    EXPECT_EQ(ask(*rebuilt, two).size(), 1u);
    EXPECT_TRUE(rebuilt->verify().empty());
    // A reader that opened before still has what was there then.
    EXPECT_EQ(ask(*store, two).size(), 1u);
}

TEST_F(Register, ManyGramsAskedAtOnceAreFoundAsFewAre) {
    StoreWriter own = writer();
    std::string const text = maker.latin(20'000);
    ASSERT_TRUE(own.add(named("d"), one_part(text)));
    commit(own);
    auto const store = open_store(folder.path, key);
    std::vector<Gram> grams;
    for (Layer const layer : {Layer::latin_plain, Layer::latin_loose}) {
        grams.clear();
        store->selector().select(normalise(text + maker.latin(40'000)).latin.letters, layer, grams);
        ASSERT_GT(grams.size(), 5000u);
        std::vector<Segment::Found> all, few;
        ASSERT_TRUE(store->segments()[0]->look_up(layer, grams, all, Segment::Asking::in_order));
        for (std::size_t from = 0; from < grams.size(); from += 100) {
            std::size_t const before = few.size();
            ASSERT_TRUE(store->segments()[0]->look_up(layer, std::span(grams).subspan(from, std::min<std::size_t>(100, grams.size() - from)), few));
            for (std::size_t i = before; i < few.size(); ++i) few[i].gram += static_cast<std::uint32_t>(from);
        }
        ASSERT_EQ(all.size(), few.size());
        EXPECT_GT(all.size(), 1000u);
        for (std::size_t i = 0; i < all.size(); ++i) {
            ASSERT_EQ(all[i].gram, few[i].gram);
            ASSERT_EQ(all[i].value, few[i].value);
        }
    }
}

TEST_F(Register, SettlingLeavesOneLargeSegmentAndASmallOneBesideIt) {
    StoreWriter own = writer();
    auto const add = [&](std::size_t letters) {
        ASSERT_TRUE(own.add(named("d"), one_part(maker.latin(letters))));
        commit(own);
    };
    auto const settle = [&] {
        while (*own.merge(StoreWriter::Merging::settle)) {
        }
        return open_store(folder.path, key)->segments().size();
    };
    for (int i = 0; i < 3; ++i) add(100'000);
    add(100);  // by itself far smaller than each, and the first of the four
    EXPECT_EQ(settle(), 1u);
    add(100);
    EXPECT_EQ(settle(), 2u);
    add(100'000);
    EXPECT_EQ(settle(), 1u);
    EXPECT_EQ(open_store(folder.path, key)->list().size(), 6u);
}

TEST_F(Register, MergingChangesNoAnswer) {
    std::vector<std::string> texts;
    StoreWriter own = writer();
    std::string const shared = maker.latin(60);
    for (int i = 0; i < 30; ++i) {
        texts.push_back(maker.latin(150) + (i % 5 == 0 ? shared : "") + maker.chinese(200));
        ASSERT_TRUE(own.add(named("d" + std::to_string(i)), one_part(texts.back())));
        commit(own);
    }
    auto const before = open_store(folder.path, key);
    EXPECT_EQ(before->segments().size(), 30u);
    while (true) {
        Result<bool> const merged = own.merge();
        ASSERT_TRUE(merged) << merged.error().what;
        if (!*merged) break;
    }
    EXPECT_LT(open_store(folder.path, key)->segments().size(), 12u);
    while (*own.merge(StoreWriter::Merging::settle)) {
    }
    auto const after = open_store(folder.path, key);
    EXPECT_EQ(after->segments().size(), 1u);
    EXPECT_TRUE(after->verify().empty());
    EXPECT_EQ(after->list().size(), 30u);
    for (std::string const& text : texts) {
        std::vector<Overlap> const one = ask(*before, text), other = ask(*after, text);
        ASSERT_EQ(one.size(), other.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(one[i].document.id, other[i].document.id);
            EXPECT_EQ(one[i].letters, other[i].letters);
            EXPECT_EQ(one[i].passages.size(), other[i].passages.size());
            EXPECT_EQ(one[i].numbers, other[i].numbers);
        }
    }
    EXPECT_EQ(ask(*after, shared).size(), 6u);
}

TEST_F(Register, AnotherKeyIsSaidAndDestroysNothing) {
    std::string const text = maker.latin(300);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("one"), one_part(text)));
        commit(own);
    }
    RegisterKey const wrong = made_key(1);
    Result<std::shared_ptr<Store const>> const store = Store::open(folder.path, wrong);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().fault, Fault::denied);
    EXPECT_EQ(store.error().what, "the register was made under another key");
    EXPECT_FALSE(StoreWriter::open(folder.path, wrong));
    EXPECT_FALSE(StoreWriter::open(folder.path, wrong, StoreWriter::Opening::rescue));
    EXPECT_EQ(ask(*open_store(folder.path, key), text).size(), 1u);
}

TEST_F(Register, ExportsAndImportsUnderTheSameKey) {
    std::string const one = maker.latin(300), two = maker.latin(300);
    std::string const file = folder.path + "/out.register";
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("one and only name"), one_part(one)));
        commit(own);
        ASSERT_TRUE(open_store(folder.path, key)->export_to(file));
    }
    std::string const bytes = *read_file(file);
    EXPECT_EQ(bytes.find("one and only name"), bytes.npos);
    EXPECT_EQ(bytes.find("secret"), bytes.npos);
    TemporaryFolder other;
    Result<StoreWriter> there = StoreWriter::open(other.path, key);
    ASSERT_TRUE(there);
    ASSERT_TRUE(there->add(named("two"), one_part(two)));
    ASSERT_EQ(there->import_from(file)->size(), 1u);
    ASSERT_TRUE(there->commit());
    ASSERT_EQ(there->import_from(file)->size(), 0u) << "what is there already is not taken twice";
    ASSERT_TRUE(there->commit());
    std::uint64_t const id = ask(*open_store(other.path, key), one)[0].document.id;
    ASSERT_TRUE(*there->remove(id));
    ASSERT_TRUE(there->commit());
    EXPECT_EQ(*there->import_from(file), std::vector<std::uint64_t>{id}) << "what was removed comes back";
    ASSERT_TRUE(there->commit());
    auto const store = open_store(other.path, key);
    EXPECT_EQ(store->list().size(), 2u);
    EXPECT_EQ(ask(*store, one).size(), 1u);
    Result<StoreWriter> foreign = StoreWriter::open(folder.path + "/x", made_key(2));
    ASSERT_TRUE(foreign);
    EXPECT_FALSE(foreign->import_from(file));
}

TEST_F(Register, DocumentsThatCannotBeRecognisedAreRefused) {
    StoreWriter own = writer();
    EXPECT_FALSE(own.add(named("empty"), one_part("")));
    EXPECT_FALSE(own.add(named("dots"), one_part("... --- !!!")));
    Result<std::uint64_t> const huge = own.add(named("huge"), one_part(std::string(65'000'000, 'a')));
    ASSERT_FALSE(huge);
    EXPECT_EQ(huge.error().fault, Fault::invalid);
    ASSERT_TRUE(own.add(named("short"), one_part("a few words")));
    commit(own);
    EXPECT_EQ(own.committed().size(), 1u);
    EXPECT_EQ(own.committed()[0].protectable, 0u);
}

TEST_F(Register, NumbersPassagesByTheMarksOfEachPart) {
    DocumentText text;
    std::string const body = maker.latin(72), comments = maker.latin(60);
    std::uint32_t const second = static_cast<std::uint32_t>(body.find('\n', body.find('\n') + 1) + 1);
    text.parts.push_back({"", Blob::copy(body), {{0, Mark::What::paragraph, 4}, {second, Mark::What::paragraph, 5}}});
    text.parts.push_back({"comments", Blob::copy(comments), {{0, Mark::What::paragraph, 1}}});
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("report"), text));
        commit(own);
    }
    auto const store = open_store(folder.path, key);
    std::vector<Overlap> found = ask(*store, body.substr(0, second));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].numbers, (std::vector<PassageNumber>{{0, 4}}));
    found = ask(*store, comments);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].numbers, (std::vector<PassageNumber>{{1, 1}}));
    EXPECT_EQ(found[0].parts[found[0].numbers[0].part], "comments");
}

TEST_F(Register, ADamagedSegmentIsNamedAndTheRestServes) {
    std::string const one = maker.latin(300), two = maker.latin(300);
    StoreWriter own = writer();
    ASSERT_TRUE(own.add(named("one"), one_part(one)));
    commit(own);
    ASSERT_TRUE(own.add(named("two"), one_part(two)));
    commit(own);
    std::string const path = open_store(folder.path, key)->segments()[0]->path();
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 100);
    auto const store = open_store(folder.path, key);
    ASSERT_EQ(store->damage(), (std::vector<Damage>{{path, "cut short"}}));
    EXPECT_EQ(ask(*store, two).size(), 1u);
    EXPECT_EQ(store->verify().size(), 1u);
    ASSERT_TRUE(own.rebuild());
    auto const rebuilt = open_store(folder.path, key);
    EXPECT_TRUE(rebuilt->damage().empty());
    EXPECT_TRUE(rebuilt->verify().empty());
    EXPECT_EQ(ask(*rebuilt, two).size(), 1u);
    EXPECT_TRUE(exists(path + ".damaged"));
}

TEST_F(Register, ALostOrDamagedManifestCanBeRescued) {
    std::string const one = maker.latin(300);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("one"), one_part(one)));
        commit(own);
    }
    std::string const path = folder.path + "/" + std::string(manifest_name);
    std::string const good = *read_file(path);
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        ASSERT_TRUE(write_file(path, bad));
        EXPECT_FALSE(Store::open(folder.path, key)) << at;
        EXPECT_FALSE(StoreWriter::open(folder.path, key)) << at;
    }
    std::filesystem::remove(path);
    EXPECT_FALSE(Store::open(folder.path, key));
    EXPECT_FALSE(StoreWriter::open(folder.path, key));
    {
        Result<StoreWriter> rescued = StoreWriter::open(folder.path, key, StoreWriter::Opening::rescue);
        ASSERT_TRUE(rescued);
        ASSERT_TRUE(rescued->rebuild());
    }
    EXPECT_EQ(ask(*open_store(folder.path, key), one).size(), 1u);
}

TEST_F(Register, LeftoversOfACrashAreSweptAway) {
    std::string const one = maker.latin(300);
    {
        StoreWriter own = writer();
        ASSERT_TRUE(own.add(named("one"), one_part(one)));
        commit(own);
    }
    std::ofstream(folder.path + "/segment-0123456789abcdef") << "not named";
    std::ofstream(folder.path + "/segment-0123456789abcdee.part") << "half";
    std::ofstream(folder.path + "/pictures") << "another's";
    { StoreWriter own = writer(); }
    EXPECT_FALSE(exists(folder.path + "/segment-0123456789abcdef"));
    EXPECT_FALSE(exists(folder.path + "/segment-0123456789abcdee.part"));
    EXPECT_TRUE(exists(folder.path + "/pictures"));
    EXPECT_EQ(ask(*open_store(folder.path, key), one).size(), 1u);
}

TEST_F(Register, AFolderThatIsNotThereIsEmpty) {
    auto const store = open_store(folder.path + "/none", key);
    EXPECT_EQ(store->generation(), 0u);
    EXPECT_TRUE(store->list().empty());
    EXPECT_TRUE(ask(*store, maker.latin(100)).empty());
    EXPECT_FALSE(exists(folder.path + "/none"));
}

}  // namespace
}  // namespace keepmum
