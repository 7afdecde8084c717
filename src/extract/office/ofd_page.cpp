// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ofd_page.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace keepmum {

namespace {

constexpr double tiny_millimetres = 0.7;              // 2 pt
constexpr double hundredths = 100 * 72 / 25.4;        // of a point in a millimetre
constexpr double farthest = 100'000;                  // millimetres; keeps marks within their integers

double number(std::string_view text) {
    double const value = std::strtod(std::string(text.substr(0, 64)).c_str(), nullptr);
    return std::isfinite(value) ? std::clamp(value, -farthest, farthest) : 0;
}

std::int32_t to_mark(double millimetres) { return static_cast<std::int32_t>(millimetres * hundredths); }

bool is_unit(std::string_view name) {
    return name == "ofd:TextObject" || name == "ofd:PathObject" || name == "ofd:ImageObject" || name == "ofd:PageBlock" ||
           name == "ofd:CompositeObject" || name == "ofd:Layer" || name == "ofd:Annot" || name == "ofd:Appearance";
}

bool is_white(std::string_view value) { return value == "255 255 255" || value == "#FF #FF #FF" || value == "#ff #ff #ff"; }

}  // namespace

OfdBox parse_ofd_box(std::string_view text) {
    double values[4] = {};
    for (double& value : values) {
        std::size_t const begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return {};
        text.remove_prefix(begin);
        std::size_t const end = std::min(text.find_first_of(" \t\r\n"), text.size());
        value = number(text.substr(0, end));
        text.remove_prefix(end);
    }
    return {values[0], values[1], values[2], values[3]};
}

PartText::Stream OfdPageReader::stream() const {
    if (own_.role != Role::shown && own_.role != Role::margin) return own_;
    for (Unit const& unit : units_) {
        if (unit.invisible) return {Role::hidden, "invisible"};
        if (unit.transparent) return {Role::hidden, "transparent"};
    }
    bool const off = !page_.empty() && boxed_ && !box_.empty() &&
                     (box_.left + box_.width <= page_.left || box_.top + box_.height <= page_.top ||
                      box_.left >= page_.left + page_.width || box_.top >= page_.top + page_.height);
    if (off) return {Role::hidden, "off-page"};
    if (white_) return {Role::hidden, "white"};
    if (tiny_) return {Role::hidden, "tiny"};
    return own_;
}

void OfdPageReader::start_text_object(XmlAttributes const& attributes) {
    in_text_ = true;
    white_ = false;
    boxed_ = attributes.has("Boundary");
    box_ = parse_ofd_box(attributes["Boundary"]);
    size_ = number(attributes["Size"]);
    tiny_ = size_ > 0 && size_ <= tiny_millimetres;
}

void OfdPageReader::start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    keep_words(attributes);
    catch_ = Catch::nothing;
    value_.clear();
    if (is_unit(name)) units_.push_back({attributes["Visible"] == "false", attributes["Alpha"] == "0"});
    if (name == "ofd:TextObject") {
        start_text_object(attributes);
    } else if (name == "ofd:FillColor" && in_text_) {
        white_ = is_white(attributes["Value"]);
        if (attributes["Alpha"] == "0" && !units_.empty()) units_.back().transparent = true;
    } else if (name == "ofd:TextCode") {
        catch_ = Catch::text;
        double const baseline = box_.top + number(attributes["Y"]);
        TextBuilder& builder = out_.builder(stream());
        // Text objects of one line follow each other without a break.
        if (std::fabs(baseline - baseline_) > std::max(0.5, size_ / 2)) builder.separate('\n');
        baseline_ = baseline;
        builder.mark(Mark::What::box, to_mark(box_.left), to_mark(box_.top), to_mark(box_.width), to_mark(box_.height));
    } else if (name == "ofd:PhysicalBox" || name == "ofd:ApplicationBox") {
        catch_ = name == "ofd:PhysicalBox" ? Catch::page_box : Catch::nothing;
    } else if (name == "ofd:Annot") {
        fields_.add("Author of a comment", attributes["Creator"], {origin.at, 0});
        fields_.add("Date of a comment", attributes["LastModDate"], {origin.at, 0});
    } else if (name == "ofd:Remark") {
        catch_ = Catch::remark;
        out_.builder({Role::comment, {}}).separate('\n');
    } else if (name == "ofd:Parameter") {
        catch_ = Catch::parameter;
        name_ = attributes["Name"];
    }
}

void OfdPageReader::end(std::string_view name) {
    end_stray();
    if (catch_ == Catch::page_box) page_ = parse_ofd_box(value_);
    else if (catch_ == Catch::parameter) fields_.add("Annotation " + name_, value_, value_origin_);
    catch_ = Catch::nothing;
    value_.clear();
    if (is_unit(name) && !units_.empty()) units_.pop_back();
    if (name == "ofd:TextObject") in_text_ = white_ = tiny_ = boxed_ = false;
}

void OfdPageReader::text(std::string_view text, XmlOrigin origin) {
    switch (catch_) {
        case Catch::text: out_.append(stream(), text, origin); break;
        case Catch::remark: out_.append({Role::comment, {}}, text, origin); break;
        case Catch::page_box:
        case Catch::parameter:
            if (value_.empty()) value_origin_ = origin;
            value_origin_.size = origin.at + origin.size - value_origin_.at;
            value_.append(text);
            break;
        case Catch::nothing: keep_stray(text, origin); break;
    }
}

void OfdPageReader::put(Place const& place) {
    out_.put(package_.outlet(), place);
    fields_.put(package_.outlet(), place);
}

}  // namespace keepmum
