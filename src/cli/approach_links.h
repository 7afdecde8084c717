// The part of `keepmum approach` that judges links and codes by themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "approach/link/judge_link.h"
#include "cli/context.h"

namespace keepmum {

// Hosts of the packs, and whom the user trusts (--trusted).
Result<LinkJudge> make_link_judge(Context const& context, Arguments const& arguments);

// Answers --link and --qr. The exit code: 1 where something is red or could not be read.
Result<int> approach_links(Context const& context, Arguments const& arguments);

}  // namespace keepmum
