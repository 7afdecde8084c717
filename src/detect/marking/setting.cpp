// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/marking/setting.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t reach = 300;         // bytes of a line to either side
constexpr std::size_t page_reach = 600;    // bytes that the first or last lines of a page may take
constexpr int top_lines = 5, bottom_lines = 4;

bool ends_line(char c) { return c == '\n' || c == '\r' || c == '\f'; }

// U+3000, the blank of Chinese type.
constexpr std::string_view wide_blank = "\u3000";

std::size_t line_begin(std::string_view text, std::size_t at) {
    std::size_t const floor = at > reach ? at - reach : 0;
    while (at > floor && !ends_line(text[at - 1])) --at;
    return at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    std::size_t const ceiling = std::min(text.size(), at + reach);
    while (at < ceiling && !ends_line(text[at])) ++at;
    return at;
}

std::string_view line_above(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end > 0 && begin - end < 4 && ends_line(text[end - 1])) --end;
    if (end == begin) return {};
    std::size_t const from = line_begin(text, end);
    return trim(text.substr(from, end - from));
}

std::string_view line_below(std::string_view text, std::size_t end) {
    std::size_t begin = end;
    while (begin < text.size() && begin - end < 4 && ends_line(text[begin])) ++begin;
    if (begin == end) return {};
    return trim(text.substr(begin, line_end(text, begin) - begin));
}

// Fewer than `most` lines with anything on them stand between the line that begins at `begin` and the page's top.
bool is_near_top(std::string_view text, std::size_t begin, int most) {
    std::size_t const floor = begin > page_reach ? begin - page_reach : 0;
    bool filled = false;
    int lines = 0;
    std::size_t at = begin;
    for (; at > floor; --at) {
        char const c = text[at - 1];
        if (c == '\f') return lines + filled < most;
        if (c == '\n') {
            lines += filled;
            filled = false;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            filled = true;
        }
    }
    return at == 0 && lines + filled < most;
}

bool is_near_bottom(std::string_view text, std::size_t end, int most) {
    std::size_t const ceiling = std::min(text.size(), end + page_reach);
    bool filled = false;
    int lines = 0;
    std::size_t at = end;
    for (; at < ceiling; ++at) {
        char const c = text[at];
        if (c == '\f') return lines + filled < most;
        if (c == '\n') {
            lines += filled;
            filled = false;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            filled = true;
        }
    }
    return at == text.size() && lines + filled < most;
}

bool ends_with_any(std::string_view text, std::span<std::string_view const> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}
bool starts_with_any(std::string_view text, std::span<std::string_view const> starts) {
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

constexpr std::string_view open_quotes[] = {"\"", "'", "`", "“", "‘", "«", "„", "「", "『", "《"};
constexpr std::string_view open_brackets[] = {"(", "[", "（", "【", "［", "〔", "{"};
constexpr std::string_view close_brackets[] = {")", "]", "）", "】", "］", "〕", "}"};

bool is_blank_or_mark(char32_t c) { return !is_word(c); }

// Letters or digits in it.
bool has_words(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (!is_blank_or_mark(point.value)) return true;
        at += point.length;
    }
    return false;
}

// Program text has marks that no page has around its markings.
bool has_code_marks(std::string_view text) { return text.find_first_of(",;={}<>$&|\\\"'`@") != std::string_view::npos; }

// Only numbers and the words that stand beside them in headers and footers.
bool is_furniture(std::string_view text) {
    static constexpr std::string_view words[] = {
        "page", "pages", "p", "pp", "of", "copy", "copies", "no", "nr", "number", "version", "v", "rev", "revision", "draft", "final",
        "date", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "classification", "overall", "security",
        "document", "marking", "level", "第", "页", "頁", "共", "份", "号", "號", "年", "月", "日", "版", "册", "第页", "份号",
        "密级", "密級", "编号", "保密期限", "特急", "加急", "急件", "平急"};
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (!is_word(point.value) || is_digit(text[at])) {
            at += point.length;
            continue;
        }
        std::size_t end = at;
        while (end < text.size()) {
            CodePoint const next = decode_utf8(text, end);
            if (!is_word(next.value) || is_digit(text[end])) break;
            end += next.length;
        }
        std::string const lower = ascii_lower(text.substr(at, end - at));
        if (std::find(std::begin(words), std::end(words), lower) == std::end(words)) return false;
        at = end;
    }
    return true;
}

