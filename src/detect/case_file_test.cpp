// Reads and writes `.cases` files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/case_file_test.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/utf8.h"

namespace keepmum::testing {
namespace {

std::vector<std::string> lines_of(std::string const& file) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < file.size()) {
        std::size_t end = file.find('\n', at);
        if (end == std::string::npos) end = file.size();
        lines.push_back(file.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// "   ^-----  rule  certainty  facts", "   ^---->  …" for one that goes on, "<----" where it ends.
bool is_mark(std::string const& line) {
    std::size_t const at = line.find_first_not_of(' ');
    if (at == std::string::npos) return false;
    if (line[at] == '<') return line.find_first_not_of("- ", at + 1) == std::string::npos &&
        line.size() > at + 1;
    if (line[at] != '^') return false;
    std::size_t const end = line.find_first_not_of("^->", at);
    return end == std::string::npos || line.compare(end, 2, "  ") == 0;
}

// Byte offset in `line` of display column `column`.
std::size_t byte_at(std::string const& line, std::size_t column) {
    std::size_t at = 0;
    for (std::size_t seen = 0; at < line.size() && seen < column;) {
        CodePoint const point = decode_utf8(line, at);
        seen += columns_of(point.value);
        at += point.length;
    }
    return at;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        columns += testing::columns_of(point.value);
        at += point.length;
    }
    return columns;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = text.find_first_not_of(' '); at < text.size();) {
        std::size_t end = text.find("  ", at);
        if (end == std::string_view::npos) end = text.size();
        words.emplace_back(text.substr(at, end - at));
        at = text.find_first_not_of(' ', end);
    }
    return words;
}

struct Open {
    std::size_t expected = 0;
    bool is = false;
};

// Takes one mark under the text line that begins at `line_begin`.
std::string take_mark(Case& one, Open& open, std::string const& mark, std::string const& line,
    std::size_t line_begin) {
    std::size_t const at = mark.find_first_not_of(' ');
    std::size_t end = mark.find_first_not_of("^-<", at);
    if (end == std::string::npos) end = mark.size();
    if (mark[at] == '<') {
        if (!open.is) return "'<' ends what did not begin";
        one.expected[open.expected].span.end = line_begin + byte_at(line, end);
        open.is = false;
        return {};
    }
    Expected expected;
    expected.span.begin = line_begin + byte_at(line, at);
    expected.span.end = line_begin + byte_at(line, end);
    std::size_t rest = end;
    if (end < mark.size() && mark[end] == '>') {
        open = {one.expected.size(), true};
        ++rest;
    }
    std::vector<std::string> words = words_of(std::string_view(mark).substr(std::min(rest, mark.size())));
    if (words.size() < 2) return "a mark needs a rule and a certainty";
    expected.rule = words[0];
    expected.certainty = words[1];
    expected.facts.assign(words.begin() + 2, words.end());
    std::sort(expected.facts.begin(), expected.facts.end());
    one.expected.push_back(std::move(expected));
    return {};
}

std::string mark_of(Expected const& expected, std::string const& text, std::size_t begin, std::size_t end) {
    std::string mark(columns_of(std::string_view(text).substr(begin, expected.span.begin - begin)), ' ');
    std::size_t const last = std::min<std::size_t>(expected.span.end, end);
    std::size_t const width = columns_of(std::string_view(text).substr(expected.span.begin,
        last - expected.span.begin));
    mark += '^';
    mark.append(width ? width - 1 : 0, '-');
    if (expected.span.end > end) mark += '>';
    mark += "  " + expected.rule + "  " + expected.certainty;
    for (std::string const& fact : expected.facts) mark += "  " + fact;
    return mark + '\n';
}

// A title's last words in brackets say what the text is: "[fields]", "[role=margin, kind=records]",
// "[role=hidden, reason=vanish]".
bool take_options(Case& one) {
    std::size_t const open = one.title.rfind('[');
    if (open == std::string::npos || !one.title.ends_with(']')) return true;
    std::string_view rest = std::string_view(one.title).substr(open + 1, one.title.size() - open - 2);
    if (rest != "fields" && rest != "records" && rest.find('=') == std::string_view::npos) return true;
    while (!rest.empty()) {
        std::size_t const comma = std::min(rest.find(", "), rest.size());
        std::string_view option = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 2, rest.size()));
        if (option.starts_with("kind=")) option.remove_prefix(5);
        bool known = false;
        for (Kind const kind : {Kind::text, Kind::fields, Kind::records}) {
            if (word(kind) != option) continue;
            one.kind = kind;
            known = true;
        }
        for (int role = 0; role <= static_cast<int>(Role::residue); ++role) {
            if (!option.starts_with("role=") || word(static_cast<Role>(role)) != option.substr(5)) continue;
            one.role = static_cast<Role>(role);
            known = true;
        }
        if (option.starts_with("media=") && option.size() > 6) {
            one.media = option.substr(6);
            known = true;
        }
        if (option.starts_with("reason=") && option.size() > 7) {
            one.reason = option.substr(7);
            known = true;
        }
        if (!known) return false;
    }
    return true;
}

}  // namespace

