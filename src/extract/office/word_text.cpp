// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/word_text.h"

#include <cstdlib>
#include <utility>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr PartText::Stream markup{Role::markup, {}};
constexpr PartText::Stream link_code{Role::link, {}};
constexpr PartText::Stream deletions{Role::deleted, {}};
constexpr PartText::Stream insertions{Role::inserted, {}};
constexpr PartText::Stream guides{Role::note, {}};

// Field codes that reach out of the document.
bool reaches_out(std::string_view instruction) {
    std::string const code = ascii_upper(instruction);
    for (std::string_view word : {"HYPERLINK", "INCLUDE", "LINK ", "DDE", "IMPORT", "DATABASE", "://", "\\\\"})
        if (code.find(word) != std::string::npos) return true;
    return false;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool is_tracking(std::string_view name) {
    return name == "w:ins" || name == "w:del" || name == "w:moveTo" || name == "w:moveFrom";
}

bool is_former(std::string_view name) { return name.starts_with("w:") && name.ends_with("PrChange"); }

}  // namespace

std::string_view WordTextReader::hidden_reason() {
    if (paragraphs_.empty()) return {};
    Paragraph const& at = paragraphs_.back();
    if (!looked_up_ || at.style != look_style_ || at.run_style != look_run_style_) {
        look_ = styles_.look(at.style, at.run_style);
        look_style_ = at.style;
        look_run_style_ = at.run_style;
        looked_up_ = true;
    }
    WordLook look = look_;
    if (!tables_.empty() && tables_.back().cell.fill) look.fill = tables_.back().cell.fill;
    look.overlay(at.direct);
    look.overlay(at.run);
    std::string_view const reason = look.hidden();
    bool const ground_unknown = boxes_ > 0 || (!tables_.empty() && tables_.back().styled);
    if (reason == "white" && ground_unknown) return {};
    return reason;
}

void WordTextReader::say(std::string_view text, XmlOrigin origin, bool deleted) {
    if (text.empty()) return;
    if (fallback_ > 0) {
        if (fallback_text_.empty()) fallback_origin_ = origin;
        fallback_text_.append(text);
        return;
    }
    if (choice_ > 0) choice_text_.append(text);
    if (deleted || deleted_ > 0) {
        out_.append(deletions, text, origin);
        return;
    }
    std::string_view const reason = hidden_reason();
    if (guide_ > 0 && reason.empty()) {
        // How a character is read: among those that it stands over it would break their word.
        out_.append(guides, text, origin);
        return;
    }
    out_.append(reason.empty() ? own_ : PartText::Stream{Role::hidden, reason}, text, origin);
    if (inserted_ > 0) out_.append(insertions, text, origin);
}

// The two forms of a drawing mostly say the same words; only a fallback that says others is given.
void WordTextReader::end_alternatives() {
    if (!fallback_text_.empty() && fallback_text_ != choice_text_) {
        out_.append(markup, fallback_text_, fallback_origin_);
        out_.builder(markup).separate('\n');
    }
    fallback_text_.clear();
    choice_text_.clear();
}

void WordTextReader::say_field(std::string_view instruction, XmlOrigin origin) {
    if (is_blank(instruction)) return;
    PartText::Stream const stream = reaches_out(instruction) ? link_code : markup;
    out_.append(stream, instruction, origin);
    out_.builder(stream).separate('\n');
}

void WordTextReader::flush_field() {
    if (!field_.empty()) say_field(field_, field_origin_);
    field_.clear();
}

