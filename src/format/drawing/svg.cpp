// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/drawing/svg.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "format/text/css.h"
#include "format/text/html.h"

namespace keepmum {

namespace {

using What = SvgPart::What;

constexpr std::size_t deepest = 4096;
constexpr std::size_t most_selectors = 256;

template <std::size_t N>
bool is_one_of(std::string_view word, std::string_view const (&list)[N]) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Local names, lower-case.
constexpr std::string_view told[] = {"title", "desc", "metadata"};
// Of Dublin Core, what a person put down.
constexpr std::string_view said[] = {"creator", "rights", "publisher", "contributor", "title",
                                     "description", "subject", "date", "identifier"};
constexpr std::string_view moving[] = {"animate", "animatetransform", "animatemotion", "animatecolor", "set"};
constexpr std::string_view stores[] = {"defs", "symbol", "clippath", "mask", "pattern", "marker",
                                       "filter", "lineargradient", "radialgradient"};
constexpr std::string_view hiding_attributes[] = {"display", "visibility", "opacity", "style", "class"};
constexpr std::string_view framing_attributes[] = {"viewbox", "width", "height", "x", "y", "preserveaspectratio"};

std::string_view trim(std::string_view text) {
    std::size_t const begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<double> number_at_start(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data()) return {};
    return value;
}

// Where an attribute begins whose value is known: at its name.
std::size_t attribute_begin(std::string_view svg, HtmlAttribute const& attribute) {
    std::size_t at = attribute.value.begin;
    if (at > 0 && (svg[at - 1] == '"' || svg[at - 1] == '\'')) --at;
    auto const back_over = [&](std::string_view set) {
        while (at > 0 && set.find(svg[at - 1]) != std::string_view::npos) --at;
    };
    back_over(" \t\r\n");
    back_over("=");
    back_over(" \t\r\n");
    return at - std::min(at, attribute.name.size());
}
std::size_t attribute_end(std::string_view svg, HtmlAttribute const& attribute) {
    std::size_t const end = attribute.value.end;
    return end < svg.size() && (svg[end] == '"' || svg[end] == '\'') ? end + 1 : end;
}

// What a style draws from elsewhere: url(…) and @import.
bool draws_from_elsewhere(std::string_view style) {
    for (std::size_t at = style.find("url("); at != std::string_view::npos; at = style.find("url(", at + 4)) {
        std::string_view target = style.substr(at + 4);
        target.remove_prefix(std::min(target.find_first_not_of(" \t\r\n\"'"), target.size()));
        bool const here = target.starts_with('#') || target.starts_with("data:") || target.starts_with("&quot;#");
        if (!here && !target.empty()) return true;
    }
    return style.find("@import") != std::string_view::npos;
}

class Surveyor final {
  public:
    explicit Surveyor(std::string_view svg) : svg_(svg) {}

    SvgSurvey run() {
        HtmlTokenizer tokenizer(svg_, Markup::xml);
        HtmlToken token;
        while (tokenizer.next(token)) take(token);
        if (captured_) close_capture(svg_.size(), svg_.size());
        std::stable_sort(out_.parts.begin(), out_.parts.end(),
                         [](SvgPart const& left, SvgPart const& right) { return left.whole.begin < right.whole.begin; });
        return std::move(out_);
    }

  private:
    struct Open {
        std::string name;
        bool placed_elsewhere = false;  // within a store or a transformed group: its numbers are no places on the page
    };

    std::string_view text_of(Span span) const { return svg_.substr(span.begin, span.size()); }

    void add(What what, std::string name, Span whole, Span value, std::string_view how = {}) {
        out_.parts.push_back({what, how, std::move(name), whole, value});
    }

    void take(HtmlToken const& token) {
        switch (token.what) {
            case HtmlToken::What::start_tag: open(token); break;
            case HtmlToken::What::end_tag: close(token); break;
            case HtmlToken::What::comment: remark(token); break;
            case HtmlToken::What::doctype: declare(token); break;
            case HtmlToken::What::text:
            case HtmlToken::What::raw: take_text(token); break;
        }
    }

    void remark(HtmlToken const& token) {
        std::string_view const content = text_of(token.content);
        if (captured_ || content.starts_with("xml ")) return;
        bool const sheet = content.starts_with("xml-stylesheet");
        add(sheet ? What::elsewhere : What::remark, sheet ? "style" : "Comment", token.whole, token.content);
    }

    void declare(HtmlToken const& token) {
        std::string_view const content = text_of(token.content);
        if (content.find("<!ENTITY") == std::string_view::npos) return;
        out_.entities = true;
        add(What::remark, "declaration", token.whole, token.content);
    }

