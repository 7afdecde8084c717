// The text of one slide, its notes, layout or comments (PresentationML, ISO/IEC 29500-1 part 19).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "extract/office/part.h"

namespace keepmum {

// In EMU (914,400 to the inch); zero where unknown.
struct SlideSize {
    std::int64_t width = 0, height = 0;
};

class SlideTextReader final : public PartReader {
  public:
    SlideTextReader(Package& package, PartText::Stream own, SlideSize size) : PartReader(package), own_(own), size_(size) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override;
    void end(std::string_view name) override;
    void text(std::string_view text, XmlOrigin origin) override;
    void put(Place const& place);
    // show="0" on the slide itself.
    bool hidden_slide() const { return hidden_slide_; }

  private:
    struct Shape {
        bool hidden = false, margin = false, placed = false;
        std::int64_t x = 0, y = 0, width = 0, height = 0;
        bool group = false;
    };
    void start_shape(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin);
    PartText::Stream stream() const;
    bool is_off(Shape const& shape) const;

    PartText::Stream own_;
    SlideSize size_;
    PartText out_;
    FieldList fields_;
    std::vector<Shape> shapes_;
    bool catch_ = false, hidden_slide_ = false, tiny_ = false;
    std::int32_t row_ = 0, column_ = 0;
};

}  // namespace keepmum
