// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/writer.h"

#include "report/formats.h"
#include "report/redactor.h"

namespace keepmum {

namespace {

void redact_in_place(Redactor const& redactor, std::string& text) { text = redactor.redact(text); }

void redact_in_place(Redactor const& redactor, Place& place) {
    redact_in_place(redactor, place.source);
    for (Step& step : place.steps) redact_in_place(redactor, step.name);
}

void redact_in_place(Redactor const& redactor, Finding& finding) {
    redact_in_place(redactor, finding.place);
    redact_in_place(redactor, finding.excerpt);
    redact_in_place(redactor, finding.position);
    for (Fact& fact : finding.facts) redact_in_place(redactor, fact.value);
    for (std::string& reason : finding.reasons) redact_in_place(redactor, reason);
}

void redact_in_place(Redactor const& redactor, Exhibit& exhibit) {
    redact_in_place(redactor, exhibit.place);
    redact_in_place(redactor, exhibit.reason);
    std::vector<std::string_view> parts;
    for (Exhibit::Piece const& piece : exhibit.pieces) parts.push_back(piece.text);
    std::vector<std::string> safe = redactor.redact_parts(parts);
    for (std::size_t i = 0; i < safe.size(); ++i) exhibit.pieces[i].text = std::move(safe[i]);
}

class RedactingWriter final : public Writer {
  public:
    explicit RedactingWriter(std::unique_ptr<Writer> inner) : inner_(std::move(inner)) {}

    void begin(RunFacts const& facts) override { inner_->begin(facts); }

    void source(SourceReport report) override {
        Redactor redactor;
        for (std::string const& secret : report.secrets) redactor.add(secret);
        report.secrets.clear();
        if (!redactor.empty()) {
            redact_in_place(redactor, report.verdict.source);
            for (Finding& finding : report.verdict.findings) redact_in_place(redactor, finding);
            for (Gap& gap : report.verdict.gaps) {
                redact_in_place(redactor, gap.place);
                redact_in_place(redactor, gap.detail);
                redact_in_place(redactor, gap.media);
            }
            for (Exhibit& exhibit : report.exhibits) redact_in_place(redactor, exhibit);
        }
        inner_->source(std::move(report));
    }

    void end(Summary const& summary) override { inner_->end(summary); }
    Result<void> finish() override { return inner_->finish(); }

  private:
    std::unique_ptr<Writer> inner_;
};

std::unique_ptr<Writer> make_format(Format format, std::unique_ptr<ByteSink> sink, WriterOptions options) {
    switch (format) {
        case Format::text: return make_text_writer(std::move(sink), options);
        case Format::jsonl: return make_jsonl_writer(std::move(sink), options);
        case Format::sarif: return make_sarif_writer(std::move(sink), options);
        case Format::html: break;
    }
    return make_html_writer(std::move(sink), options);
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
    if (name == "text") return Format::text;
    if (name == "jsonl") return Format::jsonl;
    if (name == "sarif") return Format::sarif;
    if (name == "html") return Format::html;
    return std::nullopt;
}

std::unique_ptr<Writer> make_writer(Format format, std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<RedactingWriter>(make_format(format, std::move(sink), options));
}

Standings standings_of(Verdict const& verdict) {
    Standings standings;
    standings.findings.resize(verdict.findings.size());
    standings.gaps.resize(verdict.gaps.size());
    auto const weigh = [](std::vector<Standing>& list, std::uint32_t index, Fired const& fired) {
        if (index >= list.size()) return;
        Standing& standing = list[index];
        if (standing.clause.empty() || fired.outcome > standing.outcome) standing = {fired.outcome, fired.clause};
    };
    for (Fired const& fired : verdict.because) {
        for (std::uint32_t const index : fired.findings) weigh(standings.findings, index, fired);
        for (std::uint32_t const index : fired.gaps) weigh(standings.gaps, index, fired);
    }
    return standings;
}

}  // namespace keepmum
