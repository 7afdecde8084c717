// "I could not look there, because …": travels like a finding, and policy must answer it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/place.h"

namespace keepmum {

enum class Cause { encrypted, too_deep, too_big, too_slow, malformed, unsupported, unreadable, killed };

enum class Stage { open, identify, extract, decode, detect };

struct Gap {
    Place place;
    Cause cause = Cause::unreadable;
    Stage stage = Stage::extract;
    std::uint64_t bytes = 0;  // bytes of the named part that were not seen
    std::string media;        // what the unseen thing is, as far as known: "image/png", or ""
    std::string detail;       // one plain English clause for the log ("local header missing"); no content of the file
    std::string rule = {};    // where one rule alone did not look there: its id, else ""
};

// Media type of messages whose text is not in the export of a chat; directives go by it.
inline constexpr std::string_view message_media = "application/x-keepmum-message";

std::string_view word(Cause cause);
std::string_view word(Stage stage);

}  // namespace keepmum
