// Readers: a line of writing, cut out and set upright, into words; and a whole page.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/extractor.h"
#include "extract/ocr/lines.h"

namespace keepmum::ocr {

struct Word {
    std::string text;           // UTF-8, without spaces
    float left = 0, right = 0;  // pixels of the strip
    float confidence = 0;       // 0 to 100
};

// A line and what stands in it.
struct ReadLine {
    Line line;
    std::vector<Word> words;
};

// Mean confidence of a line, by bytes: a Chinese character counts as much as three letters. 0 of none.
float confidence(std::vector<Word> const& words);

enum class Script : std::uint8_t { latin, any };

class Reader {
  public:
    virtual ~Reader() = default;
    virtual std::string_view name() const = 0;
    virtual std::string full_name() const = 0;       // with its version
    virtual std::uint32_t strip_height() const = 0;  // pixels, of the lines that it wants to be given
    virtual std::vector<Word> read(Grey const& strip) = 0;
    // An upright page of dark writing on even paper, of so many dots an inch, its lines found by the reader itself; words are measured as
    // in a strip. `outlet` is told of progress, and asked whether to go on.
    virtual std::vector<ReadLine> read_page(Grey const& page, Script script, std::uint32_t dots, Outlet& outlet) = 0;
};

// Tesseract with what of simplified Chinese, traditional Chinese and English is installed; null where none is. Reads its data now.
std::unique_ptr<Reader> make_tesseract();

// How clearly a cut line parts into ink and paper: the share of its variance that lies between the two. Writing has 0.8 and
// more; foliage, waves and other surfaces without two kinds of light have about 0.7.
float ink_apart(Grey const& strip);
inline constexpr float least_apart = 0.74F;

}  // namespace keepmum::ocr
