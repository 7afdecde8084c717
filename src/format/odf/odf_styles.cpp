// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/odf/odf_styles.h"

#include <cstdlib>
#include <vector>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr int longest_chain = 32;

std::string key_of(std::string_view family, std::string_view style) {
    return std::string(family) + " " + std::string(style);
}

std::string colour_of(std::string_view value) {
    if (value.starts_with('#')) return ascii_upper(value.substr(1));
    return value.empty() || value == "transparent" ? "AUTO" : "PATTERN";
}

void read_look(XmlAttributes const& attributes, WordLook& look) {
    if (attributes["text:display"] == "none") look.vanish = true;
    else if (attributes["text:display"] == "true") look.vanish = false;
    bool const automatic = attributes["style:use-window-font-color"] == "true";
    if (automatic) look.color = "AUTO";
    else if (attributes.has("fo:color")) look.color = colour_of(attributes["fo:color"]);
    if (attributes.has("fo:background-color")) look.fill = colour_of(attributes["fo:background-color"]);
    std::string_view const size = attributes["fo:font-size"];
    if (size.ends_with("pt")) look.size = static_cast<int>(2 * std::strtod(std::string(size).c_str(), nullptr));
}

}  // namespace

void OdfStyles::start(std::string_view name, XmlAttributes const& attributes) {
    if (name == "style:style" || name == "style:default-style") {
        open_ = key_of(attributes["style:family"], attributes["style:name"]);
        styles_[open_] = Style{std::string(attributes["style:parent-style-name"]), {}, false};
        return;
    }
    if (open_.empty() || !name.starts_with("style:")) return;
    Style& style = styles_[open_];
    if (name == "style:text-properties" || name == "style:paragraph-properties" || name == "style:properties")
        read_look(attributes, style.look);
    if (attributes["table:display"] == "false" || attributes["presentation:visibility"] == "hidden") style.hidden = true;
}

void OdfStyles::end(std::string_view name) {
    if (name == "style:style" || name == "style:default-style") open_.clear();
}

OdfStyles::Style const* OdfStyles::find(std::string_view family, std::string_view style) const {
    auto const found = styles_.find(key_of(family, style));
    return found == styles_.end() ? nullptr : &found->second;
}

WordLook OdfStyles::look(std::string_view family, std::string_view style) const {
    std::vector<Style const*> chain;
    for (int i = 0; i < longest_chain && !style.empty(); ++i) {
        Style const* const found = find(family, style);
        if (!found) break;
        chain.push_back(found);
        style = found->parent;
    }
    WordLook look;
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) look.overlay((*at)->look);
    return look;
}

bool OdfStyles::hides_table(std::string_view style) const {
    Style const* const found = find("table", style);
    return found && found->hidden;
}

bool OdfStyles::hides_page(std::string_view style) const {
    Style const* const found = find("drawing-page", style);
    return found && found->hidden;
}

}  // namespace keepmum
