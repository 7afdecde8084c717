// The parts that need no network: the table of classes, which parts of a picture are looked at and how they are drawn, when to say nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/objects.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "extract/collect.h"
#include "extract/objects/judge.h"
#include "extract/objects/look.h"
#include "extract/objects/network.h"
#include "extract/objects/views.h"
#include "format/pixels/made_pictures_test.h"

namespace keepmum::objects {
namespace {

TEST(Objects, ClassesAreWholeAndOfThings) {
    // Labels of persons: ballplayer, groom, scuba diver. Of what is worn: uniform, vest, gown.
    std::set<int> labels{981, 982, 983, 652, 465, 400};
    std::set<std::string_view> ids;
    for (ObjectClass const& one : object_classes()) {
        EXPECT_TRUE(ids.insert(one.id).second) << one.id;
        EXPECT_FALSE(one.name.en.empty() || one.name.zh.empty()) << one.id;
        EXPECT_TRUE(one.chance >= 0.2F && one.chance < 1) << one.id;
        EXPECT_FALSE(one.labels.empty()) << one.id;
        for (std::uint16_t const label : one.labels) {
            EXPECT_LT(label, network_labels);
            EXPECT_TRUE(labels.insert(label).second) << one.id << " " << label;
        }
        EXPECT_EQ(object_class(one.id), &one);
    }
    EXPECT_EQ(object_class("bridegroom"), nullptr);
    EXPECT_GT(object_judging().least_answer, 0);
}

TEST(Objects, ViewsLieInsideAndCoverAll) {
    for (auto const& [width, height] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
             {1, 1}, {96, 96}, {1024, 683}, {683, 1024}, {1024, 3}, {2, 1000}, {500, 480}}) {
        std::vector<View> const views = views_of(width, height);
        ASSERT_FALSE(views.empty());
        EXPECT_LE(views.size(), most_views);
        EXPECT_EQ(views.front(), (View{0, 0, width, height}));
        for (View const& view : views) {
            EXPECT_GE(std::min(view.width, view.height), 1u);
            EXPECT_LE(view.left + view.width, width);
            EXPECT_LE(view.top + view.height, height);
        }
    }
    std::vector<View> const wide = views_of(900, 600);
    EXPECT_EQ(wide, (std::vector<View>{{0, 0, 900, 600}, {150, 0, 600, 600}, {0, 0, 600, 600}, {300, 0, 600, 600}, {270, 120, 360, 360}}));
    EXPECT_EQ(views_of(600, 900)[2], (View{0, 0, 600, 600}));
    EXPECT_EQ(views_of(600, 900)[3], (View{0, 300, 600, 600}));
    EXPECT_TRUE(views_of(0, 5).empty());
}

// Red grows to the right, green downwards, blue is the same everywhere.
Shrunk ramp(std::uint32_t width, std::uint32_t height) {
    Shrunk picture{width, height, width, height, 0, {}};
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            picture.rgb.insert(picture.rgb.end(), {static_cast<float>(x), static_cast<float>(y), 255.0F});
        }
    }
    return picture;
}

