// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <exception>

#include "cli/context.h"

namespace keepmum {

bool print_out(std::string_view text) {
    while (!text.empty()) {
        ssize_t const written = write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void print_error(std::string_view text) {
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

int complain(Error const& error) {
    print_error("keepmum: " + (error.where.empty() ? "" : error.where + ": ") + error.what + "\n");
    return exit_failed;
}

namespace {

Language language_of_locale() {
    for (char const* const variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        char const* const value = std::getenv(variable);
        if (value && value[0]) return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
    }
    return Language::en;
}

Result<std::uint64_t> amount(std::string_view text) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view const unit = text.substr(static_cast<std::size_t>(end - text.data()));
    int const shift = unit.empty() ? 0 : unit == "k" || unit == "K" ? 10 : unit == "m" || unit == "M" ? 20 : unit == "g" || unit == "G" ? 30 : -1;
    if (error != std::errc() || shift < 0 || value > (~0ull >> shift)) return fail(Fault::invalid, "'" + std::string(text) + "' is not a number");
    return value << shift;
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

Result<SetupOptions> setup_options(Arguments const& arguments) {
    SetupOptions options;
    options.directive = arguments.value("--directive");
    options.packs = arguments.values("--pack");
    std::string limits;
    for (std::string const& given : arguments.values("--limits")) limits += given + ",";
    for (std::size_t at = 0; at < limits.size();) {
        std::size_t const comma = limits.find(',', at);
        std::string const pair = limits.substr(at, comma - at);
        at = comma + 1;
        if (pair.empty()) continue;
        std::size_t const equals = pair.find('=');
        if (equals == std::string::npos) return fail(Fault::invalid, "--limits wants KEY=N, not '" + pair + "'");
        std::string const key = pair.substr(0, equals);
        std::uint64_t const value = TRY(amount(pair.substr(equals + 1)));
        if (value == 0) return fail(Fault::invalid, "a limit of 0 would look at nothing: " + pair);
        auto const small = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, 1u << 30));
        if (key == "bytes") options.limits.bytes = value;
        else if (key == "members") options.limits.members = value;
        else if (key == "depth") options.limits.depth = std::min(small, 64u);
        else if (key == "memory") options.limits.memory = value;
        else if (key == "seconds") options.limits.seconds = small;
        else return fail(Fault::invalid, "there is no limit '" + key + "': bytes, members, depth, memory or seconds");
    }
    return options;
}

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
