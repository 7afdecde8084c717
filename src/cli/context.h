// What every command is given: the language, the folders, and where to write.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/message.h"
#include "base/result.h"
#include "cli/command.h"
#include "engine/setup.h"
#include "io/folders.h"

namespace keepmum {

constexpr int exit_pass = 0, exit_hold = 1, exit_failed = 2, exit_interrupted = 130;

struct Context {
    Language language = Language::en;
    Folders folders;
};

// Writes to standard output or standard error, all of it; false where that failed.
bool print_out(std::string_view text);
void print_error(std::string_view text);

// "keepmum: WHERE: WHAT" on standard error; returns exit_failed.
int complain(Language language, Error const& error);

// --directive, --pack, --words, --key and --limits of a command that needs a set-up.
Result<SetupOptions> setup_options(Arguments const& arguments);

int run_check(Context&, Arguments const&);
int run_rules(Context&, Arguments const&);
int run_directive(Context&, Arguments const&);
int run_clean(Context&, Arguments const&);
int run_permit(Context&, Arguments const&);
int run_register(Context&, Arguments const&);
int run_recall(Context&, Arguments const&);
int run_approach(Context&, Arguments const&);
int run_host(Context&, Arguments const&);
int run_doctor(Context&, Arguments const&);
int run_help(Context&, Arguments const&);

}  // namespace keepmum
