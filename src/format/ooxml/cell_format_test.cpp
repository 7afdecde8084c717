// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/ooxml/cell_format.h"

namespace keepmum {
namespace {

std::string shown(std::string_view value, std::string_view code) { return shown_number(value, shape_of_format(code), Epoch::y1900); }

TEST(CellFormat, ShowsDatesAsAPersonSeesThem) {
    EXPECT_EQ(shown("45000", "yyyy\\-mm\\-dd"), "2023-03-15");
    EXPECT_EQ(shown("1", "d/m/yy"), "1900-01-01");
    EXPECT_EQ(shown("61", "d/m/yy"), "1900-03-01");
    EXPECT_EQ(shown("45000.5", "[$-409]d\\-mmm\\-yy h:mm"), "2023-03-15 12:00:00");
    EXPECT_EQ(shown("0.25", "h:mm:ss"), "06:00:00");
    EXPECT_EQ(shown_number("0", {CellStyle::Shape::date}, Epoch::y1904), "1904-01-01");
    EXPECT_EQ(shown("45000", "0.00"), "45000");
    EXPECT_EQ(shown("45000", "General"), "45000");
    EXPECT_EQ(shown("45000", "\"day \"0"), "45000");
}

TEST(CellFormat, KeepsNumbersReadable) {
    EXPECT_EQ(shown("1.3800138E10", "General"), "13800138000");
    EXPECT_EQ(shown("42", "000000"), "000042");
    EXPECT_EQ(shown("1e300", "General"), "1e+300");
    EXPECT_EQ(shown("nan", "General"), "nan");
    EXPECT_EQ(shown("12a", "General"), "12a");
    EXPECT_EQ(shape_of_format(";;;").shape, CellStyle::Shape::nothing);
}

TEST(CellFormat, ParsesAddresses) {
    EXPECT_EQ(parse_cell("BC12").row, 12);
    EXPECT_EQ(parse_cell("BC12").column, 55);
    EXPECT_EQ(parse_cell("XFD1048576").column, 16'384);
    EXPECT_EQ(parse_cell("ZZZZZZ1").column, 0);
    EXPECT_EQ(parse_cell("A99999999999").row, 0);
    EXPECT_EQ(parse_cell("A1:B2").row, 0);
}

TEST(CellFormat, StripsLayoutCodes) {
    EXPECT_EQ(margin_words("&C&\"Arial,Bold\"&12SECRET &amp&R&KFF0000x"), "\nSECRET mp\nx");
    EXPECT_EQ(margin_words("&"), "&");
    EXPECT_EQ(margin_words("&\"unclosed"), "");
}

}  // namespace
}  // namespace keepmum
