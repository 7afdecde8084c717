// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/message.h"
#include "cli/command.h"

namespace keepmum {

namespace {

Option const* find_option(Command const& command, std::string_view name) {
    for (std::span<Option const> list : {command.options, common_options()}) {
        for (Option const& option : list) {
            if (option.name == name || (!option.letter.empty() && option.letter == name)) return &option;
        }
    }
    return nullptr;
}

bool is_choice(std::string_view choices, std::string_view value) {
    while (!choices.empty()) {
        std::size_t const bar = choices.find('|');
        if (choices.substr(0, bar) == value) return true;
        if (bar == std::string_view::npos) return false;
        choices.remove_prefix(bar + 1);
    }
    return false;
}

}  // namespace

std::string Arguments::value(std::string_view name, std::string_view otherwise) const {
    auto const found = options.find(name);
    return found == options.end() ? std::string(otherwise) : found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view name) const {
    auto const found = options.find(name);
    return found == options.end() ? std::vector<std::string>() : found->second;
}

Result<Arguments> parse_arguments(Command const& command, std::span<char const* const> words) {
    Arguments arguments;
    bool only_words = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view const word = words[i];
        if (only_words || word.size() < 2 || word[0] != '-') {
            arguments.words.emplace_back(word);
            continue;
        }
        if (word == "--") {
            only_words = true;
            continue;
        }
        std::string_view name = word, value;
        bool has_value = false;
        if (word.starts_with("--")) {
            if (std::size_t const equals = word.find('='); equals != std::string_view::npos) {
                name = word.substr(0, equals);
                value = word.substr(equals + 1);
                has_value = true;
            }
        } else if (word.size() > 2) {
            name = word.substr(0, 2);
            value = word.substr(2);
            has_value = true;
        }
        Option const* const option = find_option(command, name);
        if (!option) {
            std::string const of(command.name);
            return fail(Fault::invalid, Message::usage_no_option, {{"option", std::string(name)}, {"command", of}, {"name", of}});
        }
        if (option->argument.empty()) {
            if (has_value) return fail(Fault::invalid, Message::usage_no_value, {{"option", std::string(name)}});
            arguments.options[std::string(option->name)].emplace_back();
            continue;
        }
        if (!has_value) {
            if (i + 1 == words.size())
                return fail(Fault::invalid, Message::usage_value, {{"option", std::string(name)}, {"argument", std::string(option->argument)}});
            value = words[++i];
        }
        if (!option->choices.empty() && !is_choice(option->choices, value)) {
            return fail(Fault::invalid, Message::usage_choices,
                        {{"option", std::string(name)}, {"choices", std::string(option->choices)}, {"text", std::string(value)}});
        }
        arguments.options[std::string(option->name)].emplace_back(value);
    }
    return arguments;
}

}  // namespace keepmum
