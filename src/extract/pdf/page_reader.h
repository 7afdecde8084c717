// The text of each page as poppler lays it out, parted by what the eye would see of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.h"
#include "extract/pdf/sight.h"

namespace keepmum::pdf {

// Text with its landmarks: boxes of words, and paragraphs.
struct Passage {
    std::string text;  // UTF-8
    std::vector<Mark> marks;
    OffsetMap map = {};  // where the text was taken from another passage
};

struct PageText {
    Passage shown;  // in reading order
    Passage seams;  // of `shown`, see layout.h
    struct Hidden {
        Fate fate;
        std::size_t regions = 0;
        Passage passage;
    };
    std::vector<Hidden> hidden;
    Passage replaced;           // glyphs that are seen, where the file gives another text for copying
    std::size_t inked = 0;      // glyphs that leave ink
    std::size_t unmapped = 0;   // of them, those whose font tells no character
    std::size_t damaged = 0;    // streams of the page that broke off or could not be decoded
    bool chinese_bytes = false;  // a font's Latin letters were read as the Chinese bytes that they are
    bool stopped = false;       // the page was left before its end
};

// Asked now and then while a page is read.
class Watch {
  public:
    virtual ~Watch() = default;
    virtual bool stop() = 0;
};

// Sets up poppler for the whole process; before any fork. Reads no file but poppler's data folder.
void prepare_pages();

class PageReader final {
  public:
    enum class State : std::uint8_t { ready, encrypted, broken };

    // `bytes` must outlive the reader. Tries no password but the empty one.
    explicit PageReader(std::string_view bytes);
    ~PageReader();
    PageReader(PageReader const&) = delete;
    PageReader& operator=(PageReader const&) = delete;

    State state() const;
    int pages() const;
    // `page` from 1. `looks`: painting the page is allowed, to see what is covered.
    enum class Look : std::uint8_t { geometry, pictures };
    PageText read(int page, Look look, Watch& watch);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum::pdf