// "-", "*", "3.", "b)" before an item of a list.
bool is_bullet(std::string_view text) {
    if (text == "-" || text == "*" || text == "+" || text == "o" || text == "•" || text == "·" || text == "–") return true;
    if (text.size() < 2 || text.size() > 4) return false;
    if (text.back() != '.' && text.back() != ')') return false;
    return std::all_of(text.begin(), text.end() - 1, is_alnum);
}

// Signs that open a comment of a program.
bool is_comment_sign(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text != "*" && text.find_first_not_of("/*#%;!") == std::string_view::npos;
}

// Characters of identifiers, paths and program text that end at `at` or begin there.
bool joins_on(std::string_view text, std::size_t at, std::size_t beyond) {
    if (at >= text.size()) return false;
    char const c = text[at];
    if (is_alnum(c) || std::string_view("_$@#%\\=<>&|~^+").find(c) != std::string_view::npos) return true;
    if (c == '-' || c == '.' || c == ':' || c == '/') return beyond < text.size() && (is_alnum(text[beyond]) || text[beyond] == c);
    return false;
}

bool is_whole(std::string_view text, Span span) {
    if (span.begin > 0 && joins_on(text, span.begin - 1, span.begin >= 2 ? span.begin - 2 : text.size())) return false;
    return !joins_on(text, span.end, span.end + 1);
}

bool is_article(std::string_view before) {
    static constexpr std::string_view articles[] = {
        "a",     "an",    "the",   "this", "that",    "no",    "any",   "each", "your", "our",    "their", "its", "as",
        "is",    "are",   "was",   "were", "marked",  "be",    "been",  "or",   "and",  "than",   "of",    "in",  "for",
        "with",  "by",    "to",    "not",  "strictly", "very", "kept",  "keep", "his",  "her",    "my",    "some"};
    std::size_t const at = before.find_last_of(" \t");
    std::string const last = ascii_lower(before.substr(at == std::string_view::npos ? 0 : at + 1));
    return std::find(std::begin(articles), std::end(articles), last) != std::end(articles);
}

// Columns: several blanks or a tab part what stands at the two ends of a line.
bool is_apart(std::string_view text, Span span, std::size_t begin, std::size_t end) {
    auto const starts = [](std::string_view rest) {
        return rest.starts_with("   ") || rest.starts_with('\t') || rest.starts_with("\u3000\u3000");
    };
    auto const ends = [](std::string_view rest) {
        return rest.ends_with("   ") || rest.ends_with('\t') || rest.ends_with("\u3000\u3000");
    };
    std::string_view const before = text.substr(begin, span.begin - begin), after = text.substr(span.end, end - span.end);
    if (trim(before).empty()) return starts(after);
    return trim(after).empty() && ends(before);
}

constexpr std::string_view example_words[] = {
    "for example", "an example", "examples", "example of", "example:", "e.g.", "such as", "sample", "illustrat", "placeholder", "dummy", "fictional", "fictitious", " means ", "is marked", "are marked",
    "marking is", "markings are", "例如", "比如", "譬如", "示例", "样例", "样本", "举例", "格式为", "标注为", "标志为", "形式为", "字样", "範例"};

Field field_of(std::string_view name) {
    static constexpr std::string_view labels[] = {"classif", "sensitiv", "marking", "label", "categor", "keyword", "security", "secrecy",
                                                  "confidential", "密级", "密級", "保密", "类别", "关键词", "标记"};
    static constexpr std::string_view titles[] = {"title", "subject", "header", "footer", "标题", "主题", "主旨"};
    if (holds_any(name, labels)) return Field::label;
    return holds_any(name, titles) ? Field::title : Field::other;
}

