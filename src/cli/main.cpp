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

// What --lang says, even where another word is wrong: the complaint about it is then in that language.
Language language_of(std::span<char const* const> words) {
    Language language = language_of_locale();
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view const word = words[i], next = i + 1 < words.size() ? words[i + 1] : "";
        if (word == "--") break;
        if (word == "--lang=zh" || (word == "--lang" && next == "zh")) language = Language::zh;
        if (word == "--lang=en" || (word == "--lang" && next == "en")) language = Language::en;
    }
    return language;
}

int start(std::span<char const* const> words) {
    Context context;
    context.language = language_of(words);
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
        if (!arguments) return complain(context.language, arguments.error());
        if (arguments->has("--help")) return print_out(help_text(command, context.language)) ? exit_pass : exit_failed;
        if (arguments->has("--home") && arguments->value("--home").empty())
            return complain(context.language, error_of(Fault::invalid, Message::usage_folder, {{"option", "--home"}}));
        context.folders = find_folders(arguments->value("--home"));
        return command.run(context, *arguments);
    }
    return complain(context.language, error_of(Fault::invalid, Message::usage_no_command, {{"text", std::string(name)}}));
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
