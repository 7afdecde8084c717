// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_photos.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "report/sample_run.h"

namespace keepmum {
namespace {

Finding found(std::string rule, std::vector<Fact> facts) {
    Finding finding;
    finding.rule = std::move(rule);
    finding.facts = std::move(facts);
    finding.place.source = "p.jpg";
    return finding;
}

Verdict photo(std::string source, std::string position, std::string taken) {
    Verdict verdict;
    verdict.source = std::move(source);
    verdict.findings.push_back(found("photo.place", {{"direction", "90"}, {"position", std::move(position)}}));
    verdict.findings.push_back(found("photo.time", {{"taken", std::move(taken)}}));
    return verdict;
}

std::string chart_of(std::vector<Verdict> const& verdicts) {
    PhotoChart chart(Language::en);
    for (Verdict const& verdict : verdicts) chart.take(verdict);
    return chart.html();
}

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t times = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++times;
    return times;
}

TEST(PhotoChart, MapTimelineAndList) {
    std::string const html = chart_of({photo("a.jpg", "39.9,116.4", "2024-01-01T08:00:00"), photo("b.jpg", "39.91,116.42", "2024-06-01T08:00:00")});
    EXPECT_EQ(count(html, "<svg class=\"chart\""), 2u);
    EXPECT_EQ(count(html, "class=\"view\""), 2u);
    EXPECT_EQ(count(html, "class=\"pin"), 4u);
    EXPECT_NE(html.find("39.9000° N, 116.4000° E"), std::string::npos);
    EXPECT_NE(html.find("2024-06-01 08:00:00"), std::string::npos);
    EXPECT_EQ(html.find("nan"), std::string::npos);
}

TEST(PhotoChart, OddPhotos) {
    EXPECT_EQ(chart_of({}), "");
    EXPECT_EQ(chart_of({photo("a.jpg", "", "")}), "");
    EXPECT_EQ(chart_of({photo("a.jpg", "", "2024-01-01T08:00:00"), photo("b.jpg", "north", "2024-01-01T08:00:00")}), "") << "one moment";
    for (std::string const position : {"90,0", "-90,180", "0,-180", "0,0"}) {
        std::string const html = chart_of({photo("a.jpg", position, ""), photo("b.jpg", "0,179.9", "")});
        EXPECT_EQ(html.find("nan"), std::string::npos) << position;
        EXPECT_EQ(html.find("inf"), std::string::npos) << position;
        EXPECT_LT(html.size(), 40000u) << position;
    }
    // Over the date line the two lie close together.
    EXPECT_NE(chart_of({photo("a.jpg", "0,-179.999", ""), photo("b.jpg", "0,179.999", "")}).find("100 m"), std::string::npos);
}

// What must not be shown is blotted out of the picture itself, not covered by something that a reader can take away.
TEST(HtmlPicture, BlotsSecrets) {
    for (bool const masked : {false, true}) {
        SourceReport report;
        report.verdict.source = "p.jpg";
        report.verdict.findings.push_back(found("secret.password", {}));
        auto picture = std::make_shared<Preview>(Preview{40, 40, 400, 400, std::string(40 * 40 * 3, '\xff')});
        Exhibit shown, text;
        shown.place.source = text.place.source = "p.jpg";
        shown.picture = picture;
        text.place = text.place.with(How::part, "text");
        text.boxes.push_back({10000, 10000, 10000, 10000, 0, masked});
        report.exhibits = {shown, text};
        std::string html;
        std::unique_ptr<Writer> const writer = make_writer(Format::html, string_sink(html), {});
        writer->begin({});
        writer->source(std::move(report));
        writer->end({});
        ASSERT_TRUE(writer->finish());
        std::size_t const at = html.find("base64,");
        ASSERT_NE(at, std::string::npos);
        std::string const bytes = *decode_base64(std::string_view(html).substr(at + 7, html.find('"', at) - at - 7));
        EXPECT_TRUE(bytes.starts_with("\xFF\xD8\xFF"));
        // A white square says nothing; a black one in it takes more bytes.
        EXPECT_EQ(bytes.size() > 700, masked) << bytes.size();
        EXPECT_EQ(count(html, "<rect "), 1u);
    }
}

}  // namespace
}  // namespace keepmum