    void take_text(HtmlToken const& token) {
        std::string_view const text = trim(text_of(token.content));
        if (text.empty()) return;
        if (captured_) {
            if (captured_->name == "metadata" && !speaks_.empty()) add(What::told, speaks_, token.whole, token.content);
            return;
        }
        if (open_.empty() || local_name(open_.back().name) != "style") return;
        if (draws_from_elsewhere(text)) add(What::elsewhere, "style", token.whole, token.content);
        auto more = hiding_selectors(text);
        std::size_t const room = most_selectors - std::min(most_selectors, selectors_.size());
        selectors_.insert(selectors_.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())));
    }

    // Of an element of the drawing's own namespace; "" for another one's.
    std::string_view local_name(std::string_view name) const {
        if (name.starts_with(prefix_)) name.remove_prefix(prefix_.size());
        else return {};
        return name.find(':') == std::string_view::npos ? name : std::string_view();
    }

    void open(HtmlToken const& token) {
        bool const empty = svg_.substr(0, token.whole.end).ends_with("/>");
        if (out_.root.size() == 0) {
            out_.root = token.whole;
            prefix_ = token.name.substr(0, token.name.size() - std::min<std::size_t>(3, token.name.size()));
            frame(token);
        }
        std::string_view const name = local_name(token.name);
        if (captured_) {
            take_embedded(token);
            std::string_view const property = std::string_view(token.name).substr(token.name.starts_with("dc:") ? 3 : 0);
            if (speaks_.empty() && is_one_of(property, said)) {
                speaks_ = property;
                speaks_from_ = open_.size();
            }
        } else if (!capture(token, name)) {
            take_attributes(token, name);
        }
        if (empty) {
            if (captured_ && captured_depth_ == open_.size()) close_capture(token.whole.end, token.whole.end);
            return;
        }
        if (open_.size() >= deepest) return;
        bool const apart = (!open_.empty() && open_.back().placed_elsewhere) || is_one_of(name, stores) || has(token, "transform") ||
                           (name == "svg" && !open_.empty());
        open_.push_back({token.name, apart});
    }

    void close(HtmlToken const& token) {
        std::size_t const lowest = open_.size() > 64 ? open_.size() - 64 : 0;
        for (std::size_t i = open_.size(); i-- > lowest;) {
            if (open_[i].name != token.name) continue;
            open_.resize(i);
            if (!speaks_.empty() && open_.size() <= speaks_from_) speaks_.clear();
            if (captured_ && open_.size() <= captured_depth_) close_capture(token.whole.begin, token.whole.end);
            if (open_.empty()) out_.closed = true;
            return;
        }
    }

    // Whether an element is no part of the drawing, with all that is in it.
    bool capture(HtmlToken const& token, std::string_view name) {
        What what = What::told;
        std::string_view how;
        if (name.empty()) what = What::editor;
        else if (is_one_of(name, told)) what = What::told;
        else if (name == "script") what = What::script;
        else if (name == "foreignobject") what = What::page;
        else if (is_one_of(name, moving)) what = What::moving;
        else if (how = hides(token, name); !how.empty()) what = What::unseen;
        else return false;
        if (what == What::page || what == What::unseen || what == What::script) take_embedded(token);
        std::string called = name.empty() ? token.name : std::string(name == "desc" ? "description" : name);
        captured_ = SvgPart{what, how, std::move(called), token.whole, {token.whole.end, token.whole.end}};
        captured_depth_ = open_.size();
        return true;
    }
    void close_capture(std::size_t value_end, std::size_t end) {
        captured_->value.end = std::max(value_end, captured_->value.begin);
        captured_->whole.end = end;
        out_.parts.push_back(std::move(*captured_));
        captured_.reset();
        speaks_.clear();
    }

    bool has(HtmlToken const& token, std::string_view name) const { return !value_of(token, name).empty(); }
    std::string_view value_of(HtmlToken const& token, std::string_view name) const {
        for (HtmlAttribute const& attribute : token.attributes) {
            if (attribute.name == name) return text_of(attribute.value);
        }
        return {};
    }

