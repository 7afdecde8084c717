// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/cells.h"

#include <algorithm>

namespace keepmum {

namespace {

constexpr std::int32_t most_tabs = 64;         // for cells far apart; their marks tell where they really are
constexpr std::int32_t most_headings = 16'384;
constexpr std::size_t longest_heading = 200;   // bytes; a longer one is no name

}  // namespace

void CellContent::add(PartText::Stream stream, std::int32_t row, std::int32_t column, std::string_view text, XmlOrigin origin) {
    if (text.empty()) return;
    Sheet& sheet = sheets_[stream];
    if (sheet.row != row) {
        if (sheet.row != 0) sheet.text.separate_now('\n');
        else sheet.first_row = row;
        sheet.row = row;
        sheet.column = 1;
    }
    for (std::int32_t i = std::min(most_tabs, column - sheet.column); i > 0; --i) {
        if (sheet.text.empty()) break;
        sheet.text.separate_now('\t');
    }
    sheet.column = column;
    sheet.text.mark(Mark::What::cell, row, column);
    std::string flat;
    if (text.find_first_of("\t\n\r") != std::string_view::npos) {
        flat = text;
        std::replace_if(flat.begin(), flat.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        text = flat;
    }
    sheet.text.append(text, origin);
    size_ += text.size() + 1;
    if (row == sheet.first_row && column >= 1 && column <= most_headings && text.size() <= longest_heading) {
        if (sheet.headings.size() < static_cast<std::size_t>(column)) sheet.headings.resize(static_cast<std::size_t>(column));
        sheet.headings[static_cast<std::size_t>(column) - 1] = text;
    }
}

void CellContent::put(Outlet& outlet, Place const& place) {
    for (auto& [stream, sheet] : sheets_) {
        if (sheet.text.empty()) continue;
        Evidence evidence = sheet.text.finish(place, stream.role, std::string(stream.reason), Kind::records);
        evidence.names = std::move(sheet.headings);
        outlet.put(std::move(evidence));
    }
    *this = CellContent();
}

}  // namespace keepmum
