// How a spreadsheet shows the number in a cell: dates, padded codes, and formats that show nothing
// (ISO/IEC 29500-1, 18.8.30 and 18.17.4).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

enum class Epoch : std::uint8_t { y1900, y1904 };

// What a cell style means for reading; index = the `s` of a cell.
struct CellStyle {
    enum class Shape : std::uint8_t { plain, date, time, moment, padded, nothing };
    Shape shape = Shape::plain;
    std::uint8_t digits = 0;  // padded: how many
    bool white = false;       // white letters on no ground
};

struct CellStyles {
    std::vector<CellStyle> styles;
    CellStyle at(std::size_t index) const { return index < styles.size() ? styles[index] : CellStyle{}; }
};

CellStyles read_cell_styles(std::string_view styles_xml);

// Shape of a format code such as "yyyy\-mm\-dd" or "000000".
CellStyle shape_of_format(std::string_view code);

// The number `value` (as the file writes it) as a person sees it: dates as YYYY-MM-DD and hh:mm:ss, whole
// numbers without exponent, codes with their zeros. What is no number comes back as it is.
std::string shown_number(std::string_view value, CellStyle style, Epoch epoch);

// "BC12" → row 12, column 55. Zero where the reference does not parse.
struct CellAddress {
    std::int32_t row = 0, column = 0;
};
CellAddress parse_cell(std::string_view reference);

// The words of a header or footer without its layout codes ("&C&\"Arial,Bold\"&12Secret" → "Secret").
std::string margin_words(std::string_view codes);

}  // namespace keepmum