    // How an element is kept from being seen; "" where it is not.
    std::string_view hides(HtmlToken const& token, std::string_view name) const {
        bool const apart = !open_.empty() && open_.back().placed_elsewhere;
        auto const is_store = [&](Open const& one) { return is_one_of(local_name(one.name), stores); };
        if (apart && std::any_of(open_.begin(), open_.end(), is_store)) return {};
        if (trim(value_of(token, "display")) == "none") return "display-none";
        std::string_view const visible = trim(value_of(token, "visibility"));
        if (visible == "hidden" || visible == "collapse") return "invisible";
        if (auto const opacity = number_at_start(value_of(token, "opacity")); opacity && *opacity <= 0.05) return "transparent";
        std::string_view const style = value_of(token, "style");
        if (!style.empty() && style.size() < 64 * 1024) {
            std::string_view const how = read_style(style).hidden;
            if (how == "display-none" || how == "invisible" || how == "transparent") return how;
        }
        if (std::string_view const how = hidden_by_sheet(token); !how.empty()) return how;
        return !apart && !has(token, "transform") && stands_beside(token, name) ? "off-page" : "";
    }

    std::string_view hidden_by_sheet(HtmlToken const& token) const {
        for (auto const& [selector, how] : selectors_) {
            if (how != "display-none" && how != "invisible" && how != "transparent") continue;
            std::string_view list = value_of(token, selector[0] == '#' ? "id" : "class").substr(0, 1000);
            std::string_view const wanted = std::string_view(selector).substr(1);
            while (!list.empty()) {
                std::size_t const end = std::min(list.find(' '), list.size());
                if (list.substr(0, end) == wanted) return how;
                list.remove_prefix(std::min(end + 1, list.size()));
            }
        }
        return {};
    }

    // The page, in the drawing's own units.
    void frame(HtmlToken const& root) {
        std::string box(value_of(root, "viewbox"));
        std::replace(box.begin(), box.end(), ',', ' ');
        std::string_view rest = trim(box);
        std::array<double, 4> values{};
        for (double& value : values) {
            auto const number = number_at_start(rest);
            if (!number) return frame_by_size(root);
            value = *number;
            rest.remove_prefix(std::min(rest.find(' '), rest.size()));
            rest = trim(rest);
        }
        left_ = values[0], top_ = values[1], right_ = left_ + values[2], bottom_ = top_ + values[3];
        framed_ = values[2] > 0 && values[3] > 0;
    }
    void frame_by_size(HtmlToken const& root) {
        std::string_view const width = value_of(root, "width"), height = value_of(root, "height");
        auto const is_plain = [](std::string_view text) { return text.find_first_not_of("0123456789.px ") == std::string_view::npos; };
        auto const w = number_at_start(width), h = number_at_start(height);
        if (!w || !h || !is_plain(width) || !is_plain(height)) return;
        right_ = *w, bottom_ = *h;
        framed_ = *w > 0 && *h > 0;
    }

    bool stands_beside(HtmlToken const& token, std::string_view name) const {
        if (!framed_) return false;
        double const x = number_at_start(value_of(token, "x")).value_or(0), y = number_at_start(value_of(token, "y")).value_or(0);
        if (name == "rect" || name == "image") {
            auto const width = number_at_start(value_of(token, "width")), height = number_at_start(value_of(token, "height"));
            if (!width || !height || value_of(token, "width").ends_with('%')) return false;
            return x >= right_ || y >= bottom_ || x + *width <= left_ || y + *height <= top_;
        }
        if (name == "circle" || name == "ellipse") {
            double const cx = number_at_start(value_of(token, "cx")).value_or(0), cy = number_at_start(value_of(token, "cy")).value_or(0);
            double const r = number_at_start(value_of(token, "r")).value_or(0);
            double const rx = number_at_start(value_of(token, "rx")).value_or(r), ry = number_at_start(value_of(token, "ry")).value_or(r);
            return cx - rx >= right_ || cy - ry >= bottom_ || cx + rx <= left_ || cy + ry <= top_;
        }
        // Where a line of text begins says nothing of how far it goes, but that it goes to the right and stands on its line.
        double const page = right_ - left_;
        bool const far = x >= right_ + page || y >= bottom_ + (bottom_ - top_) / 2 || y <= top_ - 1 || x <= left_ - 4 * page;
        return name == "text" && has(token, "x") && far;
    }

    void take_embedded(HtmlToken const& token) {
        for (HtmlAttribute const& attribute : token.attributes) take_data(attribute);
    }
    bool take_data(HtmlAttribute const& attribute) {
        std::string_view const value = trim(text_of(attribute.value));
        if (value.size() < 6 || !equal_ascii_case(value.substr(0, 5), "data:")) return false;
        std::string_view const media = value.substr(5, std::min<std::size_t>(value.find_first_of(";,"), 100) - 5);
        add(What::embedded, ascii_lower(media), {attribute_begin(svg_, attribute), attribute_end(svg_, attribute)}, attribute.value);
        return true;
    }

