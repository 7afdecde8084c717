// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/page.h"

#include <algorithm>

#include "base/icu.h"
#include "format/text/decode.h"
#include "format/text/entities.h"

namespace keepmum {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, std::string_view const (&list)[N]) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

constexpr std::string_view void_elements[] = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                                              "param", "source", "track", "wbr", "frame", "basefont", "bgsound"};
constexpr std::string_view inline_elements[] = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "img", "ins", "del",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    "ruby", "rt", "rp", "time", "data", "nobr", "o:p"};
// An element of these ends where the next of its kind begins.
constexpr std::string_view self_ending[] = {"p", "li", "td", "th", "tr", "option", "dd", "dt", "rt", "rp"};
constexpr std::string_view read_attributes[] = {"alt", "title", "value", "placeholder", "content", "summary", "label", "name", "id"};
constexpr std::string_view link_attributes[] = {"href", "src", "action", "formaction", "cite", "background", "data", "poster",
                                                "srcset", "codebase", "longdesc", "ping", "manifest", "xlink:href"};

constexpr std::size_t deepest = 4096;
constexpr std::size_t most_selectors = 256;  // each is tried on every element

bool is_external(std::string_view target) {
    for (std::string_view const scheme : {"http:", "https:", "ftp:", "ftps:", "mailto:", "file:", "//", "\\\\", "ws:", "wss:", "tel:", "smb:"}) {
        if (target.size() > scheme.size() && equal_ascii_case(target.substr(0, scheme.size()), scheme)) return true;
    }
    return false;
}

// Of a drawing's attributes those in which people or editors put words: names of layers, paths, dates.
bool is_remark(std::string_view name) {
    bool const editors = name.find(':') != std::string_view::npos && !name.starts_with("xml:");
    return editors || name.starts_with("on") || name == "class" || name == "style";
}

HtmlAttribute const* find_attribute(HtmlToken const& token, std::string_view name) {
    for (HtmlAttribute const& attribute : token.attributes) {
        if (attribute.name == name) return &attribute;
    }
    return nullptr;
}

// What every XML file begins with, and nothing else: no remark that somebody left.
bool is_declaration(std::string_view content) {
    if (!content.starts_with("xml ") && !content.starts_with("?xml ")) return false;
    std::string plain;
    for (char c : content.substr(content.find(' '))) plain += c == '\'' || c == '"' || c == '?' ? ' ' : c;
    for (std::size_t at = 0; at < plain.size();) {
        std::size_t const begin = plain.find_first_not_of(' ', at);
        if (begin == std::string::npos) break;
        at = std::min(plain.find(' ', begin), plain.size());
        std::string_view const word = std::string_view(plain).substr(begin, at - begin);
        bool const charset = word.size() <= 12 && word.find_first_not_of("0123456789-_UTFGBKISOutfgbkiso") == std::string_view::npos;
        if (!charset && word != "version=" && word != "1.0" && word != "1.1" && word != "encoding=" && word != "standalone=" && word != "yes" &&
            word != "no") {
            return false;
        }
    }
    return true;
}

void put_text(MappedText& text, Kind kind, Role role, OffsetMap const& outer, Outlet& outlet, std::string_view reason = "") {
    if (text.empty()) return;
    Evidence evidence;
    evidence.kind = kind;
    evidence.role = role;
    evidence.reason = reason;
    evidence.map = join_maps(text.map(), outer, text.size());
    evidence.content = Blob::take(text.take_text());
    outlet.put(std::move(evidence));
}

}  // namespace

void Page::read() {
    if (dialect_ == Dialect::svg) read_drawing();
    HtmlTokenizer tokenizer(text_, markup_);
    HtmlToken token;
    while (tokenizer.next(token)) {
        enter_part(token.whole.begin);
        take(token);
    }
}

// Elements that are no part of what is drawn, in their order, none within another.
void Page::read_drawing() {
    using What = SvgPart::What;
    for (SvgPart& part : survey_svg(text_).parts) {
        bool const element = text_[part.whole.begin] == '<' && (parts_.empty() || part.whole.begin >= parts_.back().whole.end);
        bool const apart = part.what == What::unseen || part.what == What::told || part.what == What::editor || part.what == What::script;
        if (element && apart) parts_.push_back(std::move(part));
        else if (part.what == What::elsewhere && !std::string_view(text_).substr(part.whole.begin).starts_with("href") &&
                 !std::string_view(text_).substr(part.whole.begin).starts_with("xlink:href")) {
            append_decoded(links_, part.value);
            links_.put('\n', part.value.end, 0);
        }
    }
}

