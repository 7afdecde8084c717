// keepmum check: may this leave?
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <csignal>
#include <optional>
#include <thread>

#include "base/message.h"
#include "cli/context.h"
#include "engine/run.h"
#include "index/store.h"
#include "io/clock.h"
#include "io/walk.h"
#include "policy/permits.h"
#include "recognise/excerpt.h"
#include "recognise/recognisers.h"
#include "register/add.h"
#include "register/remembering.h"
#include "register/sketch.h"
#include "register/slice_tally.h"
#include "report/words.h"

namespace keepmum {

namespace {

// Waits for Ctrl-C in a thread of its own, so that ending the workers needs nothing that a signal
// handler must not do. The signals are blocked everywhere else.
class Interruption {
  public:
    explicit Interruption(Broker& broker) : broker_(broker) {
        sigemptyset(&signals_);
        for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        waiter_ = std::thread([this] {
            int signal = 0;
            while (sigwait(&signals_, &signal) == 0 && !over_) {
                if (raised) _exit(exit_interrupted);  // pressed twice: at once
                raised = true;
                broker_.interrupt();
            }
        });
    }
    ~Interruption() {
        over_ = true;
        pthread_kill(waiter_.native_handle(), SIGTERM);
        waiter_.join();
    }
    std::atomic<bool> raised = false;

  private:
    Broker& broker_;
    sigset_t signals_;
    std::atomic<bool> over_ = false;
    std::thread waiter_;
};

class TerminalProgress final : public Progress {
  public:
    explicit TerminalProgress(Language language) : language_(language) {}
    ~TerminalProgress() override {
        if (shown_) print_error("\r\033[K");
    }
    void advance(std::uint64_t sources, std::uint64_t bytes, std::string const&) override {
        timespec now;
        clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
        long const tenths = now.tv_sec * 10 + now.tv_nsec / 100'000'000;
        if (tenths < next_) return;
        bool const first = next_ == 0;
        next_ = tenths + 3;
        if (first) return;  // a short run shows nothing
        shown_ = true;
        std::string const count = std::to_string(sources), size = std::to_string(bytes >> 20);
        print_error("\r\033[K" + (language_ == Language::zh ? "已检查 " + count + " 个文件，" + size + " MB" : count + " files, " + size + " MB checked"));
    }

