// keepmum approach: is someone trying to sound me out?
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "approach/judge_chats.h"
#include "approach/mail_folder.h"
#include "approach/open_chats.h"
#include "approach/tell.h"
#include "base/message.h"
#include "cli/approach_links.h"
#include "cli/context.h"
#include "io/clock.h"
#include "io/walk.h"
#include "report/redactor.h"
#include "report/words.h"

namespace keepmum {

namespace {

// All that a run needs, put together once.
struct Approaching {
    Context const& context;
    Arguments const& arguments;
    std::unique_ptr<Setup> setup;
    SignBook book;
    Trust trust;
    std::vector<Contact> contacts;
    Glossary glossary;
};

TellOptions tell_options(Approaching const& run) {
    TellOptions options;
    options.language = run.context.language;
    options.detail = run.arguments.has("--verbose") ? Detail::full : Detail::brief;
    options.version = KEEPMUM_VERSION;
    options.made_at = now();
    winsize window{};
    if (run.arguments.has("--output") || !isatty(STDOUT_FILENO)) return options;
    if (!std::getenv("NO_COLOR")) options.colour = Colour::ansi;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) options.columns = window.ws_col;
    return options;
}

// Asks on the terminal which of the writers the user is; "" where there is no terminal or no answer.
std::string ask_who(Language language, std::vector<std::string> const& who) {
    constexpr std::size_t most = 20;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO) || who.empty()) return {};
    std::string question = say(language, Message::approach_who) + "\n";
    for (std::size_t i = 0; i < std::min(who.size(), most); ++i)
        question += "  " + std::to_string(i + 1) + "  " + show_text(who[i]) + "\n";
    print_error(question + "> ");
    std::string answer;
    if (!std::getline(std::cin, answer)) return {};
    char* end = nullptr;
    unsigned long const number = std::strtoul(answer.c_str(), &end, 10);
    if (end != answer.c_str() && number >= 1 && number <= std::min(who.size(), most)) return who[number - 1];
    return answer;
}

Result<ApproachReport> judge_file(Approaching const& run, ChatOpener& opener, Item const& item) {
    OpenedChats opened = opener.open(item);
    std::vector<std::string> who;
    std::string me = run.arguments.value("--me");
    Result<MeBy> by = settle_me(opened, me, who);
    if (!by && by.error().fault == Fault::not_found) {
        me = ask_who(run.context.language, who);
        if (!me.empty()) by = settle_me(opened, me, who);
    }
    if (!by) {
        by.error().where = item.name;
        return tl::unexpected(std::move(by.error()));
    }
    return judge_chats(*run.setup, run.book, run.trust, item.name, std::move(opened), *by);
}

std::string redacted(ApproachReport const& report, std::string_view text) {
    Redactor redactor;
    for (Approached const& told : report.told) {
        for (std::string const& secret : told.given.secrets) redactor.add(secret);
    }
    return redactor.empty() ? std::string(text) : redactor.redact(text);
}

Result<std::unique_ptr<ByteSink>> open_sink(Arguments const& arguments) {
    if (arguments.has("--output")) return file_sink(arguments.value("--output"));
    return descriptor_sink(STDOUT_FILENO);
}

// Through the writers that all commands share, file by file.
Result<> write_lines(Approaching const& run, Format format, std::vector<ApproachReport> const& reports, std::vector<SourceReport> said) {
    WriterOptions options;
    options.language = run.context.language;
    options.glossary = &run.glossary;
    std::unique_ptr<Writer> const writer = make_writer(format, TRY(open_sink(run.arguments)), options);
    RunFacts facts;
    facts.version = KEEPMUM_VERSION;
    facts.directive = run.setup->directive.id;
    facts.directive_title_en = run.setup->directive.title_en;
    facts.directive_title_zh = run.setup->directive.title_zh;
    writer->begin(facts);
    Summary summary;
    summary.setup = run.setup->hash;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        Verdict const& verdict = said[i].verdict;
        ++summary.sources;
        summary.bytes += verdict.coverage.bytes;
        summary.read += verdict.coverage.read;
        summary.findings += verdict.findings.size();
        summary.gaps += verdict.gaps.size();
        summary.outcome = std::max(summary.outcome, verdict.outcome);
        writer->source(std::move(said[i]));
    }
    writer->end(summary);
    return writer->finish();
}

Result<> write_words(Approaching const& run, std::vector<ApproachReport> const& reports) {
    TellOptions const options = tell_options(run);
    std::unique_ptr<ByteSink> const sink = TRY(open_sink(run.arguments));
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (i > 0) TRY(sink->append("\n"));
        TRY(sink->append(redacted(reports[i], tell_approach(options, run.book, run.glossary, run.contacts, reports[i]))));
    }
    return sink->finish();
}

Result<> write_page(Approaching const& run, std::vector<ApproachReport> const& reports) {
    std::unique_ptr<ByteSink> const sink = TRY(open_sink(run.arguments));
    TRY(sink->append(approach_page(tell_options(run), run.book, run.glossary, run.contacts, reports)));
    return sink->finish();
}

Result<int> judge_files(Approaching const& run) {
    Format const format = *parse_format(run.arguments.value("--format", "text"));
    ChatOpener opener = TRY(ChatOpener::make(run.context.folders.workers(), run.setup->limits));
    std::vector<ApproachReport> reports;
    std::vector<SourceReport> said;
    bool held = false;
    auto const judge = [&](Item const& item) -> Result<> {
        reports.push_back(TRY(judge_file(run, opener, item)));
        said.push_back(report_of(*run.setup, run.book, reports.back()));
        held = held || said.back().verdict.outcome == Outcome::hold;
        return {};
    };
    for (std::string const& word : run.arguments.words) {
        // The mails of a folder are steps of the same conversations, and are read as one.
        if (is_mail_folder(word)) {
            TRY(judge({word, word, std::nullopt}));
            continue;
        }
        std::unique_ptr<Source> const source = walk({word});
        while (std::optional<Item> const item = source->next()) TRY(judge(*item));
    }
    if (reports.empty()) return fail(Fault::invalid, Message::fault_empty_folder, {}, run.arguments.words.front());
    if (format == Format::text) TRY(write_words(run, reports));
    else if (format == Format::html) TRY(write_page(run, reports));
    else TRY(write_lines(run, format, reports, std::move(said)));
    return held ? exit_hold : exit_pass;
}

Result<int> approach(Context& context, Arguments const& arguments) {
    if (arguments.has("--link") || arguments.has("--qr")) return approach_links(context, arguments);
    if (arguments.words.empty())
        return fail(Fault::invalid, Message::usage_approach);
    SetupOptions const chosen = TRY(setup_options(arguments));
    Approaching run{context,
                    arguments,
                    TRY(make_setup(context.folders, chosen)),
                    TRY(SignBook::load(context.folders)),
                    TRY(make_trust(context, arguments)),
                    TRY(load_contacts(context.folders)),
                    {}};
    run.glossary = glossary_of(*run.setup);
    for (PhraseRow const& row : run.book.phrases().rows()) run.glossary.add(row.rule);
    return judge_files(run);
}

}  // namespace

int run_approach(Context& context, Arguments const& arguments) {
    Result<int> const done = approach(context, arguments);
    return done ? *done : complain(context.language, done.error());
}

}  // namespace keepmum
