// What damage, theft, a full disk and sudden death do to a register.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "index/ask.h"
#include "index/made_key_test.h"
#include "index/segment/builder.h"
#include "index/made_text_test.h"
#include "index/segment/segment.h"
#include "index/store.h"
#include "io/file.h"

namespace keepmum {
namespace {

struct TemporaryFolder {
    std::string path = (std::filesystem::temp_directory_path() / "keepmum-damage-XXXXXX").string();
    TemporaryFolder() { path = mkdtemp(path.data()) ? path : std::string(); }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

// The bytes of a register's only segment.
std::string segment_bytes(RegisterKey const& key, std::vector<std::string> const& texts) {
    TemporaryFolder folder;
    Result<StoreWriter> writer = StoreWriter::open(folder.path, key);
    for (std::string const& text : texts) EXPECT_TRUE(writer->add(named("paper"), one_part(text)));
    EXPECT_TRUE(writer->commit());
    return *read_file((*Store::open(folder.path, key))->segments()[0]->path());
}

using Places = std::map<std::pair<std::size_t, std::uint64_t>, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

// Where each gram is said to be: by layer and hash. `good` turns false where damage was met.
Places places_of(Segment const& segment, std::array<std::vector<Gram>, layer_count> const& grams, bool& good) {
    Places places;
    for (std::size_t number = 0; number < layer_count; ++number) {
        Layer const layer = static_cast<Layer>(number);
        std::vector<Segment::Found> found;
        good &= segment.look_up(layer, grams[number], found);
        for (Segment::Found const& one : found) {
            std::vector<std::uint64_t> positions;
            if (one.is_list) good &= segment.read_list(layer, one.value, 100, positions);
            else positions.push_back(one.value);
            BlockMemory memory;
            for (std::uint64_t position : positions) {
                std::optional<Location> const location = segment.locate(layer, position, memory);
                good &= location.has_value();
                if (location) places[{number, grams[number][one.gram].hash}].push_back({location->document, location->letter});
            }
        }
    }
    return places;
}

TEST(Damage, EachChangedByteIsNoticedOrHarmless) {
    RegisterKey const key = made_key(1);
    TextMaker maker(11);
    std::string const shared = maker.latin(20);
    std::vector<std::string> const texts = {maker.latin(30) + shared, shared + maker.latin(30) + maker.chinese(60)};
    std::string const whole = segment_bytes(key, texts);
    auto const keys = std::make_shared<SegmentKeys const>(key);
    GramSelector const selector(key);
    std::array<std::vector<Gram>, layer_count> grams;
    Letters const letters = normalise(texts[0] + texts[1]);
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        if (gram_settings[layer].stream == Stream::latin) selector.select(letters.latin.letters, static_cast<Layer>(layer), grams[layer]);
        else selector.select(letters.cjk.letters, static_cast<Layer>(layer), grams[layer]);
    }
    bool good = true;
    Places const expected = places_of(**Segment::open(Blob::copy(whole), keys), grams, good);
    ASSERT_TRUE(good);
    ASSERT_GT(expected.size(), 60u);
    std::size_t refused = 0, noticed = 0, harmless = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ (1 << ((at + at / 64) % 8)));
        auto const segment = Segment::open(Blob::take(std::move(changed)), keys);
        if (!segment) {
            ++refused;
            continue;
        }
        bool read_well = true;
        Places const places = places_of(**segment, grams, read_well);
        for (auto const& [gram, where] : places) {
            auto const original = expected.find(gram);
            ASSERT_NE(original, expected.end()) << "a wrong gram, byte " << at;
            for (auto const& one : where) ASSERT_NE(std::count(original->second.begin(), original->second.end(), one), 0) << "a wrong place, byte " << at;
        }
        for (std::uint32_t document = 0; document < 2; ++document) {
            std::optional<Record> const record = (*segment)->record(document);
            ASSERT_TRUE(!record || record->facts.name == "paper") << at;
        }
        bool const said = !(*segment)->verify().empty();
        ASSERT_TRUE(said || places == expected) << "neither noticed nor harmless, byte " << at;
        ASSERT_TRUE(read_well || said) << at;
        if (read_well && places != expected) FAIL() << "missed without a word, byte " << at;
        (said ? noticed : harmless) += 1;
    }
    EXPECT_EQ(refused, header_size);
    EXPECT_GT(noticed, whole.size() / 2);
    EXPECT_LT(harmless, 4u * 64);  // what fills up to the next line
}

