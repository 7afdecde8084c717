// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/chat/stamp.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace keepmum {
namespace {

std::string read(std::string_view text, DateOrder order = DateOrder::day_month_year) {
    ChatStamp stamp;
    if (read_stamp(text, 0, stamp) != text.size()) return "not all read";
    return write_stamp(stamp, order);
}

TEST(ChatStamp, ReadsWhatCountriesWrite) {
    EXPECT_EQ(read("20/06/2024, 20:28"), "2024-06-20T20:28");
    EXPECT_EQ(read("6/20/24, 8:28\u202FPM", DateOrder::month_day_year), "2024-06-20T20:28");
    EXPECT_EQ(read("2023-12-20, 5:46 p.m."), "2023-12-20T17:46");
    EXPECT_EQ(read("28/3/2025, 9:29 p.\u00A0m."), "2025-03-28T21:29");
    EXPECT_EQ(read("28/3/2025, 12:29 a. m."), "2025-03-28T00:29");
    EXPECT_EQ(read("07.03.26, 21:22:39"), "2026-03-07T21:22:39");
    EXPECT_EQ(read("20.06.24 20.28"), "2024-06-20T20:28");
    EXPECT_EQ(read("20/06/2024 à 20:28"), "2024-06-20T20:28");
    EXPECT_EQ(read("20.6.2024 klo 20.28"), "2024-06-20T20:28");
    EXPECT_EQ(read("2024/10/31 下午3:50:46"), "2024-10-31T15:50:46");
    EXPECT_EQ(read("2024/10/31 上午12:05"), "2024-10-31T00:05");
    EXPECT_EQ(read("2024/10/31 中午12:05"), "2024-10-31T12:05");
    EXPECT_EQ(read("2024/10/31 午後3:50"), "2024-10-31T15:50");
    EXPECT_EQ(read("2024/10/31 午前3:50"), "2024-10-31T03:50");
    EXPECT_EQ(read("2024. 10. 31. 오후 3:50"), "2024-10-31T15:50");
    EXPECT_EQ(read("2024年10月31日 下午3:50"), "2024-10-31T15:50");
    EXPECT_EQ(read("٢٠/٦/٢٠٢٤، ٨:٢٨ م"), "2024-06-20T20:28");
    EXPECT_EQ(read("2026-09-28 10:00:00 UTC"), "2026-09-28T10:00:00Z");
    EXPECT_EQ(read("2026-09-28T10:00:00.123Z"), "2026-09-28T10:00:00Z");
    EXPECT_EQ(read("9/27/26, 8:00 AM", DateOrder::month_day_year), "2026-09-27T08:00");
}

TEST(ChatStamp, WhatIsNoStampIsNone) {
    for (std::string_view const text : {"", "hello", "12", "12/", "12/13", "1:2", "25:00", "12:60", "1/2/3", "1/2/345 10:00", "999999999999/1/1", "１", "下午", "p.m."}) {
        ChatStamp stamp;
        EXPECT_EQ(read_stamp(text, 0, stamp), 0u) << text;
    }
}

TEST(ChatStamp, DatesOfNoCalendarAreNotWritten) {
    EXPECT_EQ(read("45/45/2024, 10:00"), "");
    EXPECT_EQ(read("00/01/2024, 10:00"), "");
    // Impossible in one order, so it is the other.
    EXPECT_EQ(read("06/20/2024, 10:00", DateOrder::day_month_year), "2024-06-20T10:00");
}

DateOrder vote(std::initializer_list<std::string_view> dates) {
    DateOrderVote vote;
    for (std::string_view const date : dates) {
        ChatStamp stamp;
        read_stamp(date, 0, stamp);
        vote.see(stamp);
    }
    return vote.choose();
}

TEST(ChatStamp, AllDatesOfAFileTellTheirOrder) {
    using enum DateOrder;
    EXPECT_EQ(vote({"01/02/2024, 10:00", "13/02/2024, 10:00"}), day_month_year);
    EXPECT_EQ(vote({"01/02/2024, 10:00", "02/13/2024, 10:00"}), month_day_year);
    // No number is above twelve: time does not go back.
    EXPECT_EQ(vote({"01/11/2024, 10:00", "02/11/2024, 10:00", "01/12/2024, 10:00"}), day_month_year);
    EXPECT_EQ(vote({"11/01/2024, 10:00", "11/02/2024, 10:00", "12/01/2024, 10:00"}), month_day_year);
    EXPECT_EQ(vote({"24/10/31, 10:00", "24/11/01, 10:00"}), year_month_day);
    EXPECT_EQ(vote({"1/2/24, 8:28 PM"}), month_day_year);
    EXPECT_EQ(vote({"1/2/24, 20:28"}), day_month_year);
    EXPECT_EQ(vote({}), day_month_year);
}

TEST(ChatStamp, SecondsSince1970) {
    EXPECT_EQ(write_epoch(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(write_epoch(1772355600000), "2026-03-01T09:00:00Z");
    EXPECT_EQ(write_epoch(951'782'400'000), "2000-02-29T00:00:00Z");
    EXPECT_EQ(write_epoch(-1), "");
    EXPECT_EQ(write_epoch(INT64_MAX), "");
}

TEST(ChatStamp, TrimsMarksThatShowNothing) {
    EXPECT_EQ(trim_blank("\u200E \u202Fname\u00A0\u200B\r\n"), "name");
    EXPECT_EQ(trim_blank(" 好　"), "好");
    EXPECT_EQ(trim_blank(" \u3000"), "");
}

}  // namespace
}  // namespace keepmum
