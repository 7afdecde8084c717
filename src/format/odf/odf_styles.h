// Styles of an OpenDocument file (OASIS ODF 1.3 part 3, 16), as far as they decide what a reader sees.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "format/ooxml/word_styles.h"
#include "format/xml/stream.h"

namespace keepmum {

// Filled while a document streams by: styles stand before the text that uses them.
class OdfStyles final {
  public:
    // To be told of each element that begins and ends; others than style elements change nothing.
    void start(std::string_view name, XmlAttributes const& attributes);
    void end(std::string_view name);

    // What a style and its ancestors say. `family` is "paragraph" or "text".
    WordLook look(std::string_view family, std::string_view style) const;
    bool hides_table(std::string_view style) const;
    bool hides_page(std::string_view style) const;

  private:
    struct Style {
        std::string parent;
        WordLook look;
        bool hidden = false;  // tables and pages
    };
    Style const* find(std::string_view family, std::string_view style) const;

    std::map<std::string, Style, std::less<>> styles_;  // "family name"
    std::string open_;
};

}  // namespace keepmum
