// From tags to facts: what all the makers' and containers' tags say, in the words of core/photo.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/photo/tags.h"

namespace keepmum {

struct PhotoFact {
    std::string_view name;  // of photo_fact; static storage
    std::string value;
    std::uint64_t offset = 0, stored = 0;  // bytes of the file that say so
};

class PhotoFacts final {
  public:
    // At most so many facts of a name, and bytes of a value.
    static constexpr std::size_t most = 64, longest = 2000;

    // What is there already is not put down twice; nor is what says nothing (blanks, zeroes).
    void add(std::string_view name, std::string_view value, TagSource source);
    bool has(std::string_view name) const;
    std::string_view first(std::string_view name) const;  // its first value, or ""
    std::vector<PhotoFact> const& all() const { return all_; }

  private:
    std::vector<PhotoFact> all_;
};

void add_facts(Tags const& tags, PhotoFacts& facts);

// "2003:12:04 06:46:52", "2003-12-04T06:46:52.12+08:00", "2003-12" as ISO 8601 local time; the offset ("+08:00", "Z") goes to
// `zone`. "" for what is no date (all zeroes, blanks).
std::string iso_time(std::string_view text, std::string& zone);

// "12/10" or "1.2" as a number; nothing for a division by zero or no number.
std::optional<double> number_of(std::string_view text);

// With at most so many digits behind the point, none of them a needless zero.
std::string say_decimal(double value, int digits);

}  // namespace keepmum
