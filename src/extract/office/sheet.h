// One worksheet of a workbook, read as a stream: rows of a million cells stay cheap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "extract/office/cells.h"
#include "extract/office/part.h"
#include "format/ooxml/cell_format.h"

namespace keepmum {

// xl/sharedStrings.xml: the texts that cells point to by number.
struct SharedStrings {
    std::vector<std::string> texts;
    std::vector<std::uint32_t> uses;  // how many cells have shown it
};

class SheetReader final : public PartReader {
  public:
    SheetReader(Package& package, SharedStrings& strings, CellStyles const& styles, Epoch epoch, PartText::Stream own)
        : PartReader(package), strings_(strings), styles_(styles), epoch_(epoch), own_(own) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override;
    void end(std::string_view name) override;
    void text(std::string_view text, XmlOrigin origin) override;
    bool enough() const override;

    void put(Place const& place);

  private:
    struct Columns {
        std::int32_t first = 0, last = 0;
    };
    enum class Catch : std::uint8_t { nothing, value, formula, margin };

    void start_cell(XmlAttributes const& attributes);
    void end_cell();
    void end_formula();
    std::string cell_text();
    PartText::Stream stream_of_cell() const;

    SharedStrings& strings_;
    CellStyles const& styles_;
    Epoch epoch_;
    PartText::Stream own_;
    CellContent cells_;
    PartText around_;  // headers, footers, formulas
    std::vector<Columns> hidden_columns_;
    Catch catch_ = Catch::nothing;
    bool hidden_row_ = false;
    std::int32_t row_ = 0, column_ = 0;
    std::string type_;
    CellStyle style_;
    std::string value_, formula_;
    XmlOrigin value_origin_, formula_origin_;
};

}  // namespace keepmum
