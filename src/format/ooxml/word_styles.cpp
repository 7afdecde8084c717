// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/ooxml/word_styles.h"

#include <cstdlib>
#include <vector>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr int tiny_half_points = 4;  // 2 pt: nobody reads that on a page
constexpr int longest_chain = 32;    // of styles based on styles; a cycle ends here too

}  // namespace

class WordStylesReader final : public XmlHandler {
  public:
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        if (name == "w:style") {
            id_ = attributes["w:styleId"];
            style_ = {};
            if (attributes["w:type"] == "paragraph" && word_default(attributes)) styles.default_paragraph_ = id_;
            in_style_ = true;
        } else if (name == "w:docDefaults") {
            in_defaults_ = true;
        } else if (name == "w:tblStylePr") {
            ++conditional_;
        } else if (conditional_ == 0) {
            if (in_style_ && name == "w:basedOn") style_.base = attributes["w:val"];
            else if (in_style_) style_.look.apply(name, attributes);
            else if (in_defaults_) styles.defaults_.apply(name, attributes);
        }
    }
    void end(std::string_view name) override {
        if (name == "w:style" && in_style_) {
            styles.styles_.emplace(id_, std::move(style_));
            in_style_ = false;
        } else if (name == "w:docDefaults") {
            in_defaults_ = false;
        } else if (name == "w:tblStylePr" && conditional_ > 0) {
            --conditional_;
        }
    }
    void text(std::string_view, XmlOrigin) override {}
    void aside(std::string_view, XmlOrigin) override {}

    WordStyles styles;

  private:
    static bool word_default(XmlAttributes const& attributes) {
        std::string_view const value = attributes["w:default"];
        return value == "1" || value == "true" || value == "on";
    }
    std::string id_;
    WordStyles::Style style_;
    bool in_style_ = false, in_defaults_ = false;
    int conditional_ = 0;
};

bool word_toggle(XmlAttributes const& attributes) {
    std::string_view const value = attributes["w:val"];
    return !(value == "0" || value == "false" || value == "off");
}

void WordLook::overlay(WordLook const& closer) {
    if (closer.vanish) vanish = closer.vanish;
    if (closer.color) color = closer.color;
    if (closer.fill) fill = closer.fill;
    if (closer.size) size = closer.size;
}

void WordLook::apply(std::string_view element, XmlAttributes const& attributes) {
    if (element == "w:vanish") {
        vanish = word_toggle(attributes);
    } else if (element == "w:color") {
        std::string_view const theme = attributes["w:themeColor"];
        bool const shaded = attributes.has("w:themeShade") || attributes.has("w:themeTint");
        if ((theme == "background1" || theme == "light1") && !shaded) color = "FFFFFF";
        else color = ascii_upper(attributes["w:val"]);
    } else if (element == "w:shd") {
        std::string_view const pattern = attributes["w:val"];
        bool const patterned = pattern != "clear" && pattern != "nil" && !pattern.empty();
        fill = patterned || attributes.has("w:themeFill") ? std::string("PATTERN") : ascii_upper(attributes["w:fill"]);
    } else if (element == "w:highlight") {
        if (attributes["w:val"] != "none") fill = "HIGHLIGHT";
    } else if (element == "w:sz") {
        size = std::atoi(std::string(attributes["w:val"]).c_str());
    }
}

std::string_view WordLook::hidden() const {
    if (vanish.value_or(false)) return "vanish";
    if (size && *size > 0 && *size <= tiny_half_points) return "tiny";
    std::string const ink = color.value_or("AUTO");
    std::string const ground = fill.value_or("");
    bool const plain = ground.empty() || ground == "AUTO" || ground == "FFFFFF";
    if (ink == "FFFFFF" && plain) return "white";
    if (ink != "AUTO" && ink == ground) return "same-colour";
    return {};
}

WordStyles WordStyles::read(std::string_view xml) {
    WordStylesReader reader;
    (void)read_xml(xml, reader);
    return std::move(reader.styles);
}

WordLook WordStyles::inherited(std::string_view style) const {
    std::vector<Style const*> chain;
    for (int i = 0; i < longest_chain; ++i) {
        auto const found = styles_.find(style);
        if (found == styles_.end()) break;
        chain.push_back(&found->second);
        style = found->second.base;
    }
    WordLook look;
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) look.overlay((*at)->look);
    return look;
}

WordLook WordStyles::look(std::string_view paragraph_style, std::string_view run_style) const {
    WordLook look = defaults_;
    look.overlay(inherited(paragraph_style.empty() ? default_paragraph_ : paragraph_style));
    if (!run_style.empty()) look.overlay(inherited(run_style));
    return look;
}

}  // namespace keepmum
