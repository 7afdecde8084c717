// Everything that is written from the command table.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

namespace keepmum {

namespace {

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string spelled(Option const& option) {
    std::string text = option.letter.empty() ? "    " : std::string(option.letter) + ", ";
    text += option.name;
    if (!option.argument.empty()) text += " " + std::string(option.argument);
    return text;
}

std::string option_lines(std::span<Option const> options, Language language) {
    std::string out;
    for (Option const& option : options) out += "  " + padded(spelled(option), 24) + std::string(option.help.in(language)) + "\n";
    return out;
}

// In man(7) source a leading dot or quote, and every backslash and hyphen, has a meaning of its own.
std::string roff(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else out += c;
    }
    return out;
}

std::string joined_options(Command const& command) {
    std::string out;
    for (std::span<Option const> list : {command.options, common_options()}) {
        for (Option const& option : list) out += std::string(out.empty() ? "" : " ") + std::string(option.name);
    }
    return out;
}

}  // namespace

std::string overview(Language language) {
    bool const zh = language == Language::zh;
    std::string out = zh ? "keepmum：发出之前先看一眼。\n\n用法：keepmum 命令 …\n\n" : "keepmum: a look before it leaves.\n\nUsage: keepmum COMMAND …\n\n";
    for (Command const& command : commands()) out += "  " + padded(std::string(command.name), 12) + std::string(command.summary.in(language)) + "\n";
    out += zh ? "\n从这里开始：keepmum check 文件或文件夹\n" : "\nStart here: keepmum check FILE_OR_FOLDER\n";
    return out;
}

std::string help_text(Command const& command, Language language) {
    bool const zh = language == Language::zh;
    std::string out = (zh ? "用法：keepmum " : "Usage: keepmum ") + std::string(command.name) + " " + std::string(command.usage) + "\n\n";
    out += std::string(command.about.in(language)) + "\n\n" + (zh ? "选项：\n" : "Options:\n");
    if (command.options.data() != common_options().data() && command.options.size() > 1) out += option_lines(command.options, language);
    return out + option_lines(common_options(), language);
}

std::string manual_page() {
    std::string out = ".TH KEEPMUM 1\n.SH NAME\nkeepmum \\- answers whether something may leave\n.SH SYNOPSIS\n";
    for (Command const& command : commands()) out += ".B keepmum " + std::string(command.name) + "\n" + roff(command.usage) + "\n.br\n";
    out += ".SH DESCRIPTION\nkeepmum looks at what is about to leave and says in plain words what it would give away. It needs no network and sends nothing to anyone.\n.SH COMMANDS\n";
    for (Command const& command : commands()) {
        out += ".SS " + std::string(command.name) + "\n" + roff(command.about.en) + "\n";
        for (Option const& option : command.options) out += ".TP\n.B " + roff(spelled(option)) + "\n" + roff(option.help.en) + "\n";
    }
    out += ".SH COMMON OPTIONS\n";
    for (Option const& option : common_options()) out += ".TP\n.B " + roff(spelled(option)) + "\n" + roff(option.help.en) + "\n";
    return out + ".SH EXIT STATUS\n0 it may leave, or look first; 1 it must not leave yet; 2 wrong usage, set-up or output; 130 interrupted.\n";
}

std::string completion(std::string_view shell) {
    std::string names;
    for (Command const& command : commands()) names += std::string(names.empty() ? "" : " ") + std::string(command.name);
    std::string out;
    if (shell == "bash" || shell == "zsh") {
        if (shell == "zsh") out += "#compdef keepmum\nautoload -U +X bashcompinit && bashcompinit\n";
        out += "_keepmum() {\n  local word=${COMP_WORDS[COMP_CWORD]}\n  if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=($(compgen -W '" + names +
               "' -- \"$word\")); return; fi\n  case ${COMP_WORDS[1]} in\n";
        for (Command const& command : commands()) {
            out += "    " + std::string(command.name) + ") [ \"${word#-}\" != \"$word\" ] && COMPREPLY=($(compgen -W '" + joined_options(command) + "' -- \"$word\"));;\n";
        }
        return out + "  esac\n}\ncomplete -o default -F _keepmum keepmum\n";
    }
    for (Command const& command : commands()) {
        out += "complete -c keepmum -n __fish_use_subcommand -a " + std::string(command.name) + " -d '" + std::string(command.summary.en) + "'\n";
        for (Option const& option : command.options) {
            out += "complete -c keepmum -n '__fish_seen_subcommand_from " + std::string(command.name) + "' -l " + std::string(option.name.substr(2)) +
                   (option.argument.empty() ? "" : " -r") + " -d '" + std::string(option.help.en) + "'\n";
        }
    }
    return out;
}

std::string reference_page() {
    std::string out = "# Command line\n\nGenerated by `tools/reference`; do not edit.\n";
    for (Command const& command : commands()) {
        out += "\n## keepmum " + std::string(command.name) + " " + std::string(command.usage) + "\n\n" + std::string(command.about.en) + "\n\n" + std::string(command.about.zh) + "\n";
        if (command.options.size() <= 1) continue;
        out += "\n| option | meaning | 含义 |\n|---|---|---|\n";
        for (Option const& option : command.options) {
            std::string spelling = spelled(option).substr(option.letter.empty() ? 4 : 0);
            out += "| `" + spelling + "` | " + std::string(option.help.en) + " | " + std::string(option.help.zh) + " |\n";
        }
    }
    out += "\n## Every command\n\n| option | meaning | 含义 |\n|---|---|---|\n";
    for (Option const& option : common_options()) {
        std::string spelling = spelled(option).substr(option.letter.empty() ? 4 : 0);
        for (std::size_t bar = spelling.find('|'); bar != std::string::npos; bar = spelling.find('|', bar + 2)) spelling.insert(bar, "\\");
        out += "| `" + spelling + "` | " + std::string(option.help.en) + " | " + std::string(option.help.zh) + " |\n";
    }
    return out;
}

int run_help(Context& context, Arguments const& arguments) {
    if (arguments.words.empty()) return print_out(overview(context.language)) ? exit_pass : exit_failed;
    std::string const& topic = arguments.words.front();
    if (topic == "man") return print_out(manual_page()) ? exit_pass : exit_failed;
    if (topic == "reference") return print_out(reference_page()) ? exit_pass : exit_failed;
    if (topic == "bash" || topic == "zsh" || topic == "fish") return print_out(completion(topic)) ? exit_pass : exit_failed;
    for (Command const& command : commands()) {
        if (command.name == topic) return print_out(help_text(command, context.language)) ? exit_pass : exit_failed;
    }
    return complain(context.language, error_of(Fault::invalid, Message::usage_no_command, {{"text", topic}}));
}

}  // namespace keepmum