void Page::enter_part(std::size_t at) {
    while (next_part_ < parts_.size() && parts_[next_part_].whole.begin <= at) part_ = &parts_[next_part_++];
    if (part_ && at >= part_->whole.end) part_ = nullptr;
}

void Page::take(HtmlToken const& token) {
    switch (token.what) {
        case HtmlToken::What::text: take_text(token.content, true); break;
        case HtmlToken::What::raw: {
            std::string_view const content = text_.substr(token.content.begin, token.content.size());
            if (markup_ == Markup::xml) {
                take_text(token.content, false);
            } else if (token.name == "style") {
                auto more = hiding_selectors(content);
                std::size_t const room = most_selectors - std::min(most_selectors, selectors_.size());
                selectors_.insert(selectors_.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())));
            } else if (token.name != "script") {
                take_text(token.content, false);
            }
            break;
        }
        case HtmlToken::What::start_tag:
            if (markup_ == Markup::xml) {
                open_xml_element(token);
            } else {
                open_element(token);
            }
            take_attributes(token);
            break;
        case HtmlToken::What::end_tag: close_element(token.name); break;
        case HtmlToken::What::comment:
            if (is_declaration(text_.substr(token.content.begin, token.content.size()))) break;
            // Every drawing of an editor says so; that is read among the facts.
            if (dialect_ == Dialect::svg && !names_program(text_.substr(token.content.begin, token.content.size())).empty()) break;
            comments_.copy(text_.substr(token.content.begin, token.content.size()), token.content.begin);
            comments_.put('\n', token.whole.end, 0);
            break;
        case HtmlToken::What::doctype:
            // The values of entities are text that a reader of the document may come to see.
            if (dialect_ == Dialect::svg) {
                // Illustrator declares its namespaces so.
                append_decoded(told_, token.content);
                told_.put('\n', token.whole.end, 0);
            } else if (markup_ == Markup::xml) {
                append_decoded(comments_, token.content);
                comments_.put('\n', token.whole.end, 0);
            }
            break;
    }
}

std::string_view Page::hiding_of(HtmlToken const& token, Open& element) const {
    std::string_view how;
    std::optional<std::uint32_t> colour;
    auto value_of = [&](HtmlAttribute const& attribute) { return text_.substr(attribute.value.begin, attribute.value.size()); };
    for (HtmlAttribute const& attribute : token.attributes) {
        std::string_view const value = value_of(attribute);
        if (attribute.name == "style" && value.size() < 64 * 1024) {
            StyleFacts const facts = read_style(value);
            if (!facts.hidden.empty()) how = facts.hidden;
            colour = facts.colour ? facts.colour : colour;
            if (facts.background && !is_same_colour(*facts.background, 0xFFFFFF)) element.coloured = true;
        } else if (attribute.name == "hidden") {
            how = "hidden";
        } else if (attribute.name == "bgcolor" || attribute.name == "background") {
            auto const ground = read_colour(value);
            element.coloured = element.coloured || !ground || !is_same_colour(*ground, 0xFFFFFF);
        } else if (attribute.name == "color" && token.name == "font") {
            colour = read_colour(value);
        } else if ((attribute.name == "class" || attribute.name == "id") && !selectors_.empty() && value.size() < 1000) {
            char const mark = attribute.name == "id" ? '#' : '.';
            for (auto const& [selector, reason] : selectors_) {
                std::string_view const name = std::string_view(selector).substr(1);
                std::size_t const at = selector[0] == mark ? value.find(name) : std::string_view::npos;
                if (at == std::string_view::npos) continue;
                bool const begins = at == 0 || value[at - 1] == ' ';
                bool const ends = at + name.size() == value.size() || value[at + name.size()] == ' ';
                if (begins && ends) how = reason;
            }
        }
    }
    if (token.name == "template") how = "template";
    // White letters are unseen where nothing around them has a ground of its own.
    bool const on_ground = element.coloured || std::any_of(open_.begin(), open_.end(), [](Open const& o) { return o.coloured; });
    if (how.empty() && colour && is_same_colour(*colour, 0xFFFFFF) && !on_ground) how = "white";
    return how;
}