TEST(Damage, EachCutIsNoticed) {
    RegisterKey const key = made_key(2);
    TextMaker maker(12);
    std::string const whole = segment_bytes(key, {maker.latin(100)});
    auto const keys = std::make_shared<SegmentKeys const>(key);
    for (std::size_t size = 0; size < whole.size(); size += 97) EXPECT_FALSE(Segment::open(Blob::copy(whole.substr(0, size)), keys));
    EXPECT_FALSE(Segment::open(Blob::copy(whole + "x"), keys));
}

// Who has a segment and not its key, and knows that one of a hundred texts of one length is in it, tries them all.
TEST(Damage, AStolenSegmentGivesADictionaryNothing) {
    constexpr std::size_t count = 60;
    TextMaker maker(13);
    std::vector<std::string> texts, stolen, tried;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (int line = 0; line < 40; ++line) {
            for (int letter = 0; letter < 60; ++letter) text += static_cast<char>('a' + maker.random()() % 26);
            text += '\n';
        }
        text.replace(0, 61 * (i % 7), text.substr(61 * 20, 61 * (i % 7)));  // some repeat themselves, which must not show either
        texts.push_back(text);
    }
    std::vector<std::size_t> sizes;
    unsigned keys = 10;
    for (std::string const& text : texts) {
        stolen.push_back(segment_bytes(made_key(keys++), {text}));
        tried.push_back(segment_bytes(made_key(keys++), {text}));  // what the thief can make of each text
    }
    std::set<std::size_t> classes;
    for (std::string const& bytes : stolen) classes.insert(bytes.size());
    EXPECT_LE(classes.size(), 8u);  // how many grams are kept depends on the key, a little
    // All runs of six bytes, which is what a slot has.
    auto const slots_of = [](std::string const& bytes) {
        std::vector<std::uint64_t> slots;
        for (std::size_t at = header_size; at + 6 <= bytes.size(); at += 2) {
            std::uint64_t slot = 0;
            std::copy_n(bytes.data() + at, 6, reinterpret_cast<char*>(&slot));
            slots.push_back(slot);
        }
        std::sort(slots.begin(), slots.end());
        return slots;
    };
    auto const shared = [](std::vector<std::uint64_t> const& a, std::vector<std::uint64_t> const& b) {
        std::size_t count = 0;
        for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
            count += a[i] == b[j];
            a[i] < b[j] ? ++i : ++j;
        }
        return count;
    };
    std::vector<std::vector<std::uint64_t>> tried_slots;
    for (std::string const& bytes : tried) tried_slots.push_back(slots_of(bytes));
    std::size_t by_slots = 0, by_bytes = 0, by_size = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<std::uint64_t> const slots = slots_of(stolen[i]);
        std::size_t best_slots = 0, best_bytes = 0, guess_slots = i / 2, guess_bytes = i / 2;
        for (std::size_t j = 0; j < count; ++j) {
            std::size_t const equal_slots = shared(slots, tried_slots[j]);
            std::size_t equal_bytes = 0;
            for (std::size_t at = 0; at < std::min(stolen[i].size(), tried[j].size()); ++at) equal_bytes += stolen[i][at] == tried[j][at];
            if (equal_slots > best_slots) best_slots = equal_slots, guess_slots = j;
            if (equal_bytes > best_bytes) best_bytes = equal_bytes, guess_bytes = j;
        }
        by_slots += guess_slots == i;
        by_bytes += guess_bytes == i;
        auto const same_size = [&](std::string const& bytes) { return bytes.size() == stolen[i].size(); };
        by_size += std::find_if(tried.begin(), tried.end(), same_size) - tried.begin() == static_cast<std::ptrdiff_t>(i);
    }
    // Chance is one right guess in sixty; eight or more would come up once in a hundred thousand runs.
    EXPECT_LT(by_slots, 8u);
    EXPECT_LT(by_bytes, 8u);
    EXPECT_LT(by_size, 8u + classes.size());
}

