// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <variant>

#include "base/utf8.h"
#include "engine/isolate/wire.h"

namespace keepmum {
namespace {

// What came through, in order.
class Collector final : public Outlet {
  public:
    void put(Evidence evidence) override { things.emplace_back(std::move(evidence)); }
    void gap(Gap gap) override { things.emplace_back(std::move(gap)); }
    void progress() override { things.emplace_back(std::monostate()); }
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 0; }
    std::vector<std::variant<std::monostate, Evidence, Gap>> things;
};

struct Heard {
    Collector collector;
    std::optional<Done> done;
    std::optional<RecordReader::Refusal> refusal;
};

constexpr RecordLimits roomy{64 << 20, 10'000, 64 << 20};

// Feeds the stream in pieces of random size, up to `largest`.
Heard hear(std::string_view stream, Evidence const& input, RecordLimits limits = roomy,
           std::size_t largest = 1 << 20) {
    Heard heard;
    RecordReader reader(limits, input, heard.collector);
    std::mt19937 random(static_cast<unsigned>(largest));
    while (!stream.empty()) {
        std::span<char> const room = reader.room();
        EXPECT_FALSE(room.empty());
        std::size_t const size = std::min({room.size(), stream.size(), random() % largest + 1});
        std::memcpy(room.data(), stream.data(), size);
        stream.remove_prefix(size);
        if (!reader.accept(size)) break;
    }
    heard.done = reader.done();
    heard.refusal = reader.refusal();
    return heard;
}

std::string bytes(WireFrame const& frame) { return frame.head + std::string(frame.content.view()); }

Evidence input_of(std::string content) {
    Evidence evidence;
    evidence.content = Blob::take(std::move(content));
    return evidence;
}

class Maker {
  public:
    explicit Maker(unsigned seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

    std::string utf8(std::size_t characters) {
        static constexpr char32_t some[] = {U'a', U' ', U'\n', U'秘', U'é', U'\U0001F600', U'\t'};
        std::string text;
        for (std::size_t i = 0; i < characters; ++i)
            append_utf8(text, some[below(std::size(some))]);
        return text;
    }

    Place place() {
        Place place;
        for (std::uint64_t i = below(4); i > 0; --i) {
            place.steps.push_back({static_cast<How>(below(13)), std::string("n\xFF!", below(4))});
        }
        return place;
    }

    Evidence evidence(Blob const& input) {
        Evidence made;
        made.kind = static_cast<Kind>(below(5));
        made.role = static_cast<Role>(below(14));
        made.place = place();
        made.media = below(2) ? "text/plain" : "";
        made.reason = below(2) ? "vanish" : "";
        made.stored = below(2) ? random_() : 0;
        for (std::uint64_t i = below(4); i > 0; --i) made.names.push_back(utf8(below(9)));
        if (!wire::is_text(made.kind)) {
            bool const slice = below(2) && !input.empty();
            made.content = slice ? input.slice(below(input.size()), below(1000))
                                 : Blob::take(std::string(below(99), '\xFF'));
            return made;
        }
        made.content = Blob::take(utf8(below(20) == 0 ? 90'000 : below(300)));
        add_map_and_marks(made);
        return made;
    }

    Gap gap() {
        Gap made{place(),
                 static_cast<Cause>(below(8)),
                 static_cast<Stage>(below(5)),
                 random_(),
                 "image/png",
                 utf8(0)};
        if (below(2)) made.place.span = Span{below(1000), 1000 + below(1000)};
        made.detail = below(2) ? "local header missing" : "";
        return made;
    }

  private:
    void add_map_and_marks(Evidence& made) {
        std::uint64_t at = 0;
        std::vector<OffsetMap::Segment> segments;
        while (below(3) && at <= made.content.size()) {
            auto unit = [&] { return static_cast<std::uint32_t>(1 + below(4)); };
            segments.push_back({at, below(1u << 30), unit(), unit()});
            at += 1 + below(50);
        }
        made.map = OffsetMap(segments);
        std::uint32_t mark_at = 0;
        while (below(5) && mark_at <= made.content.size()) {
            Mark mark{mark_at, static_cast<Mark::What>(below(5)), 0, 0, 0, 0};
            auto value = [&] { return below(2) ? 0 : static_cast<std::int32_t>(random_()); };
            mark.a = mark.what == Mark::What::field
                         ? static_cast<std::int32_t>(below(made.names.size() + 1))
                         : value();
            mark.b = value(), mark.c = value(), mark.d = value();
            if (mark.what != Mark::What::field ||
                static_cast<std::size_t>(mark.a) < made.names.size()) {
                made.marks.push_back(mark);
            }
            mark_at += below(20);
        }
    }
    std::mt19937 random_;
};

void expect_same(Evidence const& sent, Evidence const& heard) {
    EXPECT_EQ(sent.kind, heard.kind);
    EXPECT_EQ(sent.role, heard.role);
    EXPECT_EQ(sent.place, heard.place);
    EXPECT_EQ(sent.media, heard.media);
    EXPECT_EQ(sent.reason, heard.reason);
    EXPECT_EQ(sent.content.view(), heard.content.view());
    EXPECT_EQ(sent.map.segments(), heard.map.segments());
    EXPECT_EQ(sent.marks, heard.marks);
    EXPECT_EQ(sent.names, heard.names);
    EXPECT_EQ(sent.stored, heard.stored);
}

TEST(Record, WhatIsSentIsHeard) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        Maker maker(seed);
        Evidence const input = input_of(std::string(5000, 'i'));
        std::vector<Evidence> evidences;
        std::vector<Gap> gaps;
        std::string stream, order;
        for (std::uint64_t i = maker.below(12); i > 0; --i) {
            std::uint64_t const what = maker.below(4);
            order += "EEGP"[what];
            if (what < 2)
                stream += bytes(encode(evidences.emplace_back(maker.evidence(input.content)),
                                       input.content.view()));
            if (what == 2) stream += bytes(encode(gaps.emplace_back(maker.gap())));
            if (what == 3) stream += bytes(encode_progress());
        }
        stream += bytes(encode(Done{seed, "application/x"}, order.size()));
        Heard const heard = hear(stream, input, roomy,
                                 seed % 3 == 0   ? 7
                                 : seed % 3 == 1 ? 5000
                                                 : 1 << 20);
        ASSERT_FALSE(heard.refusal) << seed << ": " << heard.refusal->why;
        ASSERT_TRUE(heard.done) << seed;
        EXPECT_EQ(heard.done->read, seed);
        EXPECT_EQ(heard.done->media, "application/x");
        ASSERT_EQ(heard.collector.things.size(), order.size());
        auto evidence = evidences.begin();
        auto gap = gaps.begin();
        for (auto const& thing : heard.collector.things) {
            if (auto const* got = std::get_if<Evidence>(&thing)) expect_same(*evidence++, *got);
            if (auto const* got = std::get_if<Gap>(&thing)) {
                EXPECT_EQ(got->place, gap->place);
                EXPECT_EQ(got->cause, gap->cause);
                EXPECT_EQ(got->stage, gap->stage);
                EXPECT_EQ(got->bytes, gap->bytes);
                EXPECT_EQ(got->media, gap->media);
                EXPECT_EQ(got->detail, (gap++)->detail);
            }
        }
        EXPECT_EQ(evidence, evidences.end());
        EXPECT_EQ(gap, gaps.end());
    }
}

// A stream that is cut anywhere says nothing wrong and never says that it is done.
TEST(Record, ACutStreamIsNeverDone) {
    Maker maker(3);
    Evidence const input = input_of("0123456789");
    std::string stream;
    for (int i = 0; i < 5; ++i)
        stream += bytes(encode(maker.evidence(input.content), input.content.view()));
    stream += bytes(encode(Done{10, ""}, 5));
    ASSERT_TRUE(hear(stream, input).done);
    for (std::size_t cut = 0; cut < stream.size(); ++cut) {
        Heard const heard = hear(std::string_view(stream).substr(0, cut), input);
        ASSERT_FALSE(heard.done) << cut;
        ASSERT_FALSE(heard.refusal) << cut;
    }
}

Evidence text(std::string content) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.content = Blob::take(std::move(content));
    return evidence;
}

// The clause with which a stream is refused; "" where it is not.
std::string refusal(std::string const& stream, RecordLimits limits = roomy) {
    Heard const heard = hear(stream, input_of("0123456789"), limits);
    return heard.refusal ? std::string(heard.refusal->why) : "";
}

bool holds_apart(Evidence const& evidence) {
    return refusal(bytes(encode(evidence, {}))).find("hold together") != std::string::npos;
}

TEST(Record, RefusesMapsThatLeaveTheirText) {
    Evidence evidence = text("hello");
    auto with = [&](std::vector<OffsetMap::Segment> segments) {
        evidence.map = OffsetMap(std::move(segments));
        return holds_apart(evidence);
    };
    EXPECT_FALSE(with({{0, 5, 1, 1}, {5, 9, 1, 1}}));
    EXPECT_TRUE(with({{0, 5, 1, 1}, {6, 9, 1, 1}}));
    EXPECT_TRUE(with({{3, 5, 1, 1}, {2, 9, 1, 1}}));
    EXPECT_TRUE(with({{0, 5, 0, 1}}));
    EXPECT_TRUE(with({{0, 1ull << 63, 1, 1}}));
}

TEST(Record, RefusesMarksThatNameNothing) {
    Evidence evidence = text("hello");
    evidence.names = {"Author"};
    evidence.marks = {{5, Mark::What::field, 0, 0, 0, 0}};
    EXPECT_FALSE(holds_apart(evidence));
    evidence.marks = {{0, Mark::What::field, 1, 0, 0, 0}};
    EXPECT_TRUE(holds_apart(evidence));
    evidence.marks = {{0, Mark::What::field, -1, 0, 0, 0}};
    EXPECT_TRUE(holds_apart(evidence));
    evidence.marks = {{0, static_cast<Mark::What>(5), 0, 0, 0, 0}};
    EXPECT_TRUE(holds_apart(evidence));
}

TEST(Record, RefusesEnumsOutOfRange) {
    Evidence evidence = text("hello");
    evidence.kind = static_cast<Kind>(5);
    EXPECT_TRUE(holds_apart(evidence));
    evidence.kind = Kind::text;
    evidence.role = static_cast<Role>(14);
    EXPECT_TRUE(holds_apart(evidence));
    evidence.role = Role::residue;
    evidence.place.steps = {{static_cast<How>(13), "x"}};
    EXPECT_TRUE(holds_apart(evidence));
    Gap gap;
    gap.cause = static_cast<Cause>(8);
    EXPECT_NE(refusal(bytes(encode(gap))), "");
    gap.cause = Cause::killed;
    gap.stage = static_cast<Stage>(5);
    EXPECT_NE(refusal(bytes(encode(gap))), "");
}

TEST(Record, RefusesTextThatIsNotUtf8) {
    EXPECT_NE(refusal(bytes(encode(text("\xE7\xA7"), {}))), "");
    EXPECT_EQ(refusal(bytes(encode(text("秘"), {}))), "");
}

TEST(Record, RefusesPartsBeyondTheInput) {
    std::string const larger(20, 'x');
    Evidence part;
    part.content = Blob::adopt(nullptr, std::string_view(larger).substr(4, 7));
    EXPECT_NE(refusal(bytes(encode(part, larger))), "");
    part.content = Blob::adopt(nullptr, std::string_view(larger).substr(4, 6));
    EXPECT_EQ(refusal(bytes(encode(part, larger))), "");
}

class Zeros final : public Content {
  public:
    std::uint64_t size() const override { return 40 << 20; }
    Result<Blob> read(std::uint64_t offset, std::size_t size) const override {
        last_offset = offset;
        return Blob::take(std::string(std::min<std::uint64_t>(size, this->size() - offset), '0'));
    }
    mutable std::uint64_t last_offset = 0;
};

TEST(Record, PartsOfLargeFilesStayThere) {
    auto const zeros = std::make_shared<Zeros>();
    Evidence input;
    input.large = zeros;
    // Never read: only where it lies in the child's memory counts.
    std::string_view const mapped(reinterpret_cast<char const*>(4096), zeros->size());
    Evidence part;
    auto heard_part = [&](std::uint64_t offset, std::uint64_t size) {
        part.content = Blob::adopt(nullptr, mapped.substr(offset, size));
        Heard heard = hear(bytes(encode(part, mapped)), input);
        EXPECT_EQ(heard.collector.things.size(), 1u);
        return std::get<Evidence>(heard.collector.things.at(0));
    };
    Evidence const small = heard_part(1000, 5000);
    EXPECT_EQ(small.content.size(), 5000u);
    EXPECT_EQ(zeros->last_offset, 1000u);
    Evidence const large = heard_part(1000, 20 << 20);
    ASSERT_TRUE(large.large);
    EXPECT_EQ(large.size(), 20u << 20);
    EXPECT_EQ(large.large->read((20 << 20) - 7, 100).value().size(), 7u);
    EXPECT_EQ(zeros->last_offset, 1000u + (20 << 20) - 7);
    EXPECT_TRUE(large.large->read(20 << 20, 100).value().empty());
}

TEST(Record, RefusesMoreThanTheLimits) {
    std::string const two = bytes(encode(text("12345"), {})) + bytes(encode(text("123456"), {}));
    EXPECT_EQ(refusal(two, {11, 2, 1000}), "");
    EXPECT_NE(refusal(two, {10, 2, 1000}), "");
    EXPECT_NE(refusal(two, {11, 1, 1000}), "");
    Evidence marked = text(std::string(100, 'x'));
    for (int i = 0; i < 100; ++i)
        marked.marks.push_back({std::uint32_t(i), Mark::What::line, 0, 0, 0, 0});
    EXPECT_EQ(refusal(bytes(encode(marked, {})), {1000, 9, 100 * sizeof(Mark)}), "");
    EXPECT_NE(refusal(bytes(encode(marked, {})), {1000, 9, 99 * sizeof(Mark)}), "");
    std::string const slice = bytes(encode(Evidence(), {}));
    EXPECT_EQ(refusal(slice, {0, 1, 1000}), "");
}

TEST(Record, RefusesNumbersNotInTheirShortestForm) {
    std::string gap = bytes(encode(Gap()));
    EXPECT_EQ(refusal(gap), "");
    std::string meta = gap.substr(wire::header_size);
    gap[4] = static_cast<char>(meta.size() + 1);
    EXPECT_NE(
        refusal(gap.substr(0, wire::header_size) + std::string("\x80\x00", 2) + meta.substr(1)),
        "");
}

TEST(Record, RefusesTrailingBytesInAMeta) {
    std::string gap = bytes(encode(Gap()));
    gap[4] = static_cast<char>(gap[4] + 1);
    EXPECT_NE(refusal(gap + std::string(1, '\0')), "");
}

TEST(Record, DoneMustFitWhatCameBefore) {
    EXPECT_EQ(refusal(bytes(encode(Done{10, ""}, 0))), "");
    EXPECT_NE(refusal(bytes(encode(Done{11, ""}, 0))), "") << "more read than there is";
    EXPECT_NE(refusal(bytes(encode(Done{10, ""}, 1))), "") << "a frame is missing";
}

TEST(Record, MendsWhatItCannotCarry) {
    Evidence evidence = text("hello");
    evidence.place = {"source", {{How::member, std::string(wire::max_name + 5, 'n')}}, Span{1, 2}};
    evidence.media = "text/\nplain";
    evidence.marks = {{4, Mark::What::line, 2, 0, 0, 0},
                      {0, Mark::What::line, 1, 0, 0, 0},
                      {9, Mark::What::line, 3, 0, 0, 0}};
    evidence.map = OffsetMap({{0, 1, 1, 1}, {0, 7, 1, 1}, {2, 9, 1, 1}});
    Heard const heard = hear(bytes(encode(evidence, {})), Evidence());
    ASSERT_EQ(heard.collector.things.size(), 1u);
    auto const& got = std::get<Evidence>(heard.collector.things[0]);
    EXPECT_EQ(got.place, (Place{"", {{How::member, std::string(wire::max_name, 'n')}}, {}}));
    EXPECT_EQ(got.media, "text/?plain");
    EXPECT_EQ(got.marks, (std::vector<Mark>{{0, Mark::What::line, 1, 0, 0, 0},
                                            {4, Mark::What::line, 2, 0, 0, 0}}));
    EXPECT_EQ(got.map.segments(), (std::vector<OffsetMap::Segment>{{0, 7, 1, 1}, {2, 9, 1, 1}}));
}

// Any one byte spoilt: heard, refused or still waiting, never more than was sent.
TEST(Record, SpoiltBytesDoNoHarm) {
    Maker maker(11);
    Evidence const input = input_of(std::string(500, 'i'));
    std::string stream;
    for (int i = 0; i < 6; ++i)
        stream += bytes(encode(maker.evidence(input.content), input.content.view()));
    stream += bytes(encode(maker.gap())) + bytes(encode(Done{10, ""}, 7));
    for (std::size_t at = 0; at < stream.size(); ++at) {
        for (int flip : {0x01, 0x80, 0xFF}) {
            std::string spoilt = stream;
            spoilt[at] = static_cast<char>(spoilt[at] ^ flip);
            Heard const heard = hear(spoilt, input, {1 << 20, 100, 1 << 20});
            ASSERT_LE(heard.collector.things.size(), 7u + 1);
        }
    }
}

}  // namespace
}  // namespace keepmum
