// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/slide_text.h"

#include <cstdlib>

namespace keepmum {

namespace {

constexpr int tiny_hundredths = 200;  // 2 pt
constexpr std::int64_t far_away = 1'000'000'000'000;

std::int64_t coordinate(std::string_view text) {
    std::int64_t const value = std::strtoll(std::string(text).c_str(), nullptr, 10);
    return value > far_away ? far_away : value < -far_away ? -far_away : value;
}

bool is_shape(std::string_view name) {
    return name == "p:sp" || name == "p:pic" || name == "p:graphicFrame" || name == "p:cxnSp" || name == "p:grpSp";
}

bool is_on(std::string_view value) { return value == "1" || value == "true"; }

}  // namespace

bool SlideTextReader::is_off(Shape const& shape) const {
    if (!shape.placed || size_.width <= 0) return false;
    return shape.x + shape.width <= 0 || shape.y + shape.height <= 0 || shape.x >= size_.width || shape.y >= size_.height;
}

PartText::Stream SlideTextReader::stream() const {
    if (own_.role != Role::shown) return own_;
    bool grouped = false;
    for (Shape const& shape : shapes_) {
        if (shape.hidden) return {Role::hidden, "shape"};
        // Within a group coordinates are the group's own: only its frame tells where it stands.
        if (!grouped && is_off(shape)) return {Role::hidden, "off-page"};
        grouped = grouped || shape.group;
    }
    if (tiny_) return {Role::hidden, "tiny"};
    if (!shapes_.empty() && shapes_.back().margin) return {Role::margin, {}};
    return own_;
}

void SlideTextReader::start_shape(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    if (name.ends_with(":cNvPr")) {
        if (!shapes_.empty() && is_on(attributes["hidden"])) shapes_.back().hidden = true;
        fields_.add("Alternative text", attributes["descr"], {origin.at, 0});
        fields_.add("Title of a picture", attributes["title"], {origin.at, 0});
    } else if (name == "p:ph" && !shapes_.empty()) {
        std::string_view const type = attributes["type"];
        shapes_.back().margin = type == "ftr" || type == "hdr" || type == "dt" || type == "sldNum";
    } else if (name == "a:off" && !shapes_.empty() && !shapes_.back().placed) {
        shapes_.back().x = coordinate(attributes["x"]);
        shapes_.back().y = coordinate(attributes["y"]);
    } else if (name == "a:ext" && attributes.has("cx") && !shapes_.empty() && !shapes_.back().placed) {
        shapes_.back().width = coordinate(attributes["cx"]);
        shapes_.back().height = coordinate(attributes["cy"]);
        shapes_.back().placed = true;
    }
}

void SlideTextReader::start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    keep_words(attributes);
    catch_ = name == "a:t" || name == "p:text" || name == "m:t";
    if (is_shape(name)) {
        shapes_.emplace_back();
        shapes_.back().group = name == "p:grpSp";
    } else if (name == "p:sld") {
        std::string_view const show = attributes["show"];
        hidden_slide_ = show == "0" || show == "false";
        if (hidden_slide_ && own_.role == Role::shown) own_ = {Role::hidden, "slide"};
    } else if (name == "a:p" || name == "p:cm" || name == "p188:cm") {
        out_.next_paragraph();
    } else if (name == "a:tr") {
        ++row_;
        column_ = 0;
    } else if (name == "a:tc") {
        out_.builder(stream()).mark(Mark::What::cell, row_, ++column_);
    } else if (name == "a:br") {
        out_.end_line();
    } else if (name == "a:r" || name == "a:fld") {
        tiny_ = false;
    } else if (name == "a:rPr") {
        int const size = std::atoi(std::string(attributes["sz"]).c_str());
        tiny_ = size > 0 && size <= tiny_hundredths;
    } else if (name == "a:hlinkClick" || name == "a:hlinkHover") {
        fields_.add("Tip on a link", attributes["tooltip"], {origin.at, 0});
    } else {
        start_shape(name, attributes, origin);
    }
}

void SlideTextReader::end(std::string_view name) {
    end_stray();
    catch_ = false;
    if (is_shape(name) && !shapes_.empty()) shapes_.pop_back();
    else if (name == "a:p" || name == "p:text") out_.end_line();
}

void SlideTextReader::text(std::string_view text, XmlOrigin origin) {
    if (catch_) out_.append(stream(), text, origin);
    else keep_stray(text, origin);
}

void SlideTextReader::put(Place const& place) {
    out_.put(package_.outlet(), place);
    fields_.put(package_.outlet(), place);
}

}  // namespace keepmum
