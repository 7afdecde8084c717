// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/gather.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keepmum {
namespace {

Evidence text_at(Role role, std::string text, std::vector<OffsetMap::Segment> segments) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = role;
    evidence.content = Blob::take(std::move(text));
    evidence.map = OffsetMap(std::move(segments));
    return evidence;
}

// <ins>ten</ins><del>nine</del> between "opens at " and " bar": where they stand in the file decides.
TEST(RejectChanges, PutsBackWhatWasDeletedAndLeavesOutWhatWasInserted) {
    Evidence shown = text_at(Role::shown, "opens at ten bar\nnext", {{0, 100, 1, 1}, {9, 200, 1, 1}, {12, 400, 1, 1}, {16, 420, 1, 1}});
    shown.marks = {{0, Mark::What::paragraph, 1}, {17, Mark::What::paragraph, 2}};
    Evidence const inserted = text_at(Role::inserted, "ten", {{0, 200, 1, 1}});
    Evidence const deleted = text_at(Role::deleted, "nine", {{0, 300, 1, 1}});
    DocumentText::Part const part = reject_changes(shown, &inserted, deleted);
    EXPECT_EQ(part.text.view(), "opens at nine bar\nnext");
    ASSERT_EQ(part.marks.size(), 2u);
    EXPECT_EQ(part.marks[1].at, 18u);
    EXPECT_EQ(reject_changes(shown, nullptr, deleted).text.view(), "opens at tennine bar\nnext");
}

TEST(KeepNewLines, KeepsOfALaterStateWhatIsNew) {
    auto part = [](std::string text, std::vector<Mark> marks) {
        DocumentText::Part part;
        part.text = Blob::take(std::move(text));
        part.marks = std::move(marks);
        return part;
    };
    auto const paragraph = Mark::What::paragraph;
    std::set<Hash128> known;
    EXPECT_EQ(keep_new_lines(part("a\nb\nc\nd\ne\n", {}), known).text.view(), "a\nb\nc\nd\ne\n");
    DocumentText::Part const later = keep_new_lines(part("a\nb\nc\nD\ne\n", {{0, paragraph, 1}, {4, paragraph, 3}, {6, paragraph, 4}, {8, paragraph, 5}}), known);
    EXPECT_EQ(later.text.view(), "c\nD\ne\n");
    EXPECT_EQ(later.marks, (std::vector<Mark>{{0, paragraph, 3}, {2, paragraph, 4}, {4, paragraph, 5}}));
    // A line without a mark of its own belongs to the paragraph before it.
    EXPECT_EQ(keep_new_lines(part("a\nb\nX\n", {{0, paragraph, 7}}), known).marks, (std::vector<Mark>{{0, paragraph, 7}, {2, paragraph, 7}}));
    EXPECT_TRUE(keep_new_lines(part("b\na\n", {}), known).text.empty());
}

class GatherTest : public testing::Test {
  protected:
    static GatheredText gather(std::string const& sample) {
        Result<Gatherer> gatherer = Gatherer::make({KEEPMUM_BUILD "/libexec/keepmum", ""}, Limits());
        EXPECT_TRUE(gatherer);
        Item item;
        item.name = sample;
        item.path = std::string(KEEPMUM_SOURCE "/samples/leaky/") + sample;
        return gatherer->gather(item);
    }
    static bool has(std::vector<std::string> const& states, std::string const& state) {
        return std::find(states.begin(), states.end(), state) != states.end();
    }
    static std::string all_text(GatheredText const& gathered) {
        std::string all;
        for (DocumentText::Part const& part : gathered.text.parts) all += std::string(part.text.view()) + "\n";
        return all;
    }
};

TEST_F(GatherTest, TakesTheStateBeforeTheChanges) {
    GatheredText const gathered = gather("minutes.docx");
    EXPECT_TRUE(has(gathered.states, "body"));
    EXPECT_TRUE(has(gathered.states, "changes rejected"));
    EXPECT_GT(gathered.latin, 50u);
}

TEST_F(GatherTest, TakesEachRevision) {
    GatheredText const gathered = gather("revised.pdf");
    EXPECT_TRUE(has(gathered.states, "revision 1"));
}

TEST_F(GatherTest, LeavesOutWhatOnlyDescribesTheFile) {
    GatheredText const gathered = gather("coating-report.docx");
    EXPECT_EQ(all_text(gathered).find("Application"), std::string::npos);
    ASSERT_FALSE(gathered.files.empty());
    EXPECT_TRUE(gathered.files.front().place.steps.empty());
}

TEST_F(GatherTest, SaysWhatItCannotRead) {
    GatheredText const missing = gather("there-is-no-such-file");
    EXPECT_TRUE(missing.text.parts.empty());
    ASSERT_EQ(missing.gaps.size(), 1u);
    EXPECT_EQ(missing.gaps[0].cause, Cause::unreadable);
}

}  // namespace
}  // namespace keepmum
