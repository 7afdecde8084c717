// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/words.h"

#include <gtest/gtest.h>

#include "format/pixels/frames.h"

namespace keepmum {
namespace {

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
