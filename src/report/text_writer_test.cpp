// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>

#include "base/width.h"
#include "format/pixels/frames.h"
#include "report/sample_run.h"
#include "report/words.h"

namespace keepmum {
namespace {

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return lines;
}

WriterOptions options(Language language, Detail detail = Detail::brief) {
    WriterOptions options;
    options.language = language;
    options.detail = detail;
    return options;
}

// Many files, many kinds, many findings.
std::vector<SourceReport> crowd(int kinds, int findings) {
    std::vector<SourceReport> list;
    for (int file = 0; file < 10; ++file) {
        SourceReport report;
        std::string const source = "folder/file-" + std::to_string(file) + ".txt";
        report.verdict.source = source;
        report.verdict.outcome = Outcome::hold;
        report.verdict.coverage = {1000, 1000};
        Fired fired{"personal.numbers", Outcome::hold, {}, {}};
        for (int i = 0; i < findings / 10; ++i) {
            fired.findings.push_back(static_cast<std::uint32_t>(i));
            report.verdict.findings.push_back(sample::make_finding(
                sample::place(source, {}, static_cast<std::uint64_t>(i) * 40, 18), "identity.kind-" + std::to_string(i % kinds),
                Certainty::certain, "3501••••••••••002X", std::to_string(i + 1) + ":1"));
        }
        report.verdict.because = {fired};
        list.push_back(std::move(report));
    }
    return list;
}

bool holds_all(std::string const& text, std::initializer_list<char const*> words) {
    return std::all_of(words.begin(), words.end(), [&](char const* word) {
        bool const there = text.find(word) != std::string::npos;
        if (!there) ADD_FAILURE() << "lacks: " << word << "\n" << text;
        return there;
    });
}

TEST(TextWriter, AnswersTheFiveQuestionsInEnglish) {
    std::string const text = sample::write(Format::text, sample::office(), options(Language::en));
    EXPECT_TRUE(text.starts_with("DO NOT SEND YET\n2 of 11 files must not leave as they are. 1 more should be looked at first.\n"));
    EXPECT_TRUE(holds_all(text, {"Chinese resident identity number (certain): 2 places in 2 files", "page 2, line 21",
                                 "in a comment", "Whoever has it can pose as this person", "Personal numbers stay in the house",
                                 "identity.cn-resident-id", "Delete the number", "3501••••••••••002X",
                                 "Could not look into a.zip › plan.7z (5 KB): it is locked with a password", "5 KB could not be read"}));
}

TEST(TextWriter, AnswersTheFiveQuestionsInChinese) {
    std::string const text = sample::write(Format::text, sample::office(), options(Language::zh));
    EXPECT_TRUE(text.starts_with("暂时不能发出\n11 个文件中有 2 个不能照现在的样子发出去。"));
    EXPECT_TRUE(holds_all(text, {"另有 1 个请先看一看。", "居民身份证号码（确定）：2 个文件里共 2 处", "第 2 页，第 21 行",
                                 "在批注里", "拿到它的人可以冒充本人", "个人证件号码不得外传", "identity.cn-resident-id",
                                 "把号码删掉", "没能查看 a.zip › plan.7z（5 KB）：有密码", "请先看：内部计算机地址"}));
}

TEST(TextWriter, KeepsWithinTheScreen) {
    for (Language const language : {Language::en, Language::zh}) {
        for (int const kinds : {1, 3, 7, 40}) {
            for (std::uint32_t const rows : {1u, 24u, 30u, 40u, 100u}) {
                for (std::uint32_t const columns : {20u, 40u, 80u, 300u}) {
                    WriterOptions chosen = options(language);
                    chosen.rows = rows;
                    chosen.columns = columns;
                    std::string const text = sample::write(Format::text, crowd(kinds, 500), chosen);
                    auto const lines = lines_of(text);
                    // The first kind in full and the counts are always told, also where 24 rows of 40 columns are few.
                    EXPECT_LE(lines.size(), std::clamp<std::size_t>(rows, 24, 40) - 1) << text;
                    for (auto const& line : lines) EXPECT_LE(display_width(line), std::clamp(columns, 40u, 120u)) << line;
                }
            }
        }
    }
}

TEST(TextWriter, SaysHowMuchItLeavesOut) {
    std::string const text = sample::write(Format::text, crowd(40, 500), options(Language::en));
    EXPECT_TRUE(holds_all(text, {"places in 10 files", "further kinds of findings are not shown here", "keepmum check -v"}));
}

TEST(TextWriter, TellsEverythingWhenAsked) {
    std::string const text = sample::write(Format::text, crowd(1, 500), options(Language::en, Detail::full));
    EXPECT_TRUE(holds_all(text, {"file-9.txt: line 50", "file-0.txt: line 1,", "File by file", "set-up sha256:4f2a9c11d0e87b35"}));
}

TEST(TextWriter, PutsTheSameFindingInTheSameSpotOnOneLine) {
    auto reports = crowd(1, 10);
    reports.resize(1);
    for (int i = 0; i < 4; ++i) reports[0].verdict.findings.push_back(reports[0].verdict.findings[0]);
    reports[0].verdict.because[0].findings = {0, 1, 2, 3, 4};
    WriterOptions chosen = options(Language::en);
    chosen.columns = 120;
    std::string const text = sample::write(Format::text, std::move(reports), chosen);
    EXPECT_TRUE(holds_all(text, {"5 places", "(5 times)"}));
}

TEST(TextWriter, PassesOnlyWhatWasReadToTheLastByte) {
    std::string const all = sample::write(Format::text, {sample::clean("x.docx", 1234)}, options(Language::en));
    EXPECT_TRUE(all.starts_with("YES, THIS MAY LEAVE\nx.docx was read to the last byte"));
    auto part = sample::clean("x.docx", 1234);
    part.verdict.coverage.read = 1000;
    std::string const some = sample::write(Format::text, {std::move(part)}, options(Language::en));
    EXPECT_EQ(some.find("last byte"), std::string::npos);
    EXPECT_NE(some.find("as far as it was read"), std::string::npos);
}

TEST(TextWriter, AnInterruptedOrEmptyRunIsNoAnswer) {
    std::string const stopped = sample::write(Format::text, {sample::clean("x", 1)}, options(Language::en), true);
    EXPECT_TRUE(stopped.starts_with("INTERRUPTED: NO ANSWER YET"));
    EXPECT_EQ(stopped.find("YES"), std::string::npos);
    EXPECT_TRUE(sample::write(Format::text, {}, options(Language::zh)).starts_with("什么都没有检查"));
}

TEST(TextWriter, ColoursOnlyWhenAsked) {
    WriterOptions chosen = options(Language::en);
    EXPECT_EQ(sample::write(Format::text, sample::office(), chosen).find('\x1b'), std::string::npos);
    chosen.colour = Colour::ansi;
    EXPECT_NE(sample::write(Format::text, sample::office(), chosen).find("\x1b[1;31mDO NOT SEND YET\x1b[0m"), std::string::npos);
}

TEST(TextWriter, CallsStandardInputByWords) {
    EXPECT_NE(sample::write(Format::text, {sample::clean("-", 5)}, options(Language::zh)).find("您传入的内容"), std::string::npos);
}

TEST(TextWriter, UnknownRulesAreCalledByTheirId) {
    std::string const text = sample::write(Format::text, crowd(1, 10), options(Language::en));
    EXPECT_NE(text.find("identity.kind-0 (certain)"), std::string::npos);
}

TEST(Words, PicturesOfAnimationsAreFrames) {
    auto const inside = [](Language language, Place const& place) { return describe_spot(language, place, Role::shown, "").inside; };
    EXPECT_EQ(inside(Language::en, Place{"a.gif", {{How::page, "2"}}, {}}), "frame 2");
    EXPECT_EQ(inside(Language::zh, Place{"a.GIF", {{How::page, "2"}}, {}}), "第 2 帧");
    EXPECT_EQ(inside(Language::en, Place{"a.tif", {{How::page, "2"}}, {}}), "page 2");
    EXPECT_EQ(inside(Language::en, Place{"gif", {{How::page, "2"}}, {}}), "page 2");
    EXPECT_EQ(inside(Language::en, Place{"a.gif", {{How::member, "b.pdf"}, {How::page, "2"}}, {}}), "page 2");
}

TEST(Words, AFilmIsNoFileThatCannotBeRead) {
    for (std::string const before : {"", "text in the picture was not read: "}) {
        Gap const gap{{}, Cause::unsupported, Stage::decode, 1, "", before + std::string(is_film)};
        EXPECT_EQ(message_of(gap), Message::cause_film);
        EXPECT_EQ(advice_on(gap), Message::advice_video);
    }
    EXPECT_EQ(message_of(Gap{{}, Cause::unsupported, Stage::decode, 1, "", "something else"}), Message::cause_unsupported);
}

}  // namespace
}  // namespace keepmum