    void take_attributes(HtmlToken const& token, std::string_view element) {
        for (HtmlAttribute const& attribute : token.attributes) {
            std::string_view const name = attribute.name, value = text_of(attribute.value);
            if (value.empty() || name == "xmlns" || name.starts_with("xmlns:") || take_data(attribute)) continue;
            Span const whole{attribute_begin(svg_, attribute), attribute_end(svg_, attribute)};
            std::size_t const colon = name.find(':');
            std::string_view const prefix = name.substr(0, colon == std::string_view::npos ? 0 : colon);
            bool const own = prefix.empty() || prefix == "xlink" || prefix == "xml";
            if (!own || name.starts_with("data-") || name.starts_with("aria-")) {
                add(What::editor, attribute.name, whole, attribute.value);
            } else if (name.starts_with("on")) {
                add(What::script, attribute.name, whole, attribute.value);
            } else if (((name == "href" || name == "xlink:href") && element != "a" && !trim(value).starts_with('#')) ||
                       name == "xml:base" || draws_from_elsewhere(value)) {
                add(What::elsewhere, std::string(element), whole, attribute.value);
            }
        }
    }

    std::string_view svg_;
    SvgSurvey out_;
    std::vector<Open> open_;
    std::string prefix_;  // of the drawing's own elements: "" or "svg:"
    std::optional<SvgPart> captured_;
    std::size_t captured_depth_ = 0;
    std::string speaks_;  // within metadata: which property of Dublin Core
    std::size_t speaks_from_ = 0;
    std::vector<std::pair<std::string, std::string_view>> selectors_;
    bool framed_ = false;
    double left_ = 0, top_ = 0, right_ = 0, bottom_ = 0;
};

// The start tag at `tag` without the attributes that are unwanted.
template <class Unwanted>
std::string tag_without(std::string_view svg, Span tag, Unwanted const& unwanted) {
    std::string_view const text = svg.substr(tag.begin, tag.size());
    HtmlTokenizer tokenizer(text, Markup::xml);
    HtmlToken token;
    if (!tokenizer.next(token) || token.what != HtmlToken::What::start_tag) return {};
    std::string out;
    std::size_t from = 0;
    for (HtmlAttribute const& attribute : token.attributes) {
        if (!unwanted(attribute.name)) continue;
        std::size_t const begin = std::max(attribute_begin(text, attribute), from);
        out += text.substr(from, begin - from);
        from = attribute_end(text, attribute);
    }
    return out.append(text.substr(from, token.whole.end - from));
}

bool frames(std::string_view name) {
    bool const editors = name.find(':') != std::string_view::npos && !name.starts_with("xmlns:");
    return editors || is_one_of(name, framing_attributes);
}
bool hides_it(std::string_view name) { return is_one_of(name, hiding_attributes); }

}  // namespace

SvgSurvey survey_svg(std::string_view svg) { return Surveyor(svg).run(); }

std::string show_unseen(std::string_view svg, SvgSurvey const& survey, SvgPart const& part) {
    std::string out = tag_without(svg, survey.root, frames);
    std::size_t const root = svg.find_first_of(" \t\r\n>", survey.root.begin);
    std::string const end = "</" + std::string(svg.substr(survey.root.begin + 1, root - survey.root.begin - 1)) + ">";
    out += tag_without(svg, {part.whole.begin, part.value.begin}, hides_it);
    out += svg.substr(part.value.begin, part.whole.end - part.value.begin);
    return out + end;
}

std::string_view names_program(std::string_view remark) {
    std::string const lower = ascii_lower(remark.substr(0, 200));
    for (std::string_view const front : {"created with ", "created using ", "generator: ", "generated by ", "created by ", "exported from ",
                                         "produced by ", "made with "}) {
        std::size_t const at = lower.find(front);
        if (at != std::string::npos && at < 8) return remark.substr(at + front.size(), 120);
    }
    return {};
}

bool is_svg(std::string_view bytes) {
    std::string_view const head = bytes.substr(0, 64 * 1024);
    std::size_t const first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || head[first] != '<') return false;
    HtmlTokenizer tokenizer(head, Markup::xml);
    for (HtmlToken token; tokenizer.next(token);) {
        if (token.what == HtmlToken::What::text && trim(head.substr(token.content.begin, token.content.size())) != "" &&
            token.whole.begin >= first)
            return false;
        if (token.what == HtmlToken::What::raw || token.what == HtmlToken::What::end_tag) return false;
        if (token.what != HtmlToken::What::start_tag) continue;
        return token.name == "svg" || token.name.ends_with(":svg");
    }
    return false;
}

}  // namespace keepmum
