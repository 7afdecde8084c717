// Application segments of JPEG files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "format/photo/mapper.h"

namespace keepmum {

// Takes the segments of one picture in their order; what is spread over several is put together by finish().
class JpegSegments {
  public:
    explicit JpegSegments(Mapper& mapper) : mapper_(mapper) {}

    // The segment with its marker (0xE0 to 0xEF, 0xFE) and length from `offset`, `size` bytes in all.
    void take(unsigned marker, std::uint64_t offset, std::uint64_t size);
    void finish();

    // Multi-picture format: where the other pictures begin in the file, and their size.
    struct Other {
        std::uint64_t offset = 0, size = 0;
        std::uint32_t number = 0, type = 0;
    };
    std::vector<Other> const& others() const { return others_; }

  private:
    // Put together from several segments.
    struct Joined {
        std::uint64_t offset = 0, stored = 0;
        std::string bytes;
    };
    void take_app0(std::uint64_t offset, std::uint64_t size);
    void take_app1(std::uint64_t offset, std::uint64_t size);
    void take_app2(std::uint64_t offset, std::uint64_t size);
    void take_app11(std::uint64_t offset, std::uint64_t size);
    void take_app13(std::uint64_t offset, std::uint64_t size);
    void take_named(unsigned marker, std::uint64_t offset, std::uint64_t size);
    void join(Joined& joined, std::uint64_t offset, std::uint64_t size, std::uint64_t head);

    Mapper& mapper_;
    std::map<std::string, Joined> extended_;       // extended XMP by its GUID
    std::map<std::uint32_t, Joined> boxes_;        // JUMBF by box instance number
    Joined icc_, exif_;
    std::vector<Other> others_;
};

}  // namespace keepmum