void see_line(Reading const& reading, Span span, MarkingSetting& setting) {
    std::string_view const text = reading.text;
    std::size_t begin = line_begin(text, span.begin), end = line_end(text, span.end);
    bool const cut = (begin > 0 && !ends_line(text[begin - 1])) || (end < text.size() && !ends_line(text[end]));
    setting.above = line_above(text, begin);
    setting.below = line_below(text, end);
    setting.before = trim(text.substr(begin, span.begin - begin));
    setting.after = trim(text.substr(span.end, end - span.end));
    if (reading.evidence.kind == Kind::fields) {
        std::size_t const colon = setting.before.find(':');
        if (colon != std::string_view::npos) {
            setting.field = field_of(setting.before.substr(0, colon));
            setting.before = trim(setting.before.substr(colon + 1));
        }
    }
    setting.commented = is_comment_sign(setting.before);
    std::string_view before = setting.before, after = setting.after;
    bool const row = reading.evidence.kind == Kind::records && (has_words(before) || has_words(after));
    if (row) {
        bool const left = span.begin == begin || text[span.begin - 1] == '\t';
        bool const right = span.end == end || text[span.end] == '\t';
        setting.line = left && right ? Line::cell : Line::sentence;
        return;
    }
    setting.bracketed = ends_with_any(before, open_brackets) && starts_with_any(after, close_brackets);
    if (setting.bracketed) {
        before.remove_suffix(decode_utf8(before, before.size() - (before.back() & 0x80 ? 3 : 1)).length);
        after.remove_prefix(decode_utf8(after, 0).length);
    }
    bool const words_before = has_words(before), words_after = has_words(after);
    if (cut || has_code_marks(before) || (!words_after && has_code_marks(after))) setting.line = Line::sentence;
    else if (is_bullet(trim(before)) && after.empty()) setting.line = Line::item;
    else if (!words_before && !words_after) setting.line = Line::alone;
    else if (is_furniture(before) && is_furniture(after)) setting.line = Line::furniture;
    else if (!words_before && (setting.bracketed || after.starts_with(':') || after.starts_with("：") || after.starts_with("-") ||
                               after.starts_with("–") || after.starts_with("—"))) setting.line = Line::lead;
    else if (is_apart(text, span, begin, end)) setting.line = Line::lead;
}

}  // namespace

