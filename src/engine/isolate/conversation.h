// One job, from handing it over to knowing how it ended.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/budget.h"
#include "core/extractor.h"
#include "engine/isolate/job.h"

namespace keepmum {

// What a run came to.
struct JobOutcome {
    enum class Kind {
        done,    // the extractor said its last word, or the outlet had enough
        failed,  // see cause and detail
        lost,    // the worker program itself is gone, and nothing had come yet: may be tried anew
    };
    Kind kind = Kind::failed;
    Done done;
    Cause cause = Cause::killed;
    std::string detail;
};

struct ConversationTerms {
    Limits limits;
    int interrupt = -1;  // readable once the run is to end
};

// Gives the job to the worker program behind `socket` and passes on to `outlet` what comes back.
JobOutcome converse(int socket, ConversationTerms const& terms, std::string_view extractor,
                 Evidence const& evidence, Outlet& outlet);

}  // namespace keepmum
