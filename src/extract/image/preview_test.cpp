// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/preview.h"

#include <gtest/gtest.h>

#include "core/preview.h"
#include "extract/collect.h"
#include "format/pixels/made_pictures_test.h"

namespace keepmum {
namespace {

std::optional<Preview> preview_of(std::string bytes) {
    Collect outlet;
    EXPECT_TRUE(preview_extractor()->extract(input_of(std::move(bytes)), outlet));
    EXPECT_TRUE(outlet.gaps.empty());
    if (outlet.all.size() != 1) return std::nullopt;
    EXPECT_EQ(outlet.all[0].media, preview_media);
    return read_preview(outlet.all[0].content.view());
}

TEST(Preview, KeepsTheShapeInEveryFormat) {
    for (MadeFile const& file : in_every_format(draw_scene(1, 1200, 900))) {
        std::optional<Preview> const preview = preview_of(file.bytes);
        ASSERT_TRUE(preview) << file.media;
        EXPECT_EQ(preview->width, 400u) << file.media;
        EXPECT_EQ(preview->height, 300u) << file.media;
        EXPECT_EQ(preview->full_width, 1200u) << file.media;
    }
    std::optional<Preview> const small = preview_of(to_png(draw_scene(1, 30, 20)));
    ASSERT_TRUE(small);
    EXPECT_EQ(small->width, 30u);
}

// Each page and frame, under its number; those of a TIFF are hidden from whoever looks at the first.
TEST(Preview, ShowsEveryPage) {
    Collect outlet;
    EXPECT_TRUE(preview_extractor()->extract(input_of(to_tiff({draw_scene(1, 30, 20), draw_scene(2, 40, 20)})), outlet));
    ASSERT_EQ(outlet.all.size(), 2u);
    EXPECT_TRUE(outlet.all[0].place.steps.empty());
    EXPECT_EQ(outlet.all[0].role, Role::shown);
    ASSERT_EQ(outlet.all[1].place.steps.size(), 1u);
    EXPECT_EQ(outlet.all[1].place.steps[0], (Step{How::page, "2"}));
    EXPECT_EQ(outlet.all[1].role, Role::hidden);
    EXPECT_EQ(read_preview(outlet.all[1].content.view())->full_width, 40u);
}

TEST(Preview, SaysNothingOfDamage) {
    EXPECT_FALSE(preview_of("no picture"));
    EXPECT_FALSE(preview_of(to_png(draw_scene(1, 300, 200)).substr(0, 60)));
}

// It comes from a worker, which may lie.
TEST(Preview, ReadsOnlyWhatIsOne) {
    Preview const preview{2, 1, 20, 10, "abcdef"};
    std::string const bytes = write_preview(preview);
    EXPECT_EQ(read_preview(bytes), preview);
    for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(read_preview(bytes.substr(0, size)));
    EXPECT_FALSE(read_preview(bytes + "x"));
    EXPECT_FALSE(read_preview(write_preview({0, 0, 0, 0, ""})));
    EXPECT_FALSE(read_preview(write_preview({2, 1, 1, 1, "abcdef"})));
    EXPECT_FALSE(read_preview(write_preview({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, "abcdef"})));
}

}  // namespace
}  // namespace keepmum
