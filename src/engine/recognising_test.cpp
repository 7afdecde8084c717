// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recognising.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/inspection.h"
#include "io/file.h"

namespace keepmum {
namespace {

// Knows one sentence again, over all texts of a source, and one file.
class Sentence final : public Recogniser {
  public:
    static constexpr std::string_view text = "the valve opens at nine bar";

    Sentence() {
        rule_.id = "excerpt.document";
        rule_.labels = {"protected"};
        rule_.certainty = Certainty::certain;
    }
    std::span<Rule const> rules() const override { return {&rule_, 1}; }
    bool wants(Kind kind) const override { return kind == Kind::text || kind == Kind::bytes; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(); }

  private:
    class Seen final : public Recognition {
      public:
        Interest look(Evidence const& evidence, std::uint32_t file) override {
            std::uint32_t const look = looks_++;
            if (evidence.kind == Kind::bytes) return Interest::none;
            std::size_t const at = evidence.content.view().find(text);
            if (at == std::string_view::npos) return Interest::none;
            Statement statement;
            statement.look = look;
            statement.finding.rule = "excerpt.document";
            statement.finding.certainty = Certainty::likely;
            statement.finding.span = {at, at + text.size()};
            statement.finding.facts = {{"file", std::to_string(file)}, {"document", "Valves"}};
            statement.stretches = {{look, statement.finding.span}};
            statements_.push_back(std::move(statement));
            return Interest::some;
        }
        std::vector<Statement> finish() override { return std::move(statements_); }

      private:
        std::uint32_t looks_ = 0;
        std::vector<Statement> statements_;
    };
    Rule rule_;
};

class RecognisingTest : public testing::Test {
  protected:
    RecognisingTest() : broker_("/nonexistent", Limits()) {
        Result<Matcher> matcher = Matcher::build({});
        setup_.reset(new keepmum::Setup{{}, PackSet(), {}, std::move(*matcher), Directive(), {}, "2026-01-01", {}, Key{}, "", {}});
        setup_->recognisers.push_back(std::make_unique<Sentence>());
        scratch_ = std::make_unique<Matcher::Scratch>(*setup_->matcher.make_scratch());
    }
    SourceReport inspect_text(std::string const& text) {
        std::string const path = testing::TempDir() + "/recognising.txt";
        EXPECT_TRUE(write_file(path, text));
        Item item;
        item.name = "note.txt";
        item.path = path;
        return inspect({*setup_, broker_, *scratch_, interrupted_, Exhibits::wanted}, item);
    }
    Broker broker_;
    std::unique_ptr<keepmum::Setup> setup_;
    std::unique_ptr<Matcher::Scratch> scratch_;
    std::atomic<bool> interrupted_ = false;
};

TEST_F(RecognisingTest, FillsInWhatOnlyTheEngineKnows) {
    SourceReport const report = inspect_text("Dear Ann,\nas agreed. In fact the valve opens at nine bar. No sooner.\n");
    ASSERT_EQ(report.verdict.findings.size(), 1u);
    Finding const& finding = report.verdict.findings[0];
    EXPECT_EQ(print(finding.place), "note.txt@21+36");
    EXPECT_EQ(finding.position, "2:12");
    EXPECT_EQ(finding.labels, std::vector<std::string>{"protected"});
    EXPECT_EQ(finding.facts.front().key, "document");
    EXPECT_EQ(finding.fingerprint.size(), 32u);
}

TEST_F(RecognisingTest, ShowsWhereButNotTheWording) {
    SourceReport const report = inspect_text("Dear Ann,\nas agreed. In fact the valve opens at nine bar. No sooner.\n");
    ASSERT_EQ(report.exhibits.size(), 1u);
    std::string shown;
    for (Exhibit::Piece const& piece : report.exhibits[0].pieces) shown += piece.text;
    EXPECT_NE(shown.find("as agreed"), std::string::npos);
    EXPECT_NE(shown.find("No sooner"), std::string::npos);
    EXPECT_EQ(shown.find("valve"), std::string::npos);
    EXPECT_EQ(shown.find("nine"), std::string::npos);
}

TEST_F(RecognisingTest, SeesWhatIsEncoded) {
    // "as agreed the valve opens at nine bar, No sooner" in base64.
    SourceReport const report = inspect_text("Data: YXMgYWdyZWVkLiBJbiBmYWN0IHRoZSB2YWx2ZSBvcGVucyBhdCBuaW5lIGJhci4gTm8gc29vbmVy\n");
    ASSERT_EQ(report.verdict.findings.size(), 1u);
    EXPECT_EQ(print(report.verdict.findings[0].place), "note.txt!decode:base64@18+52");
}

TEST_F(RecognisingTest, SaysNothingOfOtherTexts) {
    EXPECT_TRUE(inspect_text("Dear Ann, the valve opens at ten bar.\n").verdict.findings.empty());
}

// Its readers are not there; that reading it was refused does not mean that somebody did.
TEST_F(RecognisingTest, SearchesAPictureThatALimitRefused) {
    std::string const picture = "\x89PNG\r\n\x1A\n" + std::string(Sentence::text);
    for (std::uint32_t const most : {0u, 300u}) {
        setup_->limits.pictures = most;
        EXPECT_EQ(inspect_text(picture).verdict.findings.size(), 1u) << most;
    }
}

TEST(Moved, FollowsTheCopy) {
    Place const inside = *parse_place("a.zip!one.zip!b.txt@3+4");
    EXPECT_EQ(print(moved(inside, *parse_place("a.zip!one.zip"), *parse_place("a.zip!two.zip"))), "a.zip!two.zip!b.txt@3+4");
}

}  // namespace
}  // namespace keepmum
