// Reading a picture line by line, by a reader that takes the lines of pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"
#include "extract/ocr/passage.h"

namespace keepmum::ocr {

struct ReadPicture {
    std::vector<ReadLine> lines;  // in reading order
    bool more = false;            // there is more writing than was read
};

// What stands in a picture, of at most `most` lines, also where it lies on its side or on its head. `outlet` is told of progress, and
// asked whether to go on.
ReadPicture read_by_lines(Grey const& picture, Reader& reader, std::size_t most, Outlet& outlet);

}  // namespace keepmum::ocr