  private:
    Language language_;
    long next_ = 0;
    bool shown_ = false;
};

Result<std::uint32_t> thread_count(Arguments const& arguments) {
    if (!arguments.has("--jobs")) return std::clamp(std::thread::hardware_concurrency(), 1u, 64u);
    std::string const text = arguments.value("--jobs");
    char* end = nullptr;
    long const count = std::strtol(text.c_str(), &end, 10);
    if (text.empty() || *end || count < 1 || count > 256) return fail(Fault::invalid, Message::usage_number_to, {{"option", "-j"}, {"least", "1"}, {"most", "256"}, {"text", text}});
    return static_cast<std::uint32_t>(count);
}

WriterOptions writer_options(Context const& context, Arguments const& arguments, Glossary const& glossary) {
    WriterOptions options;
    options.language = context.language;
    options.detail = arguments.has("--verbose") ? Detail::full : Detail::brief;
    options.glossary = &glossary;
    winsize window{};
    if (!arguments.has("--output") && isatty(STDOUT_FILENO)) {
        if (!std::getenv("NO_COLOR")) options.colour = Colour::ansi;
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
            options.columns = window.ws_col;
            options.rows = window.ws_row;
        }
    }
    return options;
}

Result<std::unique_ptr<ByteSink>> open_sink(Arguments const& arguments) {
    if (arguments.has("--output")) return file_sink(arguments.value("--output"));
    return descriptor_sink(STDOUT_FILENO);
}

// What --remember asks for; nothing without it. The set-up takes down sketches from then on.
Result<std::optional<RegisterKey>> remembering_key(Context& context, Arguments const& arguments, Setup& setup) {
    for (std::string_view option : {"--to", "--names"}) {
        if (arguments.has(option) && !arguments.has("--remember")) return fail(Fault::invalid, Message::usage_remembering, {{"option", std::string(option)}});
    }
    if (!arguments.has("--remember")) return std::optional<RegisterKey>();
    if (arguments.has("--to")) TRY(check_label(arguments.value("--to")));
    bool fresh = false;
    RegisterPlace const place = register_place(context.folders.data, arguments.value("--key"));
    std::optional<RegisterKey> key = TRY(key_for_writing(place, fresh));
    if (fresh) print_error(say(context.language, Message::register_key_made, {{"file", place.key}}) + "\n");
    setup.recognisers.push_back(make_sketcher(*key));
    return key;
}

RememberPlan remember_plan(Arguments const& arguments, Setup const& setup) {
    using Names = RememberPlan::Names;
    return {setup.today, arguments.value("--to"), arguments.has("--names") ? Names::kept : Names::left_out};
}

void tell_remembered(Context const& context, Remembering const& remembering) {
    std::string const count = say_number(remembering.count());
    Message const message = remembering.count() == 1 ? Message::recall_remembered_one : Message::recall_remembered;
    print_out("\n" + say(context.language, message, {{"count", count}, {"id", remembering.last_id()}, {"until", day_from_today(remembered_days)}}) + "\n");
}

// Adds up what --to names a destination for; nothing without it, or where nothing is registered.
Result<std::unique_ptr<SliceTally>> open_tally(Context const& context, Arguments const& arguments, RegisterKey const& key, Setup const& setup) {
    if (!arguments.has("--to")) return nullptr;
    RegisterPlace const place = register_place(context.folders.data, arguments.value("--key"));
    std::shared_ptr<Store const> store = TRY(Store::open(place.folder, key));
    if (store->segments().empty() && store->damage().empty()) return nullptr;
    return SliceTally::open(setup, key, std::move(store), context.folders.state + "/remembered", arguments.value("--to"));
}

Result<int> check(Context& context, Arguments const& arguments) {
    std::vector<std::string> paths = arguments.words;
    if (paths.empty()) {
        if (isatty(STDIN_FILENO)) return fail(Fault::invalid, Message::usage_check);
        paths.push_back("-");
    }
    RunOptions options;
    options.threads = TRY(thread_count(arguments));
    Format const format = *parse_format(arguments.value("--format", "text"));
    options.exhibits = format == Format::html ? Exhibits::wanted : Exhibits::none;
    SetupOptions const chosen = TRY(setup_options(arguments));
    std::unique_ptr<Setup> const setup = TRY(make_setup(context.folders, chosen));
    std::optional<RegisterKey> const key = TRY(remembering_key(context, arguments, *setup));
    std::optional<Rememberer> rememberer;
    if (key) rememberer = TRY(Rememberer::open(context.folders.state + "/remembered", *key, setup->today));
    std::unique_ptr<SliceTally> const tally = key ? TRY(open_tally(context, arguments, *key, *setup)) : nullptr;
    options.tally = tally.get();
    Rule const slices = slices_rule();
    Glossary glossary = glossary_of(*setup);
    glossary.add(slices);
    std::unique_ptr<ByteSink> sink = TRY(open_sink(arguments));
    std::unique_ptr<Writer> const report = make_writer(format, std::move(sink), writer_options(context, arguments, glossary));
    std::optional<Remembering> remembering;
    if (key) remembering.emplace(*report, std::move(*rememberer), *key, remember_plan(arguments, *setup));
    Writer* const writer = remembering ? &*remembering : report.get();
    Broker broker(context.folders.workers(), setup->limits);
    Interruption interruption(broker);
    TerminalProgress progress(context.language);
    if (isatty(STDERR_FILENO)) options.progress = &progress;

    RunFacts facts;
    facts.version = KEEPMUM_VERSION;
    facts.directive = setup->directive.id;
    facts.directive_title_en = setup->directive.title_en;
    facts.directive_title_zh = setup->directive.title_zh;
    if (format == Format::html) facts.made_at = now();  // a page to keep says when; the others must not vary
    writer->begin(facts);
    std::unique_ptr<Source> const source = walk(paths);
    RunDone const done = TRY(run(*setup, broker, *source, *writer, options, interruption.raised));
    writer->end(done.summary);
    TRY(writer->finish());
    if (remembering && format == Format::text && !arguments.has("--output")) tell_remembered(context, *remembering);
    if (!done.permit_uses.empty()) {
        Permits permits = TRY(Permits::load(context.folders.data));
        TRY(permits.count_uses(done.permit_uses));
    }
    if (interruption.raised) return exit_interrupted;
    return done.summary.outcome == Outcome::hold ? exit_hold : exit_pass;
}

}  // namespace

int run_check(Context& context, Arguments const& arguments) {
    Result<int> const done = check(context, arguments);
    return done ? *done : complain(context.language, done.error());
}

}  // namespace keepmum
