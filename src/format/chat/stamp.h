// Dates and times as messengers write them for people: in the order and with the words of the writer's country.
//
// "20/06/2024, 20:28", "6/20/24, 8:28 PM", "2024/10/31 下午3:50:46", "28/3/2025, 9:29 p. m.", "2024. 10. 31. 오후 3:50".
// Which of two small numbers is the month is nowhere said in such a file; all its dates together usually tell.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

// A date, a time or both, as written. Numbers are not checked to be a date in any order.
struct ChatStamp {
    std::array<std::uint16_t, 3> parts{};  // of the date, in the order of the text
    std::array<std::uint8_t, 3> digits{};  // how many each has
    char parted_by = 0;                    // '/', '.', '-', or 'n' where words part them (年月日)
    std::uint8_t hour = 0, minute = 0, second = 0;  // 24 hours
    bool has_date = false, has_time = false, has_second = false, twelve_hours = false, utc = false;
};

// The end of the date and time that begin at `at`, or `at` where none do. A time without a date is one too.
std::size_t read_stamp(std::string_view text, std::size_t at, ChatStamp& stamp);

// Likewise a date alone.
std::size_t read_date(std::string_view text, std::size_t at, ChatStamp& stamp);

enum class DateOrder : std::uint8_t { day_month_year, month_day_year, year_month_day };

// Looks at all dates of a file, in their order, and says in which order they are most likely written: that in which
// the fewest are no date, then the one in which time goes back least often.
class DateOrderVote {
  public:
    void see(ChatStamp const& stamp);
    DateOrder choose() const;

  private:
    struct Tally {
        std::uint64_t impossible = 0, backwards = 0, previous = 0;
    };
    std::array<Tally, 3> tallies_{};
    std::uint64_t american_ = 0, seen_ = 0;
};

// "2025-03-20T18:04:05", with "Z" for UTC, without what the stamp lacks; "" where it is no date in any order.
std::string write_stamp(ChatStamp const& stamp, DateOrder order);

// "2026-03-01T09:00:00Z" from milliseconds since 1970; "" beyond the year 9999 or before 1970.
std::string write_epoch(std::int64_t milliseconds);

// Behind spaces of any width and marks that show nothing (U+200E and the like).
std::size_t skip_blank(std::string_view text, std::size_t at);
std::string_view trim_blank(std::string_view text);

}  // namespace keepmum