std::size_t columns_of(char32_t code_point) {
    bool const wide = is_cjk(code_point) || (code_point >= 0x3000 && code_point <= 0x303F) ||
                      (code_point >= 0xFF01 && code_point <= 0xFF60) || (code_point >= 0xFFE0 &&
                          code_point <= 0xFFE6);
    return wide ? 2 : 1;
}

Result<std::vector<Case>> parse_cases(std::string const& file) {
    std::vector<Case> cases;
    std::vector<std::string> const lines = lines_of(file);
    Open open;
    std::size_t begin = 0;
    std::string last;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string const& line = lines[i];
        if (line.starts_with("== ")) {
            if (open.is) break;
            Case one;
            one.title = line.substr(3);
            one.line = i + 1;
            if (!take_options(one)) return fail(Fault::invalid, "unknown option in a title", std::to_string(i + 1));
            cases.push_back(std::move(one));
            open = {};
            continue;
        }
        if (cases.empty()) {
            if (line.empty() || line[0] == '#') continue;
            return fail(Fault::invalid, "text before the first case", std::to_string(i + 1));
        }
        Case& one = cases.back();
        if (line == "-- nothing") {
            one.silence = Silence::nothing;
        } else if (line == "-- not nominated") {
            one.silence = Silence::not_nominated;
        } else if ((is_mark(line) || (open.is && line == "<")) && !one.rows.empty()) {
            std::string const fault = take_mark(one, open, line, last, begin);
            if (!fault.empty()) return fail(Fault::invalid, fault, std::to_string(i + 1));
        } else {
            begin = one.text.size();
            last = line;
            one.text += line + '\n';
            one.rows.push_back(i + 1);
        }
    }
    if (open.is) return fail(Fault::invalid, "a mark goes on ('>') and never ends ('<')",
        std::to_string(cases.back().line));
    for (Case& one : cases) {
        std::sort(one.expected.begin(), one.expected.end(),
                  [](Expected const& a, Expected const& b) { return a.span.begin < b.span.begin; });
    }
    return cases;
}

