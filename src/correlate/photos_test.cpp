// SPDX-License-Identifier: GPL-3.0-or-later
#include "correlate/photos.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

Finding found(std::string rule, std::string source, std::string fingerprint, std::vector<Fact> facts = {}) {
    Finding finding;
    finding.rule = std::move(rule);
    finding.place.source = std::move(source);
    finding.fingerprint = std::move(fingerprint);
    finding.facts = std::move(facts);
    return finding;
}

std::string join(std::vector<Finding> const& findings) {
    std::string lines;
    for (Finding const& finding : make_photo_links()->join(findings)) {
        lines += finding.rule + " " + finding.place.source + " (" + finding.excerpt + ")";
        for (Fact const& fact : finding.facts) lines += " " + fact.key + "=" + fact.value;
        lines += "\n";
    }
    return lines;
}

TEST(PhotoLinks, OneCameraInSeveralSources) {
    EXPECT_EQ(join({found("photo.serial", "p/a.jpg", "F1"), found("photo.serial", "p/b.jpg", "F2"), found("photo.serial", "p/c.jpg", "F1")}),
              "photo.linked p/a.jpg (a.jpg, c.jpg) photos=2 by=serial number\n");
    EXPECT_EQ(join({found("photo.serial", "p/a.jpg", "F1"), found("photo.serial", "p/a.jpg", "F1")}), "") << "one file is no folder";
    EXPECT_EQ(join({found("photo.serial", "p/a.jpg", ""), found("photo.serial", "p/b.jpg", "")}), "");
    EXPECT_EQ(join({found("photo.camera", "p/a.jpg", "F1"), found("photo.camera", "p/b.jpg", "F1")}), "") << "a model is no camera";
}

TEST(PhotoLinks, WhatIsToldOnceIsNotToldAgain) {
    std::vector<Finding> const two = {found("photo.serial", "a", "S"), found("photo.owner", "a", "O"), found("photo.serial", "b", "S"), found("photo.owner", "b", "O")};
    EXPECT_EQ(join(two), "photo.linked a (a, b) photos=2 by=serial number\n");
    std::vector<Finding> three = two;
    three.push_back(found("photo.owner", "c", "O"));
    EXPECT_EQ(join(three), "photo.linked a (a, b) photos=2 by=serial number\nphoto.linked a (a, b, c) photos=3 by=owner\n");
}

TEST(PhotoLinks, SeriesOfOnePlace) {
    auto shots = [](std::vector<std::pair<std::string, std::string>> const& given) {
        std::vector<Finding> findings;
        for (std::size_t i = 0; i < given.size(); ++i) {
            std::string const source = "p/" + std::to_string(i) + ".jpg";
            findings.push_back(found("photo.place", source, "P" + std::to_string(i), {{"position", given[i].first}}));
            findings.push_back(found("photo.time", source, "", {{"taken", given[i].second}}));
        }
        return join(findings);
    };
    EXPECT_EQ(shots({{"30.0000,120.0000", "2024-09-01T08:00:00"}, {"30.0010,120.0010", "2024-01-15T08:00:00"}, {"30.0005,119.9990", "2024-05-01T08:00:00"}}),
              "photo.series p/1.jpg (1.jpg, 2.jpg, 0.jpg) photos=3 from=2024-01-15 to=2024-09-01\n");
    EXPECT_EQ(shots({{"30.0,120.0", "2024-09-01T08:00:00"}, {"30.0,120.0", "2024-09-01T09:00:00"}, {"30.0,120.0", "2024-09-03T08:00:00"}}), "") << "one visit";
    EXPECT_EQ(shots({{"30.0,120.0", "2024-01-01T08:00:00"}, {"30.1,120.0", "2024-05-01T09:00:00"}, {"30.2,120.0", "2024-09-03T08:00:00"}}), "") << "three places";
    EXPECT_EQ(shots({{"30.0,120.0", "yesterday"}, {"30.0,120.0", ""}, {"30.0,120.0", "2024-09-03T08:00:00"}}), "");
}

}  // namespace
}  // namespace keepmum