void Page::open_element(HtmlToken const& token) {
    if (is_one_of(token.name, self_ending) && !open_.empty() && open_.back().name == token.name) open_.pop_back();
    if (!is_one_of(token.name, inline_elements)) break_line(token.whole.begin, token.name == "td" || token.name == "th" ? '\t' : '\n');
    if (is_one_of(token.name, void_elements) || open_.size() >= deepest) return;
    Open element;
    element.name = token.name;
    element.hidden = hiding_of(token, element);
    element.verbatim = token.name == "pre" || token.name == "textarea" || (!open_.empty() && open_.back().verbatim);
    if (element.hidden.empty() && !open_.empty()) element.hidden = open_.back().hidden;
    // How characters are read, in ruby: among those that it stands over it would break their word.
    element.guides = token.name == "rt" || token.name == "rp" || (!open_.empty() && open_.back().guides);
    if (element.guides && !guides_.empty() && guides_.last() != ' ') guides_.put(' ', token.whole.begin, 0);
    open_.push_back(std::move(element));
}

// XML has no inline elements that are known to be: tags side by side part what they hold, a tag
// within running text does not.
void Page::open_xml_element(HtmlToken const& token) {
    if (after_tag_) break_line(token.whole.begin, '\n');
    after_tag_ = true;
    bool const empty = text_.substr(0, token.whole.end).ends_with("/>");
    if (empty || open_.size() >= deepest) return;
    Open element;
    element.name = token.name;
    // Of drawings the survey knows: a letter of half a unit may be as large as a hand.
    if (dialect_ == Dialect::svg) element.hidden = part_ ? part_->how : std::string_view();
    else element.hidden = hiding_of(token, element);
    if (element.hidden.empty() && !open_.empty()) element.hidden = open_.back().hidden;
    open_.push_back(std::move(element));
}

void Page::close_element(std::string_view name) {
    if (markup_ == Markup::xml) {
        if (after_tag_) break_line(0, '\n');
        after_tag_ = true;
    }
    // Looking far back for a tag that was never opened would make hostile pages slow.
    std::size_t const lowest = open_.size() > 64 ? open_.size() - 64 : 0;
    for (std::size_t i = open_.size(); i-- > lowest;) {
        if (open_[i].name != name) continue;
        if (markup_ == Markup::html && !is_one_of(name, inline_elements)) break_line(0, '\n');
        open_.resize(i);
        return;
    }
}

MappedText& Page::target() {
    if (part_ && part_->what != SvgPart::What::unseen) return told_;
    if (open_.empty()) return shown_;
    if (open_.back().hidden.empty()) return open_.back().guides ? guides_ : shown_;
    std::string_view const how = open_.back().hidden;
    for (Hidden& hidden : hidden_) {
        if (hidden.how == how) return hidden.text;
    }
    hidden_.push_back({how, {}});
    return hidden_.back().text;
}

void Page::break_line(std::uint64_t source, char mark) {
    MappedText& to = target();
    if (to.empty() || to.last() == '\n' || (mark == '\t' && to.last() == '\t')) return;
    to.put(static_cast<unsigned char>(mark), source, 0);
}

void Page::take_text(Span content, bool decode) {
    std::string_view const words = text_.substr(content.begin, content.size());
    if (words.find_first_not_of(" \t\r\n") != std::string_view::npos) after_tag_ = false;
    MappedText& to = target();
    bool const verbatim = !open_.empty() && open_.back().verbatim;
    std::size_t at = content.begin;
    while (at < content.end) {
        char const c = text_[at];
        if (!verbatim && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')) {
            char const last = to.last();
            if (last != ' ' && last != '\n' && last != '\t' && last != '\0') to.put(' ', at, 1);
            ++at;
            continue;
        }
        if (decode && c == '&') {
            CharacterReference const reference = decode_reference(text_.substr(0, content.end), at);
            if (reference.length != 0) {
                to.put(reference.value, at, reference.length);
                at += reference.length;
                continue;
            }
        }
        std::size_t end = at + 1;
        while (end < content.end && text_[end] != '&' && (verbatim || static_cast<unsigned char>(text_[end]) > ' ')) ++end;
        to.copy(text_.substr(at, end - at), at);
        at = end;
    }
}

