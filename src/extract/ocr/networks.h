// Reading by networks: one finds lines, one tells which stand on their head, one reads them (PP-OCR, by PaddlePaddle).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/extractor.h"
#include "extract/ocr/lines.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

inline constexpr std::string_view networks_name = "PP-OCRv4";

class Networks final {
  public:
    // The networks of io/models.inc for writing, from these folders. Errors: not_found (none is there), invalid,
    // unsupported (`where` names the file).
    static Result<std::unique_ptr<Networks>> load(std::string_view folders);
    ~Networks();

    static constexpr std::uint32_t strip_height = 48;  // pixels
    static constexpr std::uint32_t least_width = 160;  // pixels that a strip is filled up to for reading

    // Letters lower than that, in pixels at the size at which find() looks at a picture (pieces.h), are not found.
    static constexpr float least_letters = 9;

    // Lines of any direction, in reading order; none that stands on its head. At most `most`, the largest of each piece: long
    // and narrow pictures are looked at in pieces, at most `most_pieces`. `outlet` is told of progress, and asked whether to go on.
    static constexpr std::size_t most_pieces = 32;
    Result<FoundLines> find(Grey const& picture, std::size_t most, Outlet& outlet) const;

    // A line cut out, upright, `strip_height` high. Many may call it at once.
    Result<std::vector<Word>> read(Grey const& strip) const;

  private:
    struct Inside;
    Result<FoundLines> find_in(Grey const& piece, float scale, std::size_t most) const;
    explicit Networks(std::unique_ptr<Inside const> inside);
    std::unique_ptr<Inside const> inside_;
};

}  // namespace keepmum::ocr
