// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/odf_text.h"

#include <algorithm>
#include <cstdlib>

namespace keepmum {

namespace {

constexpr std::size_t most_column_ranges = 16'384;
constexpr std::int32_t most_repeats = 1 << 24;  // rows or columns that one element may stand for
constexpr int most_blanks = 1000;               // that one text:s may stand for

std::int32_t repeats(std::string_view value) {
    int const count = std::atoi(std::string(value).c_str());
    return std::clamp(count, 1, most_repeats);
}

bool reaches_out(std::string_view target) {
    return target.find(':') != std::string_view::npos || target.starts_with("../") || target.starts_with('/') ||
           target.find('\\') != std::string_view::npos;
}

bool is_margin(std::string_view name) {
    return name == "style:header" || name == "style:footer" || name == "style:header-left" || name == "style:footer-left" ||
           name == "style:header-first" || name == "style:footer-first" || name == "style:master-page" ||
           name == "style:region-left" || name == "style:region-center" || name == "style:region-right";
}

}  // namespace

// Which stream the words within belong to.
void OdfTextReader::start_context(std::string_view name, XmlAttributes const& attributes, Frame& frame) {
    if (name == "office:annotation") frame.stream = {Role::comment, {}};
    else if (name == "text:note" || name == "text:ruby-text") frame.stream = {Role::note, {}};
    else if (name == "presentation:notes") frame.stream = {Role::note, {}};
    else if (name == "text:deletion") frame.stream = {Role::deleted, {}};
    else if (name == "table:tracked-changes") frame.stream = {Role::earlier, {}};
    else if (is_margin(name)) frame.stream = {Role::margin, {}};
    else if (name == "text:section" && attributes["text:display"] != "" && attributes["text:display"] != "true")
        frame.stream = {Role::hidden, "section"};
    else if (name == "text:hidden-paragraph" && attributes["text:is-hidden"] == "true") frame.stream = {Role::hidden, "vanish"};
    else if (name == "draw:page") {
        put_page();
        on_page_ = true;
        page_ = place_.with(How::slide, std::to_string(++page_number_));
        if (styles_.hides_page(attributes["draw:style-name"])) frame.stream = {Role::hidden, "slide"};
    }
    if (attributes["draw:display"] == "none") frame.stream = {Role::hidden, "shape"};
    if (name == "office:annotation" || name == "text:note" || name == "text:ruby-text" || name == "text:deletion") {
        frame.look = {};
        frame.in_cell = false;
    }
}

void OdfTextReader::start_text(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin, Frame& frame) {
    XmlOrigin const spot{origin.at, 0};
    if (name == "text:p" || name == "text:h") {
        // A note or remark stands within a paragraph, which goes on behind it.
        if (frame.writes) out_.builder(frame.stream).separate('\n');
        else if (!frame.in_cell) out_.next_paragraph();
        else if (!cell_.empty()) cell_.push_back(' ');
        frame.writes = true;
        frame.look = styles_.look("paragraph", attributes["text:style-name"]);
    } else if (name == "text:span") {
        frame.look.overlay(styles_.look("text", attributes["text:style-name"]));
    } else if (name == "text:s") {
        say(std::string(static_cast<std::size_t>(std::min(repeats(attributes["text:c"]), most_blanks)), ' '), spot);
    } else if (name == "text:tab" || name == "text:tab-stop") {
        say("\t", spot);
    } else if (name == "text:line-break") {
        say("\n", spot);
    } else if (name == "text:hidden-text") {
        out_.append({Role::hidden, "vanish"}, attributes["text:string-value"], spot);
        frame.writes = false;
    } else if (name == "text:change-start") {
        inserted_ += insertions_.contains(attributes["text:change-id"]);
    } else if (name == "text:change-end") {
        inserted_ -= inserted_ > 0 && insertions_.contains(attributes["text:change-id"]);
    }
}

void OdfTextReader::start_change(std::string_view name, XmlAttributes const& attributes) {
    if (name == "text:changed-region") region_ = attributes.has("text:id") ? attributes["text:id"] : attributes["xml:id"];
    else if (name == "text:insertion") insertions_.insert(region_);
}

void OdfTextReader::start_table(std::string_view name, XmlAttributes const& attributes, Frame& frame) {
    if (name == "office:spreadsheet") {
        spreadsheet_ = true;
    } else if (!spreadsheet_) {
        // Tables in running text: cells parted by tabs, rows by line ends.
        if (name == "table:table-cell") out_.builder(frame.stream).separate('\t');
    } else if (name == "table:table") {
        put_page();
        page_ = place_.with(How::sheet, std::string(attributes["table:name"]));
        next_row_ = next_column_ = table_column_ = 1;
        hidden_columns_.clear();
        if (styles_.hides_table(attributes["table:style-name"])) frame.stream = {Role::hidden, "sheet"};
    } else if (name == "table:table-column") {
        std::int32_t const count = repeats(attributes["table:number-columns-repeated"]);
        bool const hidden = attributes["table:visibility"] == "collapse" || attributes["table:visibility"] == "filter";
        if (hidden && hidden_columns_.size() < most_column_ranges) hidden_columns_.push_back({table_column_, table_column_ + count - 1});
        table_column_ = std::min(table_column_ + count, most_repeats);
    } else if (name == "table:table-row") {
        row_ = next_row_;
        next_row_ = std::min(next_row_ + repeats(attributes["table:number-rows-repeated"]), most_repeats);
        next_column_ = 1;
        hidden_row_ = attributes["table:visibility"] == "collapse" || attributes["table:visibility"] == "filter";
    } else if (name == "table:table-cell" || name == "table:covered-table-cell") {
        column_ = next_column_;
        next_column_ = std::min(next_column_ + repeats(attributes["table:number-columns-repeated"]), most_repeats);
        frame.in_cell = true;
        cell_.clear();
    }
}

void OdfTextReader::start_field(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin, Frame& frame) {
    frame.catches = true;
    field_.clear();
    if (name == "svg:title" || name == "svg:desc") field_ = "Alternative text";
    else if (name == "meta:user-defined") field_ = attributes["meta:name"];
    else if (name == "config:config-item") {
        std::string_view const item = attributes["config:name"];
        if (item.find("Printer") != std::string_view::npos && item != "PrinterSetup") field_ = item;
    } else if (name.starts_with("dc:") || name.starts_with("meta:")) field_ = name.substr(name.find(':') + 1);
    if (field_.empty()) frame.catches = false;
    if (name == "meta:template") fields_.add("template", attributes["xlink:title"], {origin.at, 0});
    value_.clear();
}

void OdfTextReader::keep_link(XmlAttributes const& attributes, XmlOrigin origin) {
    std::string_view const target = attributes["xlink:href"];
    if (!reaches_out(target)) return;
    links_.append(target, {origin.at, 0});
    links_.separate('\n');
}

void OdfTextReader::start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    styles_.start(name, attributes);
    keep_words(attributes);
    keep_link(attributes, origin);
    Frame frame = frames_.back();
    start_context(name, attributes, frame);
    start_change(name, attributes);
    start_table(name, attributes, frame);
    start_text(name, attributes, origin, frame);
    start_field(name, attributes, origin, frame);
    frames_.push_back(std::move(frame));
}

