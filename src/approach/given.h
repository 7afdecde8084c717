// What we already gave away in a conversation: our own turns, looked at as `check` looks at what is about to leave.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "approach/read_signs.h"
#include "engine/setup.h"

namespace keepmum {

struct Given {
    std::uint32_t message = 0;  // index into Conversation::messages
    std::string rule;           // "identity.cn-resident-id", "approach.g1"
    std::string excerpt;        // masked where it is a secret; the words themselves where it is not
};

struct GivenAway {
    std::vector<Given> list;           // by message; the same rule once a message
    std::vector<std::string> secrets;  // values that no report may show
};

// `own` as judge_conversation() gave it. Takes time in proportion to our own turns.
Result<GivenAway> find_given(Setup const& setup, SignBook const& book, Conversation const& conversation,
                             std::vector<OwnWords> const& own);

}  // namespace keepmum