// Without the key a gram's hash cannot be made: under another key none of a text's grams is in the segment.
TEST(Damage, GramsUnderAnotherKeyAreNotThere) {
    RegisterKey const key = made_key(5), guess = made_key(6);
    TextMaker maker(14);
    std::string const text = maker.latin(2000);
    std::string const bytes = segment_bytes(key, {text});
    auto const segment = Segment::open(Blob::copy(bytes), std::make_shared<SegmentKeys const>(key));
    ASSERT_TRUE(segment);
    std::string const letters = normalise(text).latin.letters;
    std::vector<Gram> right, wrong;
    GramSelector(key).select(letters, Layer::latin_plain, right);
    GramSelector(guess).select(letters, Layer::latin_plain, wrong);
    std::vector<Segment::Found> found;
    ASSERT_TRUE((*segment)->look_up(Layer::latin_plain, right, found));
    EXPECT_EQ(found.size(), right.size());
    found.clear();
    ASSERT_TRUE((*segment)->look_up(Layer::latin_plain, wrong, found));
    EXPECT_TRUE(found.empty());
    EXPECT_FALSE(Segment::open(Blob::copy(bytes), std::make_shared<SegmentKeys const>(guess)));
}

std::string text_number(std::uint64_t id) { return TextMaker(static_cast<unsigned>(id)).latin(80); }

// Runs in a child until it is killed: adds, removes and merges, and says what was done once it was acknowledged.
[[noreturn]] void work_until_killed(std::string const& folder, RegisterKey const& key, std::uint64_t first, int pipe) {
    auto const say = [pipe](char what, std::uint64_t id) {
        char line[32];
        int const size = std::snprintf(line, sizeof line, "%c %llu\n", what, static_cast<unsigned long long>(id));
        if (write(pipe, line, static_cast<std::size_t>(size)) != size) _exit(3);
    };
    std::vector<std::uint64_t> mine;
    for (std::uint64_t id = first;; ++id) {
        Result<StoreWriter> writer = StoreWriter::open(folder, key);
        if (!writer) _exit(4);
        DocumentFacts facts = named("paper " + std::to_string(id));
        facts.id = id;
        if (!writer->add(facts, one_part(text_number(id))) || !writer->commit()) _exit(5);
        say('a', id);
        mine.push_back(id);
        if (id % 3 == 0) {
            std::uint64_t const gone = mine[mine.size() / 2];
            say('t', gone);  // about to: may or may not happen
            if (Result<bool> const removed = writer->remove(gone); !removed || !writer->commit()) _exit(6);
            say('r', gone);
        }
        if (id % 2 == 0 && !writer->merge()) _exit(7);
    }
}

// Whoever adds to a register lists it, and says what could not be listed.
TEST(Damage, ListingNamesASegmentOfWhichADocumentIsMissing) {
    TemporaryFolder folder;
    RegisterKey const key = made_key(8);
    TextMaker maker(16);
    StoreWriter own = *StoreWriter::open(folder.path, key);
    ASSERT_TRUE(own.add(named("one"), one_part(maker.latin(100))));
    ASSERT_TRUE(own.add(named("two"), one_part(maker.latin(100))));
    ASSERT_TRUE(own.commit());
    std::string const path = (*Store::open(folder.path, key))->segments()[0]->path();
    std::string const good = *read_file(path, 1u << 24);
    std::size_t short_of_one = 0;
    for (std::size_t at = 0; at < good.size(); at += 37) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        std::ofstream(path, std::ios::binary) << bad;
        auto const store = *Store::open(folder.path, key);
        std::vector<Damage> damage;
        bool const whole = store->list(damage).size() == 2;
        if (!whole && !damage.empty()) EXPECT_EQ(damage.front().file, path);
        EXPECT_EQ(whole, damage.empty()) << at;
        short_of_one += !whole && store->damage().empty();
    }
    EXPECT_GT(short_of_one, 0u) << "a record was damaged while the segment opens";
}

