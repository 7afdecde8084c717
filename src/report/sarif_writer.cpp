// SARIF 2.1.0 (OASIS), for code hosts and editors that read it.
//
// Results are written as they come; what can only be known at the end (the rules met, the
// notifications of gaps) follows them, which JSON allows. A finding inside a container gets the
// container as its artifact and the way inside as logical locations: the standard's nested artifacts
// are understood by no viewer we know of.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <vector>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "report/formats.h"
#include "report/output.h"
#include "report/words.h"

namespace keepmum {

namespace {

std::string_view level_of(Outcome outcome) {
    return outcome == Outcome::hold ? "error" : outcome == Outcome::warn ? "warning" : "note";
}

// RFC 3986: everything but unreserved characters and '/' as %XX.
std::string make_uri(std::string_view source) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = source.starts_with('/') ? "file://" : "";
    for (char const c : source) {
        if (is_alnum(c) || c == '/' || c == '-' || c == '.' || c == '_' || c == '~') {
            uri += c;
        } else {
            uri += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
        }
    }
    return uri;
}

std::string_view kind_of(Step const& step) { return step.how == How::member ? "member" : word(step.how); }

void write_message(JsonWriter& json, std::string_view key, std::string_view text) {
    json.key(key).begin_object().field("text", text).end_object();
}

// Line and column are those of the file itself only where nothing was unpacked on the way.
void write_region(JsonWriter& json, Finding const& finding) {
    if (!finding.place.span) return;
    json.key("region").begin_object();
    std::size_t const colon = finding.position.find(':');
    std::string_view const line = std::string_view(finding.position).substr(0, colon);
    bool const plain = colon != std::string::npos && !line.empty() && line.size() < 10 && line != "0" &&
                       line.find_first_not_of("0123456789") == line.npos;
    if (plain) json.field("startLine", std::stoul(std::string(line)));
    json.field("byteOffset", finding.place.span->begin).field("byteLength", finding.place.span->size());
    json.end_object();
}

void write_location(JsonWriter& json, Place const& place, Finding const* finding) {
    bool nested = false;
    for (Step const& step : place.steps) nested = nested || step.how != How::decode;
    json.begin_object().key("physicalLocation").begin_object().key("artifactLocation").begin_object();
    json.field("uri", make_uri(place.source)).end_object();
    if (finding && !nested) write_region(json, *finding);
    json.end_object();
    if (!place.steps.empty()) {
        json.key("logicalLocations").begin_array();
        Place so_far{place.source, {}, std::nullopt};
        for (Step const& step : place.steps) {
            so_far.steps.push_back(step);
            json.begin_object().field("name", show_name(step.name)).field("kind", kind_of(step));
            json.field("fullyQualifiedName", print(so_far)).end_object();
        }
        json.end_array();
    }
    json.end_object();
}

class SarifWriter final : public Writer {
  public:
    SarifWriter(std::unique_ptr<ByteSink> sink, WriterOptions options)
        : output_(std::move(sink)), options_(options), gaps_json_(gaps_) {}

    void begin(RunFacts const& facts) override {
        facts_ = facts;
        output_.put("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
                    "\"results\":[");
    }

    void source(SourceReport report) override {
        Verdict const& verdict = report.verdict;
        Standings const standings = standings_of(verdict);
        for (std::size_t i = 0; i < verdict.findings.size(); ++i) put_result(verdict.findings[i], standings.findings[i]);
        for (std::size_t i = 0; i < verdict.gaps.size(); ++i) add_notification(verdict.gaps[i], standings.gaps[i]);
    }

    void end(Summary const& summary) override {
        std::string out = "\n],\"tool\":{\"driver\":";
        JsonWriter json(out);
        json.begin_object().field("name", "keepmum").field("version", facts_.version);
        json.key("rules").begin_array();
        for (std::string const& id : rule_order_) write_rule(json, id);
        json.end_array().key("notifications").begin_array();
        for (std::size_t i = 0; i < 8; ++i) write_cause(json, static_cast<Cause>(i));
        json.end_array().end_object();
        out += "},\"invocations\":[";
        JsonWriter invocation(out);
        invocation.begin_object().field("executionSuccessful", !summary.partial);
        invocation.field("exitCode", summary.partial ? 130 : summary.outcome == Outcome::hold ? 1 : 0);
        out += ",\"toolExecutionNotifications\":[" + gaps_ + "]";
        invocation.end_object();
        out += "],\"columnKind\":\"unicodeCodePoints\",\"language\":";
        append_json_string(out, options_.language == Language::zh ? "zh-CN" : "en");
        out += ",\"properties\":";
        JsonWriter properties(out);
        properties.begin_object().field("outcome", word(summary.outcome)).field("sources", summary.sources);
        properties.field("bytes", summary.bytes).field("read", summary.read).field("findings", summary.findings);
        properties.field("gaps", summary.gaps).field("setup", summary.setup).field("partial", summary.partial);
        properties.field("directive", facts_.directive).end_object();
        output_.put(out + "}]}\n");
    }

