// keepmum directive: the rules of the house as one page for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"
#include "io/file.h"
#include "report/checklist.h"
#include "report/sink.h"

namespace keepmum {

namespace {

Result<> print_directive(Context const& context, Arguments const& arguments) {
    if (arguments.words != std::vector<std::string>{"print"}) return fail(Fault::invalid, Message::usage_directive);
    Directive const directive = TRY(load_directive(context.folders, arguments.value("--directive")));
    std::string const page = arguments.value("--format") == "html" ? checklist_html(directive) : checklist_text(directive);
    std::unique_ptr<ByteSink> sink = descriptor_sink(1);
    if (arguments.has("--output")) sink = TRY(file_sink(arguments.value("--output")));
    TRY(sink->append(page));
    return sink->finish();
}

}  // namespace

int run_directive(Context& context, Arguments const& arguments) {
    Result<> const done = print_directive(context, arguments);
    return done ? exit_pass : complain(context.language, done.error());
}

}  // namespace keepmum