TEST(Damage, KilledAtAnyPointNothingAcknowledgedIsLost) {
    TemporaryFolder folder;
    RegisterKey const key = made_key(7);
    TextMaker maker(15);
    Thresholds const thresholds;
    std::set<std::uint64_t> present, doubtful;
    std::uint64_t next = 1;
    std::size_t acknowledged = 0;
    // On a busy machine little is done in so many rounds: then there are more.
    for (int round = 0; round < 200 || (acknowledged <= 40 && round < 2000); ++round) {
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        pid_t const child = fork();
        if (child == 0) {
            close(ends[0]);
            work_until_killed(folder.path, key, next, ends[1]);
        }
        close(ends[1]);
        usleep(static_cast<useconds_t>(maker.random()() % 40'000));
        kill(child, SIGKILL);
        std::string said;
        char buffer[4096];
        for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) said.append(buffer, static_cast<std::size_t>(got));
        close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the worker gave up by itself: " << WEXITSTATUS(status);
        doubtful.clear();
        acknowledged += static_cast<std::size_t>(std::count(said.begin(), said.end(), '\n'));
        for (std::size_t at = 0; at < said.size();) {
            std::size_t const end = said.find('\n', at);
            std::uint64_t const id = std::stoull(said.substr(at + 2, end - at - 2));
            if (said[at] == 'a') present.insert(id), next = id + 1;
            if (said[at] == 't') doubtful.insert(id);
            if (said[at] == 'r') present.erase(id), doubtful.erase(id);
            at = end + 1;
        }
        auto const store = Store::open(folder.path, key);
        ASSERT_TRUE(store) << round << ": " << store.error().what;
        ASSERT_TRUE((*store)->verify().empty()) << round;
        std::set<std::uint64_t> listed;
        for (DocumentFacts const& facts : (*store)->list()) ASSERT_TRUE(listed.insert(facts.id).second) << "twice";
        for (std::uint64_t id : present) ASSERT_TRUE(listed.contains(id) || doubtful.contains(id)) << "lost: " << id << " in round " << round;
        for (std::uint64_t id : listed) ASSERT_TRUE(present.contains(id) || id == next) << "not added or removed: " << id << " in round " << round;
        for (std::uint64_t id : doubtful) {
            if (!listed.contains(id)) present.erase(id);
        }
        if (listed.contains(next)) present.insert(next++);  // done, though it could no longer be said
        else ++next;
        Question question(**store, thresholds);
        std::uint64_t const last = listed.empty() ? 0 : *listed.rbegin();
        question.add(text_number(last));
        ASSERT_EQ(question.answer().size(), listed.empty() ? 0u : 1u) << round;
    }
    EXPECT_GT(acknowledged, 40u) << "so little was done that nothing was tested";
}

TEST(Damage, AFullDiskIsSaidAndTheRegisterStands) {
    TemporaryFolder folder;
    RegisterKey const key = made_key(8);
    TextMaker maker(16);
    std::string const one = maker.latin(200);
    {
        Result<StoreWriter> writer = StoreWriter::open(folder.path, key);
        ASSERT_TRUE(writer->add(named("one"), one_part(one)));
        ASSERT_TRUE(writer->commit());
    }
    pid_t const child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        rlimit const limit{100'000, 100'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        Result<StoreWriter> writer = StoreWriter::open(folder.path, key);
        if (!writer || !writer->add(named("large"), one_part(maker.latin(60'000)))) _exit(1);
        Result<> const done = writer->commit();
        _exit(!done && done.error().fault == Fault::full ? 0 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    auto const store = Store::open(folder.path, key);
    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->list().size(), 1u);
    EXPECT_TRUE((*store)->verify().empty());
    std::size_t parts = 0;
    for (std::string const& name : list_folder(folder.path)) parts += name.ends_with(".part");
    EXPECT_EQ(parts, 0u) << "half of a segment is left behind";
}

}  // namespace
}  // namespace keepmum
