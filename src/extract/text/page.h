// What is gathered from an HTML page or an XML document: shown text, and apart from it what a reader would not see.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/extractor.h"
#include "format/drawing/svg.h"
#include "format/text/css.h"
#include "format/text/html.h"
#include "format/text/mapped_text.h"

namespace keepmum {

// SVG is XML of which we know what is drawn and what not.
enum class Dialect : std::uint8_t { html, xml, svg };

class Page {
  public:
    Page(std::string_view text, Dialect dialect)
        : text_(text), dialect_(dialect), markup_(dialect == Dialect::html ? Markup::html : Markup::xml) {}

    // Takes the whole page in.
    void read();

    // Puts out what was gathered. `outer` leads from the page's text to the bytes of the input.
    void put(OffsetMap const& outer, Outlet& outlet);

  private:
    struct Open {
        std::string name;
        std::string_view hidden;  // how it hides what it holds; "" where it does not
        bool coloured = false;    // has a ground of its own
        bool verbatim = false;    // pre
        bool guides = false;      // ruby
    };
    struct Hidden {
        std::string_view how;
        MappedText text;
    };
    struct Embedded {
        Span value;
        std::string media;
    };

    void take(HtmlToken const& token);
    void open_element(HtmlToken const& token);
    void close_element(std::string_view name);
    void open_xml_element(HtmlToken const& token);
    void add_field(HtmlAttribute const& attribute, std::string name);
    void take_attributes(HtmlToken const& token);
    void take_text(Span content, bool decode);
    void break_line(std::uint64_t source, char mark);
    std::string_view hiding_of(HtmlToken const& token, Open& element) const;
    MappedText& target();
    void append_decoded(MappedText& to, Span value) const;
    void put_data(OffsetMap const& outer, Embedded const& data, Outlet& outlet) const;

    void read_drawing();
    void enter_part(std::size_t at);

    std::string_view text_;
    Dialect dialect_;
    Markup markup_;
    std::vector<SvgPart> parts_;  // of a drawing, and the one in which reading stands
    std::size_t next_part_ = 0;
    SvgPart const* part_ = nullptr;
    bool after_tag_ = false;  // nothing but blanks since the last tag
    std::vector<Open> open_;
    std::vector<std::pair<std::string, std::string_view>> selectors_;
    MappedText shown_, guides_;
    std::vector<Hidden> hidden_;
    MappedText comments_;
    MappedText told_;  // of a drawing: what is said about it
    MappedText links_;
    MappedText fields_;
    std::vector<Mark> field_marks_;
    std::vector<std::string> field_names_;
    std::vector<Embedded> data_;
};

}  // namespace keepmum
