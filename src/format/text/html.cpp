// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/html.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool holds_raw(std::string_view name) {
    return name == "script" || name == "style" || name == "xmp" || name == "noembed" || name == "noframes";
}
// Text in which references count but tags do not.
bool holds_only_text(std::string_view name) { return name == "title" || name == "textarea"; }

// Where `</name` stands from `from` on, or npos.
std::size_t find_end_tag(std::string_view input, std::size_t from, std::string_view name) {
    for (std::size_t at = input.find("</", from); at != std::string_view::npos; at = input.find("</", at + 2)) {
        std::string_view const here = input.substr(at + 2, name.size());
        if (!equal_ascii_case(here, name)) continue;
        std::size_t const behind = at + 2 + name.size();
        if (behind >= input.size() || is_blank_byte(input[behind]) || input[behind] == '>' || input[behind] == '/') return at;
    }
    return std::string_view::npos;
}

}  // namespace

void HtmlTokenizer::finish(HtmlToken& token, HtmlToken::What what, Span content, std::size_t end) {
    token.what = what;
    token.whole = {at_, end};
    token.content = content;
    at_ = end;
}

bool HtmlTokenizer::next(HtmlToken& token) {
    token.name.clear();
    token.attributes.clear();
    if (at_ >= input_.size()) return false;
    if (!raw_element_.empty()) {
        read_raw(token);
        if (token.whole.size() != 0) return true;
    }
    if (input_[at_] == '<' && read_markup(token)) return true;
    // Text up to the next '<' that may begin markup.
    std::size_t end = at_ + 1;
    while (end < input_.size()) {
        end = input_.find('<', end);
        if (end == std::string_view::npos) end = input_.size();
        if (end + 1 >= input_.size()) break;
        char const c = input_[end + 1];
        if (is_alpha(c) || c == '/' || c == '!' || c == '?') break;
        ++end;
    }
    end = std::min(end, input_.size());
    finish(token, HtmlToken::What::text, {at_, end}, end);
    return true;
}

void HtmlTokenizer::read_raw(HtmlToken& token) {
    std::string const element = std::move(raw_element_);
    raw_element_.clear();
    std::size_t const close = find_end_tag(input_, at_, element);
    std::size_t const end = close == std::string_view::npos ? input_.size() : close;
    finish(token, holds_only_text(element) ? HtmlToken::What::text : HtmlToken::What::raw, {at_, end}, end);
    token.name = element;
}

bool HtmlTokenizer::read_markup(HtmlToken& token) {
    std::string_view const rest = input_.substr(at_);
    auto upto = [&](std::string_view mark, std::size_t skip, HtmlToken::What what) {
        std::size_t const close = rest.find(mark, skip);
        std::size_t const content_end = close == std::string_view::npos ? rest.size() : close;
        std::size_t const end = close == std::string_view::npos ? rest.size() : close + mark.size();
        finish(token, what, {at_ + std::min(skip, content_end), at_ + content_end}, at_ + end);
        return true;
    };
    bool const xml = markup_ == Markup::xml;
    if (!xml && rest.starts_with("<!-->")) return upto(">", 4, HtmlToken::What::comment);
    if (rest.starts_with("<!--")) return upto("-->", 4, HtmlToken::What::comment);
    if (rest.starts_with("<![CDATA[")) return upto("]]>", 9, HtmlToken::What::raw);
    if (rest.size() > 9 && equal_ascii_case(rest.substr(0, 9), "<!doctype")) {
        return xml ? read_declaration(token) : upto(">", 9, HtmlToken::What::doctype);
    }
    if (xml && rest.starts_with("<?")) return upto("?>", 2, HtmlToken::What::comment);
    if (rest.starts_with("<!") || rest.starts_with("<?")) return upto(">", 2, HtmlToken::What::comment);
    if (rest.size() > 1 && (is_alpha(rest[1]) || rest[1] == '/')) return read_tag(token);
    return false;
}

// <!DOCTYPE name [ internal subset ]>: ends at the '>' that is in no quotes and no brackets.
bool HtmlTokenizer::read_declaration(HtmlToken& token) {
    char quote = '\0';
    bool subset = false;
    std::size_t at = at_ + 9;
    for (; at < input_.size(); ++at) {
        char const c = input_[at];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[') {
            subset = true;
        } else if (c == ']') {
            subset = false;
        } else if (c == '>' && !subset) {
            break;
        }
    }
    finish(token, HtmlToken::What::doctype, {std::min(at_ + 9, at), at}, std::min(at + 1, input_.size()));
    return true;
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
    bool const closing = input_[at_ + 1] == '/';
    std::size_t at = at_ + (closing ? 2 : 1);
    if (closing && (at >= input_.size() || !is_alpha(input_[at]))) {
        // "</>" and "</3": what browsers drop as a bogus comment.
        std::size_t const close = input_.find('>', at);
        std::size_t const end = close == std::string_view::npos ? input_.size() : close + 1;
        finish(token, HtmlToken::What::comment, {at, close == std::string_view::npos ? end : close}, end);
        return true;
    }
    while (at < input_.size() && !is_blank_byte(input_[at]) && input_[at] != '/' && input_[at] != '>') {
        token.name += to_lower(input_[at]);
        ++at;
    }
    while (at < input_.size() && input_[at] != '>') {
        if (!read_attribute(at, token)) break;
    }
    if (at >= input_.size()) {
        // The tag never ends; all that is left is taken as text at once, so this stays linear.
        token.attributes.clear();
        token.name.clear();
        finish(token, HtmlToken::What::text, {at_, input_.size()}, input_.size());
        return true;
    }
    finish(token, closing ? HtmlToken::What::end_tag : HtmlToken::What::start_tag, {at_, at_}, at + 1);
    if (markup_ == Markup::html && !closing && (holds_raw(token.name) || holds_only_text(token.name))) raw_element_ = token.name;
    return true;
}

// Reads one attribute, or skips what is between two; false at the end of the input.
bool HtmlTokenizer::read_attribute(std::size_t& at, HtmlToken& token) {
    while (at < input_.size() && (is_blank_byte(input_[at]) || input_[at] == '/')) ++at;
    if (at >= input_.size()) return false;
    if (input_[at] == '>') return true;
    HtmlAttribute attribute;
    std::size_t const first = at;
    while (at < input_.size() && !is_blank_byte(input_[at]) && input_[at] != '>' && input_[at] != '/' &&
           (input_[at] != '=' || at == first)) {
        attribute.name += to_lower(input_[at]);
        ++at;
    }
    std::size_t look = at;
    while (look < input_.size() && is_blank_byte(input_[look])) ++look;
    attribute.value = {at, at};
    if (look < input_.size() && input_[look] == '=') {
        at = look + 1;
        while (at < input_.size() && is_blank_byte(input_[at])) ++at;
        if (at >= input_.size()) return false;
        char const quote = input_[at];
        if (quote == '"' || quote == '\'') {
            std::size_t const close = input_.find(quote, at + 1);
            if (close == std::string_view::npos) {
                at = input_.size();
                return false;
            }
            attribute.value = {at + 1, close};
            at = close + 1;
        } else {
            std::size_t const begin = at;
            while (at < input_.size() && !is_blank_byte(input_[at]) && input_[at] != '>') ++at;
            attribute.value = {begin, at};
        }
    }
    token.attributes.push_back(std::move(attribute));
    return true;
}

}  // namespace keepmum