TEST(Objects, DrawsAViewByAveraging) {
    std::vector<float> const same = draw_view(ramp(4, 4), {0, 0, 4, 4}, 4);
    ASSERT_EQ(same.size(), 48u);
    EXPECT_NEAR(same[2], (2 - 127) / 128.0, 1e-5);        // red of the third pixel above
    EXPECT_NEAR(same[16 + 4], (1 - 127) / 128.0, 1e-5);   // green of the first pixel of the second row
    EXPECT_NEAR(same[47], 1, 1e-5);
    std::vector<float> const half = draw_view(ramp(8, 8), {4, 2, 4, 4}, 2);
    EXPECT_NEAR(half[0], (4.5 - 127) / 128.0, 1e-5);
    EXPECT_NEAR(half[1], (6.5 - 127) / 128.0, 1e-5);
    EXPECT_NEAR(half[4], (2.5 - 127) / 128.0, 1e-5);
    EXPECT_NEAR(half[6], (4.5 - 127) / 128.0, 1e-5);
    // Uneven shares, and drawing out: the mean stays, and nothing reaches beyond what is there.
    for (std::uint32_t const side : {3u, 5u, 24u}) {
        std::vector<float> const drawn = draw_view(ramp(8, 8), {1, 1, 7, 7}, side);
        double sum = 0;
        for (std::size_t i = 0; i < std::size_t{side} * side; ++i) {
            EXPECT_GE(drawn[i], (1 - 127) / 128.0 - 1e-5);
            EXPECT_LE(drawn[i], (7 - 127) / 128.0 + 1e-5);
            sum += drawn[i];
        }
        EXPECT_NEAR(sum / (side * side), (4 - 127) / 128.0, 1e-3) << side;
    }
    EXPECT_EQ(draw_view(ramp(1, 1), {0, 0, 1, 1}, 3).size(), 27u);
}

TEST(Objects, TurnsUpright) {
    Shrunk const turned = turn_upright(ramp(3, 2), 6);  // clockwise
    EXPECT_EQ(turned.width, 2u);
    EXPECT_EQ(turned.height, 3u);
    EXPECT_EQ(turned.full_width, 2u);
    // What was below on the left comes to the left above.
    EXPECT_EQ(turned.rgb[0], 0);
    EXPECT_EQ(turned.rgb[1], 1);
    Shrunk const over = turn_upright(ramp(3, 2), 3);
    EXPECT_EQ(over.rgb[0], 2);
    EXPECT_EQ(over.rgb[1], 1);
    EXPECT_EQ(turn_upright(ramp(3, 2), 9).rgb, ramp(3, 2).rgb);
}

std::vector<float> answers(std::initializer_list<std::pair<int, float>> loud) {
    std::vector<float> all(network_labels, 0.0F);
    for (auto const& [label, answer] : loud) all[static_cast<std::size_t>(label)] = answer;
    return all;
}

TEST(Objects, LabelsOfAClassCountTogether) {
    std::span<ObjectClass const> const classes = object_classes();
    Judge judge(classes, {1, 5});
    judge.take(answers({{895, 3.0F}}));  // weak: like nothing it knows
    EXPECT_TRUE(judge.told().empty());
    judge.take(answers({{657, 9.0F}, {744, 9.0F}, {281, 8.0F}}));  // both kinds of missile, and a cat
    ASSERT_EQ(judge.told().size(), 1u);
    EXPECT_EQ(judge.told()[0].what->id, "missile");
    EXPECT_EQ(judge.told()[0].view, 1u);
    double const e = std::exp(1.0), rest = 997 * std::exp(-8.0);
    EXPECT_NEAR(judge.told()[0].chance, 2 * e / (2 * e + 1 + rest), 1e-4);
    judge.take(answers({{657, 8.0F}, {281, 8.0F}}));  // a worse view takes nothing back
    EXPECT_EQ(judge.told()[0].view, 1u);
    judge.take(answers({{281, 12.0F}, {403, 5.0F}}));  // surely a cat
    EXPECT_EQ(judge.told().size(), 1u);
}

TEST(Objects, SaysNothingOfWhatIsNoAnswer) {
    for (std::vector<float> const& wrong : {std::vector<float>{}, std::vector<float>(10, 9.0F),
                                            answers({{657, std::numeric_limits<float>::quiet_NaN()}}),
                                            answers({{657, std::numeric_limits<float>::infinity()}})}) {
        for (float const chance : chances(wrong, object_classes(), {1, 5})) EXPECT_EQ(chance, 0);
    }
}

// Sees a tank wherever a view is brighter on its left than on its right.
class MadeEye final : public Eye {
  public:
    std::vector<float> answer(std::vector<float>& input) override {
        ++asked;
        double left = 0, right = 0;
        for (std::size_t i = 0; i < input.size(); ++i) (i % network_side < network_side / 2 ? left : right) += input[i];
        return answers({{left > right + 100 ? 847 : 281, 12.0F}});
    }
    int asked = 0;
};

