// keepmum host: is this computer fit to hold secrets?
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "base/message.h"
#include "cli/context.h"
#include "host/judge/apart.h"
#include "host/judge/carried.h"
#include "host/collect/collect.h"
#include "host/programs/programs.h"
#include "host/snapshot_folder.h"
#include "host/tell/tell.h"
#include "io/clock.h"
#include "report/words.h"

namespace keepmum {

namespace {

HostTelling host_telling(Context const& context, Arguments const& arguments) {
    HostTelling telling;
    telling.language = context.language;
    telling.detail = arguments.has("--verbose") ? Detail::full : Detail::brief;
    telling.version = KEEPMUM_VERSION;
    telling.made_at = now();
    winsize window{};
    if (arguments.has("--output") || !isatty(STDOUT_FILENO)) return telling;
    if (!std::getenv("NO_COLOR")) telling.colour = Colour::ansi;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
        telling.columns = window.ws_col;
        telling.rows = window.ws_row;
    }
    return telling;
}

Result<std::unique_ptr<ByteSink>> open_sink(Arguments const& arguments) {
    if (arguments.has("--output")) return file_sink(arguments.value("--output"));
    return descriptor_sink(STDOUT_FILENO);
}

Result<> write_out(Arguments const& arguments, std::string_view text) {
    std::unique_ptr<ByteSink> const sink = TRY(open_sink(arguments));
    TRY(sink->append(text));
    return sink->finish();
}

Format format_of(Arguments const& arguments) { return *parse_format(arguments.value("--format", "text")); }

// Everything about this computer, and where programs of the catalogue keep the names of their folders.
Snapshot collect_here(Programs const& programs, Arguments const& arguments) {
    CollectOptions options;
    for (ProgramRow const& row : programs.rows()) {
        for (FolderTrace const& trace : row.traces(System::linux_).folders) {
            (trace.form == FolderTrace::Form::fixed ? options.places : options.more).push_back(trace.at);
        }
    }
    if (arguments.has("--hash-addresses")) options.hide_addresses = random_key();
    return collect(options);
}

Result<Directive> host_directive(Context const& context, Arguments const& arguments) {
    Directive directive = TRY(load_directive(context.folders, arguments.value("--directive")));
    complete_directive(directive, TRY(load_directive(context.folders, context.folders.shipped + "/directives/daily-life.toml")));
    return directive;
}

// All that could change this verdict, but the computer.
std::string setup_hash(Directive const& directive, std::vector<Exemption> const& exemptions) {
    std::string all = KEEPMUM_VERSION "\n" + directive.id + "\n";
    for (Clause const& clause : directive.clauses) all += clause.id + " " + std::string(word(clause.then)) + "\n";
    for (Check const& check : host_checks()) all += std::string(check.id) + " " + std::string(label_of(check.weight)) + "\n";
    for (Exemption const& one : exemptions) all += one.check + " " + one.until + " " + one.host + "\n";
    return "sha256:" + sha256_hex(all);
}

// Through the writers that all commands share.
Result<> write_findings(Context const& context, Arguments const& arguments, Directive const& directive, Glossary const& glossary,
                        HostVerdict const& host, std::string hash) {
    WriterOptions options;
    options.language = context.language;
    options.glossary = &glossary;
    std::unique_ptr<Writer> const writer = make_writer(format_of(arguments), TRY(open_sink(arguments)), options);
    RunFacts facts;
    facts.version = KEEPMUM_VERSION;
    facts.directive = directive.id;
    facts.directive_title_en = directive.title_en;
    facts.directive_title_zh = directive.title_zh;
    writer->begin(facts);
    Verdict const& verdict = host.verdict;
    Summary const summary{1, verdict.coverage.bytes, verdict.coverage.read, verdict.findings.size(), verdict.gaps.size(), verdict.outcome,
                          std::move(hash), false};
    SourceReport report;
    report.verdict = verdict;
    writer->source(std::move(report));
    writer->end(summary);
    return writer->finish();
}

struct Judging {
    Context& context;
    Arguments const& arguments;
    HostTelling telling;
    HostAnswer answer;
    std::string source;
    std::vector<CarriedFile> carried;
    std::unique_ptr<Setup> setup;  // only where folders were scanned
};

Result<int> tell(Judging judging) {
    Context& context = judging.context;
    Arguments const& arguments = judging.arguments;
    Directive const directive = TRY(host_directive(context, arguments));
    std::vector<Exemption> const exemptions = TRY(load_exemptions(context.folders, arguments.value("--exemptions")));
    std::string const hash = setup_hash(directive, exemptions);
    bool lasting = false;
    Key const key = machine_key(context.folders, lasting);
    HostVerdict const host = judge_answer(std::move(judging.answer), std::move(judging.carried), directive, exemptions, judging.source,
                                          today(), key);
    std::vector<Rule> const rules = host_rules();
    Glossary glossary = judging.setup ? glossary_of(*judging.setup) : Glossary();
    for (Rule const& rule : rules) glossary.add(rule);
    glossary.add(directive);
    judging.telling.glossary = &glossary;
    switch (format_of(arguments)) {
        case Format::text: TRY(write_out(arguments, tell_host_text(judging.telling, host))); break;
        case Format::html: TRY(write_out(arguments, tell_host_html(judging.telling, host))); break;
        case Format::jsonl:
        case Format::sarif: TRY(write_findings(context, arguments, directive, glossary, host, hash));
    }
    return host.verdict.outcome == Outcome::hold ? exit_hold : exit_pass;
}

Result<int> judge_here(Context& context, Arguments const& arguments, Programs const& programs) {
    Judging judging{context, arguments, host_telling(context, arguments), {}, {}, {}, nullptr};
    judging.telling.seen = HostTelling::Seen::live;
    Snapshot const snapshot = collect_here(programs, arguments);
    judging.answer = TRY(ask_apart({{}, &snapshot, &programs}));
    judging.source = judging.answer.host.empty() ? "this-computer" : judging.answer.host;
    if (arguments.has("--scan-folders")) {
        judging.telling.folders = HostTelling::Folders::scanned;
        SetupOptions const chosen = TRY(setup_options(arguments));
        judging.setup = TRY(make_setup(context.folders, chosen));
        Broker broker(context.folders.workers(), judging.setup->limits);
        std::uint32_t const threads = std::clamp(std::thread::hardware_concurrency(), 1u, 64u);
        judging.carried = TRY(scan_carried(*judging.setup, broker, judging.answer.folders, threads)).files;
    }
    return tell(std::move(judging));
}

Result<int> judge_there(Context& context, Arguments const& arguments, Programs const& programs) {
    std::vector<std::string> const paths(arguments.words.begin() + 1, arguments.words.end());
    if (paths.empty()) return fail(Fault::invalid, Message::usage_host_judge);
    if (arguments.has("--scan-folders")) return fail(Fault::invalid, Message::usage_host_folders);
    HostAnswer answer = TRY(ask_apart({paths, nullptr, &programs}));
    return tell({context, arguments, host_telling(context, arguments), std::move(answer), paths.front(), {}, nullptr});
}

Result<int> write_down(Context& context, Arguments const& arguments, Programs const& programs) {
    if (arguments.words.size() != 2) return fail(Fault::invalid, Message::usage_host_snapshot);
    std::string const& folder = arguments.words[1];
    Snapshot const snapshot = collect_here(programs, arguments);
    TRY(write_snapshot(snapshot, folder));
    std::uint64_t bytes = 0, denied = 0;
    for (auto const& [path, entry] : snapshot.entries()) {
        bytes += entry.bytes.size();
        denied += entry.seen == Seen::denied;
    }
    Language const language = context.language;
    std::string said = say(language, Message::host_written, {{"folder", show_name(folder)}, {"count", say_number(snapshot.size())},
                                                             {"size", say_size(language, bytes)}}) + "\n";
    if (denied > 0) {
        said += say(language, Message::host_written_denied, {{"count", say_number(denied)}, {"folder", show_name(folder)}}) + "\n";
    }
    return print_out(said) ? exit_pass : exit_failed;
}

Result<int> differ(Context& context, Arguments const& arguments, Programs const& programs) {
    if (arguments.words.size() != 3) {
        return fail(Fault::invalid, Message::usage_host_diff);
    }
    HostAnswer const before = TRY(ask_apart({{arguments.words[1]}, nullptr, &programs}));
    HostAnswer const after = TRY(ask_apart({{arguments.words[2]}, nullptr, &programs}));
    HostDifference const difference = compare(before, after);
    HostTelling const telling = host_telling(context, arguments);
    switch (format_of(arguments)) {
        case Format::text: TRY(write_out(arguments, tell_difference_text(telling, difference))); break;
        case Format::html: TRY(write_out(arguments, tell_difference_html(telling, difference))); break;
        case Format::jsonl: TRY(write_out(arguments, tell_difference_lines(difference))); break;
        case Format::sarif: return fail(Fault::invalid, Message::usage_host_diff_format);
    }
    return exit_pass;
}

Result<int> host(Context& context, Arguments const& arguments) {
    Programs const programs = TRY(Programs::load(context.folders.shipped));
    if (arguments.words.empty()) return judge_here(context, arguments, programs);
    std::string const& what = arguments.words.front();
    if (what == "judge") return judge_there(context, arguments, programs);
    if (what == "snapshot") return write_down(context, arguments, programs);
    if (what == "diff") return differ(context, arguments, programs);
    return fail(Fault::invalid, Message::usage_host, {{"text", what}});
}

}  // namespace

int run_host(Context& context, Arguments const& arguments) {
    Result<int> const done = host(context, arguments);
    return done ? *done : complain(context.language, done.error());
}

}  // namespace keepmum
