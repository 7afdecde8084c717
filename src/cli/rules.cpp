// keepmum rules, directive, doctor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

namespace keepmum {

int run_rules(Context&, Arguments const&) { return exit_failed; }
int run_directive(Context&, Arguments const&) { return exit_failed; }
int run_doctor(Context&, Arguments const&) { return exit_failed; }

}  // namespace keepmum
