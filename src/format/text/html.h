// A tokenizer for HTML, after the states of the WHATWG standard, section 13.2.5.
//
// XML is read by the same states with its own ends for instructions and declarations.
// It makes no tree: what a page gives away needs tags, text, comments and attributes in their order,
// and a tree builder is where parsers of hostile HTML go wrong. Linear, without recursion. A tag that
// never ends is text, so nothing is lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

struct HtmlAttribute {
    std::string name;  // lower-case
    Span value;        // as it stands, references not decoded; empty where there is none
};

struct HtmlToken {
    enum class What : std::uint8_t {
        text,       // references to be decoded
        raw,        // contents of script, style and their like: nothing to decode
        start_tag,
        end_tag,
        comment,    // also <!…> other than DOCTYPE, and <?…>
        doctype,      // with the internal subset of XML
    };
    What what = What::text;
    Span whole;    // in the input
    Span content;  // of text and comments: without the marks around them
    std::string name;  // of tags, lower-case; of raw text: the element that holds it
    std::vector<HtmlAttribute> attributes;
};

enum class Markup : std::uint8_t { html, xml };

class HtmlTokenizer {
  public:
    explicit HtmlTokenizer(std::string_view input, Markup markup = Markup::html) : input_(input), markup_(markup) {}

    // Fills `token` with the next one; false at the end. Tokens cover the input without gaps.
    bool next(HtmlToken& token);

  private:
    bool read_markup(HtmlToken& token);
    bool read_tag(HtmlToken& token);
    bool read_declaration(HtmlToken& token);
    bool read_attribute(std::size_t& at, HtmlToken& token);
    void read_raw(HtmlToken& token);
    void finish(HtmlToken& token, HtmlToken::What what, Span content, std::size_t end);

    std::string_view input_;
    Markup markup_;
    std::size_t at_ = 0;
    std::string raw_element_;  // set behind a start tag whose contents are raw
};

}  // namespace keepmum
