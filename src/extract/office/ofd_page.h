// The text of one OFD page, template or annotation, with the box of each text object.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/office/part.h"

namespace keepmum {

// In millimetres, from the upper left.
struct OfdBox {
    double left = 0, top = 0, width = 0, height = 0;
    bool empty() const { return width <= 0 || height <= 0; }
};

// "0 0 210 297"; an empty box where it does not parse.
OfdBox parse_ofd_box(std::string_view text);

class OfdPageReader final : public PartReader {
  public:
    OfdPageReader(Package& package, PartText::Stream own, OfdBox page) : PartReader(package), own_(own), page_(page) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override;
    void end(std::string_view name) override;
    void text(std::string_view text, XmlOrigin origin) override;
    void put(Place const& place);

  private:
    struct Unit {
        bool invisible = false, transparent = false;
    };
    enum class Catch : std::uint8_t { nothing, text, page_box, remark, parameter };

    void start_text_object(XmlAttributes const& attributes);
    PartText::Stream stream() const;

    PartText::Stream own_;
    OfdBox page_;
    PartText out_;
    FieldList fields_;
    std::vector<Unit> units_;   // of the open graphic units; blocks nest
    OfdBox box_;
    bool boxed_ = false, white_ = false, tiny_ = false, in_text_ = false;
    double baseline_ = -1, size_ = 0;
    Catch catch_ = Catch::nothing;
    std::string name_, value_;
    XmlOrigin value_origin_;
};

}  // namespace keepmum