std::string bless_cases(std::string const& file, std::vector<Case> const& cases,
                        std::vector<std::vector<Expected>> const& found) {
    std::vector<std::string> const lines = lines_of(file);
    std::string out;
    for (std::size_t i = 0; i < lines.size() && (cases.empty() ||
        i + 1 < cases[0].line); ++i) out += lines[i] + '\n';
    for (std::size_t c = 0; c < cases.size(); ++c) {
        Case const& one = cases[c];
        out += "== " + one.title + '\n';
        std::size_t begin = 0;
        for (std::size_t row : one.rows) {
            std::string const& line = lines[row - 1];
            out += line + '\n';
            std::size_t const end = begin + line.size();
            for (Expected const& expected : found[c]) {
                if (expected.span.begin >= begin && expected.span.begin <= end) {
                    out += mark_of(expected, one.text, begin, end);
                } else if (expected.span.begin < begin && expected.span.end > begin &&
                    expected.span.end <= end) {
                    std::size_t const width =
                        columns_of(std::string_view(one.text).substr(begin, expected.span.end - begin));
                    out += '<' + std::string(width - 1, '-') + '\n';
                }
            }
            begin = end + 1;
        }
        if (found[c].empty()) out += one.silence == Silence::not_nominated ? "-- not nominated\n"
            : "-- nothing\n";
    }
    return out;
}

Evidence evidence_of(Case const& one, std::string const& text) {
    Evidence evidence;
    evidence.kind = one.kind;
    evidence.role = one.role;
    evidence.reason = one.reason;
    evidence.media = one.media;
    evidence.content = Blob::copy(text);
    if (one.kind == Kind::text) return evidence;
    std::int32_t row = 1, column = 1;
    std::uint32_t begin = 0;
    auto const close = [&](std::uint32_t end) {
        if (one.kind == Kind::records) {
            if (row == 1) evidence.names.push_back(text.substr(begin, end - begin));
            evidence.marks.push_back({begin, Mark::What::cell, row, column});
        } else if (column == 1) {
            std::string const line = text.substr(begin, end - begin);
            evidence.names.push_back(line.substr(0, line.find(':')));
            evidence.marks.push_back({begin, Mark::What::field, row - 1});
        }
    };
    for (std::uint32_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            close(at);
            ++row;
            column = 1;
            begin = at + 1;
        } else if (text[at] == '\t' && one.kind == Kind::records) {
            close(at);
            ++column;
            begin = at + 1;
        }
    }
    return evidence;
}

TEST(CaseFile, RefusesAMarkThatNeverEnds) {
    EXPECT_FALSE(parse_cases("== three\nab\n ^>  x.y  hint\ncd\n"));
    EXPECT_FALSE(parse_cases("== three\nab\n ^-  x.y\n"));
}

TEST(CaseFile, TitlesSayWhatTheTextIs) {
    auto const cases = parse_cases("== one [role=margin]\nab\n== two [role=metadata, kind=fields]\nab\n== [1]\nab\n");
    ASSERT_TRUE(cases);
    EXPECT_EQ((*cases)[0].role, Role::margin);
    EXPECT_EQ((*cases)[0].kind, Kind::text);
    EXPECT_EQ((*cases)[1].role, Role::metadata);
    EXPECT_EQ((*cases)[1].kind, Kind::fields);
    EXPECT_EQ((*cases)[2].kind, Kind::text);
    EXPECT_FALSE(parse_cases("== one [role=head]\nab\n"));
}

TEST(CaseFile, BlessingWhatIsExpectedChangesNothing) {
    std::string const file =
        "# comment\n== one\nab 号码 77\n   ^---  x.y  certain  k=a b\n        ^-  x.y  hint\n== two\nzz\n-- nothing\n"
        "== three\nab\n ^>  x.y  hint\ncd\n<\n";
    auto cases = parse_cases(file);
    ASSERT_TRUE(cases) << cases.error().what << " " << cases.error().where;
    ASSERT_EQ(cases->size(), 3u);
    EXPECT_EQ((*cases)[0].expected[0].span, (Span{3, 9}));
    EXPECT_EQ((*cases)[0].expected[1].span, (Span{10, 12}));
    EXPECT_EQ((*cases)[2].expected[0].span, (Span{1, 4}));
    std::vector<std::vector<Expected>> found;
    for (Case const& one : *cases) found.push_back(one.expected);
    EXPECT_EQ(bless_cases(file, *cases, found), file);
}

}  // namespace keepmum::testing
