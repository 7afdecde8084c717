// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/sites.h"

#include <gtest/gtest.h>

#include "core/photo.h"

namespace keepmum {
namespace {

class Notes final : public Sink {
  public:
    void found(Finding finding) override {
        lines += finding.labels.at(0) + " " + std::string(word(finding.certainty));
        for (Fact const& fact : finding.facts) lines += " " + fact.key + "=" + fact.value;
        lines += "\n";
        text.assign(whole.substr(finding.span.begin, finding.span.size()));
    }
    void gap(Gap) override {}
    std::string lines, text;
    std::string_view whole;
};

// What the sites of `toml` find in a photo's facts.
Notes look(std::string_view toml, std::string_view facts, std::string_view media = photo_media) {
    Notes notes;
    notes.whole = facts;
    auto sites = read_sites(toml, "sites.toml");
    EXPECT_TRUE(sites) << sites.error().where << ": " << sites.error().what;
    if (!sites) return notes;
    Evidence evidence;
    evidence.kind = Kind::fields;
    evidence.media = media;
    std::vector<Candidate> candidates;
    constexpr std::string_view line = "place.position: ";
    for (std::size_t at = facts.find(line); at != facts.npos; at = facts.find(line, at + 1)) {
        candidates.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + line.size()), 0, {}});
    }
    make_sites(std::move(*sites))->examine({evidence, facts, candidates}, notes);
    return notes;
}

constexpr std::string_view yard = R"(
[[site]]
name = "Yard"
level = "secret"
border = [[30.000, 120.000], [30.000, 120.010], [30.010, 120.010], [30.010, 120.000]]
near = 1500
)";

TEST(Sites, InsideNearAndFar) {
    EXPECT_EQ(look(yard, "place.position: 30.005,120.005\n").lines, "site-inside certain site=Yard level=secret distance=0 m\n");
    EXPECT_EQ(look(yard, "place.position: 30.020,120.005").lines, "site-near certain site=Yard level=secret distance=1.1 km\n");
    EXPECT_EQ(look(yard, "place.position: 30.030,120.005\n").lines, "");
    EXPECT_EQ(look(yard, "x: y\nplace.position: 30.005,120.005\n").text, "30.005,120.005");
    EXPECT_EQ(look(yard, "place.position: 91.0,120.005\n").lines, "");
    EXPECT_EQ(look(yard, "place.position: 30.005,120.005\n", "text/plain").lines, "") << "words of a text are no place of a photo";
}

TEST(Sites, InView) {
    std::string const from = "place.position: 30.032,120.005\n";  // 2.44 km north of its border
    EXPECT_EQ(look(yard, from + "place.direction: 180\n").lines, "site-in-view certain site=Yard level=secret distance=2.4 km\n");
    EXPECT_EQ(look(yard, from + "place.direction: 0\n").lines, "");
    // 26 mm portrait, ±24.8°: 2 · 2449 m · tan(24.8°) / 3000 = 75 cm a pixel. The yard begins 11.2° either side of its middle. 30° aside is in view, 45° by less than the compass errs.
    std::string const phone = "view.focal-35mm: 26\npicture.size: 4000x3000\npicture.orientation: 6\n";
    EXPECT_EQ(look(yard, from + "place.direction: 210\n" + phone).lines,
              "site-in-view certain site=Yard level=secret distance=2.4 km pixel=75 cm\n");
    EXPECT_EQ(look(yard, from + "place.direction: 225\n" + phone).lines.substr(0, 19), "site-in-view likely");
    EXPECT_EQ(look(yard, from + "place.direction: 240\n" + phone).lines, "");
    // 200 mm, ±5.1°: a pixel of a 6000 wide picture shows 2 · 2439 m · 0.09 / 6000 = 7 cm.
    EXPECT_EQ(look(yard, from + "place.direction: 180\nview.focal-35mm: 200\npicture.size: 6000x4000\n").lines,
              "site-in-view certain site=Yard level=secret distance=2.4 km pixel=7 cm\n");
    EXPECT_EQ(look(yard, "place.position: 30.2,120.005\nplace.direction: 180\n").lines, "") << "beyond 10 km";
}

TEST(Sites, PointsHaveARadius) {
    EXPECT_EQ(look("[[site]]\nname = \"Mast\"\npoint = [0, -179.9999]\nradius = 50\n", "place.position: 0,179.9999\n").lines,
              "site-inside certain site=Mast level=confidential distance=0 m\n");
    EXPECT_EQ(look("[[site]]\nname = \"Mast\"\npoint = [0, 0]\nnear = 500\n", "place.position: 0.005,0\n").lines,
              "site-near certain site=Mast level=confidential distance=453 m\n");
}

TEST(Sites, ComplaintsNameTheLine) {
    auto complaint = [](std::string_view toml) {
        auto const sites = read_sites(toml, "s.toml");
        return sites ? std::string("fine") : sites.error().where + ": " + sites.error().what;
    };
    EXPECT_EQ(complaint("[[site]]\nname = \"A\"\n").substr(0, 8), "s.toml:1");
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\npoint = [116.4, 39.9]\n").find("degrees north come first"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\npoint = [1, 1]\nborder = []\n").find("either a point or a border"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\nborder = [[1, 1], [1, 2]]\n").find("three corners"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\nborder = [[1, 1], [1, 2], [40, 2]]\n").find("200 km"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\npoint = [1, 1]\nnear = -5\n").find("metres"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\npoint = [1, 1]\nlevel = \"high\"\n").find("internal, confidential"), std::string::npos);
    EXPECT_NE(complaint("[[site]]\nname = \"A\"\npoint = [1, 1]\nnaer = 5\n").find("naer"), std::string::npos);
}

}  // namespace
}  // namespace keepmum