// White on the left.
Pixels half_white(std::uint32_t width, std::uint32_t height) {
    Pixels pixels{width, height, {}};
    for (std::uint32_t i = 0; i < width * height; ++i) pixels.rgb.insert(pixels.rgb.end(), 3, i % width < width / 2 ? 255 : 0);
    return pixels;
}

TEST(Objects, LooksAtEveryFormatAndPage) {
    for (MadeFile const& file : in_every_format(half_white(300, 200))) {
        Collect outlet;
        MadeEye eye;
        std::vector<LookedAt> pages;
        EXPECT_FALSE(look_at(file.bytes, eye, outlet, pages)) << file.media;
        ASSERT_EQ(pages.size(), 1u) << file.media;
        ASSERT_EQ(pages[0].told.size(), 1u) << file.media;
        EXPECT_EQ(pages[0].told[0].what->id, "armour");
        EXPECT_EQ(pages[0].views[pages[0].told[0].view], (View{0, 0, 300, 200}));
        EXPECT_EQ(eye.asked, static_cast<int>(pages[0].views.size()));
    }
    Collect outlet;
    MadeEye eye;
    std::vector<LookedAt> pages;
    EXPECT_FALSE(look_at(to_tiff({half_white(120, 120), half_white(60, 60), draw_scene(1, 400, 300)}), eye, outlet, pages));
    ASSERT_EQ(pages.size(), 2u);  // the second is too small
    EXPECT_EQ(pages[0].page, 1u);
    EXPECT_EQ(pages[1].page, 3u);
    pages.clear();
    EXPECT_FALSE(look_at(to_tiff(std::vector<Pixels>(most_pages + 3, half_white(100, 100))), eye, outlet, pages));
    EXPECT_EQ(pages.size(), most_pages);
}

TEST(Objects, AHugePictureIsLookedAtSmall) {
    Collect outlet;
    MadeEye eye;
    std::vector<LookedAt> pages;
    EXPECT_FALSE(look_at(to_pnm(half_white(6000, 4000)), eye, outlet, pages));
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].full_width, 6000u);
    EXPECT_EQ(pages[0].views.front(), (View{0, 0, 6000, 4000}));
    EXPECT_LE(eye.asked, static_cast<int>(most_views));
    // One that is only said to be huge is not decoded, and one that breaks off is looked at as far as it goes.
    pages.clear();
    EXPECT_TRUE(look_at("P6 65000 65000 255\n", eye, outlet, pages));
    EXPECT_TRUE(pages.empty());
    std::string const whole = to_png(half_white(300, 300));
    for (std::size_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
        pages.clear();
        (void)look_at(std::string_view(whole).substr(0, whole.size() * sixteenth / 16), eye, outlet, pages);
        EXPECT_LE(pages.size(), 1u);
    }
}

TEST(Objects, RefusesWhatIsNoNetwork) {
    for (std::string const& wrong : {std::string(), std::string("ONNX"), std::string(4096, '\x08'), std::string("\x08\x04\x12\x00", 4)}) {
        Result<std::unique_ptr<Network>> const network = Network::read(wrong);
        ASSERT_FALSE(network);
        EXPECT_EQ(network.error().fault, Fault::invalid);
    }
}

TEST(Objects, WithoutANetworkNothingIsPut) {
    for (MadeFile const& file : in_every_format(draw_scene(3, 160, 120))) {
        Collect outlet;
        Result<Done> const done = picture_objects_extractor()->extract(input_of(file.bytes), outlet);
        ASSERT_TRUE(done);
        EXPECT_EQ(done->read, 0u);
        EXPECT_TRUE(outlet.all.empty() && outlet.gaps.empty()) << file.media;
    }
}

}  // namespace
}  // namespace keepmum::objects