void Page::append_decoded(MappedText& to, Span value) const {
    std::size_t at = value.begin;
    while (at < value.end) {
        CharacterReference const reference = text_[at] == '&' ? decode_reference(text_.substr(0, value.end), at) : CharacterReference{};
        if (reference.length != 0) {
            to.put(reference.value, at, reference.length);
            at += reference.length;
            continue;
        }
        std::size_t end = at + 1;
        while (end < value.end && text_[end] != '&') ++end;
        to.copy(text_.substr(at, end - at), at);
        at = end;
    }
}

void Page::add_field(HtmlAttribute const& attribute, std::string name) {
    field_marks_.push_back({static_cast<std::uint32_t>(fields_.size()), Mark::What::field, static_cast<std::int32_t>(field_names_.size())});
    fields_.add(name + ": ", attribute.value.begin);
    field_names_.push_back(std::move(name));
    append_decoded(fields_, attribute.value);
    fields_.put('\n', attribute.value.end, 0);
}

void Page::take_attributes(HtmlToken const& token) {
    HtmlAttribute const* const type = token.name == "input" ? find_attribute(token, "type") : nullptr;
    bool const hidden_input = type && equal_ascii_case(text_.substr(type->value.begin, type->value.size()), "hidden");
    for (HtmlAttribute const& attribute : token.attributes) {
        std::string_view const value = text_.substr(attribute.value.begin, attribute.value.size());
        if (value.empty()) continue;
        std::string_view const plain = value.substr(std::min(value.size(), value.find_first_not_of(" \t\r\n")));
        if (plain.size() > 5 && equal_ascii_case(plain.substr(0, 5), "data:")) {
            data_.push_back({{attribute.value.begin + static_cast<std::size_t>(plain.data() - value.data()), attribute.value.end}, ""});
        } else if (attribute.name == "srcdoc") {
            data_.push_back({attribute.value, "text/html"});
        } else if (is_one_of(attribute.name, link_attributes)) {
            if (!is_external(plain)) continue;
            append_decoded(links_, attribute.value);
            links_.put('\n', attribute.value.end, 0);
        } else if (is_one_of(attribute.name, read_attributes) || attribute.name.starts_with("aria-") || attribute.name.starts_with("data-")) {
            add_field(attribute, hidden_input && attribute.name == "value" ? "hidden " + attribute.name : attribute.name);
        } else if (dialect_ == Dialect::svg && !is_remark(attribute.name)) {
            continue;  // numbers, colours
        } else if (markup_ == Markup::xml && attribute.name != "style" && !attribute.name.starts_with("xmlns")) {
            add_field(attribute, attribute.name);
        }
    }
}

void Page::put_data(OffsetMap const& outer, Embedded const& data, Outlet& outlet) const {
    Evidence child;
    child.kind = Kind::bytes;
    child.place = Place().with(How::field, "data:" + std::to_string(outer.to_source(data.value).begin));
    child.stored = outer.to_source(data.value).size();
    child.media = data.media;
    if (!data.media.empty()) {
        MappedText text;
        append_decoded(text, data.value);
        child.content = Blob::take(text.take_text());
        outlet.put(std::move(child));
        return;
    }
    std::string_view const uri = text_.substr(data.value.begin, data.value.size());
    std::size_t const comma = uri.find(',');
    if (comma == std::string_view::npos) return;
    std::string_view const kind = uri.substr(5, comma - 5);
    child.media = std::string(kind.substr(0, kind.find(';')));
    child.content = Blob::take(decode_data_uri(uri));
    outlet.put(std::move(child));
}

void Page::put(OffsetMap const& outer, Outlet& outlet) {
    put_text(shown_, Kind::text, Role::shown, outer, outlet);
    put_text(guides_, Kind::text, Role::note, outer, outlet);
    for (Hidden& hidden : hidden_) put_text(hidden.text, Kind::text, Role::hidden, outer, outlet, hidden.how);
    put_text(comments_, Kind::text, Role::comment, outer, outlet);
    put_text(told_, Kind::text, Role::metadata, outer, outlet);
    put_text(links_, Kind::text, Role::link, outer, outlet);
    if (!fields_.empty()) {
        Evidence fields;
        fields.kind = Kind::fields;
        fields.role = Role::metadata;
        fields.map = join_maps(fields_.map(), outer, fields_.size());
        fields.content = Blob::take(fields_.take_text());
        fields.marks = std::move(field_marks_);
        fields.names = std::move(field_names_);
        outlet.put(std::move(fields));
    }
    for (Embedded const& data : data_) {
        if (outlet.enough()) return;
        put_data(outer, data, outlet);
    }
}

}  // namespace keepmum
