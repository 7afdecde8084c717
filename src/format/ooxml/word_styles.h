// How text of a word processing document looks, as far as it decides whether a reader sees it
// (ISO/IEC 29500-1, 17.7: defaults, then paragraph style, then character style, each with its ancestors).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "format/xml/stream.h"

namespace keepmum {

// What one level says; what it leaves open is for the level below.
struct WordLook {
    std::optional<bool> vanish;
    std::optional<std::string> color;  // upper-case RRGGBB, "AUTO"
    std::optional<std::string> fill;   // background: shading or highlight
    std::optional<int> size;           // half points

    // Takes over what `closer` says.
    void overlay(WordLook const& closer);
    // Reads one element of run or paragraph properties; others change nothing.
    void apply(std::string_view element, XmlAttributes const& attributes);
    // Why a reader of the page would not see it: "vanish", "white", "same-colour", "tiny"; "" if they would.
    std::string_view hidden() const;
};

// The value of an on/off property: present without a value means on.
bool word_toggle(XmlAttributes const& attributes);

class WordStyles final {
  public:
    static WordStyles read(std::string_view xml);
    WordLook look(std::string_view paragraph_style, std::string_view run_style) const;

  private:
    friend class WordStylesReader;
    struct Style {
        std::string base;
        WordLook look;
    };
    WordLook inherited(std::string_view style) const;

    WordLook defaults_;
    std::string default_paragraph_;
    std::map<std::string, Style, std::less<>> styles_;
};

}  // namespace keepmum
