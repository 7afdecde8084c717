// One JSON object a line, for programs. docs/formats/report.md describes the fields,
// docs/formats/report.schema.json fixes them; fields are only ever added.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/output.h"
#include "report/words.h"

namespace keepmum {

namespace {

void write_list(JsonWriter& json, std::string_view key, std::vector<std::string> const& list) {
    json.key(key).begin_array();
    for (std::string const& entry : list) json.value(entry);
    json.end_array();
}

// Facts of the same key become one value: an object must not name a key twice.
void write_facts(JsonWriter& json, std::vector<Fact> const& facts) {
    json.key("facts").begin_object();
    for (std::size_t i = 0; i < facts.size();) {
        std::string value = facts[i].value;
        std::size_t next = i + 1;
        for (; next < facts.size() && facts[next].key == facts[i].key; ++next) value += ", " + facts[next].value;
        json.field(facts[i].key, value);
        i = next;
    }
    json.end_object();
}

void write_finding(JsonWriter& json, Verdict const& verdict, Finding const& finding) {
    json.begin_object().field("type", "finding").field("source", show_name(verdict.source));
    json.field("place", print(finding.place)).field("rule", finding.rule);
    json.field("certainty", word(finding.certainty));
    write_list(json, "labels", finding.labels);
    write_facts(json, finding.facts);
    json.field("excerpt", finding.excerpt);
    write_list(json, "reasons", finding.reasons);
    json.field("fingerprint", finding.fingerprint).field("role", word(finding.role));
    if (!finding.position.empty()) json.field("position", finding.position);
    json.end_object();
}

void write_gap(JsonWriter& json, Verdict const& verdict, Gap const& gap) {
    json.begin_object().field("type", "gap").field("source", show_name(verdict.source));
    json.field("place", print(gap.place)).field("cause", word(gap.cause)).field("stage", word(gap.stage));
    json.field("bytes", gap.bytes);
    if (!gap.rule.empty()) json.field("rule", gap.rule);
    if (!gap.media.empty()) json.field("media", gap.media);
    if (!gap.detail.empty()) json.field("detail", gap.detail);
    json.end_object();
}

class JsonlWriter final : public Writer {
  public:
    JsonlWriter(std::unique_ptr<ByteSink> sink, WriterOptions options) : output_(std::move(sink)), options_(options) {}

    void begin(RunFacts const& facts) override { facts_ = facts; }

    void source(SourceReport report) override {
        Verdict const& verdict = report.verdict;
        for (Finding const& finding : verdict.findings) {
            put_line([&](JsonWriter& json) { write_finding(json, verdict, finding); });
        }
        for (Gap const& gap : verdict.gaps) {
            put_line([&](JsonWriter& json) { write_gap(json, verdict, gap); });
        }
        put_line([&](JsonWriter& json) { write_verdict(json, verdict, report.remembered); });
    }

    void end(Summary const& summary) override {
        put_line([&](JsonWriter& json) {
            json.begin_object().field("type", "summary").field("sources", summary.sources);
            json.field("bytes", summary.bytes).field("read", summary.read);
            json.field("findings", summary.findings).field("gaps", summary.gaps);
            json.field("outcome", word(summary.outcome)).field("setup", summary.setup);
            json.field("partial", summary.partial).field("version", facts_.version);
            json.field("directive", facts_.directive).end_object();
        });
    }

    Result<void> finish() override { return output_.finish(); }

  private:
    template <class Fill>
    void put_line(Fill fill) {
        line_.clear();
        JsonWriter json(line_);
        fill(json);
        line_ += '\n';
        output_.put(line_);
    }

    void write_verdict(JsonWriter& json, Verdict const& verdict, std::string_view remembered) const {
        json.begin_object().field("type", "verdict").field("source", show_name(verdict.source));
        json.field("outcome", word(verdict.outcome)).key("because").begin_array();
        for (Fired const& fired : verdict.because) {
            json.begin_object().field("clause", fired.clause);
            json.field("text", because_of(options_.language, options_.glossary, fired.clause));
            json.field("outcome", word(fired.outcome)).field("findings", fired.findings.size());
            json.field("gaps", fired.gaps.size()).end_object();
        }
        json.end_array().key("coverage").begin_object().field("bytes", verdict.coverage.bytes);
        json.field("read", verdict.coverage.read);
        if (!verdict.coverage.picture_reader.empty()) json.field("picture_reader", verdict.coverage.picture_reader);
        json.end_object();
        if (!verdict.permits.empty()) write_list(json, "permits", verdict.permits);
        if (!remembered.empty()) json.field("remembered", remembered);
        if (verdict.objects != ObjectsLooked::unasked) {
            json.field("objects", verdict.objects == ObjectsLooked::looked ? "looked-for" : "not-looked-for");
        }
        if (verdict.together) json.field("together", true);
        json.field("partial", verdict.partial).end_object();
    }

    Output output_;
    WriterOptions options_;
    RunFacts facts_;
    std::string line_;
};

}  // namespace

std::unique_ptr<Writer> make_jsonl_writer(std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<JsonlWriter>(std::move(sink), options);
}

}  // namespace keepmum