bool WordTextReader::start_structure(std::string_view name, XmlAttributes const& attributes) {
    if (name == "w:p") {
        bool const begun = !tables_.empty() && std::exchange(tables_.back().fresh, false);
        if (begun) out_.count_paragraph();
        else if (fallback_ == 0) out_.next_paragraph();
        paragraphs_.emplace_back();
    } else if (name == "w:r") {
        if (paragraphs_.empty()) paragraphs_.emplace_back();
        paragraphs_.back().in_run = true;
        paragraphs_.back().run = {};
        paragraphs_.back().run_style.clear();
    } else if (name == "w:tbl") {
        tables_.emplace_back();
    } else if (name == "w:tblStyle" && !tables_.empty()) {
        tables_.back().styled = attributes["w:val"] != "TableGrid" && attributes["w:val"] != "TableNormal";
    } else if (name == "w:tr" && !tables_.empty()) {
        ++tables_.back().row;
        tables_.back().column = 0;
        out_.end_line();
    } else if (name == "w:tc" && !tables_.empty()) {
        start_cell();
    } else if (name == "w:txbxContent") {
        ++boxes_;
    } else {
        return false;
    }
    return true;
}

void WordTextReader::start_cell() {
    Table& table = tables_.back();
    ++table.column;
    table.cell = {};
    if (fallback_ > 0 || deleted_ > 0) return;
    TextBuilder& own = out_.builder(own_);
    table.fresh = table.column > 1;
    if (table.column > 1 && !own.empty()) own.separate_now('\t');
    own.mark(Mark::What::cell, table.row, table.column);
}

bool WordTextReader::start_properties(std::string_view name, XmlAttributes const& attributes) {
    if (is_former(name)) {
        ++changes_;
    } else if (name == "w:pPr") {
        properties_ = Properties::paragraph;
    } else if (name == "w:sdtPr" || name == "w:tcPr") {
        properties_ = Properties::other;
    } else if (name == "w:rPr") {
        if (properties_ == Properties::none) properties_ = Properties::run;
    } else if (properties_ == Properties::none || changes_ > 0 || is_tracking(name)) {
        return false;
    } else if (properties_ == Properties::other) {
        if (name == "w:shd" && !tables_.empty()) tables_.back().cell.apply(name, attributes);
        else if (name == "w:alias" || name == "w:tag") fields_.add("Content control", attributes["w:val"]);
    } else if (!paragraphs_.empty()) {
        Paragraph& at = paragraphs_.back();
        if (properties_ == Properties::run) {
            if (name == "w:rStyle") at.run_style = attributes["w:val"];
            else at.run.apply(name, attributes);
        } else if (name == "w:pStyle") {
            at.style = attributes["w:val"];
        } else if (name == "w:shd") {
            at.direct.apply(name, attributes);
        }
    }
    return true;
}

bool WordTextReader::start_tracking(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    if (name == "w:ins" || name == "w:moveTo") {
        ++inserted_;
    } else if (name == "w:del" || name == "w:moveFrom") {
        ++deleted_;
    } else if (name == "w:comment") {
        fields_.add("Author of a comment", attributes["w:author"], {origin.at, 0});
        fields_.add("Initials of a commenter", attributes["w:initials"], {origin.at, 0});
        fields_.add("Date of a comment", attributes["w:date"], {origin.at, 0});
        return true;
    } else {
        return false;
    }
    fields_.add("Author of a change", attributes["w:author"], {origin.at, 0});
    return true;
}

void WordTextReader::start_picture(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    if (name == "wp:docPr" || name == "pic:cNvPr" || name == "a:docPr") {
        fields_.add("Alternative text", attributes["descr"], {origin.at, 0});
        fields_.add("Title of a picture", attributes["title"], {origin.at, 0});
    } else if (name.starts_with("v:")) {
        fields_.add("Alternative text", attributes["alt"], {origin.at, 0});
        fields_.add("Title of a picture", attributes["o:title"], {origin.at, 0});
        // A watermark: words bent along a path.
        if (name == "v:textpath" && attributes.has("string")) {
            say(attributes["string"], {origin.at, 0});
            out_.end_line();
        }
    }
}

