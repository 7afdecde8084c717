// A tag as a file has it, before anybody asks what it means.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct Tag {
    std::string name;                      // "Exif.Photo.DateTimeOriginal", "Xmp.dc.creator", "PNG.Comment"
    std::string value;                     // as stored: numbers in decimal, parts parted by blanks; valid UTF-8
    std::string shown;                     // as a person would read it; may be the same
    std::uint64_t offset = 0, stored = 0;  // bytes of the file that say so
};

// Where the tags of a structure are put down to.
struct TagSource {
    std::uint64_t offset = 0, stored = 0;
};

class Tags final {
  public:
    // At most so many, and so many bytes of one value: what comes beyond is left out, and counted.
    static constexpr std::size_t most = 20'000, longest = 1u << 20;

    // Values may hold any bytes: they are made valid UTF-8, cut at `longest` and at the first NUL, and blanks around
    // them are taken off. Empty ones are left out. What stands behind a NUL is not counted as left out: there often is rubbish.
    void add(TagSource source, std::string_view name, std::string_view value, std::string_view shown = {});
    std::vector<Tag> const& all() const { return all_; }
    bool full() const { return all_.size() >= most; }
    std::size_t left_out() const { return left_out_; }

  private:
    std::vector<Tag> all_;
    std::size_t left_out_ = 0;
};

}  // namespace keepmum
