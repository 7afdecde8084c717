// Dynamic data exchange: a field or formula that asks another program for its text, and starts it if
// need be. It names programs and files of the one who wrote it, and mail filters refuse it.
// Word's fields DDE and DDEAUTO (ECMA-376-1, 17.16.5), and formulas of the form program|topic!item.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"link"};
constexpr Trigger triggers[] = {{.what = Trigger::What::word, .text = "dde"}, {.what = Trigger::What::literal, .text = "|"}};
constexpr About about{
    .id = "link.dde",
    .title = {"Asks another program for data (DDE)", "会向其他程序取数据（DDE）"},
    .why = {"Opening it may start a program, and it names programs and files of your computer.",
            "打开时可能启动其他程序，还会暴露你电脑上的程序和文件。"},
    .defined_by = "ECMA-376-1, 17.16.5 (fields DDE, DDEAUTO)",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
};

Span line_of(std::string_view text, std::size_t at) {
    std::size_t const before = at == 0 ? text.npos : text.rfind('\n', at - 1);
    std::size_t begin = before == text.npos ? 0 : before + 1;
    std::size_t end = std::min(text.find('\n', at), text.size());
    while (begin < end && (text[begin] == ' ' || text[begin] == '"')) ++begin;
    while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\r')) --end;
    return {begin, end};
}

bool is_field(std::string_view line) {
    for (std::string_view word : {"DDEAUTO", "DDE"}) {
        if (line.size() > word.size() + 1 && equal_ascii_case(line.substr(0, word.size()), word) &&
            (line[word.size()] == ' ' || line[word.size()] == '\t')) return true;
    }
    return false;
}

// =cmd|'/c calc'!A0, also without the sign, as workbooks keep formulas.
bool is_formula(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && std::string_view("=+-@").find(line[at]) != std::string_view::npos) ++at;
    std::size_t const name = at;
    while (at < line.size() && (is_alnum(line[at]) || line[at] == '_' || line[at] == '.')) ++at;
    if (at == name || at - name > 64 || at >= line.size() || line[at] != '|') return false;
    std::size_t const mark = line.find('!', at + 1);
    return mark != line.npos && mark > at + 1 && mark + 1 < line.size();
}

class Dde final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        Role const role = reading.evidence.role;
        if (role != Role::link && role != Role::markup) return;
        std::uint64_t done = 0;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < done) continue;
            Span const line = line_of(reading.text, candidate.begin);
            done = line.end;
            std::string_view const text = reading.text.substr(line.begin, line.size());
            bool const field = is_field(text);
            if (!field && !is_formula(text)) continue;
            Finding finding;
            finding.certainty = role == Role::link ? Certainty::certain : Certainty::likely;
            finding.span = line;
            finding.facts = {{"kind", field ? "field" : "formula"}};
            finding.reasons = {field ? "a DDE field" : "a formula of the form program|topic!item"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_link_dde{&about, [] { return std::unique_ptr<Detector>(new Dde(about)); }};

}  // namespace keepmum
