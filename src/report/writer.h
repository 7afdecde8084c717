// Reports: one interface, four formats (docs/formats/report.md).
//
// A run goes begin, source…, end, finish. Every writer made here redacts what it is given
// (report/redactor.h) before its format sees it, so no format can forget to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "core/verdict.h"
#include "report/exhibit.h"
#include "report/glossary.h"
#include "report/sink.h"

namespace keepmum {

struct RunFacts {
    std::string version;      // of keepmum
    std::string directive;    // id of the directive that is applied
    std::string directive_title_en, directive_title_zh;
    std::string made_at;      // local time as people write it, or "" for reports that must not vary
};

// Whether reports show what stands around findings. Concealed where some rule was not followed to the end:
// then nobody has looked at all that is secret there.
enum class Surroundings : std::uint8_t { shown, concealed };

// All that is said about one source.
struct SourceReport {
    Verdict verdict;
    std::vector<Exhibit> exhibits;     // their findings index verdict.findings
    std::vector<std::string> secrets;  // each value found here that is not showable, in every form met (as it stands in the
                                       // file's text, canonical, without separators, decoded); never written
    Surroundings surroundings = Surroundings::shown;
    std::string keepsake;              // Recognition::keepsake() of those that keep something; never written
    std::string binding;               // what permits for the whole content are bound to, where there are permits; never written
    std::string remembered;            // under which id the check is remembered, or ""
};

struct Summary {
    std::uint64_t sources = 0;
    std::uint64_t bytes = 0;
    std::uint64_t read = 0;
    std::uint64_t findings = 0;
    std::uint64_t gaps = 0;
    Outcome outcome = Outcome::pass;
    std::string setup;     // "sha256:…" of everything that could change a verdict
    bool partial = false;  // interrupted: not all sources were looked at
};

class Writer {
  public:
    virtual ~Writer() = default;
    virtual void begin(RunFacts const& facts) = 0;
    virtual void source(SourceReport report) = 0;  // in the order in which they are to be reported
    virtual void end(Summary const& summary) = 0;
    // Closes the sink. The first error of the whole run, if any.
    virtual Result<void> finish() = 0;
};

enum class Format : std::uint8_t { text, jsonl, sarif, html };

// "text", "jsonl", "sarif" or "html".
std::optional<Format> parse_format(std::string_view name);

enum class Detail : std::uint8_t { brief, full };  // brief: one screen (text)
enum class Colour : std::uint8_t { none, ansi };   // ansi: only where the reader is a terminal

struct WriterOptions {
    Language language = Language::en;
    Detail detail = Detail::brief;
    Colour colour = Colour::none;
    std::uint32_t columns = 80;   // of the terminal; text wraps there, between 40 and 120
    std::uint32_t rows = 40;      // of the terminal; a brief text keeps within them, between 24 and 40
    Glossary const* glossary = nullptr;  // must outlive the writer; may be null
};

std::unique_ptr<Writer> make_writer(Format format, std::unique_ptr<ByteSink> sink, WriterOptions options);

}  // namespace keepmum