void WordTextReader::start_content(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    XmlOrigin const spot{origin.at, 0};
    if (name == "w:t" || name == "m:t" || name == "a:t") {
        catch_ = Catch::shown;
    } else if (name == "w:delText") {
        catch_ = Catch::deleted;
    } else if (name == "w:instrText" || name == "w:delInstrText") {
        catch_ = Catch::instruction;
    } else if (name == "w:fldChar") {
        flush_field();
    } else if (name == "w:fldSimple") {
        say_field(attributes["w:instr"], spot);
    } else if (name == "w:tab" || name == "w:ptab") {
        if (properties_ == Properties::none) say("\t", spot);
    } else if (name == "w:br" || name == "w:cr") {
        say("\n", spot);
    } else if (name == "w:noBreakHyphen") {
        say("-", spot);
    } else if (name == "w:sym") {
        std::uint32_t const code = static_cast<std::uint32_t>(std::strtoul(std::string(attributes["w:char"]).c_str(), nullptr, 16));
        // Symbol fonts keep their letters in the private area; the plain letter is what a search looks for.
        std::uint32_t const letter = code >= 0xF020 && code <= 0xF0FF ? code - 0xF000 : code;
        std::string text;
        if (letter >= 0x20 && letter < 0x110000 && (letter < 0xD800 || letter > 0xDFFF)) append_utf8(text, letter);
        say(text, spot);
    }
}

void WordTextReader::start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) {
    keep_words(attributes);
    catch_ = Catch::nothing;
    if (name == "mc:AlternateContent") ++alternatives_;
    else if (name == "mc:Choice") ++choice_;
    else if (name == "mc:Fallback") ++fallback_;
    else if (name == "w:rt") ++guide_;
    else if (start_properties(name, attributes)) return;
    else if (start_structure(name, attributes)) return;
    else if (start_tracking(name, attributes, origin)) return;
    else {
        start_picture(name, attributes, origin);
        start_content(name, attributes, origin);
    }
}

void WordTextReader::end(std::string_view name) {
    end_stray();
    catch_ = Catch::nothing;
    auto const lower = [](int& count) { count -= count > 0; };
    if (is_former(name)) lower(changes_);
    else if (name == "w:pPr" || name == "w:sdtPr" || name == "w:tcPr") properties_ = Properties::none;
    else if (name == "w:rPr" && properties_ == Properties::run) properties_ = changes_ > 0 ? properties_ : Properties::none;
    else if (name == "w:ins" || name == "w:moveTo") lower(inserted_);
    else if (name == "w:del" || name == "w:moveFrom") lower(deleted_);
    else if (name == "w:txbxContent") lower(boxes_);
    else if (name == "mc:Choice") lower(choice_);
    else if (name == "mc:Fallback") lower(fallback_);
    else if (name == "w:rt") lower(guide_), out_.builder(guides).separate('\n');
    else if (name == "w:r" && !paragraphs_.empty()) paragraphs_.back().in_run = false;
    else if (name == "w:tbl" && !tables_.empty()) tables_.pop_back();
    if (name == "mc:AlternateContent") {
        lower(alternatives_);
        if (alternatives_ == 0) end_alternatives();
    }
    if (name == "w:p") {
        flush_field();
        if (fallback_ == 0) out_.end_line();
        if (!paragraphs_.empty()) paragraphs_.pop_back();
    }
}

void WordTextReader::text(std::string_view text, XmlOrigin origin) {
    switch (catch_) {
        case Catch::shown: say(text, origin); break;
        case Catch::deleted: say(text, origin, true); break;
        case Catch::instruction:
            if (field_.empty()) field_origin_ = origin;
            field_origin_.size = origin.at + origin.size - field_origin_.at;
            field_.append(text);
            break;
        case Catch::nothing:
            // Words where no word processor shows any.
            keep_stray(text, origin);
            break;
    }
}

void WordTextReader::put(Place const& place) {
    flush_field();
    out_.put(package_.outlet(), place);
    fields_.put(package_.outlet(), place);
}

}  // namespace keepmum
