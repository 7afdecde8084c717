// The part of `keepmum approach` that judges links and codes by themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "approach/mail_signs.h"
#include "cli/context.h"

namespace keepmum {

// Hosts of the packs, whom the user trusts (--trusted) and knows (--known), and the servers whose checks count (--my-server).
Result<Trust> make_trust(Context const& context, Arguments const& arguments);

// Answers --link and --qr. The exit code: 1 where something is red or could not be read.
Result<int> approach_links(Context const& context, Arguments const& arguments);

}  // namespace keepmum
