// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/sheet.h"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::size_t most_column_ranges = 16'384;

// A million cells may share one text of 32,000 letters. It is given whole a few times, which is enough
// to find what it says; from then on its beginning stands for it.
constexpr std::uint32_t full_repeats = 16;
constexpr std::size_t long_text = 200;

int to_int(std::string_view text) { return std::atoi(std::string(text).c_str()); }
bool is_on(std::string_view value) { return value == "1" || value == "true"; }
bool is_zero_size(std::string_view value) { return !value.empty() && std::strtod(std::string(value).c_str(), nullptr) <= 0; }

bool is_margin(std::string_view name) {
    return name == "x:oddHeader" || name == "x:oddFooter" || name == "x:evenHeader" || name == "x:evenFooter" ||
           name == "x:firstHeader" || name == "x:firstFooter";
}

// Formulas that fetch from outside the workbook, or start a program.
bool reaches_out(std::string_view formula) {
    std::string const upper = ascii_upper(formula);
    for (std::string_view word : {"://", "HYPERLINK", "WEBSERVICE", "[", "|", "\\\\", "IMPORTDATA", "RTD("})
        if (upper.find(word) != std::string::npos) return true;
    return false;
}

void grow(std::string& text, XmlOrigin& origin, std::string_view more, XmlOrigin at) {
    if (text.empty()) origin = at;
    origin.size = at.at + at.size - origin.at;
    text.append(more);
}

}  // namespace

bool SheetReader::enough() const { return PartReader::enough() || cells_.size() > package_.remaining(); }

void SheetReader::start_cell(XmlAttributes const& attributes) {
    CellAddress const address = parse_cell(attributes["r"]);
    column_ = address.column > 0 ? address.column : column_ + 1;
    if (address.row > 0) row_ = address.row;
    type_ = attributes["t"];
    style_ = styles_.at(static_cast<std::size_t>(to_int(attributes["s"])));
    value_.clear();
    formula_.clear();
}

void SheetReader::start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) {
    catch_ = Catch::nothing;
    if (name == "x:c") return start_cell(attributes);
    if (name == "x:v" || name == "x:t") {
        catch_ = Catch::value;
    } else if (name == "x:f") {
        catch_ = Catch::formula;
        keep_words(attributes);
    } else if (name == "x:row") {
        int const number = to_int(attributes["r"]);
        row_ = number > 0 ? number : row_ + 1;
        column_ = 0;
        hidden_row_ = is_on(attributes["hidden"]) || is_zero_size(attributes["ht"]);
    } else if (name == "x:col") {
        if ((is_on(attributes["hidden"]) || is_zero_size(attributes["width"])) && hidden_columns_.size() < most_column_ranges)
            hidden_columns_.push_back({to_int(attributes["min"]), to_int(attributes["max"])});
    } else {
        if (is_margin(name)) catch_ = Catch::margin;
        keep_words(attributes);
    }
}

std::string SheetReader::cell_text() {
    if (type_ == "s") {
        std::size_t const index = static_cast<std::size_t>(std::strtoul(value_.c_str(), nullptr, 10));
        if (index >= strings_.texts.size()) return value_;
        std::string const& text = strings_.texts[index];
        bool const again = strings_.uses[index]++ >= full_repeats && text.size() > long_text;
        return again ? text.substr(0, valid_utf8_prefix(std::string_view(text).substr(0, long_text))) : text;
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : value_ == "0" ? "FALSE" : value_;
    if (type_.empty() || type_ == "n") return shown_number(value_, style_, epoch_);
    return value_;
}

PartText::Stream SheetReader::stream_of_cell() const {
    if (own_.role == Role::hidden) return own_;
    if (hidden_row_) return {Role::hidden, "row"};
    for (Columns const& range : hidden_columns_)
        if (column_ >= range.first && column_ <= range.last) return {Role::hidden, "column"};
    if (style_.shape == CellStyle::Shape::nothing) return {Role::hidden, "format"};
    if (style_.white) return {Role::hidden, "white"};
    return own_;
}

void SheetReader::end_cell() {
    if (!value_.empty()) cells_.add(stream_of_cell(), row_, column_, cell_text(), value_origin_);
    value_.clear();
}

void SheetReader::end_formula() {
    if (formula_.empty()) return;
    PartText::Stream const stream{reaches_out(formula_) ? Role::link : Role::markup, {}};
    TextBuilder& text = around_.builder(stream);
    text.separate('\n');
    text.mark(Mark::What::cell, row_, column_);
    text.append(formula_, formula_origin_);
    formula_.clear();
}

void SheetReader::end(std::string_view name) {
    catch_ = Catch::nothing;
    if (name == "x:c") end_cell();
    else if (name == "x:f") end_formula();
    else if (is_margin(name)) {
        around_.append({Role::margin, {}}, margin_words(value_), value_origin_);
        around_.end_line();
        value_.clear();
    }
}

void SheetReader::text(std::string_view text, XmlOrigin origin) {
    switch (catch_) {
        case Catch::value:
        case Catch::margin: grow(value_, value_origin_, text, origin); break;
        case Catch::formula: grow(formula_, formula_origin_, text, origin); break;
        case Catch::nothing: words_.add(text); break;
    }
}

void SheetReader::put(Place const& place) {
    if (cells_.size() > package_.remaining())
        package_.outlet().gap({place, Cause::too_big, Stage::extract, cells_.size(), "", "its cells say more than the budget allows"});
    cells_.put(package_.outlet(), place);
    around_.put(package_.outlet(), place);
}

}  // namespace keepmum
