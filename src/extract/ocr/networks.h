// Reading by networks: one finds lines, one tells which stand on their head, one reads them (PP-OCR, by PaddlePaddle).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
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

    // How much smaller (or larger) a picture is looked at by find(): 0.5 halves its sides. Letters that are then lower than
    // `least_letters` pixels are not found.
    static float scale_of(Grey const& picture);
    static constexpr float least_letters = 9;

    // Lines of any direction, in reading order; none that stands on its head. At most `most`, the largest.
    Result<std::vector<Line>> find(Grey const& picture, std::size_t most) const;

    // A line cut out, upright, `strip_height` high. Many may call it at once.
    Result<std::vector<Word>> read(Grey const& strip) const;

  private:
    struct Inside;
    explicit Networks(std::unique_ptr<Inside const> inside);
    std::unique_ptr<Inside const> inside_;
};

}  // namespace keepmum::ocr
