// The command line as one table: parsing, --help, the man page, completions and docs/reference are all
// derived from it, so that none of them can lag behind. docs/decisions/0003-command-table.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "base/result.h"

namespace keepmum {

struct Option {
    std::string_view name;      // "--format"
    std::string_view letter;    // "-f", or ""
    std::string_view argument;  // "FILE", or "" for a switch
    Bilingual help;
    std::string_view choices;   // "text|jsonl", or ""
};

// What was typed. Values of an option that may be repeated stand in order.
struct Arguments {
    std::vector<std::string> words;  // everything that is no option
    std::map<std::string, std::vector<std::string>, std::less<>> options;

    bool has(std::string_view name) const { return options.find(name) != options.end(); }
    // The last value given, or `otherwise`.
    std::string value(std::string_view name, std::string_view otherwise = {}) const;
    std::vector<std::string> values(std::string_view name) const;
};

struct Context;  // cli/context.h

struct Command {
    std::string_view name;   // "check"
    std::string_view usage;  // "[PATH…|-]"
    Bilingual summary;
    Bilingual about;         // a paragraph for the manual
    std::span<Option const> options;
    int (*run)(Context&, Arguments const&);
};

std::span<Command const> commands();
std::span<Option const> common_options();

// Splits what follows the command's name. Errors are one clear sentence.
Result<Arguments> parse_arguments(Command const& command, std::span<char const* const> words);

// Texts derived from the table.
std::string overview(Language language);
std::string help_text(Command const& command, Language language);
std::string manual_page();                      // man(7) source, English
std::string completion(std::string_view shell);  // "bash", "zsh" or "fish"
std::string reference_page();                   // Markdown, both languages

}  // namespace keepmum
