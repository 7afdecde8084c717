// The control words of RTF: destinations, looks, fonts, colours, special characters.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "extract/office/rtf_reader.h"

namespace keepmum {

namespace {

constexpr int tiny_half_points = 4;

struct Info {
    std::string_view word, title;
};

// Destinations whose text is the value of a property.
constexpr Info infos[] = {
    {"title", "title"},       {"subject", "subject"},   {"author", "creator"},   {"manager", "Manager"},   {"company", "Company"},
    {"operator", "lastModifiedBy"}, {"category", "category"}, {"keywords", "keywords"}, {"comment", "comment"}, {"doccomm", "comment"},
    {"hlinkbase", "HyperlinkBase"}, {"atnauthor", "Author of a comment"}, {"atnid", "Initials of a commenter"}, {"atndate", "Date of a comment"},
    {"objclass", "Object class"}, {"objname", "Object name"}, {"template", "Template"}, {"propname", "Property"}, {"staticval", "Value of a property"},
    {"docvar", "Document variable"}, {"generator", "generator"}, {"bkmkstart", "Bookmark"}, {"xmlnstbl", "XML namespace"},
};

struct Character {
    std::string_view word, text;
};

constexpr Character characters[] = {
    {"emdash", "—"},  {"endash", "–"},    {"bullet", "•"},   {"lquote", "‘"},     {"rquote", "’"},  {"ldblquote", "“"},
    {"rdblquote", "”"}, {"emspace", " "}, {"enspace", " "}, {"qmspace", " "}, {"tab", "\t"},
};

}  // namespace

bool RtfReader::set_destination(RtfToken const& token) {
    struct Entry {
        std::string_view word;
        Goal goal;
    };
    static constexpr Entry entries[] = {
        {"header", Goal::margin},      {"headerl", Goal::margin},    {"headerr", Goal::margin},    {"headerf", Goal::margin},
        {"footer", Goal::margin},      {"footerl", Goal::margin},    {"footerr", Goal::margin},    {"footerf", Goal::margin},
        {"footnote", Goal::note},      {"annotation", Goal::comment}, {"fldinst", Goal::field_code}, {"fonttbl", Goal::font_table},
        {"colortbl", Goal::colour_table}, {"pict", Goal::picture},   {"objdata", Goal::object},    {"themedata", Goal::theme},
        {"colorschememapping", Goal::blob}, {"datastore", Goal::blob}, {"sn", Goal::shape_name},  {"sv", Goal::shape_value},
        {"stylesheet", Goal::markup},  {"listtable", Goal::markup},  {"revtbl", Goal::markup},     {"filetbl", Goal::markup},
        {"info", Goal::markup},        {"rxe", Goal::markup},        {"xe", Goal::markup},         {"tc", Goal::markup},
        {"shptxt", Goal::body},        {"shpinst", Goal::body},      {"shppict", Goal::body},      {"nonshppict", Goal::body},
        {"ud", Goal::body},            {"result", Goal::body},       {"fldrslt", Goal::body},      {"blipuid", Goal::blob}, {"panose", Goal::blob},
        {"nesttableprops", Goal::body}, {"pn", Goal::body},          {"objalias", Goal::markup},
    };
    for (Info const& info : infos) {
        if (token.name != info.word || (at_.goal == Goal::body && !at_.ignorable)) continue;
        if (token.name == "title" && at_.goal != Goal::markup) continue;
        at_.goal = Goal::info;
        info_names_.emplace_back(info.title);
        value_.clear();
        return true;
    }
    for (Entry const& entry : entries) {
        if (token.name != entry.word) continue;
        // What stands in a header or a note stays there, though it stands in a box.
        bool const keeps = entry.goal == Goal::body && (at_.goal == Goal::margin || at_.goal == Goal::note || at_.goal == Goal::comment);
        if (!keeps) at_.goal = entry.goal;
        if (entry.goal == Goal::picture || entry.goal == Goal::object) blob_.clear();
        if (entry.goal != Goal::body) value_.clear();
        return true;
    }
    if (!at_.ignorable) return false;
    at_.goal = Goal::markup;
    return true;
}

void RtfReader::set_font(RtfToken const& token) {
    if (at_.goal == Goal::font_table) {
        if (token.name == "f") font_ = token.number;
        else if (token.name == "fcharset") font_pages_.emplace(font_, 0).first->second = charset_page(token.number);
        else if (token.name == "cpg") font_pages_[font_] = static_cast<std::uint16_t>(token.number);
        return;
    }
    if (token.name == "f" || token.name == "af") {
        auto const found = font_pages_.find(token.number);
        at_.page = found == font_pages_.end() ? 0 : found->second;
    } else if (token.name == "ansicpg" && token.number > 0 && token.number < 65'536) {
        page_ = static_cast<std::uint16_t>(token.number);
    } else if (token.name == "mac") {
        page_ = 10000;
    } else if (token.name == "pc") {
        page_ = 437;
    } else if (token.name == "pca") {
        page_ = 850;
    }
}

void RtfReader::set_colour(RtfToken const& token) {
    std::uint32_t const part = static_cast<std::uint32_t>(token.number) & 0xFF;
    if (token.name == "red") colour_ |= part << 16;
    else if (token.name == "green") colour_ |= part << 8;
    else if (token.name == "blue") colour_ |= part;
}

void RtfReader::set_look(RtfToken const& token) {
    bool const on = !token.has_number || token.number != 0;
    if (token.name == "v") at_.hidden = on;
    else if (token.name == "deleted") at_.deleted = on;
    else if (token.name == "revised") at_.inserted = on;
    else if (token.name == "fs") at_.tiny = token.number > 0 && token.number <= tiny_half_points;
    else if (token.name == "cf") at_.colour = static_cast<std::uint16_t>(token.number);
    else if (token.name == "highlight" || token.name == "chcbpat" || token.name == "cb" || token.name == "cbpat") at_.ground = on;
    else if (token.name == "intbl") at_.in_table = true;
    else if (token.name == "pard") at_.in_table = false;
    else if (token.name == "plain") {
        at_.hidden = at_.deleted = at_.inserted = at_.tiny = at_.ground = false;
        at_.colour = 0;
        at_.page = 0;
    }
}

void RtfReader::set_symbol(RtfToken const& token) {
    std::string_view const name = token.name;
    if (name == "par" || name == "line" || name == "sect" || name == "page" || name == "row" || name == "nestrow") break_line('\n');
    else if (name == "cell" || name == "nestcell") break_line('\t');
    else
        for (Character const& one : characters)
            if (name == one.word) {
                flush();
                say(one.text, {token.at, token.size});
            }
}

void RtfReader::on_word(RtfToken const& token) {
    if (token.name == "u" && token.has_number) return on_unicode(token);
    if (token.name == "uc") {
        at_.fallback = static_cast<std::uint8_t>(std::clamp(token.number, 0, 255));
        return;
    }
    if (token.name == "bin") return;
    if (skip_ > 0) {
        --skip_;
        return;
    }
    flush();
    bool const destination = set_destination(token);
    at_.ignorable = false;
    if (destination) return;
    if (at_.goal == Goal::colour_table) return set_colour(token);
    set_font(token);
    set_look(token);
    set_symbol(token);
}

}  // namespace keepmum