PartText::Stream OdfTextReader::cell_stream() const {
    PartText::Stream const own = frames_.back().stream;
    if (own.role != Role::shown) return own;
    if (hidden_row_) return {Role::hidden, "row"};
    for (Columns const& range : hidden_columns_)
        if (column_ >= range.first && column_ <= range.last) return {Role::hidden, "column"};
    return own;
}

void OdfTextReader::end_cell() {
    if (!cell_.empty()) cells_.add(cell_stream(), row_, column_, cell_, cell_origin_);
    cell_.clear();
}

void OdfTextReader::end(std::string_view name) {
    end_stray();
    styles_.end(name);
    Frame const frame = std::move(frames_.back());
    if (frames_.size() > 1) frames_.pop_back();
    if (frame.catches && !frames_.back().catches) {
        fields_.add(field_, value_, value_origin_);
        value_.clear();
    }
    if (name == "text:p" || name == "text:h") {
        if (frames_.back().writes) out_.builder(frame.stream).separate('\n');
        else out_.end_line();
    } else if (name == "text:ruby-text") out_.builder(frame.stream).separate('\n');
    else if (name == "table:table-row") out_.end_line();
    else if (frame.in_cell && (name == "table:table-cell" || name == "table:covered-table-cell")) end_cell();
    else if ((spreadsheet_ && name == "table:table") || name == "draw:page") put_page();
}

void OdfTextReader::say(std::string_view text, XmlOrigin origin) {
    Frame const& frame = frames_.back();
    if (!frame.writes) return;
    if (frame.in_cell) {
        if (cell_.empty()) cell_origin_ = origin;
        cell_origin_.size = origin.at + origin.size - cell_origin_.at;
        cell_.append(text);
        return;
    }
    PartText::Stream stream = frame.stream;
    std::string_view const reason = frame.look.hidden();
    // On slides white letters mostly stand on dark grounds, which are not followed here.
    if (stream.role == Role::shown && !reason.empty() && !(on_page_ && reason == "white")) stream = {Role::hidden, reason};
    out_.append(stream, text, origin);
    if (inserted_ > 0 && stream.role != Role::deleted) out_.append({Role::inserted, {}}, text, origin);
}

void OdfTextReader::text(std::string_view text, XmlOrigin origin) {
    Frame const& frame = frames_.back();
    if (frame.catches) {
        if (value_.empty()) value_origin_ = origin;
        value_origin_.size = origin.at + origin.size - value_origin_.at;
        value_.append(text);
    } else if (frame.writes) {
        say(text, origin);
    } else {
        keep_stray(text, origin);
    }
}

void OdfTextReader::put_page() {
    Place const& place = page_.steps.empty() ? place_ : page_;
    out_.put(package_.outlet(), place);
    cells_.put(package_.outlet(), place);
    page_ = {};
    on_page_ = false;
}

void OdfTextReader::put() {
    put_page();
    fields_.put(package_.outlet(), place_);
    if (!links_.empty()) package_.outlet().put(links_.finish(place_, Role::link));
}

}  // namespace keepmum
