// The directories of a TIFF structure (TIFF 6.0, BigTIFF, Exif 2.32), as plain data.
//
//     header     "II" or "MM", 42 (43: BigTIFF; makers of raw have their own numbers), offset of the first directory
//     directory  count, then a row of 12 bytes each: tag, type, count, value or its offset; then the next directory's offset
//                (BigTIFF: rows of 20, counts and offsets of 8 bytes)
//
// Cameras put into one such structure what they know of a photo, so Exif in any container is this too.
// Directories may point at each other in rings and lie over each other; each is read once, and no more
// rows than the bytes have room for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace keepmum {

struct TiffRow {
    std::uint16_t tag = 0, type = 0;
    std::uint64_t count = 0;
    std::uint64_t at = 0, size = 0;  // bytes of the value, cut to what is there
    bool inside = false;             // the value stands in the row itself
};

struct TiffDirectory {
    enum class Kind : std::uint8_t { main, sub, exif, gps, interoperability };
    Kind kind = Kind::main;
    std::uint32_t number = 0;       // among those of its kind, from 0
    std::uint64_t at = 0, size = 0; // with its count and the next one's offset
    std::vector<TiffRow> rows;
    bool whole = true;              // false: cut by the end

    TiffRow const* row(std::uint16_t tag) const;
};

class Tiff {
  public:
    // Nothing where `bytes` do not begin as a TIFF structure does. `bytes` must outlive the object.
    static std::optional<Tiff> read(std::string_view bytes);

    std::vector<TiffDirectory> const& directories() const { return directories_; }
    bool has_ring() const { return has_ring_; }          // a directory pointed at twice
    bool points_outside() const { return points_outside_; }  // a directory or a value behind the end
    bool is_big() const { return is_big_; }
    std::uint64_t header_size() const { return is_big_ ? 16 : 8; }

    // Number `index` of an integer value; 0 where there is none.
    std::uint64_t number(TiffRow const& row, std::uint64_t index = 0) const;
    // At most as many numbers as the value's bytes hold.
    std::vector<std::uint64_t> numbers(TiffRow const& row) const;
    // The number of that tag, or `otherwise`.
    std::uint64_t number(TiffDirectory const& directory, std::uint16_t tag, std::uint64_t otherwise = 0) const;
    std::string_view value(TiffRow const& row) const { return bytes_.substr(row.at, row.size); }

  private:
    explicit Tiff(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t read_number(std::uint64_t at, std::size_t size) const;
    void read_directories(std::uint64_t first);
    TiffDirectory read_directory(std::uint64_t at, TiffDirectory::Kind kind, std::uint64_t& next);

    std::string_view bytes_;
    std::vector<TiffDirectory> directories_;
    std::uint64_t rows_left_ = 0;
    bool little_ = true, is_big_ = false, has_ring_ = false, points_outside_ = false;
};

// What a TIFF structure is the file of.
struct TiffForm {
    std::string_view media;  // "image/tiff", "image/x-nikon-nef", …; static storage
    bool raw = false;        // what it shows is still to be developed from what the sensor saw
};
TiffForm form_of(Tiff const& tiff, std::string_view bytes);

// Whether a file is a camera's raw photo, of those that LibRaw may know: by its marks, or by what its TIFF directories say.
bool is_raw_photo(std::string_view bytes);

}  // namespace keepmum
