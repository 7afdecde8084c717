// The text of an RTF file and what is embedded in it. No recursion: groups are a stack of small states.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "extract/office/text.h"
#include "format/rtf/tokens.h"

namespace keepmum {

// Windows code page of a font's character set (\fcharset); 0 where the document's own is meant.
std::uint16_t charset_page(std::int32_t charset);

class RtfReader final {
  public:
    RtfReader(Evidence const& evidence, Outlet& outlet) : evidence_(evidence), outlet_(outlet), bytes_(evidence.content.view()) {}
    // Bytes accounted for.
    std::uint64_t read();

  private:
    // Where the words of a group go.
    enum class Goal : std::uint8_t {
        body, margin, note, comment, field_code, info, font_table, colour_table, picture, object, theme, blob, shape_name, shape_value,
        markup,
    };
    struct State {
        Goal goal = Goal::body;
        std::uint8_t fallback = 1;  // characters to skip behind \u
        bool hidden = false, deleted = false, inserted = false, tiny = false, ground = false, in_table = false;
        bool ignorable = false;     // \* was seen, the destination's name not yet
        std::uint16_t page = 0;     // code page of the font, 0 = the document's
        std::uint16_t colour = 0;
        std::uint16_t field = 0;    // index into info_names_
    };

    void open();
    void close();
    void on_word(RtfToken const& token);
    bool set_destination(RtfToken const& token);
    void set_look(RtfToken const& token);
    void set_font(RtfToken const& token);
    void set_colour(RtfToken const& token);
    void set_symbol(RtfToken const& token);
    void on_unicode(RtfToken const& token);
    void on_symbol(RtfToken const& token);
    void on_bytes(std::string_view bytes, XmlOrigin origin);
    void add_bytes(std::string_view bytes, XmlOrigin origin);
    void flush();
    void say(std::string_view text, XmlOrigin origin);
    void end_goal(Goal goal);
    void break_line(char separator);
    void put_blob(Goal goal);
    void put_object(std::string bytes);
    void put_child(std::string bytes, std::string name);
    void put_tail(std::uint64_t at, std::uint64_t size);
    PartText::Stream stream() const;

    Evidence const& evidence_;
    Outlet& outlet_;
    std::string_view bytes_;
    std::vector<State> states_;
    State at_;
    PartText out_;
    FieldList fields_;
    std::string pending_;       // bytes not yet decoded, of one code page
    XmlOrigin pending_origin_;
    std::uint16_t pending_page_ = 0;
    int skip_ = 0;              // fallback characters still to be skipped
    char32_t high_surrogate_ = 0;
    std::string value_;         // of an info field, a field code, a shape property
    XmlOrigin value_origin_;
    std::string shape_name_;
    std::string blob_;
    int nibble_ = -1;
    std::uint16_t page_ = 1252;
    std::map<std::int32_t, std::uint16_t> font_pages_;
    std::int32_t font_ = 0;
    std::vector<std::uint32_t> colours_;
    std::uint32_t colour_ = 0;
    std::vector<std::string> info_names_;
    int pictures_ = 0, objects_ = 0;
};

}  // namespace keepmum
