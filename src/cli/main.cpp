// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>

#include "cli/context.h"

namespace keepmum {

namespace {

Language language_of_locale() {
    for (char const* const variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        char const* const value = std::getenv(variable);
        if (value && value[0]) return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
    }
    return Language::en;
}

int start(std::span<char const* const> words) {
    Context context;
    context.language = language_of_locale();
    if (words.empty()) {
        print_error(overview(context.language));
        return exit_failed;
    }
    std::string_view name = words.front();
    if (name == "--version" || name == "-V") return print_out("keepmum " KEEPMUM_VERSION "\n") ? exit_pass : exit_failed;
    if (name == "--help" || name == "-h") name = "help";
    for (Command const& command : commands()) {
        if (command.name != name) continue;
        Result<Arguments> const arguments = parse_arguments(command, words.subspan(1));
        if (!arguments) return complain(arguments.error());
        if (arguments->has("--lang")) context.language = arguments->value("--lang") == "zh" ? Language::zh : Language::en;
        if (arguments->has("--help")) return print_out(help_text(command, context.language)) ? exit_pass : exit_failed;
        if (arguments->has("--home") && arguments->value("--home").empty()) return complain({Fault::invalid, "--home needs a folder", ""});
        context.folders = find_folders(arguments->value("--home"));
        return command.run(context, *arguments);
    }
    return complain({Fault::invalid, "there is no command '" + std::string(name) + "'; try: keepmum help", ""});
}

}  // namespace

}  // namespace keepmum

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return keepmum::start({words + 1, static_cast<std::size_t>(count > 0 ? count - 1 : 0)});
    } catch (std::exception const& error) {
        // Only memory can run out like this; nothing of ours throws.
        keepmum::print_error(std::string("keepmum: ") + error.what() + "\n");
        return keepmum::exit_failed;
    }
}