std::string_view trim(std::string_view text) {
    for (;;) {
        if (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
        else if (text.starts_with(wide_blank)) text.remove_prefix(wide_blank.size());
        else break;
    }
    for (;;) {
        if (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
        else if (text.ends_with(wide_blank)) text.remove_suffix(wide_blank.size());
        else break;
    }
    return text;
}

bool holds_any(std::string_view text, std::span<std::string_view const> words) {
    std::string const lower = ascii_lower(text);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

MarkingSetting setting_of(Reading const& reading, Span span) {
    MarkingSetting setting;
    std::string_view const text = reading.text;
    setting.is_whole = is_whole(text, span);
    if (!setting.is_whole) return setting;
    see_line(reading, span, setting);
    setting.margin = reading.evidence.role == Role::margin;
    setting.quoted = ends_with_any(text.substr(0, span.begin), open_quotes);
    setting.after_article = is_article(setting.before);
    setting.exemplary = holds_any(setting.before, example_words) || holds_any(setting.after, example_words) ||
                        holds_any(setting.above, example_words);
    if (setting.line != Line::sentence && reading.evidence.kind != Kind::fields) {
        setting.top = is_near_top(text, line_begin(text, span.begin), top_lines);
        setting.bottom = is_near_bottom(text, line_end(text, span.end), bottom_lines);
    }
    return setting;
}

void Score::add(int points, std::string_view reason) {
    points_ += points;
    (points > 0 ? reasons_for_ : reasons_against_).emplace_back(reason);
}

std::optional<Certainty> Score::certainty() const {
    if (points_ >= 6) return Certainty::certain;
    if (points_ >= 4) return Certainty::likely;
    if (points_ >= 2) return Certainty::hint;
    return std::nullopt;
}

std::vector<std::string> Score::reasons() const {
    std::vector<std::string> all = reasons_for_;
    all.insert(all.end(), reasons_against_.begin(), reasons_against_.end());
    return all;
}

void weigh(MarkingSetting const& setting, Score& score) {
    switch (setting.line) {
        case Line::alone: score.add(2, "it has a line to itself"); break;
        case Line::furniture: score.add(2, "only numbers stand beside it"); break;
        case Line::lead: score.add(1, "it opens its line"); break;
        case Line::item: score.add(-1, "though it is an item of a list"); break;
        case Line::cell: score.add(0, "though it is one cell of a row"); break;
        case Line::sentence:
            // "Acme Confidential, all rights reserved" is how footers speak.
            if (!setting.margin) score.add(-3, "though it stands among other words");
            break;
    }
    if (setting.margin) score.add(4, "it stands in a header, footer or watermark");
    else if (setting.top || setting.bottom) {
        score.add(1, setting.top ? "it stands at the top of the page" : "it stands at the bottom of the page");
    }
    if (setting.line != Line::sentence) {
        if (setting.field == Field::label) score.add(3, "it is the value of a property for such labels");
        if (setting.field == Field::title) score.add(1, "it opens the title");
    }
    if (setting.commented && !setting.top) score.add(-2, "though it is a remark in a program");
    if (setting.quoted) score.add(-4, "though it is quoted");
    if (setting.after_article && !setting.margin) score.add(-2, "though the words before it make it part of a sentence");
    if (setting.exemplary) score.add(-4, "though words nearby call it an example");
}

Capitals capitals_of(std::string_view text) {
    bool const upper = std::any_of(text.begin(), text.end(), is_upper), lower = std::any_of(text.begin(), text.end(), is_lower);
    if (upper && lower) return Capitals::some;
    return lower ? Capitals::none : Capitals::all;
}

void weigh(Capitals capitals, MarkingSetting const& setting, Score& score) {
    if (capitals == Capitals::all) score.add(1, "it is in capitals");
    if (capitals == Capitals::some && !setting.margin) score.add(-1, "though it is not all in capitals");
    if (capitals == Capitals::none) score.add(-3, "though it is in small letters");
}

void Markings::add(Marking marking) {
    std::string key(reading_.text.substr(marking.span.begin, marking.span.size()));
    for (std::string const& label : marking.labels) key += '\n' + label;
    if (!marking.score.certainty() && marking.score.points() < 1) return;  // no repetition makes it one
    if (kept_.size() >= most && !kept_.contains(key)) return;
    auto [at, fresh] = kept_.try_emplace(std::move(key));
    Kept& kept = at->second;
    if (marking.score.points() >= 3) kept.times += 1 + marking.times;
    if (fresh || marking.score.points() > kept.marking.score.points()) kept.marking = std::move(marking);
}

void Markings::report(Sink& sink) {
    for (auto& [text, kept] : kept_) {
        Marking& marking = kept.marking;
        if (kept.times > 1) marking.score.add(kept.times > 2 ? 2 : 1, "it stands there more than once");
        std::optional<Certainty> const certainty = marking.score.certainty();
        if (!certainty) continue;
        Finding finding;
        finding.certainty = *certainty;
        finding.span = marking.span;
        finding.facts = std::move(marking.facts);
        if (kept.times > 1) finding.facts.push_back({"times", std::to_string(kept.times)});
        finding.labels = std::move(marking.labels);
        finding.reasons = marking.score.reasons();
        sink.found(std::move(finding));
    }
}

}  // namespace keepmum