    Result<void> finish() override { return output_.finish(); }

  private:
    std::size_t index_of(std::string const& rule) {
        auto const [at, fresh] = rules_.try_emplace(rule, rule_order_.size());
        if (fresh) rule_order_.push_back(rule);
        return at->second;
    }

    void put_result(Finding const& finding, ClauseStanding const& standing) {
        std::string out = any_result_ ? ",\n" : "\n";
        any_result_ = true;
        JsonWriter json(out);
        json.begin_object().field("ruleId", finding.rule).field("ruleIndex", index_of(finding.rule));
        json.field("level", level_of(standing.outcome));
        std::string text(title_of(options_.language, options_.glossary, finding.rule));
        text += ": " + show_text(finding.excerpt);
        if (!standing.clause.empty()) text += ". " + std::string(because_of(options_.language, options_.glossary, standing.clause));
        write_message(json, "message", text);
        json.key("locations").begin_array();
        write_location(json, finding.place, &finding);
        json.end_array();
        if (!finding.fingerprint.empty()) {
            json.key("partialFingerprints").begin_object().field("keepmumValue/v1", finding.fingerprint).end_object();
        }
        json.key("properties").begin_object().field("place", print(finding.place));
        json.field("certainty", word(finding.certainty)).field("role", word(finding.role));
        json.field("clause", standing.clause).key("labels").begin_array();
        for (std::string const& label : finding.labels) json.value(label);
        json.end_array().key("facts").begin_array();
        for (Fact const& fact : finding.facts) json.value(fact.key + "=" + fact.value);
        json.end_array().end_object().end_object();
        output_.put(out);
    }

    void add_notification(Gap const& gap, ClauseStanding const& standing) {
        gaps_json_.begin_object();
        Spot const spot = describe_spot(options_.language, gap.place, Role::shown, "");
        std::string const cause(text_of(message_of(gap)).in(options_.language));
        std::string const text = gap.bytes ? say(options_.language, Message::item_gap,
                                                 {{"name", spot.file}, {"size", say_size(options_.language, gap.bytes)}, {"cause", cause}})
                                           : say(options_.language, Message::item_gap_unsized, {{"name", spot.file}, {"cause", cause}});
        write_message(gaps_json_, "message", text);
        gaps_json_.field("level", level_of(standing.outcome)).key("descriptor").begin_object();
        gaps_json_.field("id", "gap." + std::string(word(gap.cause))).field("index", static_cast<int>(gap.cause)).end_object();
        gaps_json_.key("locations").begin_array();
        write_location(gaps_json_, gap.place, nullptr);
        gaps_json_.end_array().key("properties").begin_object().field("place", print(gap.place));
        gaps_json_.field("cause", word(gap.cause)).field("stage", word(gap.stage)).field("bytes", gap.bytes);
        gaps_json_.field("media", gap.media).field("detail", gap.detail).field("clause", standing.clause);
        gaps_json_.end_object().end_object();
    }

    void write_rule(JsonWriter& json, std::string const& id) const {
        std::string_view const title = title_of(options_.language, options_.glossary, id);
        std::string_view const why = why_of(options_.language, options_.glossary, id);
        Rule const* rule = options_.glossary ? options_.glossary->rule(id) : nullptr;
        json.begin_object().field("id", id);
        write_message(json, "shortDescription", title);
        write_message(json, "fullDescription", why.empty() ? title : why);
        write_message(json, "help", std::string(why) + (why.empty() ? "" : " ") +
                                        std::string(text_of(Message::advice_finding).in(options_.language)));
        json.key("properties").begin_object().key("tags").begin_array();
        if (rule) {
            for (std::string const& label : rule->labels) json.value(label);
        }
        json.end_array();
        if (rule) json.field("definedBy", rule->defined_by).field("pack", rule->origin.pack);
        json.end_object().end_object();
    }

    void write_cause(JsonWriter& json, Cause cause) const {
        json.begin_object().field("id", "gap." + std::string(word(cause)));
        write_message(json, "shortDescription", text_of(message_of(cause)).in(options_.language));
        write_message(json, "help", text_of(advice_on(cause)).in(options_.language));
        json.end_object();
    }

    Output output_;
    WriterOptions options_;
    RunFacts facts_;
    std::map<std::string, std::size_t> rules_;
    std::vector<std::string> rule_order_;
    bool any_result_ = false;
    std::string gaps_;  // notifications, kept until the end
    JsonWriter gaps_json_;
};

}  // namespace

std::unique_ptr<Writer> make_sarif_writer(std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<SarifWriter>(std::move(sink), options);
}

}  // namespace keepmum
